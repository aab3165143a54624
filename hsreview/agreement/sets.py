"""α for sets of codes on a unit, with the distances of Jaccard and of MASI."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsreview.agreement.patterns import Floats, Ints

_ROWS = 512


def jaccard_distance(shared: Floats, one: Floats, other: Floats) -> Floats:
    """1 − common / all, from the sizes of what two sets share and of each; 0 for two empty sets."""
    union = one + other - shared
    return np.where(union > 0, 1 - shared / np.where(union > 0, union, 1), 0.0)


def masi_distance(shared: Floats, one: Floats, other: Floats) -> Floats:
    """1 − Jaccard · monotonicity (Passonneau 2006): 1 equal, 2/3 one within the other, 1/3 crossing, 0 disjoint."""
    within = (shared == one) | (shared == other)
    equal = (shared == one) & (shared == other)
    factor = np.where(equal, 1.0, np.where(within, 2 / 3, np.where(shared > 0, 1 / 3, 0.0)))
    return 1 - (1 - jaccard_distance(shared, one, other)) * factor


def alpha_sets(codes: Ints, sets: Sequence[frozenset[int]], weights: Floats | None = None) -> tuple[float, float]:
    """α with Jaccard and with MASI distance (not squared); nan where only one set can be paired.

    `codes` is coders × units of indexes into `sets`, −1 for missing; `sets` holds distinct sets of label numbers, the
    empty one (coded nothing) included where it occurs.
    """
    rows, mass = _pairable(codes, len(sets), weights)
    labels = 1 + max((max(each) for each in sets if each), default=-1)
    members = np.zeros((len(sets), labels), np.float64)
    for row, each in enumerate(sets):
        members[row, list(each)] = 1
    sizes = members.sum(1)
    used = np.zeros(len(sets))
    observed = np.zeros(2)
    for (numbers, counts), weight in zip(rows, mass, strict=True):
        used[numbers] += weight * counts
        m = counts.sum()
        for i, delta in enumerate(_distances(members[numbers], sizes[numbers], members[numbers], sizes[numbers])):
            observed[i] += weight * float(counts @ delta @ counts) / (m - 1)
    total = used.sum()
    present = np.flatnonzero(used)
    expected = np.zeros(2)
    for begin in range(0, len(present), _ROWS):
        part = present[begin : begin + _ROWS]
        for i, delta in enumerate(_distances(members[part], sizes[part], members[present], sizes[present])):
            expected[i] += float(used[part] @ delta @ used[present])
    if total <= 1 or not expected[0] > 0:
        return float("nan"), float("nan")
    values = 1 - observed * (total - 1) / expected
    return float(values[0]), float(values[1])


def _distances(one: Floats, one_size: Floats, other: Floats, other_size: Floats) -> tuple[Floats, Floats]:
    shared = one @ other.T
    sizes = one_size[:, None], other_size[None, :]
    return jaccard_distance(shared, *sizes), masi_distance(shared, *sizes)


def _pairable(codes: Ints, values: int, weights: Floats | None) -> tuple[list[tuple[Ints, Ints]], list[float]]:
    """The distinct columns with two values or more: (set numbers, how often each), and the weight of each column."""
    ordered, at = np.unique(np.sort(codes, axis=0).T, axis=0, return_inverse=True)
    mass = np.bincount(at.reshape(-1), weights, minlength=len(ordered))
    rows: list[tuple[Ints, Ints]] = []
    kept: list[float] = []
    for row, weight in zip(ordered, mass, strict=True):
        valued = row[row >= 0]
        if len(valued) >= 2:
            rows.append(np.unique(valued, return_counts=True))
            kept.append(float(weight))
    return rows, kept
