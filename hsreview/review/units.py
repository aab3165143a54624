"""From codings to a table of units: which coder put which code on which turn, sentence, word, character or document.

A unit counts as coded with a code when a segment touches it. A coder who did not review a text has no values there
(−1): to have coded nothing (0) is something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hsreview.model.review import Mark
from hsreview.model.text import Span


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One text that at least two coders reviewed."""

    transcript_id: str
    units: Sequence[Span]
    """The units that count, ascending and disjoint."""
    marks: Mapping[str, Sequence[Mark]]
    """Coder id → codings; empty for a coder who coded nothing."""
    length: int = 0
    """Code points of the whole text."""


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Code × coder × unit: 1 coded, 0 not coded, −1 not read."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    values: NDArray[np.int8]
    documents: NDArray[np.int64]
    """The text of each unit, counted from 0."""
    weights: NDArray[np.float64] | None
    """Characters of each unit where characters are counted; else null: each unit counts once."""
    transcripts: tuple[str, ...]

    @property
    def total(self) -> int:
        """Units that two coders saw."""
        return self.size((self.values[0] >= 0).sum(0) >= 2) if len(self.codes) else 0

    def size(self, chosen: NDArray[np.bool_]) -> int:
        """How many units are meant by a mask over units."""
        return int(chosen.sum() if self.weights is None else self.weights[chosen].sum())

    def only(self, coders: Sequence[str]) -> UnitTable:
        """The same for some of the coders."""
        rows = [self.coders.index(coder) for coder in coders]
        return UnitTable(
            tuple(coders), self.codes, self.values[:, rows], self.documents, self.weights, self.transcripts
        )  # fmt: skip


def unit_table(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> UnitTable:
    """The table of turns, sentences, words or documents."""
    sizes = [len(text.units) for text in texts]
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    values = np.full((len(codes), len(coders), int(first[-1])), -1, np.int8)
    row_of = {coder: row for row, coder in enumerate(coders)}
    code_at = {code: at for at, code in enumerate(codes)}
    for text, at in zip(texts, first, strict=False):
        starts = [start for start, _end in text.units]
        ends = [end for _start, end in text.units]
        for coder, marks in text.marks.items():
            row = row_of.get(coder)
            if row is None:
                continue
            values[:, row, at : at + len(starts)] = 0
            for mark in marks:
                if mark.code_id in code_at:
                    touched = slice(at + bisect_right(ends, mark.start), at + bisect_left(starts, mark.end))
                    values[code_at[mark.code_id], row, touched] = 1
    return UnitTable(
        tuple(coders), tuple(codes), values, np.repeat(np.arange(len(texts)), sizes), None,
        tuple(text.transcript_id for text in texts),
    )  # fmt: skip


def character_table(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> UnitTable:
    """The table of characters; stretches on which nothing changes are one column with their length as weight."""
    cut = [ComparedText(text.transcript_id, _pieces(text), text.marks, text.length) for text in texts]
    table = unit_table(cut, coders, codes)
    weights = np.array([end - start for text in cut for start, end in text.units], float)
    return UnitTable(table.coders, table.codes, table.values, table.documents, weights, table.transcripts)


def _pieces(text: ComparedText) -> list[Span]:
    bounds = sorted({place for own in text.marks.values() for mark in own for place in (mark.start, mark.end)})
    pieces: list[Span] = []
    for start, end in text.units:
        inner = bounds[bisect_right(bounds, start) : bisect_left(bounds, end)]
        edges = [start, *inner, end]
        pieces.extend(pairwise(edges))
    return pieces


def touches(units: Sequence[Span], start: int, end: int) -> bool:
    """Whether `[start, end)` touches one of the units (ascending, disjoint)."""
    at = bisect_right(units, start, key=lambda unit: unit[1])
    return at < len(units) and units[at][0] < end
