"""Answers about coding: `codings`, `undo`, `redo`, `memos`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import PassKey


class CodingEntry(TypedDict):
    """One coding, with its words and its place."""

    id: str
    transcript_id: str
    transcript: str
    version_id: str
    number: int
    """1, 2, 3 … in the order of the transcript, over all codings of the selected coder and layer."""
    start: int
    end: int
    turn: int
    """The turn in which it starts."""
    sentence: int
    """The sentence of that turn; 0 when it starts in none."""
    speaker: str | None
    role: str
    """Of the speaker, or empty."""
    respondent_id: str | None
    text: str
    before: str
    """What stands before it, on one line; empty without `--context`. So is `after`."""
    after: str
    code_id: str
    code: str
    """Ref, such as `D1`."""
    coder_id: str
    coder: str
    layer: Literal["own", "consensus"]
    origin: Literal["typed", "suggested", "autocoded", "imported"]
    modifiers: dict[str, str]
    flags: list[str]
    memo: str
    created: str
    """ISO time, UTC."""


class Coding(CodingEntry, PassKey):
    """One coding, with its words and its place. `pass` is the coder's pass, empty for the first."""


class Codings(TypedDict):
    """Codings in the order of transcripts (by name) and offsets."""

    total: int
    """How many there are without `--limit`."""
    hidden: int
    """Transcripts on which the reader, who codes blind, does not see the work of others."""
    codings: list[Coding]


class AddedCoding(TypedDict):
    """A coding that stands in the project now."""

    id: str
    transcript_id: str
    version_id: str
    start: int
    end: int
    code_id: str
    code: str
    coder_id: str
    modifiers: dict[str, str]
    flags: list[str]
    created: str


class AddedCodings(TypedDict):
    """The codings that stand on the segment now, one for each code that was asked for."""

    codings: list[AddedCoding]


class CoderCount(TypedDict):
    """Codings that an import stored for a coder."""

    coder: str
    stored: int
    new: bool
    """Whether the coder joined the team by this import."""


class CodingsImported(TypedDict):
    """What `codings import` stored."""

    stored: int
    present: int
    """Rows that brought nothing new: their coding was there already."""
    added_to: int
    """Rows whose coding was there already, and got a memo, flags or modifiers."""
    coders: list[CoderCount]


class UndoAnswer(TypedDict):
    """What undo or redo did."""

    done: bool
    act: str
    """The kind of act, in words."""
    kind: str
    """The kind of the act's first record, such as `coding.put`; empty when there is nothing to take back."""
    what: str
    """What was taken back or done again, and where, in words; empty when nothing was done."""
    reason: str
    """Why nothing was done."""
    version_id: str | None
    start: int | None
    end: int | None


class MemoEntry(TypedDict):
    """A memo and what it is about."""

    id: str
    coder: str
    created: str
    about: Literal["transcript", "coding", "segment", "code", "project"]
    transcript_id: str | None
    transcript: str
    code: str
    """Ref, or empty."""
    place: str
    """`12.3` (turn and sentence), or empty."""
    quote: str
    text: str


class Memos(TypedDict):
    """Memos by time."""

    hidden: int
    """Transcripts on which the reader, who codes blind, does not see the work of others."""
    memos: list[MemoEntry]
