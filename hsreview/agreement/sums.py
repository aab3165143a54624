"""Additive sums over units, and the coefficients that follow from them.

A row of sums has 4 + 4·V columns for V values: the weight of units valued twice or more; agreement in them; the weight
of units valued at all; disagreeing pairs per m − 1; then for each value its count in units valued twice or more, its
mean share of a unit, agreeing ordered pairs, possible ordered pairs. Rows of documents, of patterns and of resampled
corpora have the same meaning and may be added; every coefficient takes an array (…, 4 + 4·V) and gives (…), with nan
where it is undefined.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hsreview.agreement.patterns import Floats, Ints, pattern_of_units

Measure = Callable[[Floats], Floats]
"""Sums (…, k) → values (…), nan where undefined."""


def columns(counts: NDArray[np.number]) -> Floats:
    """The sums of single units, from their counts of values (units × V)."""
    n = np.asarray(counts, float)
    m = n.sum(-1)
    pairable = m >= 2
    others = np.where(pairable, m - 1, 1)
    agreeing = n * (n - 1) * pairable[..., None]
    heads = [
        pairable,
        agreeing.sum(-1) / np.where(pairable, m * others, 1),
        m >= 1,
        np.where(pairable, m * m - (n * n).sum(-1), 0) / others,
    ]
    share = n / np.where(m >= 1, m, 1)[..., None]
    possible = n * others[..., None] * pairable[..., None]
    parts = [np.stack(heads, -1), n * pairable[..., None], share, agreeing, possible]
    return np.concatenate([np.asarray(part, float) for part in parts], -1)


def document_sums(codes: Ints, values: int, documents: Ints, weights: Floats | None = None) -> Floats:
    """The sums of each document (documents × k) of a coders × units matrix; `documents` gives each unit's, from 0."""
    counts, at = pattern_of_units(codes, values)
    rows = columns(counts)
    many = int(documents.max()) + 1 if documents.size else 0
    if many * len(counts) <= 4 * documents.size + 1_000_000:
        cells = np.bincount(documents * len(counts) + at, weights, minlength=many * len(counts))
        found: Floats = cells.reshape(many, len(counts)) @ rows
        return found
    each = np.ones(len(at)) if weights is None else weights
    return np.stack([np.bincount(documents, rows[at, j] * each, many) for j in range(rows.shape[1])], -1)


def one_against_rest(sums_or_counts: Ints, value: int) -> Ints:
    """Counts (…, V) as counts of two values: the rest, and this one."""
    counts = np.asarray(sums_or_counts)
    return np.stack([counts.sum(-1) - counts[..., value], counts[..., value]], -1)


def _values(sums: Floats) -> int:
    return (int(sums.shape[-1]) - 4) // 4


def _part(sums: Floats, number: int) -> Floats:
    v = _values(sums)
    return sums[..., 4 + number * v : 4 + (number + 1) * v]


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(all="ignore"):
        found: Floats = np.where(np.abs(below) > 1e-12 * (1 + np.abs(above)), above / below, np.nan)
    return found


def beyond_chance(observed: Floats, expected: Floats) -> Floats:
    """(observed − expected) / (1 − expected), nan where chance alone gives full agreement."""
    return _ratio(observed - expected, 1 - expected)


def krippendorff_alpha_nominal(sums: Floats) -> Floats:
    """Krippendorff's α for nominal values, missing ones allowed (Krippendorff 2019, chapter 12)."""
    observed, expected = alpha_parts(sums)
    return 1 - _ratio(observed, expected)


def alpha_parts(sums: Floats) -> tuple[Floats, Floats]:
    """The observed and the expected disagreement of α, both times the number of pairable values."""
    n = _part(sums, 0)
    total = n.sum(-1)
    with np.errstate(all="ignore"):
        expected = np.where(total > 1, (total * total - (n * n).sum(-1)) / (total - 1), 0)
    return sums[..., 3], expected


def percent_agreement(sums: Floats) -> Floats:
    """Mean pairwise agreement over units valued twice or more."""
    return _ratio(sums[..., 1], sums[..., 0])


def _shares(sums: Floats) -> Floats:
    """How common each value is: the mean over units of its share of the unit (Gwet 2014)."""
    return _ratio(_part(sums, 1), sums[..., 2, None])


def fleiss_kappa_gwet(sums: Floats) -> Floats:
    """Fleiss' κ with missing values allowed (Gwet 2014)."""
    return beyond_chance(percent_agreement(sums), (_shares(sums) ** 2).sum(-1))


def brennan_prediger(sums: Floats, categories: int) -> Floats:
    """κ with equal chances of `categories` values (Brennan & Prediger 1981)."""
    return beyond_chance(percent_agreement(sums), np.asarray(1 / max(categories, 1)))


def gwet_ac1(sums: Floats, categories: int) -> Floats:
    """Gwet's AC1 (2008; missing values as in Gwet 2014); `categories` is how many values there could be."""
    shares = _shares(sums)
    chance = (shares * (1 - shares)).sum(-1) / (categories - 1) if categories > 1 else np.full(shares.shape[:-1], 1.0)
    return beyond_chance(percent_agreement(sums), chance)


def specific_agreement(sums: Floats, value: int) -> Floats:
    """Agreement on one value: of a coder's uses of it, the share that another gave as well (2a / (2a + b + c))."""
    return _ratio(_part(sums, 2)[..., value], _part(sums, 3)[..., value])


def jaccard(sums: Floats, value: int) -> Floats:
    """Of the pairs in which one coder at least gave the value, the share in which both did (a / (a + b + c))."""
    agreeing, possible = _part(sums, 2)[..., value], _part(sums, 3)[..., value]
    return _ratio(agreeing, 2 * possible - agreeing)


def agreeing_pairs(sums: Floats) -> Floats:
    """Ordered pairs of equal values, of all values."""
    found: Floats = _part(sums, 2).sum(-1)
    return found


def gwet_ac1_se(counts: Ints, weights: Floats, categories: int) -> float:
    """Standard error of AC1 over units (Gwet 2014), from patterns; nan where it is undefined.

    It takes units as independent, which turns of one interview are not: a check on the interval, not a replacement.
    """
    n = np.asarray(counts, float)
    m = n.sum(-1)
    valued, pairable = m >= 1, m >= 2
    units, shared = float(weights @ valued), float(weights @ pairable)
    total = weights @ columns(n)
    value = float(gwet_ac1(total, categories))
    if units <= 1 or shared == 0 or np.isnan(value):
        return float("nan")
    shares = _shares(total)
    chance = float((shares * (1 - shares)).sum() / (categories - 1))
    agreement = (n * (n - 1)).sum(-1) / np.where(pairable, m * (m - 1), 1) * pairable
    gamma = units / shared * (agreement - chance * pairable) / (1 - chance)
    each = (n * (1 - shares)).sum(-1) / (np.where(valued, m, 1) * (categories - 1))
    x = gamma - 2 * (1 - value) * (each - chance) / (1 - chance)
    return float(np.sqrt((weights * valued) @ (x - value) ** 2 / (units * (units - 1))))
