"""The ballots of a round on paper, with a tally sheet for each table on which hands are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.framework.meeting_words import KIND_WORDS, VOTE_WORDS
from hsreview.framework.rule_words import rule_in_words
from hsreview.model.ballot_paper import BallotPaper, PaperRow, PaperTable
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output
from hsreview.workflows.validating import LANGUAGES, Ballot, Meeting, find_meeting


@dataclass(frozen=True, slots=True)
class BallotsWritten:
    """A file of ballots that was written."""

    path: Path
    meeting: str
    round: int
    rows: int
    ballots: int
    """How many ballots are in it: one to be copied, or one for each table."""
    sheets: int
    """How many tally sheets."""


def write_ballots(
    project: Project, wish: str, path: Path, *, round_: int | None = None, language: str | None = None,
    per_table: bool = False, viewer: Coder | None = None,
) -> BallotsWritten:  # fmt: skip
    """Write the ballots of the meeting called `wish` as .docx or .html, and put them on record.

    The last round, in the language of the meeting, unless another one is wished for. Raises UsageProblem for another
    kind of file, no such meeting, round or language; InputRefused when the file is there already or cannot be
    written, or a row has no words in the language.
    """
    write = _writer(path)
    meeting = find_meeting(project, wish, viewer)
    paper = paper_of(meeting, round_=round_, language=language, per_table=per_table)
    if path.exists():
        raise InputRefused(_("{name} exists already; nothing was overwritten.").format(name=path))
    with written(path) as spare:
        write(paper, spare)
    details = {"meeting": meeting.validation.name, "round": paper.round, "rows": len(paper.rows)}
    record_output(project, viewer, path, "ballots", details=details)
    return BallotsWritten(
        path, meeting.validation.name, paper.round, len(paper.rows), len(paper.copies), len(paper.tables)
    )  # fmt: skip


def paper_of(
    meeting: Meeting, *, round_: int | None = None, language: str | None = None, per_table: bool = False
) -> BallotPaper:
    """What is printed for a round of a meeting; raises as `write_ballots`."""
    validation = meeting.validation
    wanted = meeting.round if round_ is None else round_
    ballots = meeting.of_round(wanted)
    if not ballots:
        rounds = ", ".join(map(str, sorted({each.round for each in meeting.ballots}))) or "–"
        raise UsageProblem(
            _("The meeting {name} has no ballots of round {round}. Rounds: {rounds}").format(
                name=validation.name, round=wanted, rounds=rounds
            )
        )
    spoken = language or validation.language
    if spoken not in LANGUAGES:
        raise UsageProblem(_("The language of ballots is fr, en or both; not {language}.").format(language=spoken))
    languages = ("fr", "en") if spoken == "both" else (spoken,)
    _check_words(ballots, languages)
    tables = tuple(PaperTable(each.label, each.size) for each in meeting.parties)
    if per_table and not tables:
        raise UsageProblem(_("No table sits at this meeting yet; leave --per-table out, or add tables first."))
    rows = tuple(
        PaperRow(number, each.ref, KIND_WORDS.get(each.kind, Localized()), each.text, each.badge)
        for number, each in enumerate(ballots, 1)
    )
    return BallotPaper(
        languages, validation.name, validation.place, validation.date, wanted, rule_in_words(validation.rule),
        tuple(VOTE_WORDS.values()), rows, tables or (PaperTable(),), per_table,
    )  # fmt: skip


def _check_words(ballots: list[Ballot], languages: tuple[str, ...]) -> None:
    named = {"fr": _("French"), "en": _("English")}
    problems = [
        Problem(_("It says nothing in {language}.").format(language=named[language]), ballot.ref, "no_words")
        for ballot in ballots
        for language in languages
        if not ballot.text.own(language).strip()
    ]
    if problems:
        raise InputRefused(_("Rows have no words in the language of the ballots. Nothing was written."), problems)


def _writer(path: Path) -> Callable[[BallotPaper, Path], None]:
    if path.suffix.lower() == ".docx":
        from hsreview.documents.ballot_docx import write_ballot_docx

        return write_ballot_docx
    if path.suffix.lower() in (".html", ".htm"):
        from hsreview.documents.ballot_html import write_ballot_html

        return write_ballot_html
    raise UsageProblem(_("Ballots are written as .docx or .html; {name} is neither.").format(name=path.name))
