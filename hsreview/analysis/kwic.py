"""Keywords in context: every match on a line of its own, between what was said before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.folding import fold
from hsreview.model.text import Span

_WORD = re.compile(r"\w+")
COMPARED = 200
"""Characters of a context by which lines are sorted."""


class Order(StrEnum):
    """How lines are sorted."""

    TEXT = "text"
    """As they stand in the texts."""
    LEFT = "left"
    """By the words before the match, the nearest first."""
    RIGHT = "right"
    """By the words after the match."""


@dataclass(frozen=True, slots=True)
class Line:
    """One match between its contexts, which end where the turn does."""

    hit: int
    """The place of the turn among those that were given."""
    start: int
    """Offsets in what was said in the turn."""
    end: int
    left: str
    keyword: str
    right: str


def lines(turns: Iterable[tuple[str, Sequence[Span]]], order: Order = Order.TEXT) -> list[Line]:
    """A line for each match; `turns` are what was said in each, and the matches in it."""
    found = [
        Line(number, start, end, said[:start], said[start:end], said[end:])
        for number, (said, marks) in enumerate(turns)
        for start, end in marks
    ]
    if order is Order.LEFT:
        found.sort(key=lambda line: _words(line.left[-COMPARED:])[::-1])
    elif order is Order.RIGHT:
        found.sort(key=lambda line: _words(line.right[:COMPARED]))
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
