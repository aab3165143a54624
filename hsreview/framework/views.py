"""The same rows laid out as an outcome map and as a logframe: every row in one place, none lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hsreview.framework.chain import Framework
from hsreview.model.framework import Row, RowKind

LEVEL, ACTOR = "level", "actor"
"""The columns by which rows are laid out."""
MARKER_LEVELS = ("expect", "like", "love")
OUTCOME_LEVELS = ("vision", "outcome", "output")


class View(StrEnum):
    """How the rows of the framework are laid out."""

    LIST = "list"
    OUTCOME_MAP = "outcome-map"
    LOGFRAME = "logframe"


class Part(StrEnum):
    """A heading that is no row."""

    NO_STRATEGY = "no_strategy"
    """Outcomes that stand under no strategy."""
    NO_ACTOR = "no_actor"
    """Outcomes that name no actor."""
    VISION = "vision"
    OUTCOME = "outcome"
    OUTPUT = "output"
    NO_LEVEL = "no_level"
    """Outcomes of which it is not said at which level they are."""
    OUTSIDE = "outside"
    """Rows that have no place in the view."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a view; deeper ones that follow belong to it."""

    key: str
    """The same each time the view is made."""
    depth: int
    row: Row | None = None
    part: Part | None = None
    again: bool = False
    """Whether the row, an actor, has its own place further up and is only named here."""


def view(found: Framework, wanted: View) -> Sequence[Place]:
    """The rows as the view has them, each once (`Place.again` apart)."""
    layout = _Layout(found)
    match wanted:
        case View.LIST:
            return [Place(row.id, 0, row) for row in found.rows]
        case View.OUTCOME_MAP:
            layout.sections(layout.by_actor)
        case View.LOGFRAME:
            layout.sections(layout.by_level)
    layout.outside()
    return layout.places


class _Layout:
    def __init__(self, found: Framework) -> None:
        self.found = found
        self.places: list[Place] = []
        self.placed: set[str] = set()

    def sections(self, branches: Callable[[str, Sequence[Row]], None]) -> None:
        """Every strategy with its outcomes, then the outcomes of none."""
        for strategy in self.found.of(RowKind.STRATEGY):
            self.row(strategy, 0)
            branches(strategy.id, [row for row in self.children(strategy) if row.kind is RowKind.OUTCOME])
        loose = [row for row in self.found.of(RowKind.OUTCOME) if row.id not in self.placed]
        if loose:
            self.part(Part.NO_STRATEGY, 0)
            branches("", loose)

    def by_actor(self, section: str, outcomes: Sequence[Row]) -> None:
        """Actor → outcome → markers by level, indicators, recommendations; those of the strategy itself come last."""
        for actor in self.found.of(RowKind.ACTOR):
            led = [row for row in outcomes if row.data.get(ACTOR) == actor.id]
            if led:
                again = actor.id in self.placed
                self.placed.add(actor.id)
                self.places.append(Place(f"{actor.id} {section}" if again else actor.id, 1, actor, again=again))
                self.branches(led, 2)
        self.group(Part.NO_ACTOR, section, [row for row in outcomes if row.id not in self.placed])
        strategy = self.found.by_id.get(section)
        self.branches([row for row in self.children(strategy) if row.id not in self.placed] if strategy else (), 1)

    def by_level(self, section: str, outcomes: Sequence[Row]) -> None:
        """Level → outcome → the indicators by which it is seen, those of its markers too."""
        levels = (*((level, Part(level)) for level in OUTCOME_LEVELS), ("", Part.NO_LEVEL))
        for level, part in levels:
            here = [row for row in outcomes if _level(row, OUTCOME_LEVELS) == level]
            if here:
                self.part(part, 1, section)
            for outcome in here:
                self.row(outcome, 2)
                markers = [row for row in self.children(outcome) if row.kind is RowKind.MARKER]
                for parent in (outcome, *markers):
                    for row in self.children(parent):
                        if row.kind is RowKind.INDICATOR:
                            self.row(row, 3)

    def group(self, part: Part, section: str, rows: Sequence[Row]) -> None:
        """Rows with all that stands under them, below a heading of their own."""
        if rows:
            self.part(part, 1, section)
            self.branches(rows, 2)

    def branches(self, rows: Iterable[Row], depth: int) -> None:
        """Rows with all that stands under them, markers first and by level."""
        for row in sorted(rows, key=_order):
            if row.id not in self.placed:
                self.row(row, depth)
                self.branches(self.children(row), depth + 1)

    def outside(self) -> None:
        """Whatever has no place yet, as the list has it."""
        rows = [row for row in self.found.rows if row.id not in self.placed]
        if rows:
            self.part(Part.OUTSIDE, 0)
            for row in rows:
                self.row(row, 1)

    def children(self, row: Row) -> Sequence[Row]:
        return self.found.children.get(row.id, ())

    def part(self, part: Part, depth: int, section: str = "") -> None:
        self.places.append(Place(f"{part} {section}".rstrip(), depth, part=part))

    def row(self, row: Row, depth: int) -> None:
        self.placed.add(row.id)
        self.places.append(Place(row.id, depth, row))


def folded(places: Sequence[Place], closed: set[str]) -> list[Place]:
    """What is to be seen when the branches with these keys are closed."""
    shown: list[Place] = []
    limit: int | None = None
    for place in places:
        if limit is not None and place.depth > limit:
            continue
        limit = place.depth if place.key in closed else None
        shown.append(place)
    return shown


def heads(places: Sequence[Place]) -> set[str]:
    """The keys of the lines that have others below them."""
    return {place.key for place, after in pairwise(places) if after.depth > place.depth}


def _level(row: Row, levels: Sequence[str]) -> str:
    level = str(row.data.get(LEVEL) or "")
    return level if level in levels else ""


def _order(row: Row) -> tuple[int, int]:
    """Markers by level, those of no level after them, then rows of other kinds, which keep their order."""
    kinds = (RowKind.MARKER, RowKind.INDICATOR)
    level = _level(row, MARKER_LEVELS) if row.kind is RowKind.MARKER else ""
    return (
        kinds.index(row.kind) if row.kind in kinds else len(kinds),
        MARKER_LEVELS.index(level) if level else len(MARKER_LEVELS),
    )
