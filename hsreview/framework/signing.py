"""What a validation meeting signs off: rows with their new status and words, and where the project changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hsreview.framework.meetings import PASSED, Meeting
from hsreview.model.framework import FrameworkVersion, FrozenRow, Row, RowKind, RowStatus
from hsreview.model.framework_columns import COLUMNS, main_column
from hsreview.model.validation import Ballot, Outcome

STATUS = "status"
"""The cell of a row that is no column."""
_STATUSES = {
    Outcome.ACCEPTED: RowStatus.VALIDATED, Outcome.AMENDED: RowStatus.AMENDED, Outcome.REJECTED: RowStatus.REJECTED,
}  # fmt: skip
_DECIDED = (*_STATUSES.values(), RowStatus.RETIRED, RowStatus.LAPSED)
"""A status by which somebody decided on a row; drafts and proposals go on to what the meeting says."""
_FOLLOW_UP = frozenset({"product", "sent_on", "channel", "next_check"})
"""What becomes of a recommendation goes on while the room votes."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a meeting makes of one row."""

    ballot: Ballot
    outcome: Outcome
    status: RowStatus | None
    """Null: the row keeps its own, which tells of something else (whether a recommendation was sent)."""
    words: Mapping[str, str]
    """Key of its main column → what it says; empty for a row that was rejected."""

    def of(self, row: Row) -> Row:
        """The row as the meeting left it."""
        return replace(row, status=self.status or row.status, data={**row.data, **self.words})


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that was changed in the project after the version was set aside, and that the meeting wants otherwise."""

    row: Row
    key: str
    """Of the column; `status` for the status."""
    brought: Any
    """In the version that was brought to the meeting."""
    here: Any
    meeting: Any


def verdicts(meeting: Meeting) -> dict[str, Verdict]:
    """Id of a row → what the meeting made of it; rows on which nobody voted are left out.

    Rows that are to be voted on again are rejected at the end. Words in a language that the room was not shown count
    only where they were amended.
    """
    found = {}
    for row_id, ballot in meeting.last.items():
        outcome = meeting.outcome(ballot)
        if outcome is not None:
            found[row_id] = _verdict(meeting, ballot, outcome)
    return found


def _verdict(meeting: Meeting, ballot: Ballot, outcome: Outcome) -> Verdict:
    recommends = ballot.kind is RowKind.RECOMMENDATION
    if outcome not in PASSED:
        return Verdict(ballot, Outcome.REJECTED, RowStatus.LAPSED if recommends else RowStatus.REJECTED, {})
    brought, shown = meeting.first[ballot.row_id].text, meeting.validation.language
    words = {
        key: ballot.text.own(language)
        for key, language in zip(main_column(ballot.kind).keys, ("fr", "en"), strict=True)
        if ballot.text.own(language)
        and (shown in (language, "both") or ballot.text.own(language) != brought.own(language))
    }
    return Verdict(ballot, outcome, None if recommends else _STATUSES[outcome], words)


def signed_rows(version: FrameworkVersion, found: Mapping[str, Verdict]) -> list[FrozenRow]:
    """The rows of a version as a meeting signs them off; rejected ones stay, marked."""
    return [
        replace(each, row=found[each.row.id].of(each.row)) if each.row.id in found else each for each in version.rows
    ]


def clashes(
    version: FrameworkVersion, found: Mapping[str, Verdict], rows: Iterable[Row], *, closed: bool
) -> list[Clash]:  # fmt: skip
    """The cells of the project's rows that the project changed and that the meeting signs off otherwise.

    `closed`: the rows may follow the meeting already; what else was changed in those is told no more.
    """
    frozen = {each.row.id: each.row for each in version.rows}
    return [
        clash
        for row in rows
        if row.id in found and row.id in frozen
        for clash in _clashes(frozen[row.id], row, found[row.id], closed)
    ]


def changed_cells(brought: Row, here: Row) -> dict[str, Any]:
    """Key → what it held, of the cells beside the main column in which a row says something else than it did.

    A translation that was missing and was written is left out, as is how far a recommendation went.
    """
    old, new = brought.data, here.data
    found = {}
    for column in COLUMNS[here.kind]:
        for key in () if column.main or column.key in _FOLLOW_UP else column.keys:
            translated = not old.get(key) and any(
                old.get(other) == new.get(other) for other in column.keys if old.get(other)
            )
            if old.get(key) != new.get(key) and not translated:
                found[key] = old.get(key)
    return found


def _follows(brought: Row, here: Row, wanted: Verdict) -> bool:
    """Whether a row was let follow a meeting that was closed."""
    there = wanted.of(here)
    changes = wanted.of(brought) != brought or wanted.status is None
    return changes and (there.status, there.data) == (here.status, here.data)


def _clashes(brought: Row, here: Row, wanted: Verdict, closed: bool) -> Iterator[Clash]:
    # How far a recommendation went is a fact; of other rows only what somebody decided is.
    told = here.kind is RowKind.RECOMMENDATION or here.status in _DECIDED
    if told and wanted.status and here.status not in (brought.status, wanted.status):
        yield Clash(here, STATUS, brought.status, here.status, wanted.status)
    for key, words in wanted.words.items():
        now = here.data.get(key)
        if now not in (brought.data.get(key), words):
            yield Clash(here, key, brought.data.get(key), now, words)
    if wanted.outcome in PASSED and not (closed and _follows(brought, here, wanted)):
        for key, value in changed_cells(brought, here).items():
            yield Clash(here, key, value, here.data.get(key), value)
