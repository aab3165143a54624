"""What may be told of the evidence of a row outside the team: on ballots and in public files."""

from __future__ import annotations

from hsreview.framework import badge as made
from hsreview.framework.strength import Grade
from hsreview.model.framework import GROUNDED, Row
from hsreview.model.localized import Localized
from hsreview.workflows.evidence import Grounds


def badge(behind: Grounds, row: Row) -> Localized:
    """How far people stand behind a row, in words and bands; empty for rows that are named, not found.

    `heard from 3 to 5 of the 16 people interviewed · strength of evidence: moderate`: no count of fewer than three
    people, no names of groups or places, no percentage.
    """
    if row.kind not in GROUNDED:
        return Localized()
    chosen = row.data.get("strength_set")
    told = behind.published
    return made.badge(told.strength(row), len(told.people), Grade(chosen) if chosen else None)
