"""Where the framework stands at a day: levels of markers, values of indicators, what is due, what nobody wrote about.

A date that is partly known counts from the end of its month, quarter or year, because what is said of a period is known
when it is over; an entry counts at a day when its period has begun by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hsreview.framework.chain import Framework
from hsreview.model.framework import STATUSES, Row, RowKind, RowStatus
from hsreview.model.observation import Observation
from hsreview.model.observation_columns import ENTRY_COLUMNS
from hsreview.model.periods import first_day, last_day, quarter, quarter_of, quarters

OUT = (RowStatus.REJECTED, RowStatus.RETIRED)
"""Rows that are followed no more; their entries stay."""
CLOSED = (RowStatus.DONE, RowStatus.REFUSED, RowStatus.LAPSED)
"""Recommendations that are followed up no more."""
WITHIN = 30
"""Days ahead that a due list looks."""


class Progress(StrEnum):
    """How an indicator stands between its baseline and its target, in a word and never in a percentage."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    UNCHANGED = "unchanged"
    """As at the baseline."""
    AWAY = "away"
    """Away from the target."""
    NO_VALUE = "no_value"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"
    UNCLEAR = "unclear"
    """Target and direction contradict each other."""


class Due(StrEnum):
    """Why a recommendation is on the due list."""

    OVERDUE = "overdue"
    SOON = "soon"
    NEVER = "never"
    """It was never followed up, and nobody said when it will be."""


@dataclass(frozen=True, slots=True)
class MarkerStatus:
    """Where a progress marker stands."""

    row: Row
    actor: Row | None
    level: int | None
    since: str
    """Date of the first entry from which on it stood at this level; empty without an entry."""
    entries: int
    trend: tuple[int | None, ...]
    """The level known at the end of each quarter of `Status.quarters`."""


@dataclass(frozen=True, slots=True)
class IndicatorStatus:
    """Where an indicator stands."""

    row: Row
    latest: float | None
    date: str
    parts: Mapping[str, float]
    progress: Progress
    entries: int
    trend: tuple[float | None, ...]
    """The last value of each quarter of `Status.quarters`; null where none was entered."""


@dataclass(frozen=True, slots=True)
class RecommendationStatus:
    """How far a recommendation is."""

    row: Row
    status: RowStatus
    """At an earlier day what entries told by then, else the first that there is."""
    since: str
    """Date of the entry that told it; empty where none did."""
    next_check: str
    due: Due | None
    entries: int


@dataclass(frozen=True, slots=True)
class Status:
    """Where the framework stands."""

    at: date
    quarters: tuple[str, ...]
    """From that of the first entry to that of the last; none without entries."""
    markers: Sequence[MarkerStatus]
    indicators: Sequence[IndicatorStatus]
    recommendations: Sequence[RecommendationStatus]
    due: Sequence[RecommendationStatus]
    """What is overdue first, then what is due soon, then what was never followed up."""
    per_quarter: Mapping[str, int]
    """Entries by quarter; those that tell a year only stand under the year."""
    silent: Sequence[Row]
    """Rows that entries could be about, and none is."""
    out: Sequence[tuple[Row, int]]
    """Rows that are retired or rejected, each with its entries, which stay."""
    gone: int
    """Entries about rows that were removed."""
    later: int
    """Entries of periods that begin after `at`; they do not count."""


def status(
    found: Framework, entries: Iterable[Observation], at: date, *, within: int = WITHIN, today: bool = True
) -> Status:  # fmt: skip
    """Where the framework stands `at` a day; without `today` recommendations have the status that entries told."""
    told = list(entries)
    counted = [each for each in told if first_day(each.date) <= at]
    of = by_row(found, counted)
    known = [row for row in found.rows if row.kind in ENTRY_COLUMNS]
    live = [row for row in known if row.status not in OUT]
    over = span((each for row in live for each in of.get(row.id, ())), at)
    recommendations = [
        _recommendation(row, of.get(row.id, ()), at, within, today)
        for row in live
        if row.kind is RowKind.RECOMMENDATION
    ]
    return Status(
        at=at,
        quarters=over,
        markers=[_marker(found, row, of.get(row.id, ()), over) for row in live if row.kind is RowKind.MARKER],
        indicators=[_indicator(row, of.get(row.id, ()), over) for row in live if row.kind is RowKind.INDICATOR],
        recommendations=recommendations,
        due=sorted((each for each in recommendations if each.due), key=_urgency),
        per_quarter=dict(sorted(Counter(quarter_of(each.date) or each.date for each in counted).items())),
        silent=[row for row in live if row.id not in of and row.status not in CLOSED],
        out=[(row, len(of[row.id])) for row in known if row.status in OUT and row.id in of],
        gone=sum(each.row_id not in found.by_id for each in counted),
        later=len(told) - len(counted),
    )  # fmt: skip


