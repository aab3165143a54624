"""Segments, codings, memos: what coders do to a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CONSENSUS = "consensus"
OWN = "own"


class Origin(StrEnum):
    """How a coding came about."""

    TYPED = "typed"
    SUGGESTED = "suggested"
    AUTOCODED = "autocoded"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch `[start, end)` of one text version, in code points."""

    version_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a segment: {self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one segment by one coder in one layer."""

    id: str
    version_id: str
    start: int
    end: int
    code_id: str
    coder_id: str
    layer: str = OWN
    """`own` (the coder's) or `consensus`."""
    pass_: str = ""
    """The coder's pass, empty for the first."""
    origin: Origin = Origin.TYPED
    modifiers: Mapping[str, str] = field(default_factory=dict)
    """Modifier id → value id."""
    flags: tuple[str, ...] = ()
    created: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of one coder on a transcript, a coding, a segment or a code."""

    id: str
    coder_id: str
    text: str
    created: str = ""
    transcript_id: str | None = None
    coding_id: str | None = None
    code_id: str | None = None
    version_id: str | None = None
    start: int | None = None
    end: int | None = None
