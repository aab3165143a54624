"""All coefficients of one table of coders × units with one value in each cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hsreview.agreement import sums
from hsreview.agreement.pairs import (
    cohen_kappa,
    collapse,
    conger_kappa,
    joint_tables,
    two_by_two,
)
from hsreview.agreement.patterns import Floats, Ints, patterns
from hsreview.model.agreement import Estimate, Undefined


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the coefficients need to know of a table, counted once."""

    codes: Ints
    """Coders × units; −1 is missing."""
    values: int
    weights: Floats | None
    counts: Ints
    """Patterns × values."""
    mass: Floats
    """Weight of each pattern."""
    total: Floats
    """Sums over all units."""

    @property
    def complete(self) -> bool:
        """Whether every coder valued every unit that anybody valued."""
        m = self.counts.sum(1)
        return bool(np.all((m == 0) | (m == len(self.codes)) | (self.mass == 0)))

    @property
    def shared(self) -> float:
        """Weight of the units that two coders or more valued."""
        return float(self.total[0])


def matrix(codes: Ints, values: int, weights: Floats | None = None) -> Matrix:
    """Count a table: `codes` is coders × units, whole numbers from 0 below `values`, −1 for missing."""
    counts, mass = patterns(codes, values, weights)
    return Matrix(codes, values, weights, counts, mass, mass @ sums.columns(counts))


def nominal_statistics(
    codes: Ints, labels: Sequence[str], weights: Floats | None = None, positive: int | None = None
) -> dict[str, Estimate]:
    """Every coefficient by its name, with the reason of each that is undefined.

    `codes` is coders × units, −1 for missing; `labels` names the values (their number is the number of categories of
    Brennan–Prediger and AC1); `positive` is the value that means "coded", for the measures that need one.
    """
    table = matrix(codes, len(labels), weights)
    return {
        **_from_counts(table),
        **_from_coders(table),
        **_positive(table, positive),
        **_each_category(table, labels),
    }


def estimate(value: float, reason: Undefined = Undefined.ONE_VALUE) -> Estimate:
    """The value, or for nan the reason."""
    return Estimate(None, reason) if math.isnan(value) else Estimate(float(value))


def _from_counts(table: Matrix) -> dict[str, Estimate]:
    s, q = table.total, table.values
    if not table.shared:
        names = (
            "percent_agreement", "percent_agreement_gwet", "holsti", "fleiss_kappa", "fleiss_kappa_gwet",
            "brennan_prediger", "gwet_ac1", "gwet_ac1_se", "krippendorff_alpha_nominal",
        )  # fmt: skip
        return dict.fromkeys(names, Estimate(None, Undefined.NOTHING_SHARED))
    percent = estimate(float(sums.percent_agreement(s)))
    fleiss = estimate(float(sums.fleiss_kappa_gwet(s)))
    ac1 = estimate(float(sums.gwet_ac1(s, q)))
    incomplete = Estimate(None, Undefined.MISSING_VALUES)
    error = (
        estimate(sums.gwet_ac1_se(table.counts, table.mass, q), Undefined.ONE_UNIT) if ac1.undefined is None else ac1
    )
    return {
        "percent_agreement": percent if table.complete else incomplete,
        "percent_agreement_gwet": percent,
        "holsti": estimate(_holsti(table)),
        "fleiss_kappa": fleiss if table.complete else incomplete,
        "fleiss_kappa_gwet": fleiss,
        "brennan_prediger": estimate(float(sums.brennan_prediger(s, q))),
        "gwet_ac1": ac1,
        "gwet_ac1_se": error,
        "krippendorff_alpha_nominal": estimate(float(sums.krippendorff_alpha_nominal(s))),
    }


def _holsti(table: Matrix) -> float:
    """2·agreements / all values that the two coders gave (Holsti 1969); over all pairs for more coders."""
    agreeing = float(table.mass @ (table.counts * (table.counts - 1)).sum(1))
    given = float(table.mass @ table.counts.sum(1))
    return agreeing / (given * (_present(table) - 1))


def _present(table: Matrix) -> int:
    """Coders with a value at all."""
    return int((table.codes >= 0).any(axis=1).sum())


def _from_coders(table: Matrix) -> dict[str, Estimate]:
    names = ("cohen_kappa", "scott_pi", "cohen_kappa_mean_pairwise", "conger_kappa")
    if not table.shared:
        return dict.fromkeys(names, Estimate(None, Undefined.NOTHING_SHARED))
    tables = joint_tables(table.codes, table.values, table.weights)
    kappas = cohen_kappa(tables)
    observed = float(sums.percent_agreement(table.total))
    found = {
        "cohen_kappa_mean_pairwise": light_kappa(tables),
        "conger_kappa": estimate(conger_kappa(table.codes, table.values, observed, table.weights)),
    }
    if len(table.codes) != 2:
        return {**dict.fromkeys(names[:2], Estimate(None, Undefined.TWO_CODERS_ONLY)), **found}
    if table.complete:
        scott = estimate(float(sums.fleiss_kappa_gwet(table.total)))
    else:
        scott = Estimate(None, Undefined.MISSING_VALUES)
    return {"cohen_kappa": estimate(float(kappas[0])), "scott_pi": scott, **found}


