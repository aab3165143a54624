"""Where a stretch of one text stands in a corrected text: by the words that are in both, never on other words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice, takewhile

from hsreview.model.aligning import common
from hsreview.model.text import Span

_WORD = re.compile(r"\w")


class Carried(StrEnum):
    """What became of a stretch in a newer text."""

    UNCHANGED = "unchanged"
    """The same words at the same place."""
    MOVED = "moved"
    """The same words at another place."""
    CHANGED = "changed"
    """Something was put in, taken out or replaced in it, or its place is uncertain; at least half of it is there."""
    LOST = "lost"
    """Less than half of it is still there."""


def carry(old: str, new: str, spans: Iterable[Span]) -> list[tuple[int, int, Carried]]:
    """For each `[start, end)` of `old`: where it stands in `new`, and what became of it.

    Offsets are code points. `unchanged` and `moved` stretches have the same text in both. A changed one reaches from
    the first to the last of its words that are still there. A lost one is given back as it was: it has no place. Where
    the words alone do not tell which of the same words are meant (see `common`), a stretch counts as changed.
    """
    alignment = Alignment(old, new)
    return [alignment.place(start, end) for start, end in spans]


class Alignment:
    """What two texts have in common, found once for any number of stretches."""

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._blocks, self._doubtful, self._respelt = common(old, new)
        self._starts = [block[0] for block in self._blocks]

    def place(self, start: int, end: int) -> tuple[int, int, Carried]:
        """As `carry` for one stretch."""
        pieces = []
        first_block, last_block = max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)
        for at, there, length in self._blocks[first_block:last_block]:
            first, last = max(start, at), min(end, at + length)
            if first < last:
                pieces.append((first, last, there - at))
        if len(pieces) == 1 and pieces[0][:2] == (start, end):
            shift = pieces[0][2]
            sure = Carried.MOVED if shift else Carried.UNCHANGED
            return start + shift, end + shift, Carried.CHANGED if self._is_doubtful(start, end) else sure
        kept = [_trimmed(self._old, *piece) for piece in pieces if not self._old[piece[0] : piece[1]].isspace()]
        kept = sorted([*kept, *self._respelt_in(start, end)])
        left = sum(_said(self._old[slice(*stretch)]) for stretch, _place in kept)
        if not kept or 2 * left < _said(self._old[start:end]):
            return start, end, Carried.LOST
        return kept[0][1][0], kept[-1][1][1], Carried.CHANGED

    def _respelt_in(self, start: int, end: int) -> list[tuple[Span, Span]]:
        first = bisect_left(self._respelt, ((start, start), (0, 0)))
        found = takewhile(lambda pair: pair[0][0] < end, islice(self._respelt, first, None))
        return [pair for pair in found if pair[0][1] <= end]

    def near(self, offset: int) -> int:
        """Where in the new text that stands, or would stand, what is at an offset of the old one."""
        last = bisect_right(self._starts, offset) - 1
        if last < 0:
            return 0
        at, there, length = self._blocks[last]
        return there + min(offset - at, length)

    def _is_doubtful(self, start: int, end: int) -> bool:
        return any(
            _WORD.search(self._old, max(start, first), min(end, last)) is not None
            for first, last in self._doubtful
            if first < end and start < last
        )


class RecordedAlignment:
    """What a text has in common with one that may be gone, as offsets alone: kept when names in it were replaced."""

    def __init__(self, blocks: Iterable[Sequence[int]], replaced: Iterable[Sequence[int]] = ()) -> None:
        """`blocks` are `(at, there, length)`: the same characters; `replaced` `(at, end, there, there end)`."""
        pieces = [(at, at + length, there, there + length, True) for at, there, length in blocks]
        pieces += [(at, end, there, there_end, False) for at, end, there, there_end in replaced]
        self._pieces = sorted(pieces)
        self._ends = [piece[1] for piece in self._pieces]

    def place(self, start: int, end: int) -> tuple[int, int, Carried]:
        """As `carry` for one stretch; one that begins or ends in a replaced name reaches to the name's end."""
        found = self.pieces(start, end)
        left = sum(last - first for first, last, *_there in found)
        if not found or 2 * left < end - start:
            return start, end, Carried.LOST
        place = found[0][2], found[-1][3]
        exact = all(same for *_place, same in found)
        if not exact or left < end - start or place[1] - place[0] != end - start:
            return (*place, Carried.CHANGED)
        return (*place, Carried.UNCHANGED if place[0] == start else Carried.MOVED)

    def pieces(self, start: int, end: int) -> list[tuple[int, int, int, int, bool]]:
        """What is still there of a stretch: `(start, end, there, there end, whether it is the same)`."""
        found = []
        for at, until, there, there_until, same in islice(self._pieces, bisect_right(self._ends, start), None):
            if at >= end:
                break
            first, last = max(start, at), min(end, until)
            place = (there + first - at, there + last - at) if same else (there, there_until)
            found.append((first, last, *place, same))
        return found


Recorded = dict[str, list[list[int]]]
"""What two texts have in common, as it is kept: `blocks` and `replaced` of a RecordedAlignment."""


def composed(first: Recorded, second: Recorded) -> Recorded:
    """Where the stretches of a text stand two texts later: `first` leads to the text that `second` begins with."""
    blocks: list[list[int]] = []
    replaced: list[list[int]] = []
    then = RecordedAlignment(second["blocks"], second["replaced"])
    for at, there, length in first["blocks"]:
        for start, end, place, until, same in then.pieces(there, there + length):
            if same:
                blocks.append([at + start - there, place, end - start])
            else:
                replaced.append([at + start - there, at + end - there, place, until])
    for at, until, there, there_until in first["replaced"]:
        found = then.pieces(there, there_until)
        if found:
            replaced.append([at, until, found[0][2], found[-1][3]])
    return {"blocks": blocks, "replaced": sorted(replaced)}


def _trimmed(text: str, first: int, last: int, shift: int) -> tuple[Span, Span]:
    """A piece without the spaces around it, and where it stands in the new text."""
    said = text[first:last]
    first, last = first + len(said) - len(said.lstrip()), last - len(said) + len(said.rstrip())
    return (first, last), (first + shift, last + shift)


def _said(text: str) -> int:
    """Characters that are no spaces."""
    return sum(not letter.isspace() for letter in text)
