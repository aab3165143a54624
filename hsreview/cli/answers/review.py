"""Answers about settling differences: `consensus`, `disagreements`, `agreement`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.agreement import BasisAnswer

Entry = Literal["adjudicated", "adopted", "open", "single", "unread"]
Kind = Literal["split", "boundary", "extra", "different", "missed"]


class ConsensusEntry(TypedDict):
    """How one transcript stands to the consensus layer."""

    transcript_id: str
    transcript: str
    state: Entry
    coders: list[str]
    """Names of those who reviewed it."""
    agreed: int
    """Codings that all of them share."""
    open: int
    """Differences that wait for a decision, reopened ones included."""
    decided: int
    reopened: int
    """Differences whose decision no longer holds, because codings changed or decisions contradict each other."""
    codings: int
    """Codings of the consensus layer in it."""
    adopted_from: str
    """Name of the coder whose layer was adopted, or empty."""
    because: str
    by: str
    at: str
    """ISO time, UTC."""
    changed_since: int
    """Codings of the adopted layer that were added, changed or removed since."""
    lapsed: list[DecisionAnswer]
    """Decisions without effect: the codings that they rest on are gone or no longer differ."""


class ConsensusStatus(TypedDict):
    """All transcripts by name."""

    consensus: list[ConsensusEntry]


class ConsensusCoding(TypedDict):
    """One coding of the consensus layer."""

    id: str
    """It follows from what the coding says and rests on."""
    transcript_id: str
    transcript: str
    start: int
    end: int
    turn: int
    sentence: int
    code_id: str
    code: str
    modifiers: dict[str, str]
    flags: list[str]
    text: str


class ConsensusCodings(TypedDict):
    """The consensus layer by transcript and place."""

    codings: list[ConsensusCoding]


class CoderCodes(TypedDict):
    """What one coder put on a place."""

    coder_id: str
    coder: str
    codes: list[str]
    """Refs; empty: nothing."""


class DecisionAnswer(TypedDict):
    """What was decided on a difference."""

    outcome: Literal["take", "both", "neither", "edited", "other"]
    taken: str
    """Name of the coder whose side was taken, or empty."""
    because: str
    by: str
    at: str


class Disagreement(TypedDict):
    """A place where coders differ."""

    id: str
    kind: Kind
    same_parent: bool
    transcript_id: str
    transcript: str
    start: int
    end: int
    turn: int
    place: str
    """`12.3`: turn and sentence in which it starts."""
    text: str
    coders: list[CoderCodes]
    standing: Literal["open", "decided", "reopened"]
    decision: DecisionAnswer | None
    """The decision that holds, or held before it was reopened."""


class Disagreements(TypedDict):
    """Differences by transcript and place."""

    disagreements: list[Disagreement]


class ConfusionTable(TypedDict):
    """Two coders, or all pairs together (without names)."""

    coders: list[str]
    """Of the rows, and of the columns."""
    codes: list[str]
    """Refs; after them comes what was left uncoded."""
    counts: list[list[float]]
    """They add up to the units that both read."""


class ConfusionTables(TypedDict):
    """Which code of one coder meets which code of another, in the unit of the basis."""

    basis: BasisAnswer
    confusion: list[ConfusionTable]
