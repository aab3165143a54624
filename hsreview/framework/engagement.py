"""Engagement with an actor beside change in it, by quarter: the table of outcome mapping.

It sets two things side by side and never says that one brought about the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hsreview.framework.chain import Framework
from hsreview.framework.monitoring import OUT, actor_of, by_row, level_at, span
from hsreview.model.framework import Row, RowKind
from hsreview.model.observation import Frequency, Observation
from hsreview.model.periods import first_day, last_day, quarter_of

FEW = 3
"""Below so many entries a mean says nothing that the entries do not say better."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """An actor in one quarter."""

    quarter: str
    contacts: int
    """Entries of engagement; 0: none was written down, which is not the same as that there was none."""
    qualities: tuple[int, ...]
    """Of those entries that tell it."""
    frequencies: Mapping[Frequency, int]
    markers: int
    """Markers of the actor whose level was known at the end of the quarter."""
    compared: int
    """Those of them whose level was known at the end of the quarter before, too."""
    rose: int
    fell: int
    change: int
    """Levels gained less levels lost by the markers that are compared."""

    @property
    def best(self) -> int | None:
        """The best quality; null when none is told."""
        return max(self.qualities, default=None)

    @property
    def mean(self) -> float | None:
        """The mean quality; null when none is told."""
        return sum(self.qualities) / len(self.qualities) if self.qualities else None


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor over the quarters."""

    actor: Row
    markers: Sequence[Row]
    quarters: Sequence[Quarter]


@dataclass(frozen=True, slots=True)
class EngagementTable:
    """Engagement beside change."""

    quarters: tuple[str, ...]
    actors: Sequence[ActorLine]
    """Those with an entry of engagement or a marker that has one."""
    unplaced: int
    """Entries of engagement that tell a year only, and so stand in no quarter."""
    homeless: Sequence[Row]
    """Markers with entries that are about no actor."""
    few: bool
    """Whether some mean rests on fewer than `FEW` entries."""


def engagement(found: Framework, entries: Iterable[Observation], at: date) -> EngagementTable:
    """The table up to `at`; change is read from entries on the markers of the actor (its own, or of its outcomes)."""
    of = by_row(found, (each for each in entries if first_day(each.date) <= at))
    actors = [row for row in found.of(RowKind.ACTOR) if row.status not in OUT]
    markers: dict[str, list[Row]] = {}
    homeless = []
    for row in found.of(RowKind.MARKER):
        actor = actor_of(found, row)
        if row.status in OUT or row.id not in of:
            continue
        if actor is None:
            homeless.append(row)
        else:
            markers.setdefault(actor.id, []).append(row)
    shown = [row for row in actors if row.id in of or row.id in markers]
    over = span((e for row in shown for each in (row, *markers.get(row.id, ())) for e in of.get(each.id, ())), at)
    lines = [
        ActorLine(
            row, markers.get(row.id, ()),
            [_quarter(each, of.get(row.id, ()), [of[m.id] for m in markers.get(row.id, ())]) for each in over],
        )
        for row in shown
    ]  # fmt: skip
    return EngagementTable(
        quarters=over,
        actors=lines,
        unplaced=sum(not quarter_of(e.date) for row in shown for e in of.get(row.id, ())),
        homeless=homeless,
        few=any(0 < len(cell.qualities) < FEW for line in lines for cell in line.quarters),
    )


def _quarter(name: str, contacts: Sequence[Observation], markers: Sequence[Sequence[Observation]]) -> Quarter:
    here = [each for each in contacts if quarter_of(each.date) == name]
    end, before = last_day(name), first_day(name)
    levels = [(level_at(entries, _day_before(before)), level_at(entries, end)) for entries in markers]
    steps = [now - was for was, now in levels if was is not None and now is not None]
    return Quarter(
        quarter=name,
        contacts=len(here),
        qualities=tuple(each.quality for each in here if each.quality is not None),
        frequencies=Counter(each.frequency for each in here if each.frequency is not None),
        markers=sum(now is not None for _was, now in levels),
        compared=len(steps),
        rose=sum(step > 0 for step in steps),
        fell=sum(step < 0 for step in steps),
        change=sum(steps),
    )


def _day_before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))
