"""All coefficients of one table of coders × units with a set of codes in each cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsreview.agreement import sums
from hsreview.agreement.nominal import estimate, matrix
from hsreview.agreement.patterns import Floats, Ints
from hsreview.agreement.sets import alpha_sets
from hsreview.model.agreement import Estimate, Undefined


def set_statistics(
    codes: Ints, sets: Sequence[frozenset[int]], labels: Sequence[str], weights: Floats | None = None
) -> dict[str, Estimate]:
    """α of sets by both distances, agreement on whole sets, and α of each label (given or not).

    `codes` is coders × units of indexes into `sets`, −1 for missing; `sets` holds distinct sets of indexes into
    `labels`.
    """
    valued = (codes >= 0).sum(0)
    shared = bool((valued >= 2).any())
    reason = Undefined.ONE_VALUE if shared else Undefined.NOTHING_SHARED
    jaccard, masi = alpha_sets(codes, sets, weights)
    same = _same_sets(codes, weights)
    complete = bool(np.all((valued == 0) | (valued == len(codes)))) or not shared
    found = {
        "alpha_set_jaccard": estimate(jaccard, reason),
        "alpha_set_masi": estimate(masi, reason),
        "percent_agreement": estimate(same, reason) if complete else Estimate(None, Undefined.MISSING_VALUES),
        "percent_agreement_gwet": estimate(same, reason),
    }
    given = np.zeros((len(labels), len(sets) + 1), np.int8)
    given[:, -1] = -1  # Index −1, a missing cell, stays missing.
    for number, each in enumerate(sets):
        given[list(each), number] = 1
    for number, label in enumerate(labels):
        table = matrix(given[number][codes], 2, weights)
        why = Undefined.NEVER_USED if shared and not (table.mass @ table.counts)[1] else reason
        alpha = float(sums.krippendorff_alpha_nominal(table.total))
        found[f"krippendorff_alpha_category[{label}]"] = estimate(alpha, why)
    return found


def _same_sets(codes: Ints, weights: Floats | None) -> float:
    """Mean pairwise agreement on whole sets; nan without a common unit."""
    each = np.ones(codes.shape[1]) if weights is None else weights
    m = (codes >= 0).sum(0)
    agreeing = np.zeros(codes.shape[1])
    for i in range(len(codes)):
        agreeing += ((codes[i] >= 0) & (codes[i + 1 :] == codes[i])).sum(0)
    pairs = m * (m - 1) / 2
    total = float(each @ (pairs > 0))
    return float(each @ (agreeing / np.where(pairs > 0, pairs, 1))) / total if total else float("nan")
