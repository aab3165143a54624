"""The codings of one text: which touch a line, in which lane each is drawn, which comes next.

They stand in one order: by start, the longest first, then by id (ids grow with time). Buckets by block of text, not by
turn, keep a line cheap even where one turn is the whole text. A change touches the buckets of that coding and the
lanes that really move.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from hsreview.model.text import Span
from hsreview.tui.text.document import ViewCoding
from hsreview.tui.text.units import Spans

LANES_SHOWN = 5
_BLOCK = 11
"""A bucket holds the codings that touch 2¹¹ characters."""

Key = tuple[int, int, str]


def order_of(coding: ViewCoding) -> Key:
    """What codings are sorted by."""
    return coding.start, -coding.end, coding.id


class _Lanes:
    """Greedy interval partitioning: the lowest lane whose last coding has ended."""

    def __init__(self, held: Iterable[tuple[int, int]] = ()) -> None:
        """`held`: end and lane of the codings that are open already."""
        self._busy = list(held)
        heapq.heapify(self._busy)
        taken = {lane for _, lane in self._busy}
        self._count = max(taken, default=-1) + 1
        self._free = [lane for lane in range(self._count) if lane not in taken]

    def take(self, start: int, end: int) -> int:
        """The lane of a coding `[start, end)`; starts must not descend."""
        while self._busy and self._busy[0][0] <= start:
            heapq.heappush(self._free, heapq.heappop(self._busy)[1])
        if self._free:
            lane = heapq.heappop(self._free)
        else:
            lane = self._count
            self._count += 1
        heapq.heappush(self._busy, (end, lane))
        return lane


class CodingIndex:
    """All codings that the view shows."""

    def __init__(self, codings: Iterable[ViewCoding] = ()) -> None:
        self._codings = {coding.id: coding for coding in codings}
        self._order = sorted(map(order_of, self._codings.values()))
        self._lanes: dict[str, int] = {}
        self._blocks: dict[int, list[Key]] = {}
        self._by_code: dict[str, list[Key]] = {}
        lanes = _Lanes()
        for key in self._order:
            start, end = key[0], -key[1]
            self._lanes[key[2]] = lanes.take(start, end)
            self._by_code.setdefault(self._codings[key[2]].code_id, []).append(key)
            for block in range(start >> _BLOCK, (end - 1 >> _BLOCK) + 1):
                self._blocks.setdefault(block, []).append(key)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[ViewCoding]:
        return (self._codings[key[2]] for key in self._order)

    def get(self, coding_id: str) -> ViewCoding | None:
        """The coding with that id."""
        return self._codings.get(coding_id)

    def lane(self, coding_id: str) -> int:
        """The lane (0 is the leftmost) of a coding in the index."""
        return self._lanes[coding_id]

    def add(self, coding: ViewCoding) -> Span:
        """Add a coding, in place of one with the same id; returns the stretch of text that looks different now."""
        if coding.id in self._codings:
            before = self.remove(coding.id)
            after = self.add(coding)
            return min(before[0], after[0]), max(before[1], after[1])
        key = order_of(coding)
        self._codings[coding.id] = coding
        insort(self._order, key)
        insort(self._by_code.setdefault(coding.code_id, []), key)
        for block in self._blocks_of(coding):
            insort(self._blocks.setdefault(block, []), key)
        return self._assign_lanes(key, coding.end)

    def remove(self, coding_id: str) -> Span:
        """Take a coding out (KeyError when it is not there); returns the stretch that looks different now."""
        coding = self._codings.pop(coding_id)
        key = order_of(coding)
        del self._lanes[coding_id]
        _discard(self._order, key)
        _discard(self._by_code[coding.code_id], key)
        for block in self._blocks_of(coding):
            _discard(self._blocks[block], key)
        return self._assign_lanes(key, coding.end)

    def touching(self, start: int, end: int) -> list[ViewCoding]:
        """The codings that share a character with `[start, end)`, in order."""
        return [self._codings[key[2]] for key in self._touching(start, end)]

    def here(self, start: int, end: int) -> list[ViewCoding]:
        """The codings that share a character with `[start, end)`, the shortest (innermost) first."""
        return sorted(self.touching(start, end), key=lambda coding: coding.end - coding.start)

    def step(self, place: Key, step: int, code_id: str | None = None) -> ViewCoding | None:
        """The next (`step` 1) or previous (-1) coding from a place in the order, of one code or of any."""
        order = self._order if code_id is None else self._by_code.get(code_id, [])
        index = bisect_right(order, place) if step > 0 else bisect_left(order, place) - 1
        return self._codings[order[index][2]] if 0 <= index < len(order) else None

    def number(self, coding_id: str) -> int:
        """Where a coding stands in the order, 1 for the first."""
        return bisect_left(self._order, order_of(self._codings[coding_id])) + 1

    def uncoded(self, spans: Spans, start: int, end: int, step: int) -> Span | None:
        """The next or previous of `spans` beyond `[start, end)` that no coding of one's own touches."""
        place: Span = (start, end)
        while (span := spans.after(*place) if step > 0 else spans.before(*place)) is not None:
            touching = [self._codings[key[2]] for key in self._touching(*span)]
            own = [coding for coding in touching if coding.mine]
            if not own:
                return span
            place = _beyond(own, span, step)
        return None

    def _touching(self, start: int, end: int) -> Iterator[Key]:
        first = start >> _BLOCK
        for block in range(first, (end - 1 >> _BLOCK) + 1):
            for key in self._blocks.get(block, ()):
                if key[0] >= end:
                    break
                if -key[1] > start and (block == first or key[0] >> _BLOCK == block):
                    yield key

    def _blocks_of(self, coding: ViewCoding) -> range:
        return range(coding.start >> _BLOCK, (coding.end - 1 >> _BLOCK) + 1)

    def _assign_lanes(self, place: Key, until: int) -> Span:
        """Give lanes anew from `place` on, until the codings that moved have all ended."""
        before = (key for key in self._touching(place[0], place[0] + 1) if key < place)
        lanes = _Lanes((-key[1], self._lanes[key[2]]) for key in before)
        for index in range(bisect_left(self._order, place), len(self._order)):
            start, negative_end, coding_id = self._order[index]
            if start >= until:
                break
            lane = lanes.take(start, -negative_end)
            if lane != self._lanes.get(coding_id):
                self._lanes[coding_id] = lane
                until = max(until, -negative_end)
        return place[0], until


def _discard(keys: list[Key], key: Key) -> None:
    del keys[bisect_left(keys, key)]


def _beyond(codings: list[ViewCoding], span: Span, step: int) -> Span:
    """The edge past which a unit free of these codings may lie."""
    if step > 0:
        edge = max(coding.end for coding in codings)
        return max(span[0], edge - 1), max(span[1], edge)
    edge = min(coding.start for coding in codings)
    return min(span[0], edge), min(span[1], edge + 1)
