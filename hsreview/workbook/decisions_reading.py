"""Reads the sheet of disagreements back: which decision and reason stand beside which difference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.workbook.cells import read_text
from hsreview.workbook.opening import open_workbook
from hsreview.workbook.words import LANGUAGES, Words

_HEADER_ROWS = 60
_OUTCOMES = ("both", "neither", "edited")


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """One row with something in its decision column."""

    key: str
    """Of the difference; empty when somebody deleted it."""
    decision: str
    """As it was written: the name of a coder, a code …"""
    outcome: str
    """`both`, `neither`, `edited`, or empty when it is a coder or a code."""
    because: str
    decision_cell: str
    because_cell: str
    formula: bool
    """Whether one of the two cells is a formula or an error."""


def read_decisions(path: Path) -> list[WrittenDecision]:
    """The decisions of the first sheet that has the columns key, decision and reason, in French or English.

    Raises InputRefused when the file is no workbook, or has no such sheet.
    """
    workbook = open_workbook(path)
    named = {key: _named(key) for key in ("difference_key", "decision", "because")}
    for sheet in workbook.worksheets:
        for number, values in enumerate(sheet.iter_rows(max_row=_HEADER_ROWS, values_only=True), 1):
            heads = {fold(read_text(value)).strip(): at for at, value in enumerate(values) if value is not None}
            at = [next((heads[name] for name in names if name in heads), None) for names in named.values()]
            key, decision, because = at
            if key is None or decision is None or because is None:
                continue
            found = []
            for row in sheet.iter_rows(min_row=number + 1):
                said, reason = row[decision], row[because]
                if not read_text(said.value).strip():
                    continue
                text = read_text(said.value).strip()
                found.append(
                    WrittenDecision(
                        read_text(row[key].value).strip(), text, _outcome(text), read_text(reason.value).strip(),
                        said.coordinate, reason.coordinate,
                        any(cell.data_type in ("f", "e") for cell in (said, reason)),
                    )
                )  # fmt: skip
            return found
    raise InputRefused(
        _("{name} has no sheet of disagreements with the columns for key, decision and reason.").format(
            name=visible(path.name)
        )
    )


def _named(key: str) -> set[str]:
    return {fold(Words(language)(key)) for language in LANGUAGES}


def _outcome(text: str) -> str:
    folded = " ".join(fold(text).split())
    return next((name for name in _OUTCOMES if folded in {name, *_named(f"decision_{name}")}), "")
