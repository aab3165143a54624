"""Speed of the measures of segments: `python -m bench agreement_spans`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from hsreview.agreement import unitizing
from hsreview.agreement.confusion import confusion_of_characters
from hsreview.agreement.intervals import estimates, worse_spans
from hsreview.agreement.spans import match
from hsreview.agreement.typing import differences
from hsreview.agreement.unitizing import Reading, Spans, any_code, merged, overlapping, sums
from hsreview.model.review import Mark

CODES, DOCUMENTS, CODERS, SPANS, LENGTH = 60, 1_000, 10, 200_000, 40_000
_OWN = SPANS // DOCUMENTS // CODERS
_ROOM = LENGTH // _OWN


def _median_ms(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    act()
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 1)


def _corpus(*, exclusive: bool) -> tuple[Spans, Reading]:
    """Coders mark much the same places, mostly with the same code; a fifth of the segments is elsewhere."""
    random = np.random.default_rng(7)
    document = np.repeat(np.arange(DOCUMENTS), CODERS * _OWN)
    coder = np.tile(np.repeat(np.arange(CODERS), _OWN), DOCUMENTS)
    place = np.tile(np.arange(_OWN), DOCUMENTS * CODERS)
    truth = random.integers(0, CODES, (DOCUMENTS, _OWN))
    code = np.where(random.random(SPANS) < 0.2, random.integers(0, CODES, SPANS), truth[document, place])
    start = place * _ROOM + 200 + random.integers(0, 60, SPANS)
    if not exclusive:
        start = np.where(random.random(SPANS) < 0.2, random.integers(0, LENGTH - _ROOM, SPANS), start)
    end = start + random.integers(100, _ROOM - 300, SPANS)
    whole = Reading(np.ones((DOCUMENTS, CODERS), bool), np.zeros(DOCUMENTS, np.int64), np.full(DOCUMENTS, LENGTH))
    return Spans(document, coder, code, start, end), whole


def _marks() -> dict[str, list[Mark]]:
    """5,000 marks of two coders on one text."""
    random = np.random.default_rng(8)
    found: dict[str, list[Mark]] = {"a": [], "b": []}
    for number in range(2500):
        start, length, code = int(random.integers(150_000)), int(random.integers(50, 400)), str(random.integers(CODES))
        for coder, own in found.items():
            shift = int(random.integers(60))
            given = code if random.random() < 0.9 else str(random.integers(CODES))
            own.append(Mark(f"{coder}{number}", coder, given, start + shift, start + shift + length))
    return found


def measured() -> dict[str, Any]:
    """Times in milliseconds with their sizes and what they should reach."""
    lapping, whole = _corpus(exclusive=False)
    exclusive, _whole = _corpus(exclusive=True)

    def per_code() -> None:
        apart = merged(lapping)
        each = sums(apart, whole, CODES)
        estimates(each, unitizing.u_alpha_binary, worse_spans, [None] * CODES)
        estimates(each, unitizing.u_alpha_binary_pooled, worse_spans, [None])
        estimates(sums(any_code(apart), whole, 1), unitizing.u_alpha_binary, worse_spans, [None])

    def family() -> None:
        apart = merged(exclusive)
        assert not len(overlapping(apart))
        each = sums(apart, whole, CODES, meetings=True)
        without = each.sum(axis=0) - each
        for measure in (unitizing.u_alpha_nominal, unitizing.cu_alpha_nominal, unitizing.k_u_alpha):
            measure(each.sum(axis=0))
            measure(without)

    def matches() -> None:
        match(merged(lapping), whole, CODES)

    parts = {
        "per_code_with_intervals_ms": _median_ms(per_code),
        "family_with_jackknife_ms": _median_ms(family),
        "f1_offsets_splits_ms": _median_ms(matches),
    }
    marks = _marks()
    return {
        "codes": CODES,
        "documents": DOCUMENTS,
        "coders": CODERS,
        "spans": SPANS,
        **parts,
        "all_ms": {"value": round(sum(parts.values()), 1), "reach": 1000},
        "confusion_45_pairs_ms": _median_ms(lambda: confusion_of_characters(merged(lapping), whole, CODES), 3),
        "differences_of_5000_marks_ms": {"value": _median_ms(lambda: differences(marks)), "reach": 50},
    }
