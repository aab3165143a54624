"""Drift: batches of documents give what their documents alone give."""

from __future__ import annotations

import numpy as np
import pytest

from hsreview.agreement.drift import drift
from hsreview.agreement.unitizing import Reading, any_code, sums, u_alpha_binary
from tests.agreement.continua import Row, spans_of

READING = Reading(np.ones((4, 2), dtype=bool), np.zeros(4, np.int64), np.full(4, 30))
ROWS: list[Row] = [
    (0, 0, 0, 0, 10), (0, 1, 0, 0, 10),
    (1, 0, 0, 5, 9), (1, 1, 0, 6, 12),
    (2, 0, 0, 0, 8), (2, 1, 0, 20, 29),
    (3, 0, 0, 1, 4), (3, 1, 0, 2, 4),
]  # fmt: skip


def of_documents(*documents: int) -> float:
    alone = [row for row in ROWS if row[0] in documents]
    read = READING.readers & np.isin(np.arange(4), documents)[:, None]
    reading = Reading(read, READING.starts, READING.lengths)
    return float(u_alpha_binary(sums(any_code(spans_of(alone)), reading, 1).sum(axis=0)[0]))


def test_batches_have_the_values_of_their_documents() -> None:
    found = drift(sums(any_code(spans_of(ROWS)), READING, 1)[:, 0], [0, 1, 1, 2], window=2)
    assert found.documents.tolist() == [1, 2, 1]
    assert u_alpha_binary(found.batch) == pytest.approx([of_documents(0), of_documents(1, 2), of_documents(3)])
    whole = of_documents(0, 1, 2, 3)
    assert u_alpha_binary(found.cumulative) == pytest.approx([of_documents(0), of_documents(0, 1, 2), whole])
    assert u_alpha_binary(found.rolling)[1:] == pytest.approx([of_documents(0, 1, 2), of_documents(1, 2, 3)])


def test_a_window_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        drift(np.zeros((1, 6)), [0], 0)
