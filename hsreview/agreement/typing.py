"""Where the coders of one text agree and where they differ, and in which way. Standard library only: it runs live.

Every mark ends in exactly one agreed group or one difference. Marks are first gathered per code: one coder's
overlapping marks of a code count as one (their union; adjacent ones stay apart), and marks of all coders that overlap
form one place. A place is agreed when every coder has exactly one mark there and every two match: intersection over
union of at least `overlap`. The other places are differences, by the first rule that fits:

split      a coder has several marks of the code there;
boundary   at least two coders have it, and some two of their marks do not match;
extra      a coder who lacks the code has on matching text another code, which all who gave this one gave as well;
different  a coder who lacks the code has on matching text another code, which somebody who gave this one lacks:
           both places together are one difference;
missed     nothing of the kind: those who lack the code put no such other code there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from hsreview.model.review import DifferenceKind, Mark

OVERLAP = 0.5
"""The overlap at which two segments match unless the project says otherwise."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A code that all coders put on matching text."""

    code_id: str
    start: int
    end: int
    """The text that all of them coded (never empty)."""
    marks: tuple[Mark, ...]
    """Of every coder, by place."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A place where they differ."""

    kind: DifferenceKind
    start: int
    end: int
    """The hull of its marks."""
    marks: tuple[Mark, ...]
    """Of whoever coded there, by place."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All places of one text, by position; each mark is in exactly one."""

    agreed: tuple[Agreed, ...]
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """One coder's overlapping marks of one code."""

    coder: str
    start: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(slots=True, eq=False)
class _Place:
    """Overlapping stretches of one code."""

    code: str
    stretches: list[_Stretch]
    kind: DifferenceKind | None = None
    coders: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.coders = frozenset(each.coder for each in self.stretches)


_Interval = TypeVar("_Interval", Mark, _Stretch)


def intersection_over_union(start: int, end: int, other_start: int, other_end: int) -> float:
    """How well two non-empty intervals match: 1 when they are the same, 0 when they share nothing."""
    shared = (end if end < other_end else other_end) - (start if start > other_start else other_start)
    return shared / (end - start + other_end - other_start - shared) if shared > 0 else 0.0


def differences(marks: Mapping[str, Sequence[Mark]], overlap: float = OVERLAP) -> Compared:
    """
    Compare what the coders did with one text.

    `marks` has one entry for each coder (or pass) who reviewed the text, an empty one for who coded nothing; the keys
    tell the coders apart, not `Mark.coder_id`. `overlap` is the intersection over union, above 0 and at most 1, at
    which two marks match. Raises ValueError for fewer than two coders and for another `overlap`.
    """
    if len(marks) < 2:
        raise ValueError("a comparison needs two coders")
    if not 0 < overlap <= 1:
        raise ValueError("overlap must be above 0 and at most 1")
    places = _places(marks)
    for place in places:
        place.kind = _own_kind(place, len(marks), overlap)
    together = _with_other_codes(places, overlap)
    agreed = [_agreed(place) for place in places if place.kind is None]
    differing = [_differing(group) for group in together]
    return Compared(
        tuple(sorted(agreed, key=lambda each: (each.start, each.end, each.code_id))),
        tuple(sorted(differing, key=lambda each: (each.start, each.end, each.marks[0].code_id, each.kind))),
    )


def _order(mark: Mark) -> tuple[int, int, str, str, str]:
    return mark.start, mark.end, mark.code_id, mark.coder_id, mark.coding_id


def _places(marks: Mapping[str, Sequence[Mark]]) -> list[_Place]:
    by_code: dict[str, list[_Stretch]] = {}
    for coder, own in marks.items():
        own_by_code: dict[str, list[Mark]] = {}
        for mark in own:
            own_by_code.setdefault(mark.code_id, []).append(mark)
        for code, same in own_by_code.items():
            stretches = by_code.setdefault(code, [])
            same.sort(key=lambda mark: (mark.start, mark.end))
            stretches.extend(_stretch(coder, run) for run in _runs(same))
    found: list[_Place] = []
    for code, stretches in by_code.items():
        stretches.sort(key=lambda each: (each.start, each.end))
        found.extend(_Place(code, run) for run in _runs(stretches))
    return found


