"""Answers about monitoring: `journal`, `framework status`, `framework engagement`."""

from __future__ import annotations

from typing import Literal, TypedDict

FrequencyWord = Literal["once", "rarely", "sometimes", "often"]


class JournalEntry(TypedDict):
    """One entry of the journal."""

    id: str
    row_id: str
    row: str
    """Ref; empty when the row was removed."""
    date: str
    """A day, a month, a year, or a quarter as `2017-Q1`."""
    level: int | None
    """0–3, of a progress marker."""
    value: float | None
    """Of an indicator, in its unit."""
    parts: dict[str, float]
    """The value by category."""
    status: str | None
    """Of a recommendation: open, sent, acknowledged, accepted, in_progress, done, refused or lapsed."""
    kind: Literal["visit", "letter", "meeting", "joint_work", "media"] | None
    """Of an engagement."""
    quality: int | None
    """0–3, of an engagement."""
    frequency: FrequencyWord | None
    who: str
    source: str
    verified_by: str
    text: str
    codings: list[str]
    """Ids of the codings on which it rests."""


class JournalEntries(TypedDict):
    """Entries of the journal, by date."""

    entries: list[JournalEntry]


class JournalFile(TypedDict):
    """A file that was written."""

    path: str
    entries: int


class MarkerEntry(TypedDict):
    """Where a progress marker stands."""

    id: str
    row: str
    """Ref."""
    text: str
    parent: str
    """Ref of the row that it stands under."""
    actor: str
    """Ref of the actor whose change it is about; empty for none."""
    level: int | None
    since: str
    """Date of the entry from which on it stood at this level."""
    entries: int
    trend: list[int | None]
    """The level known at the end of each quarter of `quarters`."""


class IndicatorEntry(TypedDict):
    """Where an indicator stands."""

    id: str
    row: str
    """Ref."""
    text: str
    parent: str
    unit: str
    baseline: float | None
    baseline_date: str
    latest: float | None
    date: str
    parts: dict[str, float]
    target: float | None
    target_date: str
    milestones: list[str]
    progress: Literal[
        "reached", "on_the_way", "unchanged", "away", "no_value", "no_baseline", "no_target", "unclear"
    ]  # fmt: skip
    """Unclear: its target and its direction contradict each other."""
    entries: int
    trend: list[float | None]
    """The last value of each quarter of `quarters`."""


class RecommendationEntry(TypedDict):
    """How far a recommendation is."""

    id: str
    row: str
    """Ref."""
    text: str
    status: str
    """At an earlier day what entries told by then, else `open`."""
    since: str
    next_check: str
    due: Literal["overdue", "soon", "never"] | None
    """Never: it was never followed up, and has no next check."""
    entries: int


class QuarterCount(TypedDict):
    """Entries of one quarter."""

    quarter: str
    """A year for entries that tell no more."""
    entries: int


class OutRow(TypedDict):
    """A retired or rejected row that has entries."""

    row: str
    entries: int


class MonitoringStatus(TypedDict):
    """Where the framework stands."""

    at: str
    quarters: list[str]
    markers: list[MarkerEntry]
    indicators: list[IndicatorEntry]
    recommendations: list[RecommendationEntry]
    due: list[RecommendationEntry]
    """What is overdue first, then what is due soon, then what was never followed up."""
    per_quarter: list[QuarterCount]
    silent: list[str]
    """Refs of rows without an entry."""
    out: list[OutRow]
    gone: int
    """Entries about rows that were removed."""
    later: int
    """Entries of periods that begin after `at`; they do not count."""


class DueList(TypedDict):
    """Recommendations to follow up."""

    due: list[RecommendationEntry]


class EngagementQuarter(TypedDict):
    """An actor in one quarter."""

    quarter: str
    contacts: int
    qualities: list[int]
    mean: float | None
    best: int | None
    frequencies: dict[str, int]
    """Frequency → entries that tell it."""
    markers: int
    """Markers of the actor whose level was known at the end of the quarter."""
    compared: int
    """Those of them whose level was known at the end of the quarter before, too."""
    rose: int
    fell: int
    change: int
    """Levels gained less levels lost by the markers that are compared."""


class EngagementActor(TypedDict):
    """An actor over the quarters."""

    id: str
    row: str
    """Ref."""
    text: str
    markers: list[str]
    """Refs."""
    quarters: list[EngagementQuarter]


class EngagementAnswer(TypedDict):
    """Engagement with actors beside change in them."""

    actors: list[EngagementActor]
    unplaced: int
    """Entries that tell a year only."""
    without_actor: list[str]
    """Refs of markers with entries that are about no actor."""
    remarks: list[str]
    """What the table cannot say."""
