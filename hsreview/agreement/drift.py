"""Agreement over time: the same measures on batches of documents, from sums that add up over documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hsreview.agreement.unitizing import Floats, Ints

WINDOW = 3
"""Batches that a rolling value is about."""


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """Sums of each batch (first axis), in order; every measure of the sums of documents takes them as well."""

    documents: Ints
    """How many documents each batch has."""
    batch: Floats
    cumulative: Floats
    """Of all batches so far."""
    rolling: Floats
    """Of the last batches, this one included; of fewer at the beginning."""


def drift(per_document: Floats, batches: Sequence[int], window: int = WINDOW) -> Drift:
    """
    The sums of batches: `per_document` has documents first, `batches` the number of each one's batch, from 0 in order.

    With every document a batch of its own this is agreement by document order. Raises ValueError for a window below 1.
    """
    if window < 1:
        raise ValueError("a window has one batch or more")
    number = np.asarray(batches, dtype=np.int64)
    many = int(number.max(initial=-1)) + 1
    batch = np.zeros((many, *per_document.shape[1:]))
    np.add.at(batch, number, per_document)
    rolling = np.zeros_like(batch)
    for back in range(min(window, many)):
        rolling[back:] += batch[: many - back]
    return Drift(np.bincount(number, minlength=many), batch, np.cumsum(batch, axis=0), rolling)
