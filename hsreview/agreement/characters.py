"""Characters as units: how much each coder coded, and Cohen's kappa of two coders over the text that both read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsreview.agreement.unitizing import (
    LENGTH,
    SAME,
    TOTAL,
    Floats,
    Ints,
    Reading,
    Spans,
    any_code,
    estimate,
    merged,
    sums,
)
from hsreview.model.agreement import Estimate, Undefined


def coded_lengths(spans: Spans, coders: int, codes: int) -> Ints:
    """Characters that each coder gave each code `(coders, codes)`; `spans` are merged."""
    lengths = (spans.end - spans.start).astype(float)
    table = np.bincount(spans.coder * codes + spans.code, lengths, coders * codes)
    return np.rint(table).astype(np.int64).reshape(coders, codes)


def two_coders(spans: Spans, reading: Reading, codes: int) -> tuple[Floats, Floats]:
    """Share of characters on which two coders agree, and Cohen's kappa, of each code; nan = undefined.

    `spans` are merged. Raises ValueError unless there are two coders.
    """
    if reading.readers.shape[1] != 2:
        raise ValueError("two coders")
    both = reading.readers.sum(axis=1) == 2
    of = sums(spans, reading, codes).sum(axis=0)
    one, other = coded_lengths(spans.where(both[spans.document]), 2, codes)
    with np.errstate(invalid="ignore", divide="ignore"):
        text = of[:, TOTAL] / 2
        agreed = 1 - (of[:, LENGTH] - of[:, SAME]) / text
        by_chance = (one / text) * (other / text) + (1 - one / text) * (1 - other / text)
        defined = (one + other > 0) & (one + other < of[:, TOTAL])
        return agreed, np.where(defined, (agreed - by_chance) / (1 - by_chance), np.nan)


def character_statistics(spans: Spans, reading: Reading, codes: Sequence[str]) -> dict[str, Estimate]:
    """For two coders by name: of any code, and with `[x]` of code x; nothing for more of them."""
    found: dict[str, Estimate] = {}
    if reading.readers.shape[1] != 2:
        return found
    shared = bool(reading.readers.all(axis=1).any())
    reason = Undefined.ONE_VALUE if shared else Undefined.NOTHING_SHARED
    for part, suffixes in ((any_code(spans), [""]), (merged(spans), [f"[{code}]" for code in codes])):
        agreed, kappa = two_coders(part, reading, len(suffixes))
        for number, suffix in enumerate(suffixes):
            found[f"percent_agreement_characters{suffix}"] = estimate(float(agreed[number]), reason)
            found[f"cohen_kappa_characters{suffix}"] = estimate(float(kappa[number]), reason)
    return found
