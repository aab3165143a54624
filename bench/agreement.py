"""Speed of the coefficients and their intervals: `python -m bench agreement`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from hsreview.agreement.code_values import code_values
from hsreview.agreement.codes import Units, cells, code_sums, counts, disagreement_shares, pair_tables
from hsreview.agreement.intervals import estimates, worse_spans, worse_units
from hsreview.agreement.nominal import pooled_alpha
from hsreview.agreement.pairs import cohen_kappa, pooled_kappa
from hsreview.agreement.patterns import patterns
from hsreview.agreement.sums import columns, krippendorff_alpha_nominal
from hsreview.agreement.unitizing import Reading, Spans, any_code, merged, sums, u_alpha_binary, u_alpha_binary_pooled

CODERS, UNITS, VALUES = 10, 1_000_000, 5
CODES, DOCUMENTS, SPANS, LENGTH, TURN = 60, 1_000, 200_000, 40_000, 400


def _median_ms(act: Callable[[], object], times: int = 7) -> float:
    taken = []
    act()
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 1)


def measured() -> dict[str, Any]:
    """All figures with their sizes and what they should reach."""
    return {
        "matrix": {"coders": CODERS, "units": UNITS, "categories": VALUES, **_matrix()},
        "codes": {"codes": CODES, "documents": DOCUMENTS, "spans": SPANS, "coders": CODERS, **_codes()},
    }


def _matrix() -> dict[str, Any]:
    random = np.random.default_rng(1)
    truth = random.integers(0, VALUES, UNITS)
    slips = random.random((CODERS, UNITS)) < 0.3
    codes = np.where(slips, random.integers(0, VALUES, (CODERS, UNITS)), truth).astype(np.int8)
    missing = np.where(random.random((CODERS, UNITS)) < 0.2, -1, codes).astype(np.int8)
    found: dict[str, Any] = {}
    for name, table in (("complete", codes), ("fifth_missing", missing)):

        def alpha(table: Any = table) -> float:
            given, mass = patterns(table, VALUES)
            return float(krippendorff_alpha_nominal(mass @ columns(given)))

        def bootstrap(table: Any = table) -> Any:
            given, mass = patterns(table, VALUES)
            draws = np.random.default_rng(2).multinomial(UNITS, mass / mass.sum(), 1000)
            return np.quantile(krippendorff_alpha_nominal(draws @ columns(given)), [0.025, 0.975])

        found[name] = {
            "alpha_ms": {"value": _median_ms(alpha), "reach": 30},
            "bootstrap_1000_ms": {"value": _median_ms(bootstrap, 3), "reach": 400},
        }
    return found


def _codes() -> dict[str, Any]:
    random = np.random.default_rng(3)
    readers = np.ones((DOCUMENTS, CODERS), bool)
    idea = random.integers(0, SPANS // CODERS, SPANS)  # Coders mark much the same places.
    document = random.integers(0, DOCUMENTS, SPANS // CODERS)[idea]
    code = np.where(random.random(SPANS) < 0.2, random.integers(0, CODES, SPANS), (idea * 7) % CODES)
    begin = random.integers(0, LENGTH - 1000, SPANS // CODERS)[idea] + random.integers(0, 30, SPANS)
    end = begin + random.integers(40, 600, SPANS)
    spans = Spans(document, random.integers(0, CODERS, SPANS), code, begin, end)
    whole = Reading(readers, np.zeros(DOCUMENTS, np.int64), np.full(DOCUMENTS, LENGTH))
    turns = LENGTH // TURN
    units = Units(np.repeat(np.arange(DOCUMENTS), turns), readers)
    parts: dict[str, float] = {}

    def on_turns() -> None:
        first, last = spans.start // TURN, (spans.end - 1) // TURN
        times = last - first + 1
        offset = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        unit = np.repeat(spans.document * turns + first, times) + offset
        of = cells(np.repeat(spans.coder, times), np.repeat(spans.code, times), unit, CODES, units)
        each = code_sums(of)
        total = each.sum(axis=0)
        code_values(of, each)
        estimates(each, pooled_alpha, worse_units, [None])
        tables = pair_tables(of)
        cohen_kappa(tables)
        for pair in range(tables.shape[1]):
            pooled_kappa(tables[:, pair])
        counts(of)
        disagreement_shares(total)
        for coder in range(CODERS):
            pooled_alpha(code_sums(of.without(coder)).sum(axis=0))

    def on_spans() -> None:
        apart = merged(spans)
        each = sums(apart, whole, CODES)
        estimates(each, u_alpha_binary, worse_spans, [None] * CODES)
        estimates(each, u_alpha_binary_pooled, worse_spans, [None])
        estimates(sums(any_code(apart), whole, 1), u_alpha_binary, worse_spans, [None])

    parts["on_turns_ms"] = _median_ms(on_turns, 3)
    parts["on_spans_ms"] = _median_ms(on_spans, 3)
    return {**parts, "all_ms": {"value": round(sum(parts.values()), 1), "reach": 1000}}
