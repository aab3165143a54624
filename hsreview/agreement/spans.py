"""
How segments of two coders match: F1 by overlap, how far apart their boundaries are, how often one is split by another.

Segments match one to one, within a document and code, so that the overlap (intersection over union) of all matches adds
up to the most; of equally good ways the one with more matches counts. One coder's segments of a code do not overlap
(`unitizing.merged`). With more than two coders every measure is the mean over the pairs that have a value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hsreview.agreement.unitizing import Floats, Ints, Reading, Spans, any_code, estimate, keys, merged
from hsreview.model.agreement import Estimate, Undefined

ANY, EXACT = 0.0, 1.0
THRESHOLDS: Mapping[str, float] = {"f1_any": ANY, "f1_0.5": 0.5, "f1_0.8": 0.8, "f1_exact": EXACT}
"""Name of the measure → the smallest overlap that matches; `ANY` is any overlap above zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What was counted for each code (first axis) and pair of coders (second)."""

    pairs: Sequence[tuple[int, int]]
    """Numbers of the coders, the smaller first."""
    segments: Ints
    """Of both coders, in documents that both read."""
    matches: NDArray[np.int64]
    """(codes, pairs, thresholds), thresholds in the order of `THRESHOLDS`."""
    near: Ints
    """Matches at the overlap asked for: those whose boundaries are compared."""
    offsets: Ints
    """(codes, pairs, 4): of these matches, start and end of the second coder less those of the first, added up; then
    the same without signs."""
    splits: Ints
    """Segments of either that meet two or more of the other's."""


def match(spans: Spans, reading: Reading, codes: int, overlap: float = 0.5) -> Matched:
    """Count the matches of `spans` (merged); boundaries are compared where at least `overlap` matches."""
    coders = reading.readers.shape[1]
    pairs = list(combinations(range(coders), 2))
    number = np.zeros((coders, coders), dtype=np.int64)
    for at, (one, other) in enumerate(pairs):
        number[one, other] = number[other, one] = at
    meetings = _meetings(spans, codes, number)
    cell = spans.code[meetings.one] * len(pairs) + meetings.group

    def counted(which: Ints, weights: Ints | None = None) -> Ints:
        table = np.bincount(cell[which], weights, minlength=codes * len(pairs))
        return np.rint(table).astype(np.int64).reshape(codes, len(pairs))

    near = _matching(meetings, overlap)
    start = spans.start[meetings.other[near]] - spans.start[meetings.one[near]]
    end = spans.end[meetings.other[near]] - spans.end[meetings.one[near]]
    return Matched(
        pairs,
        _segments(spans, reading, codes, number),
        np.stack([counted(_matching(meetings, least)) for least in THRESHOLDS.values()], axis=-1),
        counted(near),
        np.stack([counted(near, each) for each in (start, end, np.abs(start), np.abs(end))], axis=-1),
        _splits(meetings, cell, codes, len(pairs)),
    )


def f1(of: Matched, threshold: str) -> Floats:
    """F1 of each code and pair `(codes, pairs)`, nan where neither has a segment; `threshold` is of `THRESHOLDS`."""
    return _divided(2 * of.matches[:, :, list(THRESHOLDS).index(threshold)], of.segments)


def boundary_offsets(of: Matched) -> Floats:
    """
    Mean differences of boundaries `(codes, pairs, 4)`: start and end of the second coder less those of the first, then
    both without signs; nan where nothing matches.
    """
    return _divided(of.offsets, of.near[:, :, None])


def over_pairs(values: Floats) -> Floats:
    """The mean over the pairs (axis 1) that have a value."""
    there = ~np.isnan(values)
    return _divided(np.where(there, values, 0).sum(axis=1), there.sum(axis=1))


def span_statistics(spans: Spans, reading: Reading, codes: Sequence[str], overlap: float = 0.5) -> dict[str, Estimate]:
    """F1 by threshold, of segments of any code and with `[x]` of code x, and the counts and offsets of each code."""
    anything = match(any_code(spans), reading, 1, overlap)
    of_codes = match(merged(spans), reading, len(codes), overlap)
    shared = bool((reading.readers.sum(axis=1) >= 2).any())
    reason = Undefined.NEVER_USED if shared else Undefined.NOTHING_SHARED
    found: dict[str, Estimate] = {}
    for counts, suffixes in ((anything, [""]), (of_codes, [f"[{code}]" for code in codes])):
        values = {name: over_pairs(f1(counts, name)) for name in THRESHOLDS}
        offsets = over_pairs(boundary_offsets(counts))
        for number, suffix in enumerate(suffixes):
            used = counts.segments[number].any()
            for name, value in values.items():
                found[name + suffix] = estimate(float(value[number]), reason)
            unmatched = Undefined.NO_MATCH if used else reason
            found[f"boundary_offset_start{suffix}"] = estimate(float(offsets[number, 2]), unmatched)
            found[f"boundary_offset_end{suffix}"] = estimate(float(offsets[number, 3]), unmatched)
            found[f"splits{suffix}"] = estimate(float(counts.splits[number].sum()) if used else np.nan, reason)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Meetings:
    """Pairs of segments that overlap: those of two coders follow each other, by place."""

    one: Ints
    other: Ints
    """Positions in the spans; `one` is of the coder with the smaller number."""
    overlap: Floats
    group: Ints
    """Number of the pair of coders."""

    def where(self, which: NDArray[Any]) -> _Meetings:
        return _Meetings(self.one[which], self.other[which], self.overlap[which], self.group[which])

    def same(self, side: Ints) -> NDArray[np.bool_]:
        """Whether the one before is about the same segment on that side and the same coders."""
        found = np.zeros(len(side), dtype=bool)
        found[1:] = (side[1:] == side[:-1]) & (self.group[1:] == self.group[:-1])
        return found


