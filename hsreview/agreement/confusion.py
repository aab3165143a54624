"""
Which codes stand against which: for each pair of coders, and for all pairs together.

Every piece of text (or unit) that two coders read has a weight, its length (or 1). Codes that both gave it stand on the
diagonal; the codes that only one gave it stand against each code that only the other gave it, or against "uncoded" when
there is none; text that neither coded is "uncoded" against "uncoded". All entries of a piece share its weight equally,
so that a matrix adds up to the text that both read.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hsreview.agreement.unitizing import Floats, Ints, Reading, Spans


def confusion_of_characters(spans: Spans, reading: Reading, codes: int) -> dict[tuple[int, int], Floats]:
    """
    A matrix `(codes + 1, codes + 1)` for each pair of coders who read a document in common, "uncoded" last.

    Rows are the codes of the coder with the smaller number. `spans` are merged and lie inside their documents.
    """
    apart = np.cumsum(np.append(0, reading.lengths))
    shift = apart[:-1] - reading.starts
    start, end = spans.start + shift[spans.document], spans.end + shift[spans.document]
    found = {}
    for one, other in combinations(range(reading.readers.shape[1]), 2):
        both = reading.readers[:, one] & reading.readers[:, other]
        if not both.any():
            continue
        sides = [(spans.coder == coder) & both[spans.document] for coder in (one, other)]
        bounds = np.sort(np.concatenate([apart, *(np.concatenate([start[at], end[at]]) for at in sides)]))
        bounds = bounds[np.append(True, np.diff(bounds) > 0)]
        widths = np.diff(bounds).astype(float)
        # Pieces of documents that the two did not both read weigh nothing.
        widths[~both[np.searchsorted(apart, bounds[:-1], side="right") - 1]] = 0
        rows = [_pieces(bounds, start[at], end[at], spans.code[at]) for at in sides]
        found[one, other] = _spread(widths, rows[0], rows[1], codes)
    return found


def confusion_of_units(given: NDArray[np.bool_], read: NDArray[np.bool_]) -> dict[tuple[int, int], Floats]:
    """
    The same for units: `given` (coders, units, codes) says who gave which code, `read` (coders, units) who saw what.
    """
    coders, _units, codes = given.shape
    found = {}
    for one, other in combinations(range(coders), 2):
        both = read[one] & read[other]
        if both.any():
            rows = [np.argwhere(given[coder, both]).astype(np.int64) for coder in (one, other)]
            sides = [(each[:, 0], each[:, 1]) for each in rows]
            found[one, other] = _spread(np.ones(int(both.sum())), sides[0], sides[1], codes)
    return found


def pooled_confusion(of: Mapping[tuple[int, int], Floats], codes: int) -> Floats:
    """All pairs together; as no coder comes first, the matrix is the mean of both ways to read it."""
    total = np.zeros((codes + 1, codes + 1))
    for matrix in of.values():
        total += (matrix + matrix.T) / 2
    return total


_Rows = tuple[Ints, Ints]
"""Pieces and codes: one coder gave the piece the code."""


def _pieces(bounds: Ints, start: Ints, end: Ints, code: Ints) -> _Rows:
    """Every piece between bounds that each segment covers."""
    first = np.searchsorted(bounds, start)
    many = np.searchsorted(bounds, end) - first
    within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    return np.repeat(first, many) + within, np.repeat(code, many)


def _spread(weights: Floats, one: _Rows, other: _Rows, codes: int) -> Floats:
    """The matrix of pieces with their weights; a coder gives a piece each code once."""
    pieces, size = len(weights), codes + 1
    keys = [np.sort(piece * size + code) for piece, code in (one, other)]
    shared = np.intersect1d(keys[0], keys[1], assume_unique=True)
    rest = [np.setdiff1d(each, shared, assume_unique=True) for each in keys]
    counts = [np.bincount(each // size, minlength=pieces) for each in rest]
    same = np.bincount(shared // size, minlength=pieces)
    nothing = counts[0] + counts[1] == 0
    # Where something is left on one side only, it stands against "uncoded"; where nothing was given, so does that.
    crossed = np.where(nothing & (same > 0), 0, np.maximum(counts[0], 1) * np.maximum(counts[1], 1))
    share = weights / (same + crossed)
    lone = [
        np.append(rest[side], np.flatnonzero((counts[side] == 0) & (crossed > 0)) * size + codes) for side in (0, 1)
    ]
    row, column = _crossed(lone[0], lone[1], size, pieces)
    entries = np.concatenate([shared % size * (size + 1), row % size * size + column % size])
    worth = np.concatenate([share[shared // size], share[row // size]])
    return np.bincount(entries, worth, size * size).reshape(size, size).astype(float)


def _crossed(one: Ints, other: Ints, size: int, pieces: int) -> tuple[Ints, Ints]:
    """Each key of one side with each key of the other side that is about the same piece."""
    one, other = np.sort(one), np.sort(other)
    many = np.bincount(other // size, minlength=pieces)
    first = (np.cumsum(many) - many)[one // size]
    times = many[one // size]
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(one, times), other[np.repeat(first, times) + within]
