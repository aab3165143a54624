"""Where the framework stands, as the command line answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import current_language

if TYPE_CHECKING:
    from hsreview.cli.answers.monitoring import (
        EngagementAnswer,
        IndicatorEntry,
        MarkerEntry,
        MonitoringStatus,
        RecommendationEntry,
    )
    from hsreview.workflows.framework_rows import Row
    from hsreview.workflows.journal import Journal
    from hsreview.workflows.monitoring import (
        EngagementTable,
        IndicatorStatus,
        MarkerStatus,
        RecommendationStatus,
        Status,
    )


def status_answer(found: Journal, stands: Status) -> MonitoringStatus:
    """Where the framework stands."""
    return {
        "at": stands.at.isoformat(), "quarters": list(stands.quarters),
        "markers": [_marker(found, each) for each in stands.markers],
        "indicators": [_indicator(found, each) for each in stands.indicators],
        "recommendations": [recommendation_answer(each) for each in stands.recommendations],
        "due": [recommendation_answer(each) for each in stands.due],
        "per_quarter": [{"quarter": quarter, "entries": n} for quarter, n in stands.per_quarter.items()],
        "silent": [row.ref for row in stands.silent],
        "out": [{"row": row.ref, "entries": n} for row, n in stands.out],
        "gone": stands.gone, "later": stands.later,
    }  # fmt: skip


def recommendation_answer(each: RecommendationStatus) -> RecommendationEntry:
    """How far a recommendation is."""
    return {
        "id": each.row.id, "row": each.row.ref, "text": _text(each.row),
        "status": each.status.value, "since": each.since, "next_check": each.next_check,
        "due": each.due.value if each.due else None, "entries": each.entries,
    }  # fmt: skip


def engagement_answer(table: EngagementTable, remarks: Sequence[str]) -> EngagementAnswer:
    """Engagement beside change."""
    return {
        "actors": [
            {
                "id": line.actor.id, "row": line.actor.ref, "text": _text(line.actor),
                "markers": [row.ref for row in line.markers],
                "quarters": [
                    {
                        "quarter": each.quarter, "contacts": each.contacts, "qualities": list(each.qualities),
                        "mean": each.mean, "best": each.best,
                        "frequencies": {key.value: n for key, n in each.frequencies.items()},
                        "markers": each.markers, "compared": each.compared, "rose": each.rose, "fell": each.fell,
                        "change": each.change,
                    }
                    for each in line.quarters
                ],
            }
            for line in table.actors
        ],
        "unplaced": table.unplaced,
        "without_actor": [row.ref for row in table.homeless],
        "remarks": list(remarks),
    }  # fmt: skip


def _marker(found: Journal, each: MarkerStatus) -> MarkerEntry:
    return {
        "id": each.row.id, "row": each.row.ref, "text": _text(each.row), "parent": _parent(found, each.row),
        "actor": each.actor.ref if each.actor else "", "level": each.level, "since": each.since,
        "entries": each.entries, "trend": list(each.trend),
    }  # fmt: skip


def _indicator(found: Journal, each: IndicatorStatus) -> IndicatorEntry:
    data = each.row.data
    return {
        "id": each.row.id, "row": each.row.ref, "text": _text(each.row), "parent": _parent(found, each.row),
        "unit": str(data.get("unit") or ""), "baseline": data.get("baseline_value"),
        "baseline_date": str(data.get("baseline_date") or ""), "latest": each.latest, "date": each.date,
        "parts": dict(each.parts), "target": data.get("target_value"),
        "target_date": str(data.get("target_date") or ""), "milestones": list(data.get("milestones") or ()),
        "progress": each.progress.value, "entries": each.entries, "trend": list(each.trend),
    }  # fmt: skip


def _parent(found: Journal, row: Row) -> str:
    parent = found.framework.by_id.get(row.parent_id or "")
    return parent.ref if parent else ""


def _text(row: Row) -> str:
    from hsreview.workflows.framework_rows import said

    return said(row, current_language())
