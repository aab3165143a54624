"""What a coded segment is fit for in the framework: the kind of row that its code suggests, and as what it is linked.

A suggestion is a proposal: a person makes the row, in words of their own, or chooses another kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hsreview.framework.chain import Framework
from hsreview.framework.views import LEVEL, MARKER_LEVELS
from hsreview.model.framework import PARENTS, EvidenceRole, Row, RowKind, Stance

MARKER_LEVEL = "marker_level"
"""The modifier that says at which level a progress marker is."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a segment of a code may become."""

    kind: RowKind
    """The kind of row that is drafted from it."""
    role: EvidenceRole = EvidenceRole.NONE
    """The part of a row that it is about."""
    stance: Stance = Stance.SUPPORTS
    """What it does to a row that is there already; the row that is drafted from it, it supports."""
    cells: Mapping[str, Any] = field(default_factory=dict)
    """What the drafted row holds beside its words."""


_FINDING = Suggestion(RowKind.FINDING)
_OUTCOME = Suggestion(RowKind.OUTCOME, EvidenceRole.OUTCOME)
_RISK = Suggestion(RowKind.FINDING, EvidenceRole.RISK, Stance.QUALIFIES)


def _of_programme(outcome: str) -> Suggestion:
    return replace(_OUTCOME, cells={"programme_outcomes": [outcome]})


BY_CODE: Mapping[str, Suggestion] = {
    "M1": _OUTCOME,
    "P3": _OUTCOME, "P4": _OUTCOME, "P5": _OUTCOME, "P6": _OUTCOME, "P7": _OUTCOME,
    "O1": _of_programme("O1"), "O2": _of_programme("O2"), "O3": _of_programme("O3"),
    "M2": Suggestion(RowKind.INDICATOR, EvidenceRole.INDICATOR),
    "M3": Suggestion(RowKind.MARKER),
    "M4": Suggestion(RowKind.INDICATOR, EvidenceRole.BASELINE),
    "M5": Suggestion(RowKind.INDICATOR, EvidenceRole.SOURCE),
    "M6": Suggestion(RowKind.INDICATOR),
    "M7": _RISK,
    "M9": Suggestion(RowKind.RECOMMENDATION),
    "M10": _RISK, "K5": _RISK,
    "M": _FINDING,
}  # fmt: skip
"""Ref of a code (or of a theme, for its codes that are not named) → what its segments are fit for."""


def suggestion(refs: Sequence[str], modifiers: Mapping[str, str]) -> Suggestion:
    """What a segment is fit for. `refs`: its code, the codes above it, the nearest first, and its theme."""
    found = next((BY_CODE[ref] for ref in refs if ref in BY_CODE), _FINDING)
    level = modifiers.get(MARKER_LEVEL)
    if found.kind is RowKind.MARKER and level in MARKER_LEVELS:
        return replace(found, cells={LEVEL: level})
    return found


def parent_for(found: Framework, kind: RowKind, near: Row | None) -> Row | None:
    """The row under which one of this kind stands that is made beside `near`: that row itself, or one above it."""
    seen: set[str] = set()
    while near is not None and near.id not in seen:
        if near.kind in PARENTS[kind]:
            return near
        seen.add(near.id)
        near = found.by_id.get(near.parent_id or "")
    return None
