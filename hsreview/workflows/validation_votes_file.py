"""Votes from a file: CSV or Excel with a line for each row and table, as somebody typed it from tally sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.framework.meeting_words import VOTE_WORDS
from hsreview.intake.sheets import Row, read_sheet
from hsreview.model.people import Coder
from hsreview.model.validation import Ballot, Party, Tally
from hsreview.project.project import Project
from hsreview.workflows.validating import Meeting, find_ballot, find_table
from hsreview.workflows.validation_acts import cast_all, check_tally
from hsreview.workflows.validation_reading import read_tally

_COUNTS = [each.name for each in fields(Tally)]
_COLUMNS: Mapping[str, Sequence[str]] = {
    "row": ("ligne", "ref"),
    "table": (),
    **{name: (words.fr, words.en) for name, words in VOTE_WORDS.items()},
}
"""What a column may be called, whatever its case and accents."""
_MOST = 20_000_000

Cast = tuple[Ballot, Party, Tally]


def cast_file(project: Project, coder: Coder, meeting: Meeting, path: Path) -> tuple[int, int]:
    """Write down the votes of a file as one act: how many there are, and how many of them say something new.

    A line without any number is left out. Raises InputRefused with every line that cannot be taken; nothing of the file
    is stored then.
    """
    votes = read_votes(meeting, path)
    return len(votes), cast_all(project, coder, meeting, votes)


def read_votes(meeting: Meeting, path: Path) -> list[Cast]:
    """The votes of a file, checked against the tables and the ballots of this round; raises as `cast_file`."""
    sheet = read_sheet(_bytes(path), path.name)
    columns = sheet.columns(_COLUMNS)
    missing = [each for each in ("row", "table", "agree") if each not in columns]
    if missing:
        raise InputRefused(
            _("{name} has no column {columns}. It needs: row, table, {votes}.").format(
                name=path.name, columns=", ".join(missing), votes=", ".join(_COUNTS)
            )
        )
    votes: dict[tuple[str, str], Cast] = {}
    problems: list[Problem] = []
    for line in sheet.rows:
        counts = [line.get(columns.get(each)).strip() for each in _COUNTS]
        if not any(counts):
            continue
        try:
            vote = _vote(meeting, line, columns, [each or "0" for each in counts])
            if (vote[0].id, vote[1].id) in votes:
                raise InputRefused(_("The votes of this table on this row stand in the file twice."))
            votes[vote[0].id, vote[1].id] = vote
        except HsreviewError as error:
            problems.append(Problem(error.message, sheet.place(line.number), "vote"))
    if problems:
        said = ngettext(
            "{count} line of {name} cannot be taken. Nothing was stored.",
            "{count} lines of {name} cannot be taken. Nothing was stored.", len(problems),
        )  # fmt: skip
        raise InputRefused(said.format(count=len(problems), name=path.name), problems)
    if not votes:
        raise InputRefused(_("{name} holds no votes.").format(name=path.name))
    return list(votes.values())


def _vote(meeting: Meeting, line: Row, columns: Mapping[str, int], counts: Sequence[str]) -> Cast:
    ballot = find_ballot(meeting, line.get(columns["row"]).strip())
    table = find_table(meeting, line.get(columns["table"]).strip())
    tally = read_tally(counts)
    check_tally(table, tally)
    if ballot.round != meeting.round:
        raise InputRefused(_("{ref} is not voted on in this round.").format(ref=ballot.ref))
    return ballot, table, tally


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise InputRefused(_("{name} is too large to hold votes.").format(name=path.name))
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(_("{name} cannot be read: {reason}.").format(name=path, reason=os_reason(error))) from error
