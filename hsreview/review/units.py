"""From codings to units: which coder put which code on which turn, sentence, word, character or document.

A unit counts as coded with a code when a segment touches it. A coder who did not review a text has no values there:
to have coded nothing is something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hsreview.agreement.codes import Cells, Units, cells
from hsreview.agreement.patterns import Floats
from hsreview.agreement.unitizing import Reading, Spans, merged
from hsreview.model.review import Mark
from hsreview.model.text import Span


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One text that at least two coders reviewed."""

    transcript_id: str
    units: Sequence[Span]
    """The units that count, ascending and disjoint; of characters, the stretches that count."""
    marks: Mapping[str, Sequence[Mark]]
    """Coder id → codings; empty for a coder who coded nothing."""
    ground: Sequence[Span] | None = None
    """The stretches on which segments are measured, whatever the unit is; null: the units."""


def _readers(texts: Sequence[ComparedText], coders: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.array([[coder in text.marks for coder in coders] for text in texts], bool).reshape(
        len(texts), len(coders)
    )  # fmt: skip


def unit_cells(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> Cells:
    """What was coded of turns, sentences, words or documents."""
    return _cells(texts, coders, codes, None)


def character_cells(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> Cells:
    """What was coded of characters; a stretch on which nothing changes is one unit that weighs its length."""
    cut = [ComparedText(text.transcript_id, _pieces(text), text.marks) for text in texts]
    return _cells(cut, coders, codes, np.array([end - start for text in cut for start, end in text.units], float))


def _cells(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str], weights: Floats | None) -> Cells:
    sizes = [len(text.units) for text in texts]
    rows: list[tuple[int, int, int]] = []
    code_at = {code: at for at, code in enumerate(codes)}
    first = 0
    for text, size in zip(texts, sizes, strict=True):
        starts = [start for start, _end in text.units]
        ends = [end for _start, end in text.units]
        for coder, name in enumerate(coders):
            for mark in text.marks.get(name, ()):
                code = code_at.get(mark.code_id)
                if code is not None:
                    touched = range(bisect_right(ends, mark.start), bisect_left(starts, mark.end))
                    rows.extend((coder, code, first + unit) for unit in touched)
        first += size
    table = np.array(rows, np.int64).reshape(-1, 3)
    units = Units(np.repeat(np.arange(len(texts)), sizes), _readers(texts, coders), weights)
    return cells(table[:, 0], table[:, 1], table[:, 2], len(codes), units)


def _pieces(text: ComparedText) -> list[Span]:
    bounds = sorted({place for own in text.marks.values() for mark in own for place in (mark.start, mark.end)})
    pieces: list[Span] = []
    for start, end in text.units:
        inner = bounds[bisect_right(bounds, start) : bisect_left(bounds, end)]
        pieces.extend(pairwise([start, *inner, end]))
    return pieces


def continua(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> tuple[Spans, Reading]:
    """The texts as continua of their grounds, joined end to end; segments are cut to them and merged."""
    rows: list[tuple[int, int, int, int, int]] = []
    code_at = {code: at for at, code in enumerate(codes)}
    lengths = []
    for document, text in enumerate(texts):
        stretches = _Joined(text.units if text.ground is None else text.ground)
        lengths.append(stretches.length)
        for coder, name in enumerate(coders):
            for mark in text.marks.get(name, ()):
                start, end = stretches.at(mark.start), stretches.at(mark.end)
                if mark.code_id in code_at and start < end:
                    rows.append((document, coder, code_at[mark.code_id], start, end))
    table = np.array(rows, np.int64).reshape(-1, 5)
    reading = Reading(_readers(texts, coders), np.zeros(len(texts), np.int64), np.array(lengths, np.int64))
    return merged(Spans(*(table[:, column] for column in range(5)))), reading


class _Joined:
    """Stretches of a text laid end to end."""

    def __init__(self, stretches: Sequence[Span]) -> None:
        self._starts = [start for start, _end in stretches]
        self._ends = [end for _start, end in stretches]
        self._before = [0]
        for start, end in stretches:
            self._before.append(self._before[-1] + end - start)
        self.length = self._before[-1]

    def at(self, offset: int) -> int:
        """Where an offset of the text lies in what is left of it."""
        which = bisect_right(self._starts, offset) - 1
        if which < 0:
            return 0
        return self._before[which] + min(offset, self._ends[which]) - self._starts[which]


def touches(units: Sequence[Span], start: int, end: int) -> bool:
    """Whether `[start, end)` touches one of the units (ascending, disjoint)."""
    at = bisect_right(units, start, key=lambda unit: unit[1])
    return at < len(units) and units[at][0] < end
