"""Words of the review: differences between coders, decisions on them, and how a transcript enters the consensus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.model.codebook import Codebook


def reading_of(pass_: str, parts: Collection[str]) -> str:
    """The reading that a pass belongs to: empty for the first, else the name of the repetition.

    `parts` are the passes of the codebook: they are working orders of one reading, and count together.
    """
    return "" if pass_ in parts else pass_


def is_repetition(pass_: str, codebook: Codebook) -> bool:
    """Whether a pass is another reading by the same coder, which is kept apart from the first everywhere.

    A pass without a name and the passes of the codebook are parts of the first reading.
    """
    return reading_of(pass_, [part.ref for part in codebook.passes]) != ""


class DifferenceKind(StrEnum):
    """The kinds of difference; where several rules fit, the first of this order counts."""

    SPLIT = "split"
    """One segment against several of the same code."""
    BOUNDARY = "boundary"
    """The same code on segments that overlap less than the rule asks for."""
    EXTRA = "extra"
    """The same segment with one code more."""
    DIFFERENT = "different"
    """The same segment under another code."""
    MISSED = "missed"
    """One coder's only: the other put nothing there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One coding as the comparison sees it: who put which code on `[start, end)` (code points)."""

    coding_id: str
    coder_id: str
    code_id: str
    start: int
    end: int
    modifiers: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """One coding of the consensus layer."""

    code_id: str
    start: int
    end: int
    modifiers: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of the coders' codings that it follows from."""


class Outcome(StrEnum):
    """What was decided on a difference."""

    TAKE = "take"
    """One coder's codings."""
    BOTH = "both"
    """Everybody's codings."""
    NEITHER = "neither"
    """No coding."""
    EDITED = "edited"
    """Other boundaries."""
    OTHER = "other"
    """Another code."""


class Standing(StrEnum):
    """Where a difference stands."""

    OPEN = "open"
    DECIDED = "decided"
    REOPENED = "reopened"
    """It was decided, and what the decision rests on has changed, or contrary decisions met."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who settled a difference, how and why."""

    id: str
    version_id: str
    basis: tuple[tuple[str, str], ...]
    """`(coding id, digest of what it said)` of each coding it rests on, sorted."""
    outcome: Outcome
    taken: str
    """The coder whose codings were taken, when the outcome is `take`; else empty."""
    result: tuple[Settled, ...]
    because: str
    coder_id: str
    at: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the coders who reviewed a transcript do not agree."""

    key: str
    """The same on every replica, as long as it rests on the same codings."""
    transcript_id: str
    version_id: str
    kind: DifferenceKind
    start: int
    end: int
    """The hull of its marks."""
    marks: tuple[Mark, ...]
    coders: tuple[str, ...]
    """Ids of all coders who reviewed the transcript, those without a mark here included."""
    same_parent: bool = False
    """Whether different codes have the same parent."""
    standing: Standing = Standing.OPEN
    decision: Decision | None = None
    """The decision that holds, or that held before it was reopened."""
    contrary: tuple[Decision, ...] = ()
    """Decisions that were made without knowledge of each other."""


class Entry(StrEnum):
    """How a transcript stands to the consensus layer."""

    ADJUDICATED = "adjudicated"
    """At least two coders reviewed it and no difference is open."""
    ADOPTED = "adopted"
    """One coder's layer was taken over, with a reason."""
    OPEN = "open"
    """Several reviewed it and differences are open."""
    SINGLE = "single"
    """One coder reviewed it, and nobody adopted that."""
    UNREAD = "unread"
    """No pass was marked reviewed."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """One coder's pass taken into the consensus as it is."""

    id: str
    transcript_id: str
    version_id: str
    source_coder_id: str
    pass_: str
    because: str
    coder_id: str
    at: str


@dataclass(frozen=True, slots=True)
class TranscriptConsensus:
    """One transcript's part in the consensus layer."""

    transcript_id: str
    entry: Entry
    coders: tuple[str, ...]
    """Ids of those who marked it reviewed."""
    agreed: int
    """Codings that all of them share."""
    differences: Sequence[Difference]
    settled: Sequence[Settled]
    """The codings that enter; empty unless adjudicated or adopted."""
    adoption: Adoption | None = None
    shared: Sequence[Settled] = ()
    """What all of them share, as it enters once nothing is open."""
    lapsed: Sequence[Decision] = ()
    """Decisions on codings that are no longer there, or no longer differ; they have no effect."""

    @property
    def open(self) -> int:
        """How many differences wait for a decision."""
        return sum(each.standing is not Standing.DECIDED for each in self.differences)

    @property
    def left_open(self) -> int:
        """How many of these were left unsettled when one coder's side was adopted; 0 unless it was."""
        return self.open if self.entry is Entry.ADOPTED else 0
