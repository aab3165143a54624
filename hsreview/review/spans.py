"""Agreement on segments themselves: where they lie, and what they are called where both coders marked the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsreview.agreement import unitizing
from hsreview.agreement.intervals import estimates, worse_spans
from hsreview.agreement.spans import THRESHOLDS, span_statistics
from hsreview.model.agreement import Estimate, Undefined
from hsreview.review.units import ComparedText, continua

SEGMENT_MEASURES = (*THRESHOLDS, "boundary_offset_start", "boundary_offset_end", "splits")
"""F1 by the overlap that is asked for, mean distances of boundaries in characters, segments that meet several."""


def segment_codes(
    texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str], overlap: float
) -> list[dict[str, Estimate]]:
    """The values of each code on its segments, by name."""
    spans, reading = continua(texts, coders, codes)
    found = unitizing.sums(spans, reading, len(codes))
    if not len(codes):
        return []
    why = [unitizing.why_binary(each) for each in found.sum(0)]
    alphas = estimates(found, unitizing.u_alpha_binary, worse_spans, why)
    matched = span_statistics(spans, reading, codes, overlap)
    return [
        {"u_alpha_binary": alpha} | {name: matched[f"{name}[{code}]"] for name in SEGMENT_MEASURES}
        for alpha, code in zip(alphas, codes, strict=True)
    ]


def segment_overall(
    texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str], overlap: float
) -> tuple[dict[str, Estimate], dict[str, Estimate]]:
    """(where the coders marked text at all, what they called the text that they marked)."""
    spans, reading = continua(texts, coders, codes)
    anything = unitizing.sums(unitizing.any_code(spans), reading, 1)[:, 0]
    where = {
        "u_alpha_binary": estimates(
            anything, unitizing.u_alpha_binary, worse_spans, [unitizing.why_binary(anything.sum(0))]
        )[0]
    }
    matched = span_statistics(unitizing.any_code(spans), reading, ("",), overlap)
    where |= {name: matched[name] for name in SEGMENT_MEASURES}
    exclusive = not len(unitizing.overlapping(spans))
    found = unitizing.sums(spans, reading, len(codes), meetings=exclusive)
    total = found.sum(0)
    what: dict[str, Estimate] = {}
    for name, measure in (("cu_alpha_nominal", unitizing.cu_alpha_nominal), ("cu_coverage", unitizing.cu_coverage)):
        if not len(codes):
            what[name] = Estimate(None, Undefined.NEVER_USED)
        elif not exclusive:
            what[name] = Estimate(None, Undefined.OVERLAPPING)
        else:
            value = float(measure(total))
            what[name] = Estimate(None, Undefined.NO_COVERAGE) if np.isnan(value) else Estimate(value)
    if len(codes):
        reason = None if total[:, unitizing.LENGTH].any() else Undefined.NEVER_USED
        what["u_alpha_binary_pooled"] = estimates(found, unitizing.u_alpha_binary_pooled, worse_spans, [reason])[0]
    return where, what
