"""α for sets of codes on a unit, with the distances of Jaccard and of MASI."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, combinations_with_replacement
from math import isqrt

import numpy as np

from hsreview.agreement.patterns import Floats, Ints

_PAIRS = 1 << 16
_SMALL = 1 << 18
"""Multiplications of a product of matrices that is made at once, by one thread: more would wait for each other."""


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
    members, sizes = _members(sets)
    m = (codes >= 0).sum(axis=0)
    each = np.where(m >= 2, np.ones(codes.shape[1]) if weights is None else weights, 0.0)
    used = np.zeros(len(sets))
    for row in codes:
        valued = row >= 0
        used += np.bincount(row[valued], each[valued], len(sets))
    observed = _observed(codes, each / np.maximum(m - 1, 1), members, sizes)
    total = used.sum()
    present = np.flatnonzero(used)
    expected = _expected(used[present], members[present], sizes[present])
    if total <= 1 or not expected[0] > 0:
        return float("nan"), float("nan")
    values = 1 - observed * (total - 1) / expected
    return float(values[0]), float(values[1])


def _members(sets: Sequence[frozenset[int]]) -> tuple[Floats, Floats]:
    """Sets × labels, 1 where the label is in the set; and the size of each set.

    To have coded nothing counts as a label of its own: it is shared with nobody but those who coded nothing.
    """
    nothing = 1 + max((max(each) for each in sets if each), default=-1)
    found = np.zeros((len(sets), nothing + 1))
    for row, each in enumerate(sets):
        found[row, list(each) or nothing] = 1
    return found, found.sum(axis=1)


def _observed(codes: Ints, weights: Floats, members: Floats, sizes: Floats) -> Floats:
    """The sum of both distances over ordered pairs of coders and units; each pair of sets is looked at once."""
    found = np.zeros(2)
    for i, j in combinations(range(len(codes)), 2):
        both = (codes[i] >= 0) & (codes[j] >= 0)
        keys = codes[i, both].astype(np.int64) * len(sizes) + codes[j, both]
        present, at = np.unique(keys, return_inverse=True)
        mass = np.bincount(at, weights[both], len(present))
        for begin in range(0, len(present), _PAIRS):
            one, other = np.divmod(present[begin : begin + _PAIRS], len(sizes))
            shared = (members[one] * members[other]).sum(axis=1)
            for number, distance in enumerate((jaccard_distance, masi_distance)):
                delta = distance(shared, sizes[one], sizes[other])
                found[number] += 2 * float(mass[begin : begin + _PAIRS] @ delta)
    return found


def _expected(used: Floats, members: Floats, sizes: Floats) -> Floats:
    """The sum of both distances over all pairs of values, `used` being how often each set is one.

    Most sets share nothing, and are at a distance of 1: only the others are looked at one by one.
    """
    found = np.zeros(2)
    side = max(1, isqrt(_SMALL // members.shape[1]))
    blocks = [slice(begin, begin + side) for begin in range(0, len(used), side)]
    for one, other in combinations_with_replacement(blocks, 2):
        shared = members[one] @ members[other].T
        rows, columns = np.nonzero(shared)
        near, mass = shared[rows, columns], used[one][rows] * used[other][columns]
        apart = used[one].sum() * used[other].sum() - mass.sum()
        for i, distance in enumerate((jaccard_distance, masi_distance)):
            both = apart + mass @ distance(near, sizes[one][rows], sizes[other][columns])
            found[i] += float(both) * (1 if one is other else 2)
    return found
