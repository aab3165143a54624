"""Which codes stand together: on the same words, in the same turn, or within some turns of each other.

Pairs are counted by sorting and binary search, never by comparing all codings with all others. The Jaccard index is a
share of a set of characters (or turns), and so never more than 1: those that bear both codes (or where one is in reach
of the other), as a part of those that bear one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hsreview.analysis.crosstabs import left_out
from hsreview.analysis.layer_frame import Ints, LayerFrame, Mask
from hsreview.analysis.levels import Rows
from hsreview.model.tables import Grid, Measure, Meeting, Note, Table, Why

Floats = npt.NDArray[np.float64]
OVERLAP = "overlap"
_ROOM = 1 << 40
"""Room for the offsets of one text among those of all."""
_MOST = 500_000
"""Entries of one block of codes × places."""


class CoOccurrence:
    """The codings of the interviews reviewed, each with the row in which it counts."""

    def __init__(self, frame: LayerFrame, rows: Rows) -> None:
        placed = rows.place(frame, np.zeros(frame.size, np.int64), 1, frame.reviewed)
        table = frame.table("start", "end", "turn", "last_turn").iloc[placed.position]
        base = frame.transcript[placed.position] * _ROOM
        order = np.argsort(base + table["start"].to_numpy(), kind="stable")
        self.frame, self.rows = frame, rows
        self.position, self.row, self.base = placed.position[order], placed.row[order], base[order]
        start, end, self.turn, last = table.to_numpy().T[:, order]
        self.start, self.end = self.base + start, self.base + end
        self.last = np.maximum(self.turn, last)
        self.count = len(rows.headers)

    def overlap(self) -> Table:
        """How often codings of two codes share words, and which part of their words that is."""
        pairs = self._pairs()
        both = self._shared(self.start, self.end, np.zeros(len(self.start), np.int64))
        return self._table(OVERLAP, Measure.PAIRS, pairs, both, ())

    def within(self, turns: int) -> Table:
        """In how many turns two codes stand, one at most `turns` turns from the other (0: in the same one)."""
        placed = self.turn > 0
        reach = self._shared(self.base + self.turn, self.base + self.last + 1, np.full(len(self.turn), turns), placed)
        unplaced = int(np.count_nonzero(~placed))
        notes = (Note("without_turn", unplaced),) if unplaced else ()
        return self._table(str(turns), Measure.TURNS, reach[0], reach, notes)

    def _table(
        self, detail: str, measure: Measure, counts: Floats, sets: tuple[Floats, Floats], notes: tuple[Note, ...]
    ) -> Table:
        own = np.bincount(self.row, minlength=self.count)
        numbers: list[list[int | float | None]] = counts.astype(np.int64).tolist()
        jaccard: list[list[int | float | None]] = [[None] * self.count for _row in range(self.count)]
        why = {}
        for one in range(self.count):
            numbers[one][one] = int(own[one])
            why[one, one] = Why.SELF
            for other in range(self.count):
                if one != other:
                    either = float(sets[1][one, other])
                    jaccard[one][other] = float(sets[0][one, other]) / either if either else None
                    if not either:
                        why[one, other] = Why.NOTHING
        values: dict[Measure, Grid] = {measure: numbers, Measure.JACCARD: jaccard}
        heads = self.rows.headers
        turns = None if detail == OVERLAP else int(detail)
        return Table(
            "co-occurrence", self.frame.dataset.basis, self.frame.scope, (measure, Measure.JACCARD), heads, heads,
            values, why=why, behind=lambda row, column: self.behind(row, column, turns),
            notes=(*left_out(self.frame, self.rows), *notes), detail=detail,
        )  # fmt: skip

    def _pairs(self) -> Floats:
        """Pairs of codings of two rows that share a character: those that start before the other's end, without those
        that end before its start."""
        found = np.zeros((self.count, self.count))
        for row in range(self.count):
            mine = self.row == row
            starts, ends = self.start[mine], np.sort(self.end[mine])
            met = np.searchsorted(starts, self.end, "left") - np.searchsorted(ends, self.start, "right")
            found[row] = np.bincount(self.row, weights=met, minlength=self.count)
        return found

    def _shared(self, start: Ints, end: Ints, reach: Ints, among: Mask | None = None) -> tuple[Floats, Floats]:
        """How much of the text (in the units of `start` and `end`) bears both codes or lies in reach, and how much
        bears one of them: two square tables."""
        both, alone = np.zeros((self.count, self.count)), np.zeros(self.count)
        met = np.zeros((self.count, self.count))
        kept = np.arange(len(start)) if among is None else np.flatnonzero(among)
        for part in _blocks(kept, self.base, self.count):
            bears, near, length = _presence(self.row[part], start[part], end[part], reach[part], self.count)
            for code in range(self.count):
                # Few codes stand at one place, so that looking where each one stands is less work than a product.
                here = np.flatnonzero(bears[code])
                weight = length[here]
                alone[code] += weight.sum()
                same = bears[:, here] @ weight
                both[code] += same
                if near is bears:
                    met[code] += same
                else:
                    touched = near[:, here] @ weight
                    met[code] += touched - same
                    met[:, code] += touched
        either = alone[:, None] + alone[None, :] - both
        return met, either

    def behind(self, row: int, column: int, turns: int | None) -> Sequence[int]:
        """Positions of the codings of two rows that stand together; of one row when both are the same."""
        found = self._of_row[row] if row == column else np.concatenate(self._meetings(row, column, turns))
        positions: list[int] = np.unique(self.position[found]).tolist()
        return positions

    def meetings(self, row: int, column: int) -> list[Meeting]:
        """Where codings of two rows share words, in the order of the text."""
        ones, others = self._meetings(row, column, None)
        starts = np.maximum(self.start[ones], self.start[others]) - self.base[ones]
        ends = np.minimum(self.end[ones], self.end[others]) - self.base[ones]
        found = zip(self.position[ones], self.position[others], starts, ends, strict=True)
        return [Meeting(*map(int, each)) for each in found]

    @cached_property
    def _of_row(self) -> list[Ints]:
        order = np.argsort(self.row, kind="stable")
        return np.split(order, np.searchsorted(self.row[order], np.arange(1, self.count)))

    def _meetings(self, row: int, column: int, turns: int | None) -> tuple[Ints, Ints]:
        """Pairs of places, the first of `row`, the second of `column`, as two arrays."""
        low, high = (self.start, self.end) if turns is None else (self.base + self.turn, self.base + self.last + 1)
        reach = turns or 0
        ones, others = self._of_row[row], self._of_row[column]
        if turns is not None:
            ones, others = (each[self.turn[each] > 0] for each in (ones, others))
        if not len(others):
            return others, others
        # From the first whose end, or that of one before it, reaches this one; up to those that start too late.
        first = np.searchsorted(np.maximum.accumulate(high[others]), low[ones] - reach, "right")
        last = np.searchsorted(low[others], high[ones] + reach, "left")
        counts = np.maximum(last - first, 0)
        one = np.repeat(ones, counts)
        steps = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        other = others[np.repeat(first, counts) + steps]
        meets = high[other] > low[one] - reach
        return one[meets], other[meets]


def _blocks(kept: Ints, base: Ints, count: int) -> Iterator[Ints]:
    """The codings `kept`, in blocks of whole texts that are small enough to be laid out as codes × places."""
    if not len(kept):
        return
    ends = [*(np.flatnonzero(np.diff(base[kept])) + 1).tolist(), len(kept)]
    begin, before = 0, 0
    for end in ends:
        if before > begin and (end - begin) * 2 * count > _MOST:
            yield kept[begin:before]
            begin = before
        before = end
    yield kept[begin:]


def _presence(row: Ints, start: Ints, end: Ints, reach: Ints, count: int) -> tuple[Mask, Mask, Floats]:
    """Codes × stretches of text: 1 where a code stands; 1 where it stands in reach; and how long each stretch is."""
    wide = bool(reach.any())
    edges = [start, end, *([start - reach, end + reach] if wide else [])]
    places = np.unique(np.concatenate(edges))
    length = np.diff(places, append=places[-1:]).astype(np.float64)

    def laid(low: Ints, high: Ints) -> Mask:
        size = count * len(places)
        begun, ended = (
            np.bincount(row * len(places) + np.searchsorted(places, at), minlength=size) for at in (low, high)
        )
        depth = np.cumsum((begun - ended).reshape(count, len(places)), axis=1)
        return depth > 0

    bears = laid(start, end)
    return bears, laid(start - reach, end + reach) if wide else bears, length
