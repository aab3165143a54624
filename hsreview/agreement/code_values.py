"""Every coefficient of each code, coded or not coded: the same numbers as a table of the units gives, from sums.

`hsreview.agreement.nominal` calculates them from a table with a value in each cell; here the units that nobody coded
are never written out.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from hsreview.agreement import sums
from hsreview.agreement.codes import Cells, coder_shares, pair_tables, pattern_mass, reasons
from hsreview.agreement.intervals import estimates, worse_units
from hsreview.agreement.nominal import estimate, light_kappa
from hsreview.agreement.pairs import cohen_kappa, conger_from_shares, two_by_two
from hsreview.agreement.patterns import Floats
from hsreview.model.agreement import Estimate, Undefined

AC1 = partial(sums.gwet_ac1, categories=2)
PABAK = partial(sums.brennan_prediger, categories=2)


def code_values(of: Cells, found: Floats) -> list[dict[str, Estimate]]:
    """The values of each code by name; `found` are the sums of documents and codes (`codes.code_sums`)."""
    total = found.sum(0)
    why = reasons(total)
    with_interval: dict[str, tuple[sums.Measure, float]] = {
        "percent_agreement": (sums.percent_agreement, 0.0),
        "krippendorff_alpha_nominal": (sums.krippendorff_alpha_nominal, -1.0),
        "gwet_ac1": (AC1, -1.0),
    }
    columns = {
        name: estimates(found, measure, worse_units, why, lowest) for name, (measure, lowest) in with_interval.items()
    }
    errors, conger, tables = _standard_errors(of), _conger(of, total), pair_tables(of)
    given, complete = values_given(of), of.complete
    rows = []
    for at, reason in enumerate(why):
        row = {name: column[at] for name, column in columns.items()}
        row |= {
            "gwet_ac1_se": errors[at],
            **specific_values(total[at], given),
            **_kappas(total[at], tables[at], complete),
        }
        row["conger_kappa"] = estimate(float(conger[at]))
        row |= two_coder_values(tables[at])
        if reason in (Undefined.NEVER_USED, Undefined.NOTHING_SHARED):
            row = dict.fromkeys(row, Estimate(None, reason, no_interval=reason))
        rows.append(row)
    return rows


def values_given(of: Cells) -> float:
    """How many values of one code coders gave to units, each once for every other coder who read the unit."""
    readers = of.units.readers.sum(axis=1)
    return float((readers * (readers - 1)) @ of.mass)


def specific_values(total: Floats, given: float) -> dict[str, Estimate]:
    """From one code's sums and `values_given`, or from those of several codes added up.

    Holsti's (1969) 2·agreements / values given is over all pairs of coders and the units that both of a pair read: who
    did not read a text gave no values there, and disagrees with nobody.
    """
    agreeing = float(sums.agreeing_pairs(total))
    return {
        "positive_agreement": estimate(float(sums.specific_agreement(total, 1)), Undefined.NEVER_USED),
        "negative_agreement": estimate(float(sums.specific_agreement(total, 0))),
        "jaccard": estimate(float(sums.jaccard(total, 1)), Undefined.NEVER_USED),
        "holsti": estimate(agreeing / given if given else float("nan"), Undefined.NOTHING_SHARED),
        "brennan_prediger": estimate(float(PABAK(total))),
    }


def two_coder_values(tables: Floats) -> dict[str, Estimate]:
    """The indices of prevalence and bias, for exactly two coders: `tables` is pairs × 2 × 2."""
    if len(tables) != 1:
        return {}
    table = two_by_two(tables[0])
    return {"prevalence_index": estimate(table.prevalence_index), "bias_index": estimate(table.bias_index)}


def _kappas(total: Floats, tables: Floats, complete: bool) -> dict[str, Estimate]:
    fleiss = estimate(float(sums.fleiss_kappa_gwet(total)))
    common = fleiss if complete else Estimate(None, Undefined.MISSING_VALUES)
    found = {
        "cohen_kappa_mean_pairwise": light_kappa(tables),
        "fleiss_kappa": common,
        "fleiss_kappa_gwet": fleiss,
    }
    if len(tables) == 1:
        found = {"cohen_kappa": estimate(float(cohen_kappa(tables)[0])), "scott_pi": common} | found
    return found


def _conger(of: Cells, total: Floats) -> Floats:
    shares = coder_shares(of)
    return conger_from_shares(np.stack([1 - shares, shares], -1), sums.percent_agreement(total))


def _standard_errors(of: Cells) -> list[Estimate]:
    """Of AC1, over units; characters are far from independent, so that there is none for them."""
    if of.units.weights is not None:
        return [Estimate(None, Undefined.NOT_FOR_UNIT)] * of.codes
    counts, mass = pattern_mass(of)
    return [estimate(sums.gwet_ac1_se(counts, each, 2), Undefined.ONE_UNIT) for each in mass]
