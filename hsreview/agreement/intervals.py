"""95 % intervals over documents, from sums that documents add up to.

Documents are drawn, not characters or turns: what one person says hangs together. Every document is left out once
(jackknife), the spread is taken on the scale √(1 − value), and Student's t with one degree of freedom less than there
are documents replaces the normal. The root makes the interval reach further down than up near full agreement, as it
must; `bench/agreement_coverage.py` simulates how often such intervals hold what they promise (docs/agreement.md).

Without any disagreement there is no spread. The lower end is then the value that the corpus would have with as many
more disagreeing units as would remain unseen in one corpus of forty (Poisson, 2.5 %).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from hsreview.agreement.patterns import Floats
from hsreview.agreement.sums import Measure
from hsreview.model.agreement import Estimate, Interval, Undefined

METHOD = "jackknife_sqrt_t"
"""Over documents, on the scale √(1 − value), with Student's t."""
FEWEST = 5
RARE_SHARE = 0.15
RARE_DOCUMENTS = 2.0
_UNSEEN = -math.log(0.025)
_NORMAL = 1.959963984540054

Worse = Callable[[Floats, float], Floats]
"""Sums over all documents, and n → the sums if n more units were disagreed about."""


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t from three degrees of freedom on, by Fisher's series (error below 0.004)."""
    z, v = _NORMAL, float(freedom)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v ** (power + 1) for power, term in enumerate(terms))


def worse_units(total: Floats, n: float) -> Floats:
    """Sums of a matrix (see `hsreview.agreement.sums`) with n more units in which one coder differs."""
    found = np.array(total, float)
    values = (found.shape[-1] - 4) // 4
    with np.errstate(all="ignore"):
        coders = found[..., 4 : 4 + values].sum(-1) / found[..., 0]
        found[..., 1] -= np.where(coders > 0, 2 * n / coders, 0)
    found[..., 3] += 2 * n
    return found


def worse_spans(total: Floats, n: float) -> Floats:
    """Sums of segments (see `hsreview.agreement.unitizing`) with n more segments that one coder lacks."""
    found = np.array(total, float)
    length, squares = found[..., 1], found[..., 2]
    with np.errstate(all="ignore"):
        found[..., 3] -= np.where(length > 0, n * squares / length, 0)
    return found


def bounds(sums: Floats, measure: Measure, worse: Worse, lowest: float = -1.0) -> tuple[Floats, Floats]:
    """Low and high ends, with nan where the value is undefined or becomes so without one of the documents.

    `sums` is (documents, …, k); `measure` takes (…, k) and may fold more of the trailing dimensions; column 0 of a
    document that two coders read is positive. `lowest` is the smallest value that the measure can take.
    """
    counted = sums[..., 0].reshape(len(sums), -1).max(axis=1) > 0
    total = sums.sum(axis=0)
    value = measure(total)
    without = measure(total[None] - sums[counted])
    many = int(counted.sum())
    spread = np.sqrt((many - 1) / many * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    far = 1 - value
    agreed = far <= 1e-12
    with np.errstate(all="ignore"):
        root = np.sqrt(np.maximum(far, 0))
        reach = student(many - 1) * spread / (2 * root)
        low = 1 - (root + reach) ** 2
        high = 1 - np.maximum(root - reach, 0) ** 2
        unseen = measure(worse(total, _UNSEEN))
    low = np.where(agreed, np.where(np.isnan(unseen), lowest, unseen), low)
    high = np.where(agreed, 1.0, high)
    unstable = np.isnan(spread) | np.isnan(value)
    return np.where(unstable, np.nan, np.maximum(low, lowest)), np.where(unstable, np.nan, high)


def documents_of(sums: Floats) -> int:
    """How many documents two coders or more read."""
    return int((sums[..., 0].reshape(len(sums), -1).max(axis=1) > 0).sum()) if sums.size else 0


def estimates(
    sums: Floats, measure: Measure, worse: Worse, reasons: list[Undefined | None], lowest: float = -1.0
) -> list[Estimate]:
    """Values with intervals, one for each entry of `reasons` (why a value is nan, if it is).

    `sums` is (documents, k) for one value or (documents, values, k); a measure that folds gives one value.
    """
    documents = documents_of(sums)
    values = np.atleast_1d(measure(sums.sum(axis=0)))
    if documents < FEWEST:
        return [
            _missing(reason) if math.isnan(value) else Estimate(float(value), no_interval=Undefined.FEW_DOCUMENTS)
            for value, reason in zip(values, reasons, strict=True)
        ]
    low, high = (np.atleast_1d(end) for end in bounds(sums, measure, worse, lowest))
    found = []
    for value, lower, upper, reason in zip(values, low, high, reasons, strict=True):
        if math.isnan(value):
            found.append(_missing(reason))
        elif math.isnan(lower):
            found.append(Estimate(float(value), no_interval=Undefined.UNSTABLE))
        else:
            interval = Interval(float(lower), float(upper), documents, METHOD)
            found.append(Estimate(float(value), interval=interval))
    return found


def _missing(reason: Undefined | None) -> Estimate:
    return Estimate(None, reason or Undefined.ONE_VALUE, no_interval=reason or Undefined.ONE_VALUE)


def is_rare(share: float, documents: int) -> bool:
    """Whether a code is too rare (or all but always given) for its interval to keep its promise.

    `share` is the part of units that a coder coded, on average; see the table of rare codes in docs/agreement.md.
    """
    rest = min(share, 1 - share)
    return rest < RARE_SHARE and rest * documents < RARE_DOCUMENTS
