"""The report of a validation meeting as a file: what was said and done, signed off, rejected, and voted by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.documents.ballot_words import long_date
from hsreview.framework.meeting_words import SIDE_WORDS
from hsreview.framework.meetings import Meeting
from hsreview.framework.rule_words import rule_in_words
from hsreview.model.people import Coder
from hsreview.model.public import LEAST_K
from hsreview.model.report import Block, Grid, Paragraph, Report
from hsreview.model.report import Heading as Title
from hsreview.model.validation import Party, Side
from hsreview.project.project import Project
from hsreview.workbook.plain_tables import PlainTable, write_tables
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output
from hsreview.workflows.validating import find_meeting
from hsreview.workflows.validation_closing import signed_versions, untranslated
from hsreview.workflows.validation_report_words import ReportWords
from hsreview.workflows.validation_tables import Cell, Chapter, chapters, few_sides
from hsreview.workflows.validation_todo import left_to_do

FORMS = (".xlsx", ".docx", ".md")
_LATE = ("late", "ended_otherwise", "unheeded")
"""What may be left to do of which a reader of results has to know."""


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """Everything that is written into the file."""

    title: str
    mark: str
    """For whom it is."""
    made: str
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]


@dataclass(frozen=True, slots=True)
class ReportWritten:
    """A report that was written."""

    path: Path
    meeting: str
    language: str
    chapters: tuple[str, ...]
    """Their titles."""


def write_report(
    project: Project, wish: str, path: Path, *, language: str, viewer: Coder | None = None
) -> ReportWritten:
    """Write the report of the meeting called `wish`, in `fr` or `en`, and put it on record.

    A table at which fewer than three people sit is told by its side only. Raises UsageProblem for another kind of file
    or no such meeting; InputRefused when the file is there already or cannot be written.
    """
    if path.suffix.lower() not in FORMS:
        raise UsageProblem(
            _("The report of a meeting is written as .xlsx, .docx or .md; {name} is none of them.").format(
                name=path.name
            )
        )
    with project.snapshot():
        meeting = find_meeting(project, wish, viewer)
        signed = [each.number for each in signed_versions(project, meeting)]
        late = dict.fromkeys(each.place for each in left_to_do(project, meeting) if each.code in _LATE)
    if path.exists():
        raise InputRefused(_("{name} exists already; nothing was overwritten.").format(name=path))
    words = ReportWords(language)
    report = meeting_report(meeting, signed, words, late=list(late), narrow=path.suffix.lower() != ".xlsx")
    with written(path) as spare:
        _write(report, words, spare)
    details = {"meeting": meeting.validation.name, "round": meeting.round, "language": language}
    record_output(project, viewer, path, "validation_report", details=details)
    return ReportWritten(path, meeting.validation.name, language, tuple(each.title for each in report.chapters))


def meeting_report(
    meeting: Meeting, signed: list[str], words: ReportWords, *, late: Sequence[str] = (), narrow: bool = False
) -> MeetingReport:
    """The report; `signed`: numbers of the versions that the meeting signed off; `narrow` as in `chapters`.

    `late`: refs of the rows whose votes are no longer those on which their result was written.
    """
    marks = [words("mark")] if meeting.is_closed else [words("provisional"), words("mark")]
    facts = [pair for pair in _facts(meeting, signed, words, late) if pair[1]]
    told = chapters(meeting, words.language, narrow=narrow)
    return MeetingReport(words("title", name=meeting.validation.name), " ".join(marks), now(), facts, told)


def _facts(meeting: Meeting, signed: list[str], words: ReportWords, late: Sequence[str]) -> Iterator[tuple[str, str]]:
    about = meeting.validation
    yield words("date"), long_date(about.date, words.language)
    yield words("place"), about.place
    yield words("state"), about.state
    yield words("version"), meeting.version.number if meeting.version else ""
    yield words("signed_version"), ", ".join(signed)
    yield words("rule"), rule_in_words(about.rule).get(words.language)
    yield from _tables(meeting, words)
    yield words("how"), words("how_value")
    yield words("late"), words("late_value", refs=", ".join(late)) if late else ""
    old = untranslated(meeting)
    yield words("translate"), words("translate_value", refs=", ".join(old)) if old else ""


def _tables(meeting: Meeting, words: ReportWords) -> Iterator[tuple[str, str]]:
    """Who sat in the room, in counts; tables of a few people by side alone."""
    few = {each.side for each in meeting.parties if each.size < LEAST_K}
    for each in meeting.parties:
        if each.size >= LEAST_K:
            told = [SIDE_WORDS[each.side].get(words.language), words("people", n=each.size), *_counts(each, words)]
            yield words("table_of", label=each.label), " · ".join(told)
    if few:
        sides = [SIDE_WORDS[side].get(words.language) for side in Side if side in few]
        yield words("small_tables", k=LEAST_K), ", ".join(sides)
    if few_sides(meeting):
        yield words("few_sides", k=LEAST_K), words("few_sides_value")


def _counts(table: Party, words: ReportWords) -> Iterator[str]:
    for name, n in table.composition.items():
        if 0 < n < LEAST_K:
            told = words("fewer", k=LEAST_K)
        elif 0 < table.size - n < LEAST_K:  # The others could be told from it.
            told = words("at_least", n=table.size - LEAST_K + 1)
        else:
            told = str(n)
        yield f"{name}\u202f= {told}"


def _write(report: MeetingReport, words: ReportWords, path: Path) -> None:
    if path.suffix.lower() == ".xlsx":
        write_tables(path, _tables_of(report, words))
    elif path.suffix.lower() == ".docx":
        from hsreview.documents.report_docx import write_report_docx

        write_report_docx(_document(report, words), path)
    else:
        from hsreview.documents.report_md import write_report_md

        write_report_md(_document(report, words), path)


def _tables_of(report: MeetingReport, words: ReportWords) -> list[PlainTable]:
    """The facts on a first sheet, and every chapter on one of its own; the mark stands on each."""
    first = PlainTable(words("read_me"), report.title, [report.mark], (words("read_me"), ""), (28, 110), report.facts)
    return [first, *(_sheet(report, each) for each in report.chapters)]


def _sheet(report: MeetingReport, chapter: Chapter) -> PlainTable:
    texts, widths = ([getattr(each, name) for each in chapter.headings] for name in ("text", "width"))
    title = f"{report.title} – {chapter.title}"
    return PlainTable(chapter.title, title, [report.mark], texts, widths, chapter.rows)


def _document(report: MeetingReport, words: ReportWords) -> Report:
    """The same as a document: the facts, then a heading and a table for each chapter that has rows."""
    blocks: list[Block] = [Paragraph(words.fact(label, text)) for label, text in report.facts]
    for chapter in report.chapters:
        blocks.append(Title(1, chapter.title))
        if chapter.rows:
            kept = [at for at, each in enumerate(chapter.headings) if not each.aside]
            rows = [[_text(row[at]) for at in kept] for row in chapter.rows]
            blocks.append(Grid(tuple(chapter.headings[at].text for at in kept), rows))
        else:
            blocks.append(Paragraph(words("nobody")))
    return Report(report.title, report.mark, words.language, blocks, f"hsreview · {report.made[:10]}")


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
