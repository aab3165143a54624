"""Where a stretch of one text stands in a corrected text: by the words that are in both, never on other words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from hsreview.model.text import Span

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\w+\W*|\W+")
_PIECES = re.compile(r"\w+|\W")


class Carried(StrEnum):
    """What became of a stretch in a newer text."""

    UNCHANGED = "unchanged"
    """The same words at the same place."""
    MOVED = "moved"
    """The same words at another place."""
    CHANGED = "changed"
    """Something was put in, taken out or replaced in it; at least half of it is still there."""
    LOST = "lost"
    """Less than half of it is still there."""


_Block = tuple[int, int, int]
"""`(start in the old text, start in the new text, length)` of a stretch that is in both."""


def carry(old: str, new: str, spans: Iterable[Span]) -> list[tuple[int, int, Carried]]:
    """For each `[start, end)` of `old`: where it stands in `new`, and what became of it.

    Offsets are code points. `unchanged` and `moved` stretches have the same text in both. A changed one reaches from
    the first to the last of its words that are still there. A lost one is given back as it was: it has no place.
    """
    alignment = Alignment(old, new)
    return [alignment.place(start, end) for start, end in spans]


class Alignment:
    """What two texts have in common, found once for any number of stretches."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._blocks = _blocks(old, new)
        self._starts = [block[0] for block in self._blocks]

    def place(self, start: int, end: int) -> tuple[int, int, Carried]:
        """As `carry` for one stretch."""
        return _carried(self._old, self._blocks, self._starts, start, end)


def _carried(
    old: str, blocks: Sequence[_Block], starts: Sequence[int], start: int, end: int
) -> tuple[int, int, Carried]:
    pieces = []
    for at, there, length in blocks[max(0, bisect_right(starts, start) - 1) :]:
        if at >= end:
            break
        first, last = max(start, at), min(end, at + length)
        if first < last:
            pieces.append((first, last, there - at))
    if len(pieces) == 1 and pieces[0][:2] == (start, end):
        shift = pieces[0][2]
        return start + shift, end + shift, Carried.MOVED if shift else Carried.UNCHANGED
    kept = [_trimmed(old, *piece) for piece in pieces if not old[piece[0] : piece[1]].isspace()]
    left = sum(_said(old[first:last]) for first, last, _shift in kept)
    if not kept or 2 * left < _said(old[start:end]):
        return start, end, Carried.LOST
    return kept[0][0] + kept[0][2], kept[-1][1] + kept[-1][2], Carried.CHANGED


def _trimmed(text: str, first: int, last: int, shift: int) -> tuple[int, int, int]:
    """A piece without the spaces around it."""
    said = text[first:last]
    return first + len(said) - len(said.lstrip()), last - len(said) + len(said.rstrip()), shift


def _said(text: str) -> int:
    """Characters that are no spaces."""
    return sum(not letter.isspace() for letter in text)


def _blocks(old: str, new: str) -> list[_Block]:
    """What is in both texts, in order; neighbours with the same shift are one block."""
    merged: list[_Block] = []
    for at, there, length in _alike(old, new, (_LINES, _WORDS)):
        if merged and merged[-1][0] + merged[-1][2] == at and merged[-1][1] + merged[-1][2] == there:
            merged[-1] = (merged[-1][0], merged[-1][1], merged[-1][2] + length)
        else:
            merged.append((at, there, length))
    return merged


def _alike(old: str, new: str, units: Sequence[re.Pattern[str]], at: int = 0, there: int = 0) -> Iterator[_Block]:
    """Compare unit by unit (lines first), and what differs again by smaller units."""
    if not old or not new:
        return
    if not units:
        yield from _ends_alike(old, new, at, there)
        return
    ours, theirs = units[0].findall(old), units[0].findall(new)
    our_places, their_places = _places(ours), _places(theirs)
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        start, end, new_start, new_end = our_places[a], our_places[b], their_places[c], their_places[d]
        if what == "equal":
            yield at + start, there + new_start, end - start
        elif what == "replace":
            yield from _alike(old[start:end], new[new_start:new_end], units[1:], at + start, there + new_start)


def _places(units: Sequence[str]) -> list[int]:
    places = [0]
    for unit in units:
        places.append(places[-1] + len(unit))
    return places


def _ends_alike(old: str, new: str, at: int, there: int) -> Iterator[_Block]:
    """The whole words and marks with which both begin, and those with which both end."""
    ours, theirs = _PIECES.findall(old), _PIECES.findall(new)
    most = min(len(ours), len(theirs))
    first = next((n for n in range(most) if ours[n] != theirs[n]), most)
    last = next((n for n in range(most - first) if ours[-1 - n] != theirs[-1 - n]), most - first)
    begin = sum(map(len, ours[:first]))
    if begin:
        yield at, there, begin
    finish = sum(map(len, ours[len(ours) - last :]))
    if finish:
        yield at + len(old) - finish, there + len(new) - finish, finish