def by_row(found: Framework, entries: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Id of a row that is there → its entries, the latest last."""
    of: dict[str, list[Observation]] = {}
    for each in sorted(entries, key=in_time):
        if each.row_id in found.by_id:
            of.setdefault(each.row_id, []).append(each)
    return of


def in_time(entry: Observation) -> tuple[date, date, str, str]:
    """The order of entries in time: of two periods that end together, the longer one comes first."""
    return last_day(entry.date), first_day(entry.date), entry.created, entry.id


def level_at(entries: Sequence[Observation], day: date) -> int | None:
    """The level of a marker that was known at the end of `day`, from its entries in order (`by_row`)."""
    return next(
        (each.level for each in reversed(entries) if each.level is not None and last_day(each.date) <= day), None
    )


def actor_of(found: Framework, row: Row) -> Row | None:
    """Whose change a row is about: its own actor, else that of what it stands under."""
    seen: set[str] = set()
    here: Row | None = row
    while here is not None and here.id not in seen:
        seen.add(here.id)
        if (actor := found.by_id.get(str(here.data.get("actor") or ""))) is not None:
            return actor
        here = found.by_id.get(here.parent_id or "")
    return None


def progress(row: Row, latest: float | None) -> Progress:
    """How an indicator with this latest value stands."""
    baseline, target = _number(row, "baseline_value"), _number(row, "target_value")
    wanted = {"up": 1, "down": -1}.get(str(row.data.get("direction") or ""), 0)
    if latest is None:
        return Progress.NO_VALUE
    if target is None:
        return Progress.NO_TARGET
    towards = _sign(target - baseline) if baseline is not None else wanted
    if wanted and towards and wanted != towards:
        return Progress.UNCLEAR
    towards = towards or wanted
    if latest == target or (towards and _sign(latest - target) == towards):
        return Progress.REACHED
    if baseline is None:
        return Progress.NO_BASELINE
    if latest == baseline:
        return Progress.UNCHANGED
    return Progress.ON_THE_WAY if towards and _sign(latest - baseline) == towards else Progress.AWAY


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _number(row: Row, key: str) -> float | None:
    value = row.data.get(key)
    return None if value is None else float(value)


def span(entries: Iterable[Observation], at: date) -> tuple[str, ...]:
    """Quarters from that of the first entry to that of the last one, and none after `at`.

    A year is known in its last quarter.
    """
    known = [min(quarter(last_day(each.date)), quarter(at)) for each in entries]
    return quarters(min(known), max(known)) if known else ()


def _marker(found: Framework, row: Row, entries: Sequence[Observation], over: Sequence[str]) -> MarkerStatus:
    told = [each for each in entries if each.level is not None]
    level, since = (told[-1].level, told[-1].date) if told else (None, "")
    for each in reversed(told):
        if each.level != level:
            break
        since = each.date
    trend = tuple(level_at(entries, last_day(each) if each < over[-1] else date.max) for each in over)
    return MarkerStatus(row, actor_of(found, row), level, since, len(entries), trend)


def _indicator(row: Row, entries: Sequence[Observation], over: Sequence[str]) -> IndicatorStatus:
    told = [each for each in entries if each.value is not None]
    last = told[-1] if told else None
    within = {min(quarter(last_day(each.date)), over[-1]): each.value for each in told}
    value = last.value if last else None
    return IndicatorStatus(
        row, value, last.date if last else "", last.parts if last else {}, progress(row, value), len(entries),
        tuple(within.get(each) for each in over),
    )  # fmt: skip


def _recommendation(
    row: Row, entries: Sequence[Observation], at: date, within: int, today: bool
) -> RecommendationStatus:  # fmt: skip
    told = [each for each in entries if each.status is not None]
    now = row.status if today else (told[-1].status if told else None) or STATUSES[row.kind][0]
    since = told[-1].date if told and told[-1].status == now else ""
    next_check = str(row.data.get("next_check") or "")
    return RecommendationStatus(
        row, now, since, next_check, _due(now, next_check, bool(entries), at, within), len(entries)
    )  # fmt: skip


def _due(now: RowStatus, next_check: str, followed: bool, at: date, within: int) -> Due | None:
    if now in CLOSED:
        return None
    if next_check:
        day = last_day(next_check)
        return Due.OVERDUE if day < at else Due.SOON if day <= at + timedelta(days=within) else None
    return None if followed else Due.NEVER


def _urgency(each: RecommendationStatus) -> tuple[int, date, str]:
    order = (Due.OVERDUE, Due.SOON, Due.NEVER)
    day = last_day(each.next_check) if each.next_check else date.max
    return order.index(each.due) if each.due else len(order), day, each.row.ref
