"""Units with the same counts of values are one pattern: coefficients then cost as much as there are patterns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]

_DIRECT = 1 << 24
_LARGEST = 1 << 62
_BLOCK = 1 << 16


def patterns(codes: Ints, values: int, weights: Floats | None = None) -> tuple[Ints, Floats]:
    """The distinct counts of a matrix: (counts patterns × values, weight of each pattern).

    `codes` is coders × units, whole numbers from 0 below `values`, −1 for missing; `weights` is one number for each
    unit, 1 by default. Units that nobody valued are a pattern of zeros.
    """
    keys, base = _keys(codes, values)
    if keys is None:
        return _sorted_patterns(codes, values, weights)
    if base**values <= _DIRECT:
        mass = np.bincount(keys, weights, minlength=0)
        present = np.flatnonzero(np.bincount(keys) if weights is not None else mass)
        counts = (present[:, None] // base ** np.arange(values, dtype=np.int64)) % base
        return counts, mass[present].astype(float)
    if weights is None:  # Sorting alone is several times faster than sorting with positions.
        present, mass = np.unique(keys, return_counts=True)
    else:
        present, at = np.unique(keys, return_inverse=True)
        mass = np.bincount(at, weights)
    counts = (present[:, None] // base ** np.arange(values, dtype=np.int64)) % base
    return counts, mass.astype(float)


def pattern_of_units(codes: Ints, values: int) -> tuple[Ints, Ints]:
    """(counts patterns × values, the pattern of each unit)."""
    keys, base = _keys(codes, values)
    if keys is None:
        ordered = np.sort(codes, axis=0).T
        rows, at = np.unique(ordered, axis=0, return_inverse=True)
        return _counts_of(rows, values), at.reshape(-1)
    present, at = np.unique(keys, return_inverse=True)
    return (present[:, None] // base ** np.arange(values, dtype=np.int64)) % base, at


def _keys(codes: Ints, values: int) -> tuple[Ints | None, int]:
    """One number for each unit that holds its counts, or nothing where they do not fit into one number."""
    coders, units = codes.shape
    base = coders + 1
    if float(base) ** values >= _LARGEST:
        return None, base
    small = base**values <= _DIRECT
    table = np.append(base ** np.arange(values, dtype=np.int64), 0).astype(np.int32 if small else np.int64)
    if values == 0:
        return np.zeros(units, np.int64), base
    keys = np.empty(units, table.dtype)
    for begin in range(0, units, _BLOCK):  # Blocks that stay in the processor's cache are twice as fast.
        part = slice(begin, begin + _BLOCK)
        block = table[codes[0, part]]
        for row in codes[1:, part]:
            block = block + table[row]
        keys[part] = block
    return keys, base


def _sorted_patterns(codes: Ints, values: int, weights: Floats | None) -> tuple[Ints, Floats]:
    rows, at = np.unique(np.sort(codes, axis=0).T, axis=0, return_inverse=True)
    return _counts_of(rows, values), np.bincount(at.reshape(-1), weights).astype(float)


def _counts_of(rows: Ints, values: int) -> Ints:
    """How often each value stands in each row; −1 counts for nothing."""
    shifted = np.where(rows < 0, values, rows) + (values + 1) * np.arange(len(rows))[:, None]
    counts = np.bincount(shifted.reshape(-1), minlength=len(rows) * (values + 1)).reshape(len(rows), values + 1)
    return counts[:, :values]