def _runs(intervals: Iterable[_Interval]) -> list[list[_Interval]]:
    """Intervals sorted by start, cut where the next one begins at or after the end of all before it."""
    runs: list[list[_Interval]] = []
    reach = -1
    for each in intervals:
        if each.start >= reach or not runs:
            runs.append([])
        runs[-1].append(each)
        reach = max(reach, each.end)
    return runs


def _stretch(coder: str, run: Sequence[Mark]) -> _Stretch:
    return _Stretch(coder, run[0].start, max(mark.end for mark in run), tuple(run))


def _own_kind(place: _Place, coders: int, overlap: float) -> DifferenceKind | None:
    """What the place is by its own code alone; `missed` stands for what other codes may explain; None = agreed."""
    stretches = place.stretches
    if len(place.coders) < len(stretches):
        return DifferenceKind.SPLIT
    for one, other in combinations(stretches, 2):
        if intersection_over_union(one.start, one.end, other.start, other.end) < overlap:
            return DifferenceKind.BOUNDARY
    return None if len(place.coders) == coders else DifferenceKind.MISSED


def _with_other_codes(places: Sequence[_Place], overlap: float) -> list[list[_Place]]:
    """Say which places are extra or different, and give the differences as groups of places."""
    near = _Near(places)
    partners: dict[_Place, list[_Place]] = {}
    for place in places:
        if place.kind is not DifferenceKind.MISSED:
            continue
        instead = []
        for coder, other in near.instead(place, overlap):
            if place.coders < other.coders:
                place.kind = DifferenceKind.EXTRA
                break
            if coder not in other.coders:
                instead.append(other)
        else:
            if instead:
                partners[place] = instead
    for place in partners:
        place.kind = DifferenceKind.DIFFERENT
    return _joined(places, partners)


class _Near:
    """Finds stretches of other codes that match, by those who lack the code."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self._all = sorted(
            ((each.start, each.end, each.coder, place) for place in places for each in place.stretches),
            key=lambda entry: entry[0],
        )
        self._starts = [entry[0] for entry in self._all]

    def instead(self, place: _Place, overlap: float) -> Iterable[tuple[str, _Place]]:
        """`(coder of the place, place under another code)` where somebody who lacks the code has a match."""
        code, coders = place.code, place.coders
        for stretch in place.stretches:
            start, end = stretch.start, stretch.end
            length = end - start
            # Two intervals that begin further apart than this cannot match, whatever their ends.
            first = bisect_left(self._starts, start - length * (1 - overlap) / overlap - 1)
            last = bisect_right(self._starts, start + length * (1 - overlap) + 1)
            for its_start, its_end, coder, other in self._all[first:last]:
                if (
                    other.code != code
                    and coder not in coders
                    and intersection_over_union(start, end, its_start, its_end) >= overlap
                ):
                    yield stretch.coder, other


def _joined(places: Sequence[_Place], partners: Mapping[_Place, Sequence[_Place]]) -> list[list[_Place]]:
    """Each difference as its places: those under different codes together, every other place alone."""
    groups: list[list[_Place]] = []
    seen: set[_Place] = set()
    for place in places:
        if place.kind is None or place in seen:
            continue
        seen.add(place)
        group = [place]
        for member in group:
            for other in partners.get(member, ()):
                if other in partners and other not in seen:
                    seen.add(other)
                    group.append(other)
        groups.append(group)
    return groups


def _agreed(place: _Place) -> Agreed:
    return Agreed(
        place.code,
        max(each.start for each in place.stretches),
        min(each.end for each in place.stretches),
        tuple(sorted((mark for each in place.stretches for mark in each.marks), key=_order)),
    )


def _differing(group: Sequence[_Place]) -> Differing:
    stretches = [each for place in group for each in place.stretches]
    kind = group[0].kind
    assert kind is not None
    return Differing(
        kind,
        min(each.start for each in stretches),
        max(each.end for each in stretches),
        tuple(sorted((mark for each in stretches for mark in each.marks), key=_order)),
    )
