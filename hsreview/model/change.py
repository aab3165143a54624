"""Change records: every act of a person, as it stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BodyState(StrEnum):
    """Whether a record's body is there. A withheld or erased body is a valid state, not damage."""

    PRESENT = "present"
    WITHHELD = "withheld"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the log."""

    id: str
    coder: str
    """Who did it."""
    replica: str
    """On which copy of the project. Coder and replica together are the actor."""
    seq: int
    """1, 2, 3 … without gaps for each actor."""
    clock: int
    """Logical (Lamport) time: greater than that of every record its writer had seen. No wall clock is trusted."""
    saw: Mapping[str, int] | None
    """The newest numbers of all other actors (`coder/replica`) that the writer had seen; null: as in the actor's
    record before. With it, any two records are known to be one after the other or concurrent."""
    kind: str
    """`coding.put`, `coding.remove`, …"""
    entity: str
    """The id of the thing that it is about."""
    act: str
    """The user's act it belongs to; one act is undone as a whole."""
    undoes: str | None
    """The act that this record's act takes back, if any."""
    redoes: str | None
    """The act that this record's act does again, if any."""
    at: str
    """Wall-clock time of the writer, for people to read."""
    body: Mapping[str, Any] | None
    """`{"set": {field: value}, "was": {field: value}}` of a put (no `was` when it makes the thing); else empty."""
    state: BodyState = BodyState.PRESENT
    body_digest: str = ""
    """SHA-256 over salt and body; it outlives an erased body, whose salt goes with it."""
    salt: str | None = None
