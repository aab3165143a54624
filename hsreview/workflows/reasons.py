"""The words of agreement, for those who show it: names, reasons of what is undefined, scales that others use."""

from __future__ import annotations

from hsreview.agreement.names import KINDS, kinds_head, kinds_in_brief, kinds_in_words, measure_name
from hsreview.agreement.reasons import explain
from hsreview.agreement.scales import criticism, scales, scales_title

__all__ = [
    "KINDS",
    "criticism",
    "explain",
    "kinds_head",
    "kinds_in_brief",
    "kinds_in_words",
    "measure_name",
    "scales",
    "scales_title",
]
