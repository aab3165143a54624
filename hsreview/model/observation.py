"""What is observed after validation: dated records on rows of the framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.model.framework import RowStatus


class EngagementKind(StrEnum):
    """How civil society engaged with an actor."""

    VISIT = "visit"
    LETTER = "letter"
    MEETING = "meeting"
    JOINT_WORK = "joint_work"
    MEDIA = "media"


class Frequency(StrEnum):
    """How often an actor was met over the time that a record is about."""

    ONCE = "once"
    RARELY = "rarely"
    SOMETIMES = "sometimes"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Observation:
    """One dated record on a row: what it may hold follows from the kind of the row.

    A progress marker has a level, an indicator a value, a recommendation a status, an actor an engagement.
    """

    id: str
    row_id: str
    date: str
    """A year, a quarter (`2017-Q1`), a month or a day (`periods.is_period`)."""
    level: int | None = None
    """0–3: how far a progress marker is reached (not, a little, much, fully)."""
    value: float | None = None
    """Of an indicator, in its unit."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """The value by category, such as `{"women": 12}`."""
    status: RowStatus | None = None
    """Of a recommendation."""
    kind: EngagementKind | None = None
    frequency: Frequency | None = None
    quality: int | None = None
    """0–3, of an engagement."""
    description: str = ""
    source: str = ""
    verified_by: str = ""
    """The role of whoever checked it, never a name."""
    who: str = ""
    """The role of whoever engaged, never a name."""
    coder_id: str = ""
    created: str = ""
