"""What somebody who reads published numbers can conclude: an interval for each number, narrowed by sums that are known.

The intervals are never narrower than what follows. They are exact where the sums make a tree (a table and its total,
places and the regions they lie in); a number that is tried alone (`can_be`) is followed through all others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AtMost:
    """The numbers of `fewer` are together at most those of `more`."""

    fewer: tuple[Hashable, ...]
    more: tuple[Hashable, ...]


class Reader:
    """Somebody who knows an interval for each number, and sums. Raises ValueError when these contradict each other."""

    def __init__(self, known: Mapping[Hashable, Interval], sums: Sequence[AtMost]) -> None:
        self._sums = sums
        self._of: dict[Hashable, list[AtMost]] = {}
        for each in sums:
            for name in (*each.fewer, *each.more):
                self._of.setdefault(name, []).append(each)
        found = self._conclude(dict(known), sums)
        if found is None:
            raise ValueError("what is published contradicts itself")
        self._known = found

    def interval(self, name: Hashable) -> Interval:
        """The smallest and the largest number that agrees with all that is known."""
        return self._known[name]

    def can_be(self, name: Hashable, value: int) -> bool:
        """Whether a number can have this value."""
        low, high = self._known[name]
        if not low <= value <= high:
            return False
        return self._conclude({**self._known, name: (value, value)}, self._of.get(name, ())) is not None

    def _conclude(self, known: dict[Hashable, Interval], first: Iterable[AtMost]) -> dict[Hashable, Interval] | None:
        """Narrow `known` until nothing new follows, beginning with some sums; null for what cannot be."""
        waiting = deque(first)
        while waiting:
            each = waiting.popleft()
            room = sum(known[name][1] for name in each.more) - sum(known[name][0] for name in each.fewer)
            if room < 0:
                return None
            narrowed = []
            for name in each.fewer:
                low, high = known[name]
                if high - low > room:
                    known[name] = low, low + room
                    narrowed.append(name)
            for name in each.more:
                low, high = known[name]
                if high - low > room:
                    known[name] = high - room, high
                    narrowed.append(name)
            waiting.extend(other for name in narrowed for other in self._of[name])
        return known
