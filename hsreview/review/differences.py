"""Where coders agree and where they differ in one text: the groups that the consensus is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hsreview.base.ids import derived_id
from hsreview.model.review import DifferenceKind, Mark

OVERLAP = 0.5
"""Part of the text of both together (intersection over union) that two segments must share to match, by default."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Marks that belong together; every mark of a text is in exactly one of these."""

    kind: DifferenceKind | None
    """Null: all coders agree."""
    marks: tuple[Mark, ...]


def digest(mark: Mark) -> str:
    """SHA-256 of what a coding says: code, place, modifiers and flags."""
    said = [mark.code_id, mark.start, mark.end, dict(mark.modifiers), sorted(mark.flags)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def basis_of(marks: Sequence[Mark]) -> tuple[tuple[str, str], ...]:
    """What a decision on these marks rests on."""
    return tuple(sorted((mark.coding_id, digest(mark)) for mark in marks))


def key_of(version_id: str, marks: Sequence[Mark]) -> str:
    """The id of a difference: the same on every replica, as long as it rests on the same codings."""
    return derived_id("difference", version_id, *sorted(mark.coding_id for mark in marks))


def grouped(marks: Sequence[Mark], coders: Sequence[str], overlap: float = OVERLAP) -> list[Grouped]:
    """All marks of one text in groups, by place."""
    found: list[Grouped] = []
    by_code: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, m.end, m.coder_id, m.coding_id)):
        by_code.setdefault(mark.code_id, []).append(mark)
    for same in by_code.values():
        component: list[Mark] = []
        reach = -1
        for mark in same:
            if component and mark.start >= reach:
                found.append(Grouped(_kind(component, coders, overlap), tuple(component)))
                component = []
            component.append(mark)
            reach = max(reach, mark.end)
        found.append(Grouped(_kind(component, coders, overlap), tuple(component)))
    return sorted(found, key=lambda group: (group.marks[0].start, group.marks[0].end, group.marks[0].coding_id))


def _kind(component: Sequence[Mark], coders: Sequence[str], overlap: float) -> DifferenceKind | None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for mark in component:
        own = spans.setdefault(mark.coder_id, [])
        if own and mark.start < own[-1][1]:
            own[-1] = own[-1][0], max(own[-1][1], mark.end)
        else:
            own.append((mark.start, mark.end))
    if len(spans) > 1 and any(len(each) > 1 for each in spans.values()):
        return DifferenceKind.SPLIT
    if any(shared(a[0], b[0]) < overlap for a, b in combinations(spans.values(), 2)):
        return DifferenceKind.BOUNDARY
    return None if len(spans) == len(set(coders)) else DifferenceKind.MISSED


def shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def common_modifiers(marks: Sequence[Mark]) -> dict[str, str]:
    """The modifiers on which all marks agree."""
    first = dict(marks[0].modifiers)
    return {name: value for name, value in first.items() if all(m.modifiers.get(name) == value for m in marks)}


def all_flags(marks: Sequence[Mark]) -> tuple[str, ...]:
    """The flags that any mark has."""
    return tuple(sorted({flag for mark in marks for flag in mark.flags}))


def with_code(mark: Mark, codes: Mapping[str, str]) -> Mark:
    """`mark` with the code that stands for its own in `codes` (a roll-up to parents)."""
    return replace(mark, code_id=codes.get(mark.code_id, mark.code_id))
