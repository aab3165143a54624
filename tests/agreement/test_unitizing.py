"""The unitizing family against formulae worked out character by character, and against published values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

from hsreview.agreement import unitizing
from hsreview.agreement.unitizing import Reading, Spans, statistics
from hsreview.model.agreement import Undefined
from tests.agreement.continua import Row, some_documents, spans_of, units_of

CASES = 150
MANY = 1500


def _divided(one: Fraction, other: Fraction) -> Fraction | None:
    return one / other if other else None


def _slow(rows: Sequence[Row], reading: Reading, values: int) -> dict[str, Fraction | None]:
    """The equations one by one, in exact fractions, from coincidences that are counted over single characters."""
    gap, codes, every = values, range(values), range(values + 1)
    met = [[Fraction(0)] * (values + 1) for _ in every]
    s, q = [Fraction(0)] * (values + 1), [Fraction(0)] * values
    total = Fraction(0)
    for document, readers in enumerate(reading.readers):
        here = [int(coder) for coder in np.flatnonzero(readers)]
        if len(here) < 2:
            continue
        each = Fraction(1, len(here) - 1)
        start, length = int(reading.starts[document]), int(reading.lengths[document])
        total += len(here) * length
        text = {coder: [gap] * length for coder in here}
        own = [row for row in rows if row[0] == document]
        for _document, coder, value, begin, end in own:
            text[coder][begin - start : end - start] = [value] * (end - begin)
        for one, other in permutations(here, 2):
            for a, b in zip(text[one], text[other], strict=True):
                met[a][b] += each
        for one in here:
            s[gap] += text[one].count(gap)
        for _document, coder, value, begin, end in own:
            s[value] += (end - begin) ** 2
            for other in here:
                if other != coder:
                    valued = sum(each != gap for each in text[other][begin - start : end - start])
                    q[value] += each * valued**2
    found: dict[str, Fraction | None] = {}
    margin = [sum(row, Fraction(0)) for row in met]

    def chance(c: int, k: int, margin: Sequence[Fraction], all_: Fraction, units: Sequence[Fraction]) -> Fraction:
        return all_ * (margin[c] * margin[k] - (units[c] if c == k else 0)) / (all_**2 - sum(units))

    def alpha(disagreement: Fraction, expected: Fraction) -> Fraction | None:
        part = _divided(disagreement, expected)
        return None if part is None else 1 - part

    found["u"] = found["binary"] = found["cu"] = None
    if total and total**2 != sum(s):
        by_chance = total - sum(chance(c, c, margin, total, s) for c in every)
        found["u"] = alpha(total - sum(met[c][c] for c in every), by_chance)
        of_gaps = sum(chance(gap, k, margin, total, s) for k in codes)
        found["binary"] = alpha(margin[gap] - met[gap][gap], Fraction(of_gaps))
    star = [sum(met[c][:gap], Fraction(0)) for c in codes]
    all_star = sum(star, Fraction(0))
    found["coverage"] = _divided(all_star, total)
    if all_star and all_star**2 > sum(q):
        by_chance = all_star - sum(chance(c, c, star, all_star, q) for c in codes)
        found["cu"] = alpha(all_star - sum(met[c][c] for c in codes), by_chance)
    for k in codes:
        found[f"coverage{k}"] = _divided(star[k], margin[k])
        found[f"k{k}"] = None
        if star[k] and all_star**2 > sum(q):
            expected = sum((chance(c, k, star, all_star, q) for c in codes), Fraction(0))
            others = expected - chance(k, k, star, all_star, q)
            found[f"k{k}"] = alpha(expected / star[k] * (star[k] - met[k][k]), others)
    return found


def _same(got: float | None, slow: Fraction | None) -> None:
    if slow is None:
        assert got is None
    else:
        assert got == pytest.approx(float(slow), abs=1e-9)


def check_exclusive(seed: int) -> None:
    rows, reading = some_documents(seed, exclusive=True)
    got = statistics(spans_of(rows), reading, ["0", "1", "2"])
    slow = _slow(rows, reading, 3)
    names = {"u_alpha_nominal": "u", "u_alpha_binary": "binary", "cu_alpha_nominal": "cu", "cu_coverage": "coverage"}
    names |= {f"k_u_alpha[{k}]": f"k{k}" for k in range(3)} | {f"k_u_coverage[{k}]": f"coverage{k}" for k in range(3)}
    for name, key in names.items():
        _same(got[name].value, slow[key])


def check_overlapping(seed: int) -> None:
    rows, reading = some_documents(seed, exclusive=False)
    got = statistics(spans_of(rows), reading, ["0", "1", "2"])
    for code in (0, 1, 2, None):
        units: list[Row] = [
            (int(document), int(coder), 0, *unit)
            for document, coder in np.argwhere(reading.readers)
            for unit in units_of(rows, int(document), int(coder), code)
        ]
        name = "u_alpha_binary" if code is None else f"u_alpha_binary_code[{code}]"
        _same(got[name].value, _slow(units, reading, 1)["binary"])


@pytest.mark.parametrize("seed", range(CASES))
def test_exclusive_codes_give_what_single_characters_give(seed: int) -> None:
    check_exclusive(seed)


@pytest.mark.parametrize("seed", range(CASES))
def test_overlapping_codes_give_what_single_characters_give(seed: int) -> None:
    check_overlapping(seed)


@pytest.mark.deep
def test_many_documents_give_what_single_characters_give() -> None:
    for seed in range(CASES, CASES + MANY):
        check_exclusive(seed)
        check_overlapping(seed)


def _one(rows: list[Row], lengths: Sequence[int], readers: Sequence[Sequence[bool]]) -> tuple[Spans, Reading]:
    return spans_of(rows), Reading(np.array(readers), np.zeros(len(lengths), np.int64), np.array(lengths))


def test_documents_that_all_read_are_as_good_as_one_long_document() -> None:
    apart = [(0, 0, 0, 2, 9), (0, 1, 0, 3, 9), (1, 0, 1, 0, 5), (1, 1, 0, 0, 5), (1, 1, 1, 7, 9)]
    joined = [
        (0, coder, code, start + 20 * document, end + 20 * document) for document, coder, code, start, end in apart
    ]
    two = statistics(*_one(apart, [20, 30], [[True, True]] * 2), ["x", "y"])
    one = statistics(*_one(joined, [50], [[True, True]]), ["x", "y"])
    for name, value in one.items():
        assert two[name].value == pytest.approx(value.value, abs=1e-12), name


def test_a_document_that_one_coder_read_counts_for_nothing() -> None:
    rows = [(0, 0, 0, 2, 9), (0, 1, 0, 3, 9)]
    alone = statistics(*_one(rows, [20], [[True, True]]), ["x"])
    more = statistics(*_one([*rows, (1, 0, 0, 0, 30)], [20, 30], [[True, True], [True, False]]), ["x"])
    assert {name: each.value for name, each in more.items()} == {name: each.value for name, each in alone.items()}


def test_reading_without_coding_is_not_the_same_as_not_reading() -> None:
    rows = [(0, 0, 0, 2, 9), (0, 1, 0, 2, 9)]
    read = statistics(*_one(rows, [20], [[True, True, True]]), ["x"])["u_alpha_binary"].value
    unread = statistics(*_one(rows, [20], [[True, True, False]]), ["x"])["u_alpha_binary"].value
    assert unread == pytest.approx(1)
    assert read is not None
    assert read < 0.5


def test_one_coders_overlapping_segments_of_a_code_are_one_and_adjacent_ones_two() -> None:
    other = (0, 1, 0, 0, 8)
    whole = statistics(*_one([(0, 0, 0, 0, 10), other], [20], [[True, True]]), ["x"])
    lapping = statistics(*_one([(0, 0, 0, 0, 6), (0, 0, 0, 4, 10), other], [20], [[True, True]]), ["x"])
    adjacent = statistics(*_one([(0, 0, 0, 0, 5), (0, 0, 0, 5, 10), other], [20], [[True, True]]), ["x"])
    name = "u_alpha_binary_code[x]"
    assert lapping[name] == whole[name]
    assert adjacent[name] != whole[name]


def test_what_is_undefined_says_why() -> None:
    nothing = statistics(*_one([], [20], [[True, True]]), ["x"])
    assert nothing["u_alpha_binary"].undefined is Undefined.ONE_VALUE
    assert nothing["cu_alpha_nominal"].undefined is Undefined.NO_COVERAGE
    assert nothing["u_alpha_binary_code[x]"].undefined is Undefined.NEVER_USED
    alone = statistics(*_one([(0, 0, 0, 1, 2)], [20], [[True, False]]), ["x"])
    assert {each.undefined for each in alone.values()} == {Undefined.NOTHING_SHARED}
    apart = statistics(*_one([(0, 0, 0, 1, 2), (0, 1, 1, 3, 4)], [20], [[True, True]]), ["x", "y"])
    assert apart["k_u_alpha[x]"].undefined is Undefined.NO_COVERAGE
    little = [(0, 0, 0, 0, 1), (0, 0, 0, 7, 13), (0, 2, 1, 5, 12)]
    brief = statistics(*_one(little, [13], [[True, True, True]]), ["x", "y"])
    assert brief["cu_alpha_nominal"].undefined is brief["k_u_alpha[y]"].undefined is Undefined.TOO_LITTLE
    lapping = statistics(*_one([(0, 0, 0, 1, 5), (0, 0, 1, 3, 9), (0, 1, 0, 1, 5)], [20], [[True, True]]), ["x", "y"])
    for name in ("u_alpha_nominal", "cu_alpha_nominal", "cu_coverage", "k_u_alpha[x]", "k_u_coverage[y]"):
        assert lapping[name].undefined is Undefined.OVERLAPPING
    assert lapping["u_alpha_binary_code[x]"].value == pytest.approx(1)


def test_taking_a_document_off_its_sums_is_leaving_it_out() -> None:
    for seed in range(40):
        rows, reading = some_documents(seed, exclusive=True)
        each = unitizing.sums(unitizing.merged(spans_of(rows)), reading, 3, meetings=True)
        without = [row for row in rows if row[0] != 0]
        unread = Reading(
            reading.readers * (np.arange(len(reading.readers)) != 0)[:, None], reading.starts, reading.lengths
        )
        left = unitizing.sums(unitizing.merged(spans_of(without)), unread, 3, meetings=True).sum(axis=0)
        for measure in (
            unitizing.u_alpha_binary,
            unitizing.u_alpha_binary_pooled,
            unitizing.u_alpha_nominal,
            unitizing.cu_alpha_nominal,
            unitizing.k_u_alpha,
        ):
            got = measure(each.sum(axis=0) - each[0])
            assert np.allclose(got, measure(left), atol=1e-9, rtol=0, equal_nan=True)


@pytest.mark.parametrize("large", [1, 2**20, 2**40])
def test_keys_sort_by_group_and_position_however_large_they_are(large: int) -> None:
    group, start, end = np.array([2, 0, 2, 1]) * large, np.array([5, 9, 3, 0]) * large, np.array([7, 12, 5, 1]) * large
    begins, ends = unitizing.keys(group, start, end)
    assert np.argsort(begins).tolist() == [1, 3, 2, 0]
    assert ends[2] == begins[0] < ends[0]
    assert ends[1] < begins[3]
