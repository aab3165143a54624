"""Coefficients that know who is who: Cohen's κ for two coders and its kin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from hsreview.agreement.patterns import Floats, Ints
from hsreview.agreement.sums import beyond_chance


def joint_table(one: Ints, other: Ints, values: int, weights: Floats | None = None) -> Floats:
    """Value of one coder × value of the other, over units that both valued."""
    both = (one >= 0) & (other >= 0)
    if not both.all():
        one, other = one[both], other[both]
        weights = None if weights is None else weights[both]
    keys = one.astype(np.int64) * values + other
    return np.bincount(keys, weights, minlength=values * values).reshape(values, values).astype(float)


def joint_tables(codes: Ints, values: int, weights: Floats | None = None) -> Floats:
    """The joint table of every pair of coders, in the order of `itertools.combinations` (pairs × V × V)."""
    pairs = combinations(range(len(codes)), 2)
    tables = [joint_table(codes[i], codes[j], values, weights) for i, j in pairs]
    return np.stack(tables) if tables else np.zeros((0, values, values))


def kappa_parts(tables: Floats) -> tuple[Floats, Floats]:
    """Observed and expected agreement of joint tables (…, V, V); nan for empty tables."""
    total = tables.sum((-1, -2))
    with np.errstate(all="ignore"):
        observed = np.trace(tables, axis1=-2, axis2=-1) / total
        expected = (tables.sum(-1) * tables.sum(-2)).sum(-1) / total**2
    return observed, expected


def cohen_kappa(tables: Floats) -> Floats:
    """Cohen's κ (1960) of joint tables (…, V, V); nan where both coders gave one and the same value only."""
    return beyond_chance(*kappa_parts(tables))


def collapse(tables: Floats, value: int) -> Floats:
    """Joint tables (…, V, V) as tables of two values: the rest, and this one."""
    both = tables[..., value, value]
    first = tables[..., value, :].sum(-1) - both
    second = tables[..., :, value].sum(-1) - both
    rest = tables.sum((-1, -2)) - both - first - second
    return np.stack([np.stack([rest, second], -1), np.stack([first, both], -1)], -2)


def pooled_kappa(tables: Floats) -> float:
    """κ from the mean observed and the mean expected agreement over codes (De Vries et al. 2008).

    `tables` is (…, V, V), one for each code (and each pair of coders, for more than two); those without units are left
    out; nan where it is undefined.
    """
    filled = tables[tables.sum((-1, -2)) > 0]
    if not len(filled):
        return float("nan")
    observed, expected = kappa_parts(filled)
    return float(beyond_chance(observed.mean(), expected.mean()))


def conger_kappa(codes: Ints, values: int, observed: float, weights: Floats | None = None) -> float:
    """Conger's κ (1980) in the form that allows missing values (Gwet 2014); nan where it is undefined.

    `observed` is the mean pairwise agreement. Chance is the mean over pairs of coders of the products of their own
    shares of each value, taken over all units that a coder valued.
    """
    margins = []
    for row in codes:
        valued = row >= 0
        if valued.any():
            counts = np.bincount(row[valued], None if weights is None else weights[valued], minlength=values)
            margins.append(counts / counts.sum())
    return float(conger_from_shares(np.array(margins).reshape(-1, values), np.asarray(observed)))


def conger_from_shares(shares: Floats, observed: Floats) -> Floats:
    """Conger's κ from each coder's share of each value (…, coders, V) and the mean pairwise agreement (…)."""
    coders = shares.shape[-2]
    if coders < 2:
        return np.full(shares.shape[:-2], np.nan)
    expected = ((shares.sum(-2) ** 2).sum(-1) - (shares**2).sum((-1, -2))) / (coders * (coders - 1))
    return beyond_chance(observed, expected)


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Both, only the first coder, only the second, neither (weights of units)."""

    both: float
    first: float
    second: float
    neither: float

    @property
    def total(self) -> float:
        """All units."""
        return self.both + self.first + self.second + self.neither

    @property
    def pabak(self) -> float:
        """κ adjusted for prevalence and bias: 2·agreement − 1 (Byrt, Bishop & Carlin 1993); nan without units."""
        return 2 * (self.both + self.neither) / self.total - 1 if self.total else float("nan")

    @property
    def prevalence_index(self) -> float:
        """(both − neither) / all: how far from even the two values are used."""
        return (self.both - self.neither) / self.total if self.total else float("nan")

    @property
    def bias_index(self) -> float:
        """(only the first − only the second) / all: how much more one coder uses the code."""
        return (self.first - self.second) / self.total if self.total else float("nan")


def two_by_two(table: Floats | Sequence[Sequence[float]]) -> TwoByTwo:
    """From a 2 × 2 joint table whose second value is "coded"."""
    return TwoByTwo(float(table[1][1]), float(table[1][0]), float(table[0][1]), float(table[0][0]))