def light_kappa(tables: Floats) -> Estimate:
    """Light's κ (1971): the mean of Cohen's κ over pairs of coders, undefined as soon as one pair is.

    A mean over the pairs that are left would be the mean over another team. Pairs without a common unit do not count.
    """
    met = tables[tables.sum((-1, -2)) > 0]
    if not len(met):
        return Estimate(None, Undefined.NOTHING_SHARED)
    kappas = cohen_kappa(met)
    if np.isnan(kappas).all():
        return Estimate(None, Undefined.ONE_VALUE if len(kappas) == 1 else Undefined.NO_PAIR_DEFINED)
    return estimate(float(kappas.mean()), Undefined.PAIR_UNDEFINED)


def _positive(table: Matrix, positive: int | None) -> dict[str, Estimate]:
    """What compares the uses of one value; PABAK and its indices for two coders and two values."""
    names = ["positive_agreement", "negative_agreement", "jaccard"]
    binary = len(table.codes) == 2 and table.values == 2
    if binary:
        names += ["pabak", "prevalence_index", "bias_index"]
    if not table.shared:
        return dict.fromkeys(names, Estimate(None, Undefined.NOTHING_SHARED))
    if positive is None:
        found = dict.fromkeys(names, Estimate(None, Undefined.NO_POSITIVE))
        if binary:
            found["pabak"] = estimate(two_by_two(joint_tables(table.codes, 2, table.weights)[0]).pabak)
        return found
    halves = table.mass @ sums.columns(sums.one_against_rest(table.counts, positive))
    found = {
        "positive_agreement": estimate(float(sums.specific_agreement(halves, 1)), Undefined.NEVER_USED),
        "negative_agreement": estimate(float(sums.specific_agreement(halves, 0)), Undefined.ONE_VALUE),
        "jaccard": estimate(float(sums.jaccard(halves, 1)), Undefined.NEVER_USED),
    }
    if binary:
        cells = two_by_two(collapse(joint_tables(table.codes, 2, table.weights)[0], positive))
        found["pabak"] = estimate(cells.pabak)
        found["prevalence_index"] = estimate(cells.prevalence_index)
        found["bias_index"] = estimate(cells.bias_index)
    return found


def _each_category(table: Matrix, labels: Sequence[str]) -> dict[str, Estimate]:
    """Every value against the rest: Cohen's κ with each coder's own margins, Fleiss' with common ones, and α."""
    found: dict[str, Estimate] = {}
    two = len(table.codes) == 2
    tables = joint_tables(table.codes, table.values, table.weights) if two else None
    used = table.mass @ table.counts
    for value, label in enumerate(labels):
        halves = table.mass @ sums.columns(sums.one_against_rest(table.counts, value))
        alpha = float(sums.krippendorff_alpha_nominal(halves))
        fleiss = float(sums.fleiss_kappa_gwet(halves))
        cohen = float(cohen_kappa(collapse(tables[0], value))) if tables is not None else math.nan
        specific = float(sums.specific_agreement(halves, 1)), float(sums.jaccard(halves, 1))
        if not table.shared:
            reason = Undefined.NOTHING_SHARED
        else:
            reason = Undefined.ONE_VALUE if used[value] else Undefined.NEVER_USED
        found[f"krippendorff_alpha_category[{label}]"] = estimate(alpha, reason)
        complete = table.complete or reason is not Undefined.ONE_VALUE
        found[f"fleiss_kappa_category[{label}]"] = (
            estimate(fleiss, reason) if complete else Estimate(None, Undefined.MISSING_VALUES)
        )
        if two:
            found[f"cohen_kappa_category[{label}]"] = estimate(cohen, reason)
        found[f"positive_agreement[{label}]"] = estimate(specific[0], reason)
        found[f"jaccard[{label}]"] = estimate(specific[1], reason)
    return found


def leave_one_out(codes: Ints, values: int, weights: Floats | None = None) -> list[Estimate]:
    """α without each coder in turn: a rise shows who differs from the others."""
    found = []
    for coder in range(len(codes)):
        counts, mass = patterns(np.delete(codes, coder, axis=0), values, weights)
        total = mass @ sums.columns(counts)
        reason = Undefined.ONE_VALUE if total[0] else Undefined.NOTHING_SHARED
        found.append(estimate(float(sums.krippendorff_alpha_nominal(total)), reason))
    return found


def pooled_alpha(each: Floats) -> Floats:
    """1 − Σ observed / Σ expected disagreement over codes: sums (…, codes, k) → (…)."""
    observed, expected = sums.alpha_parts(each)
    above, below = observed.sum(-1), expected.sum(-1)
    with np.errstate(all="ignore"):
        found: Floats = np.where(below > 0, 1 - above / below, np.nan)
    return found
