"""Confusion matrices against a count over single characters; their totals are the text."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from hsreview.agreement.confusion import confusion_of_characters, confusion_of_units, pooled_confusion
from hsreview.agreement.unitizing import Floats, Reading, merged
from tests.agreement.continua import Row, some_documents, spans_of

CODES = 3


def _slow(rows: list[Row], reading: Reading, one: int, other: int) -> Floats:
    found = np.zeros((CODES + 1, CODES + 1))
    for document in np.flatnonzero(reading.readers[:, one] & reading.readers[:, other]).tolist():
        start = int(reading.starts[document])
        for place in range(start, start + int(reading.lengths[document])):
            given = [
                {row[2] for row in rows if row[:2] == (document, coder) and row[3] <= place < row[4]}
                for coder in (one, other)
            ]
            both = given[0] & given[1]
            entries = [(code, code) for code in both]
            if given[0] != given[1] or not both:
                entries += [(a, b) for a in given[0] - both or {CODES} for b in given[1] - both or {CODES}]
            for entry in entries:
                found[entry] += 1 / len(entries)
    return found


def check(seed: int) -> None:
    rows, reading = some_documents(seed, exclusive=False, codes=CODES)
    got = confusion_of_characters(merged(spans_of(rows)), reading, CODES)
    total = 0.0
    for one, other in combinations(range(reading.readers.shape[1]), 2):
        text = float(reading.lengths[reading.readers[:, one] & reading.readers[:, other]].sum())
        total += text
        if text:
            assert got[one, other].sum() == pytest.approx(text, abs=1e-9)
            assert np.allclose(got[one, other], _slow(rows, reading, one, other), atol=1e-9, rtol=0)
        else:
            assert (one, other) not in got
    pooled = pooled_confusion(got, CODES)
    assert pooled.sum() == pytest.approx(total, abs=1e-9)
    assert np.array_equal(pooled, pooled.T)


@pytest.mark.parametrize("seed", range(60))
def test_every_character_counts_once(seed: int) -> None:
    check(seed)


@pytest.mark.deep
def test_every_character_counts_once_in_very_many_texts() -> None:
    for seed in range(60, 1160):
        check(seed)


def test_shared_codes_stand_on_the_diagonal_and_the_rest_shares_the_weight() -> None:
    reading = Reading(np.array([[True, True]]), np.zeros(1, np.int64), np.array([12]))
    rows = [(0, 0, 0, 0, 6), (0, 0, 1, 0, 6), (0, 1, 0, 0, 6), (0, 1, 2, 0, 6)]
    found = confusion_of_characters(merged(spans_of(rows)), reading, CODES)[0, 1]
    assert found[0, 0] == 3
    assert found[1, 2] == 3
    assert found[3, 3] == 6
    assert found.sum() == 12


def test_units_count_one_each() -> None:
    given = np.zeros((2, 4, CODES), dtype=bool)
    given[0, 0, 0] = given[1, 0, 0] = True
    given[0, 1, 1] = given[1, 1, 2] = True
    given[0, 2, 1] = True
    read = np.array([[True] * 4, [True, True, True, False]])
    found = confusion_of_units(given, read)[0, 1]
    assert found[0, 0] == found[1, 2] == found[1, 3] == 1
    assert found.sum() == 3
