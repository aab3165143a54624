"""Reads an earlier theme workbook back, whatever its language: its codings, and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.since import Earlier, Exported
from hsreview.workbook.cells import read_text
from hsreview.workbook.opening import open_streamed
from hsreview.workbook.words import LANGUAGES, Words

_HEADER_ROWS = 10
_FACT_ROWS = 60
_WANTED = ("coding_id", "quote_id", "code", "start", "end", "text", "memo", "star")
_FACTS = ("project_id", "layer", "made")

Row = Sequence[object]


def read_earlier(path: Path) -> Earlier:
    """The codings of a workbook that `export excel` wrote; somebody may have sorted or filtered it since.

    Raises InputRefused when the file is no workbook, or does not hold the provenance and the segments.
    """
    with open_streamed(path) as workbook:
        facts: dict[str, str] = {}
        codings: dict[str, Exported] = {}
        found = False
        for sheet in workbook.worksheets:
            places: dict[str, int] | None = None
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if places is not None:
                    _take(row, places, codings)
                    continue
                if number > _HEADER_ROWS and facts.keys() == set(_FACTS):
                    break
                _learn(row, facts)
                places = _header(row)
                found = found or places is not None
    if not found or not facts.get("project_id"):
        raise InputRefused(
            _("{name} is no theme workbook with the sheets provenance and segments.").format(name=visible(path.name))
        )
    return Earlier(facts["project_id"], facts.get("layer", ""), facts.get("made", ""), codings)


def project_of(path: Path) -> str:
    """The id of the project that a workbook was made in, as its provenance says; empty where it says nothing."""
    facts: dict[str, str] = {}
    with open_streamed(path) as workbook:
        for sheet in workbook.worksheets:
            for row in sheet.iter_rows(max_col=2, max_row=_FACT_ROWS, values_only=True):
                _learn(row, facts)
    return facts.get("project_id", "")


def layer_named(said: str) -> str:
    """The name of the layer that a provenance tells in one language or in both, in the user's words."""
    for language in ("fr", "en"):
        words = Words(language)
        if said.startswith(words("layer_consensus")):
            return _("consensus")
        before, _name, after = words("layer_coder", layer="\n").partition("\n")
        at = said.find(after)
        if said.startswith(before) and at >= 0:
            return said[len(before) : at]
    return said


def _named(key: str) -> set[str]:
    return {fold(Words(language)(key)).strip() for language in LANGUAGES}


_HEADS = {key: _named(key) for key in _WANTED}
_SAYS = {key: _named(key) for key in _FACTS}


def _learn(row: Row, facts: dict[str, str]) -> None:
    """A fact of the provenance: its name in the first column, its value in the second."""
    if len(row) < 2 or row[0] is None:
        return
    name = fold(read_text(row[0])).strip()
    for key, names in _SAYS.items():
        if name in names and key not in facts and row[1] is not None:
            facts[key] = read_text(row[1]).strip()


def _header(row: Row) -> dict[str, int] | None:
    heads = {fold(read_text(value)).strip(): at for at, value in reversed(list(enumerate(row))) if value is not None}
    places = {key: next((heads[name] for name in names if name in heads), -1) for key, names in _HEADS.items()}
    return places if -1 not in places.values() else None


def _take(row: Row, places: dict[str, int], codings: dict[str, Exported]) -> None:
    """One row; a text that was too long for a cell goes on in rows with the same id."""

    def cell(key: str) -> object:
        return row[places[key]] if places[key] < len(row) else None

    coding_id = read_text(cell("coding_id")).strip()
    if not coding_id:
        return
    text, memo = read_text(cell("text")), read_text(cell("memo"))
    before = codings.get(coding_id)
    if before is not None:
        codings[coding_id] = Exported(
            before.quote_id, before.code, before.start, before.end, before.text + text, before.memo + memo,
            before.starred,
        )  # fmt: skip
        return
    codings[coding_id] = Exported(
        read_text(cell("quote_id")).strip(), read_text(cell("code")).strip(), _whole(cell("start")),
        _whole(cell("end")), text, memo, bool(read_text(cell("star")).strip()),
    )  # fmt: skip


def _whole(value: object) -> int | None:
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError):
        return None
