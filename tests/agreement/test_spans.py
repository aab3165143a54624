"""Matching of segments against every possible matching, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from hsreview.agreement.spans import THRESHOLDS, Matched, boundary_offsets, f1, match, over_pairs, span_statistics
from hsreview.agreement.unitizing import Reading, merged
from hsreview.model.agreement import Undefined
from tests.agreement.continua import some_documents, spans_of, units_of

Unit = tuple[int, int]


def _overlap(one: Unit, other: Unit) -> Fraction:
    shared = len(set(range(*one)) & set(range(*other)))
    return Fraction(shared, len(set(range(*one)) | set(range(*other))))


def _best(one: Sequence[Unit], other: Sequence[Unit], least: Fraction) -> tuple[Fraction, int]:
    """The most overlap, then the most matches, over all ways to match one to one."""
    if not one:
        return Fraction(0), 0
    best = _best(one[1:], other, least)
    for at, each in enumerate(other):
        worth = _overlap(one[0], each)
        if worth and worth >= least:
            rest = _best(one[1:], [*other[:at], *other[at + 1 :]], least)
            best = max(best, (rest[0] + worth, rest[1] + 1))
    return best


def check(seed: int) -> None:
    rows, reading = some_documents(seed, exclusive=False, codes=2)
    got = match(merged(spans_of(rows)), reading, 2)
    for code in range(2):
        for pair, (one, other) in enumerate(combinations(range(reading.readers.shape[1]), 2)):
            matches, segments, splits = [0] * len(THRESHOLDS), 0, 0
            for document, readers in enumerate(reading.readers):
                if not (readers[one] and readers[other]):
                    continue
                first, second = (units_of(rows, document, coder, code) for coder in (one, other))
                segments += len(first) + len(second)
                for own, others in ((first, second), (second, first)):
                    splits += sum(sum(_overlap(each, its) > 0 for its in others) >= 2 for each in own)
                for at, least in enumerate(("0", "0.5", "0.8", "1")):
                    matches[at] += _best(first, second, Fraction(least))[1]
            assert got.segments[code, pair] == segments
            assert got.splits[code, pair] == splits
            assert got.matches[code, pair].tolist() == matches


@pytest.mark.parametrize("seed", range(100))
def test_no_other_matching_is_better(seed: int) -> None:
    check(seed)


@pytest.mark.deep
def test_no_other_matching_is_better_of_very_many() -> None:
    for seed in range(100, 1400):
        check(seed)


def _two(one: Sequence[Unit], other: Sequence[Unit]) -> Matched:
    rows = [(0, 0, 0, *unit) for unit in one] + [(0, 1, 0, *unit) for unit in other]
    return match(merged(spans_of(rows)), Reading(np.array([[True, True]]), np.zeros(1, np.int64), np.array([99])), 1)


def test_boundaries_are_compared_where_segments_match() -> None:
    found = _two([(0, 10), (20, 30), (50, 60)], [(2, 10), (19, 34), (59, 80)])
    assert boundary_offsets(found)[0, 0].tolist() == [0.5, 2.0, 1.5, 2.0]
    assert found.near[0, 0] == 2
    assert f1(found, "f1_0.5")[0, 0] == pytest.approx(2 / 3)
    assert f1(found, "f1_any")[0, 0] == 1


def test_a_segment_that_is_cut_in_two_is_a_split_and_one_match() -> None:
    found = _two([(0, 10)], [(0, 5), (5, 10)])
    assert found.splits[0, 0] == 1
    assert found.matches[0, 0].tolist() == [1, 1, 0, 0]


def test_more_coders_give_the_mean_over_pairs_that_have_a_value() -> None:
    rows = [(0, 0, 0, 0, 10), (0, 1, 0, 0, 10), (1, 2, 0, 0, 5), (1, 3, 0, 5, 9)]
    readers = np.array([[True, True, False, False], [False, False, True, True]])
    reading = Reading(readers, np.zeros(2, np.int64), np.array([20, 20]))
    assert over_pairs(f1(match(merged(spans_of(rows)), reading, 1), "f1_any")).tolist() == [0.5]


def test_statistics_say_why_there_is_no_value() -> None:
    rows = [(0, 0, 0, 0, 10), (0, 1, 1, 0, 9)]
    both = Reading(np.array([[True, True]]), np.zeros(1, np.int64), np.array([20]))
    found = span_statistics(spans_of(rows), both, ["x", "y", "z"])
    assert found["f1_0.5"].value == 1
    assert found["f1_exact"].value == 0
    assert found["boundary_offset_end"].value == 1
    assert found["f1_0.5[x]"].value == 0
    assert found["boundary_offset_end[x]"].undefined is Undefined.NO_MATCH
    assert found["f1_any[z]"].undefined is Undefined.NEVER_USED
    alone = Reading(np.array([[True, False]]), np.zeros(1, np.int64), np.array([20]))
    assert span_statistics(spans_of(rows[:1]), alone, ["x"])["f1_any"].undefined is Undefined.NOTHING_SHARED
