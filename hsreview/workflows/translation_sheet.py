"""The table that goes to a translator and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.segments import PlacedText, read_text, segments
from hsreview.review import blind
from hsreview.workflows.codings_rows import Row, read_rows
from hsreview.workflows.files import written
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.outputs import record_output
from hsreview.workflows.reading import find_transcript
from hsreview.workflows.translations import Translation, language_code, put_translation, translations

NEEDED = ("transcript_id", "start", "end", "original", "language", "translation")
COLUMNS = ("transcript_id", "transcript", "place", "start", "end", "original", "language", "translation", "translator")
QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class SheetTaken:
    """What a table brought."""

    stored: int
    present: int
    """Rows that said what was there already."""
    empty: int


@dataclass(frozen=True, slots=True)
class _Passage:
    transcript: Transcript
    start: int
    end: int
    translation: Translation | None


def write_sheet(
    project: Project, viewer: Coder | None, path: Path, language: str, *, transcript: Transcript | None = None,
    recipient: str = "",
) -> int:  # fmt: skip
    """Write starred passages and translated ones that `viewer` may see and whose words may leave, and put the file on
    record: how many.

    Raises InputRefused when there is none, or the file cannot be written.
    """
    from hsreview.workbook.tidy_files import write_table
    from hsreview.workbook.tidy_variables import Tidy, integer, text

    code = language_code(language)
    with project.snapshot():
        leaving = Leaving(project, recipient)
        found = [
            each
            for each in _passages(project, viewer, code, transcript)
            if leaving.span(each.transcript.id, each.transcript.version_id, each.start, each.end)
        ]
        texts = {each.transcript.version_id: each for each in found}
        placed = {version: read_text(project.connection, version) for version in texts}
    if not found:
        raise InputRefused(_("Nothing is starred or translated there that may leave: flag passages with quote first."))
    kinds = {"start": integer, "end": integer}
    variables = tuple(kinds.get(name, text)(name, name, name) for name in COLUMNS)
    with written(path) as spare:
        table = Tidy("translations", variables, (_cells(each, placed, code) for each in found))
        # As in the table of names: a French Excel shows columns where there are semicolons.
        write_table(table, spare, delimiter=";" if current_language() == "fr" else ",")
    details = {"language": code, **({"transcript": transcript.id} if transcript is not None else {})}
    record_output(project, viewer, path, "translations", recipient=recipient, details=details)
    return len(found)


def _passages(
    project: Project, viewer: Coder | None, language: str, wanted: Transcript | None
) -> Iterator[_Passage]:  # fmt: skip
    seen = blind.sight(project.connection, viewer)
    known = {each.id: each for each in queries.transcripts(project.connection)}
    stretches: dict[tuple[str, int, int], Translation | None] = {
        (each.transcript_id, each.coding.start, each.coding.end): None
        for each in segments(project.connection)
        if QUOTE in each.coding.flags and seen.work(each.transcript_id, each.coding.coder_id, each.coding.pass_)
    }
    for placed in translations(project, viewer=viewer):
        if placed.translation.language == language:
            stretches[placed.transcript_id, placed.translation.start, placed.translation.end] = placed.translation
    for (transcript_id, start, end), translation in sorted(stretches.items(), key=lambda item: item[0]):
        if wanted is None or wanted.id == transcript_id:
            yield _Passage(known[transcript_id], start, end, translation)


def _cells(each: _Passage, texts: dict[str, PlacedText], language: str) -> list[str | int]:
    text, said = texts[each.transcript.version_id], each.translation
    return [
        each.transcript.id, each.transcript.name, text.place(each.start), each.start, each.end,
        text.text[each.start : each.end], language, said.text if said else "", said.translator if said else "",
    ]  # fmt: skip


def read_sheet(project: Project, coder: Coder, path: Path, *, by: str = "") -> SheetTaken:
    """Store the translations of a table as one act; `by` is the translator where a row names none.

    Raises InputRefused with every bad row; nothing is stored then.
    """
    stored = present = empty = 0
    problems: list[Problem] = []
    with project.write():
        before = {each.translation for each in translations(project, viewer=coder)}
        with project.act(coder.id) as act:
            for row in read_rows(path, None, None, needed=NEEDED, optional=COLUMNS):
                words = row.values.get("translation", "").strip()
                if not words:
                    empty += 1
                    continue
                try:
                    who = row.values.get("translator", "").strip() or by
                    version, span = _place(project, row)
                    made = put_translation(project, act, coder, version, span, row.values["language"], words, who)
                except HsreviewError as error:
                    told = "; ".join([error.message, *(problem.message for problem in error.problems)])
                    problems.append(Problem(told, _("line {n}").format(n=row.line), "bad_row"))
                    continue
                stored += made not in before
                present += made in before
        if problems:
            n = len(problems)
            said = ngettext(
                "{name} was refused: {n} problem. Nothing was stored.",
                "{name} was refused: {n} problems. Nothing was stored.",
                n,
            )
            raise InputRefused(said.format(name=visible(path.name), n=n), problems)
    return SheetTaken(stored, present, empty)


def _place(project: Project, row: Row) -> tuple[str, Span]:
    """The text and the place that a row means; its words must be those that stand there."""
    try:
        start, end = (int(row.values[name]) for name in ("start", "end"))
    except ValueError:
        raise InputRefused(_("start and end are whole numbers.")) from None
    transcript = find_transcript(project, row.values["transcript_id"])
    there = queries.text_of(project.connection, transcript.version_id)[start:end] if 0 <= start < end else ""
    if _alike(row.values["original"]) != _alike(there):
        raise InputRefused(_("the original is not what stands there now; write the table anew"))
    return transcript.version_id, (start, end)


def _alike(words: str) -> str:
    """Words as a spreadsheet leaves them: spaces and line ends may differ, and a guard against formulas."""
    return " ".join(words.removeprefix("'").split())
