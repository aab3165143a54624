"""Where the framework stands, outcome by outcome: the way in which whoever leads reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hsreview.framework.chain import Framework
from hsreview.framework.monitoring import IndicatorStatus, MarkerStatus, RecommendationStatus, Status
from hsreview.model.framework import Row, RowKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands under one outcome, through its markers too."""

    head: Row | None
    """An outcome, a strategy for what stands under it directly; null for what stands under neither."""
    markers: list[MarkerStatus] = field(default_factory=list)
    indicators: list[IndicatorStatus] = field(default_factory=list)
    recommendations: list[RecommendationStatus] = field(default_factory=list)


def by_outcome(found: Framework, stands: Status) -> Sequence[Standing]:
    """Everything that `stands` tells of, each once: outcomes, then strategies, then the rest; none is empty."""
    groups = {row.id: Standing(row) for row in found.of(RowKind.OUTCOME)}
    groups |= {row.id: Standing(row) for row in found.of(RowKind.STRATEGY)} | {"": Standing(None)}

    def of(row: Row) -> Standing:
        return groups[_head(found, row)]

    for marker in stands.markers:
        of(marker.row).markers.append(marker)
    for indicator in stands.indicators:
        of(indicator.row).indicators.append(indicator)
    waiting = {each.row.id for each in stands.due}
    for told in (*stands.due, *(each for each in stands.recommendations if each.row.id not in waiting)):
        of(told.row).recommendations.append(told)
    return [each for each in groups.values() if each.markers or each.indicators or each.recommendations]


def _head(found: Framework, row: Row) -> str:
    """Id of the outcome, else the strategy, that a row stands under; empty when under neither."""
    seen: set[str] = set()
    here = found.by_id.get(row.parent_id or "")
    while here is not None and here.id not in seen:
        if here.kind in (RowKind.OUTCOME, RowKind.STRATEGY):
            return here.id
        seen.add(here.id)
        here = found.by_id.get(here.parent_id or "")
    return ""
