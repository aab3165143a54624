"""Coding sheets for partners without the tool, made for one coder and one transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id, now
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook, CodePlace, Status
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.text import Role, Turn
from hsreview.model.transcript import Transcript
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.workbook.coding_sheet import CodingSheet, SheetCode, SheetFacts, SheetRow, row_id
from hsreview.workflows.consents import check_may_code
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output
from hsreview.workflows.places import sentences_of
from hsreview.workflows.reading import OpenText, open_text

UNITS = ("sentence", "turn")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class SheetMade:
    """A coding sheet that was written."""

    path: Path
    transcript: Transcript
    rows: int
    """Rows to code."""
    codes: int


def sheet_path(transcript: Transcript, coder: Coder, pass_: str = "") -> Path:
    """The name that a sheet gets when none is given, in the current folder."""
    parts = filter(None, (transcript.name, coder.name, pass_))
    return Path(file_name(" – ".join(parts)) + ".xlsx")


def file_name(text: str) -> str:
    """`text` as every system takes it for the name of a file."""
    return _UNSAFE.sub("-", text).strip(". ") or "-"


def make_sheet(
    project: Project, transcript: Transcript, coder: Coder, path: Path, *, pass_: str = "", unit: str = "sentence",
    lang: str = "fr", interviewer: bool = False, viewer: Coder | None = None,
) -> SheetMade:  # fmt: skip
    """Write an Excel coding sheet of `transcript` for `coder` (their codings are not in it); `viewer` hands it over.

    One row for each sentence (`unit="turn"`: turn) of the respondents; with `interviewer` of everybody who has a
    label. Raises InputRefused when nothing can be coded or the file cannot be written.
    """
    from hsreview.workbook.coding_sheet_writing import write_coding_sheet

    if unit not in UNITS:
        raise UsageProblem(_("The rows of a coding sheet are sentences or turns."))
    with project.snapshot():
        book = load_codebook(project.connection)
        text = open_text(project, transcript)
        check_may_code(project.connection, [text.version.id])
        rows = list(rows_of(text, unit, interviewer=interviewer))
        facts = SheetFacts(
            new_id(), project.id, transcript.id, transcript.name, text.version.id, coder.id, coder.name, pass_, unit,
            lang, book.ref, book.version, now(),
        )  # fmt: skip
    codes = codes_of(book, pass_)
    codable = sum(code.codable for code in codes)
    count = sum(bool(row.id) for row in rows)
    if not codable:
        raise InputRefused(_("The codebook has no codes to code with yet."))
    if not count:
        message = _("{name} has no turns of respondents to code. Say who is a respondent: hsreview speakers.")
        raise InputRefused(message.format(name=visible(transcript.name)))
    label = next((each.label for each in book.passes if each.ref == pass_), Localized(fr=pass_, en=pass_))
    with written(path) as spare:
        write_coding_sheet(CodingSheet(facts, label, rows, codes), spare)
    record_output(
        project, viewer, path, "sheet", recipient=coder.id, details={"transcript": transcript.id, "pass": pass_}
    )
    return SheetMade(path, transcript, count, codable)


def rows_of(text: OpenText, unit: str, *, interviewer: bool) -> Iterator[SheetRow]:
    """The rows of a sheet, in the order of the text; those without an id are there to be read only."""
    labelled = any(turn.speaker is not None for turn in text.turns)
    for turn in text.turns:
        said = turn.said(text.text)
        if not said.strip():
            continue
        speaker = text.speakers.get(turn.speaker or "")
        role = speaker.role if speaker else None
        wanted = not labelled or role is Role.RESPONDENT or (interviewer and role is not None)
        spans = _spans(text, turn, unit) if wanted else []
        if not spans:
            yield SheetRow("", str(turn.number), turn.speaker or "", said.strip())
        for number, (start, end) in enumerate(spans, 1):
            place = str(turn.number) if unit == "turn" else f"{turn.number}.{number}"
            yield SheetRow(row_id(unit, start, end), place, turn.speaker or "", text.text[start:end])


def _spans(text: OpenText, turn: Turn, unit: str) -> Sequence[tuple[int, int]]:
    whole = [(turn.label_end, turn.label_end + len(turn.said(text.text)))]
    return whole if unit == "turn" else (sentences_of(text, turn) or whole)


def units_of(text: OpenText, unit: str) -> dict[str, tuple[int, int]]:
    """Row id → segment of everything in the text that a row may stand for, whoever says it."""
    spoken = [turn for turn in text.turns if turn.said(text.text).strip()]
    return {row_id(unit, *span): span for turn in spoken for span in _spans(text, turn, unit)}


def codes_of(book: Codebook, pass_: str) -> list[SheetCode]:
    """All codes: those that can be used first, and among them those of the pass."""
    plan = next((each for each in book.passes if each.ref == pass_), None)
    order = {ref: number for number, ref in enumerate((*plan.themes, *plan.then) if plan else ())}
    places = sorted(book.codes(), key=lambda place: (not _codable(place), order.get(place.theme.ref, len(order))))
    return [
        SheetCode(
            place.code.id, place.code.ref, place.code.label, place.theme.label,
            tuple({path for lang in ("fr", "en") for path in (place.path(lang), place.code_path(lang))}),
            place.code.definition, place.code.use, place.code.not_use, place.code.example, book.hue_of(place),
            _codable(place),
        )
        for place in places
    ]  # fmt: skip


def _codable(place: CodePlace) -> bool:
    return place.code.codable and place.code.status in (Status.ACTIVE, Status.PROPOSED)
