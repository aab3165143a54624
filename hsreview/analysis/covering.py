"""How many words lie under spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from hsreview.model.text import Span


def covered(starts: Sequence[int], spans: Iterable[Span]) -> int:
    """How many of `starts` lie in the union of `spans`, which come by start."""
    count = reached = 0
    for start, end in spans:
        first = max(start, reached)
        if end > first:
            count += bisect_left(starts, end) - bisect_left(starts, first)
            reached = end
    return count
