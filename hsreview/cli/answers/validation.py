"""Answers about validation meetings: `validation`, `validation show`, `validation close` …"""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.framework import RowKindWord

SideWord = Literal["cso", "official", "other"]
OutcomeWord = Literal["accepted", "amended", "again", "rejected"]
CommentWord = Literal["wording", "substance", "evidence", "risk", "transfer"]
DecisionWord = Literal["open", "accepted", "partly", "refused"]


class BothWords(TypedDict):
    """A text in French and English; empty where it is not written."""

    fr: str
    en: str


class RuleEntry(TypedDict):
    """When a row is accepted; shares in per cent of the votes cast."""

    overall: int
    each_side: int
    abstentions_count: bool
    not_understood_count: bool
    rounds: int
    absent: Literal["ignore", "block"]


class MeetingEntry(TypedDict):
    """A validation meeting."""

    id: str
    name: str
    date: str
    place: str
    state: str
    language: Literal["fr", "en", "both"]
    version: str
    """Number of the version that is put to the vote; empty when it is not in this copy."""
    version_id: str
    rule: RuleEntry
    round: int
    """The round that is voted on; the last one when the meeting is closed."""
    rows: int
    """Rows that are put to the vote."""
    accepted: int
    """Of these, as the votes are now; amended ones too."""
    tables: int
    closed: str
    """When it was closed; empty while it is open."""
    signed: list[str]
    """Numbers of the versions that it signed off."""


class Meetings(TypedDict):
    """The validation meetings."""

    meetings: list[MeetingEntry]


class TableEntry(TypedDict):
    """A table in the room."""

    id: str
    label: str
    side: SideWord
    size: int
    composition: dict[str, int]


class TallyEntry(TypedDict):
    """Hands counted."""

    agree: int
    amend: int
    reject: int
    abstain: int
    not_understood: int


class TableVotes(TypedDict):
    """What one table voted on a ballot."""

    table_id: str
    table: str
    side: SideWord
    votes: TallyEntry


class ShareEntry(TypedDict):
    """How far the room or one side agrees."""

    side: Literal["overall", "cso", "official"]
    votes: TallyEntry
    cast: int
    """Votes that count as cast under the rule."""
    needed: int
    """Of these, how many must agree."""
    reached: bool | None
    """Null where nobody voted, or no vote of a side was cast and the rule lets the other one decide."""


class BallotEntry(TypedDict):
    """A row put to the vote in one round."""

    id: str
    row_id: str
    ref: str
    kind: RowKindWord
    round: int
    text: BothWords
    badge: BothWords
    outcome: OutcomeWord | None
    """As it was written down when the round was closed, else as the votes are now; null: not voted on."""
    result: str
    """The outcome in words, in the interface language, with where agreement falls short."""
    reason: str
    shares: list[ShareEntry]
    """The whole room first, then each side: what the votes are now."""
    basis: list[str]
    """The same in words, in the interface language."""
    votes: list[TableVotes]
    uncounted: list[str]
    """Labels of the tables that are still to be counted; none when the round is over."""


class CommentEntry(TypedDict):
    """What was said about a row."""

    number: int
    id: str
    ref: str
    round: int
    table: str
    """Label; empty: of no table in particular."""
    kind: CommentWord
    text: str
    answer: str
    answered: str


class AmendmentEntry(TypedDict):
    """Other words for a row."""

    number: int
    id: str
    ref: str
    round: int
    table: str
    before: BothWords
    after: BothWords
    decision: DecisionWord
    result: BothWords
    """The words that follow from the decision."""
    reason: str


class ToDoEntry(TypedDict):
    """A thing that is left to do, came too late, or was changed meanwhile."""

    place: str
    """Ref of a row, or the name of the meeting."""
    code: str
    message: str


class MeetingShown(TypedDict):
    """One meeting: tables, ballots with what they decide, what was said and amended, and what is left to do."""

    meeting: MeetingEntry
    rule: str
    """In words, in the interface language."""
    tables: list[TableEntry]
    ballots: list[BallotEntry]
    comments: list[CommentEntry]
    amendments: list[AmendmentEntry]
    to_do: list[ToDoEntry]
    changed_meanwhile: list[ToDoEntry]
    """Words of rows that were changed in the project since the version was set aside."""


class MeetingClosed(TypedDict):
    """A meeting that was closed, and what followed for the rows of the project."""

    meeting: MeetingEntry
    version: str
    """Number of the version that was signed off."""
    changed: list[str]
    """Refs of the rows that follow the meeting."""
    kept: list[str]
    """Refs of the rows that stay as the project has them."""
    gone: list[str]
    """Refs of rows that are not in this copy of the project."""
    untranslated: dict[str, str]
    """Ref of a row that was amended in one language → the language in which its old words still stand."""


class MeetingApplied(TypedDict):
    """What followed for the rows of the project."""

    changed: list[str]
    kept: list[str]
    gone: list[str]


class MeetingReported(TypedDict):
    """A report that was written."""

    path: str
    meeting: str
    language: Literal["fr", "en"]
    chapters: list[str]
    """Their titles."""