def _meetings(spans: Spans, codes: int, number: Ints) -> _Meetings:
    begins, ends = keys(spans.document * codes + spans.code, spans.start, spans.end)
    order = np.argsort(begins)
    # A segment meets those that follow it and begin before its end; those before it are met from their side.
    meets = np.searchsorted(begins[order], ends[order], side="left") - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), meets)
    second = np.arange(len(first)) - np.repeat(np.cumsum(meets) - meets, meets) + first + 1
    coder = spans.coder[order]
    turned = coder[first] > coder[second]
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    group = number[coder[first], coder[second]]
    by_place = np.argsort((group * len(order) + first) * len(order) + second)
    one, other, group = order[first[by_place]], order[second[by_place]], group[by_place]
    shared = np.minimum(spans.end[one], spans.end[other]) - np.maximum(spans.start[one], spans.start[other])
    whole = np.maximum(spans.end[one], spans.end[other]) - np.minimum(spans.start[one], spans.start[other])
    return _Meetings(one, other, shared / whole, group)


def _matching(meetings: _Meetings, threshold: float) -> Ints:
    """Positions of the meetings that are matches."""
    which = np.flatnonzero(meetings.overlap >= threshold)
    found = meetings.where(which)
    same_one, same_other = found.same(found.one), found.same(found.other)
    tied = same_one | same_other
    rivals = tied | np.append(tied[1:], np.zeros(min(1, len(tied)), dtype=bool))
    chosen = ~rivals
    doubtful = np.flatnonzero(rivals)
    chosen[doubtful[_best(found.overlap[doubtful], same_one[doubtful], same_other[doubtful])]] = True
    matches: Ints = which[chosen]
    return matches


def _best(overlap: Floats, same_one: NDArray[np.bool_], same_other: NDArray[np.bool_]) -> list[int]:
    """
    Of meetings of which each may rival those before it, the positions of those that are worth most together.

    Two coders' segments, each coder's apart, meet in a row: the rivals of a meeting among those before it follow each
    other directly up to it, and share either its one side or its other.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    free: list[int] = []
    first_one = first_other = 0
    for at, worth in enumerate(overlap.tolist()):
        first_one = first_one if same_one[at] else at
        first_other = first_other if same_other[at] else at
        free.append(min(first_one, first_other))
        before = best[free[at]]
        # Rounded, so that equal sums are equal in whatever order they were added.
        best.append(max(best[at], (round(before[0] + worth, 9), before[1] + 1)))
    found = []
    at = len(free)
    while at:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            found.append(at - 1)
            at = free[at - 1]
    return found


def _segments(spans: Spans, reading: Reading, codes: int, number: Ints) -> Ints:
    coders = len(number)
    found = np.zeros((codes, coders * (coders - 1) // 2), dtype=np.int64)
    at = spans.code * coders + spans.coder
    for other in range(coders):
        # How many segments of each code and coder stand in documents that this other coder read as well.
        also = reading.readers[spans.document, other]
        count = np.bincount(at[also], minlength=codes * coders).reshape(codes, coders)
        rest = np.arange(coders) != other
        found[:, number[other, rest]] += count[:, rest]
    return found


def _splits(meetings: _Meetings, cell: Ints, codes: int, pairs: int) -> Ints:
    """Segments with two meetings or more: counted at their second meeting, on either side."""
    found = np.zeros(codes * pairs, dtype=np.int64)
    for side in (meetings.one, meetings.other):
        again = meetings.same(side)
        second = again & ~np.append(np.zeros(min(1, len(again)), dtype=bool), again[:-1])
        found += np.bincount(cell[second], minlength=codes * pairs)
    return found.reshape(codes, pairs)


def _divided(one: NDArray[Any], other: NDArray[Any]) -> Floats:
    there = other > 0
    return np.where(there, one / np.where(there, other, 1), np.nan)
