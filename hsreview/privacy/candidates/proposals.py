"""What one engine proposes, before the proposals of all engines are joined."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.model.naming import NameClass

FIXED = 4
"""Patterns and a project's own lists."""
LONGEST = 100
"""Code points of a name; a longer run of capitals is a list of names, or a heading."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch `[start, end)` that one engine takes for a name."""

    start: int
    end: int
    name_class: NameClass
    engine: str
    sure: int = 1
    """Of several that overlap, the class of a `FIXED` one counts, else of the longest that is more than a guess (1)."""
    also_word: bool = False
