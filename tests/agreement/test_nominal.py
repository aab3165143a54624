"""The coefficients of a matrix against plain loops over units and pairs of coders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hsreview.agreement.nominal import leave_one_out, nominal_statistics
from hsreview.agreement.pairs import joint_table, pooled_kappa, two_by_two
from hsreview.agreement.patterns import patterns
from hsreview.agreement.set_tables import set_statistics
from hsreview.agreement.sums import columns, document_sums, krippendorff_alpha_nominal
from hsreview.model.agreement import Estimate, Undefined

LABELS = ("a", "b", "c", "d")
Table = list[list[int]]


@st.composite
def tables(draw: st.DrawFn, values: int = 4, missing: bool = True) -> Table:
    """Units × coders; −1 is missing."""
    coders = draw(st.integers(2, 5))
    row = st.lists(st.integers(-1 if missing else 0, values - 1), min_size=coders, max_size=coders)
    return draw(st.lists(row, min_size=1, max_size=14))


def codes_of(table: Table) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array(table, np.int64).T


def slow_alpha(units: Sequence[Sequence[object]], distance: object = None) -> float:
    """1 − observed / expected over all ordered pairs, in the words of the definition."""

    def delta(one: object, other: object) -> float:
        return float(distance(one, other)) if callable(distance) else float(one != other)

    pairable = [[v for v in unit if v != -1] for unit in units]
    pairable = [unit for unit in pairable if len(unit) > 1]
    values = [v for unit in pairable for v in unit]
    n = len(values)
    if n < 2:
        return math.nan
    observed = sum(
        delta(unit[i], unit[j]) / (len(unit) - 1)
        for unit in pairable
        for i in range(len(unit))
        for j in range(len(unit))
        if i != j
    )
    expected = sum(delta(values[i], values[j]) for i in range(n) for j in range(n) if i != j)
    return 1 - observed / n * (n * (n - 1)) / expected if expected else math.nan


def same(got: Estimate, value: float) -> bool:
    return got.value is None if math.isnan(value) else got.value is not None and abs(got.value - value) < 1e-9


@given(tables())
def test_alpha_is_that_of_all_pairs(table: Table) -> None:
    found = nominal_statistics(codes_of(table), LABELS)
    assert same(found["krippendorff_alpha_nominal"], slow_alpha(table))
    for number, label in enumerate(LABELS):
        halves = [[v if v == -1 else int(v == number) for v in unit] for unit in table]
        assert same(found[f"krippendorff_alpha_category[{label}]"], slow_alpha(halves))


@given(tables())
def test_gwets_forms_follow_from_means_over_units(table: Table) -> None:
    counted = [[unit.count(c) for c in range(4)] for unit in table]
    valued = [n for n in counted if sum(n) >= 1]
    pairable = [n for n in counted if sum(n) >= 2]
    found = nominal_statistics(codes_of(table), LABELS)
    if not pairable:
        assert found["gwet_ac1"].undefined is Undefined.NOTHING_SHARED
        return
    percent = sum(sum(x * (x - 1) for x in n) / (sum(n) * (sum(n) - 1)) for n in pairable) / len(pairable)
    shares = [sum(n[c] / sum(n) for n in valued) / len(valued) for c in range(4)]

    def corrected(chance: float) -> float:
        return (percent - chance) / (1 - chance) if chance < 1 - 1e-12 else math.nan

    assert same(found["percent_agreement_gwet"], percent)
    assert same(found["fleiss_kappa_gwet"], corrected(sum(s * s for s in shares)))
    assert same(found["brennan_prediger"], corrected(1 / 4))
    assert same(found["gwet_ac1"], corrected(sum(s * (1 - s) for s in shares) / 3))


@given(tables())
def test_cohen_and_light_follow_from_pairs(table: Table) -> None:
    kappas = []
    for i, j in combinations(range(len(table[0])), 2):
        both = [(u[i], u[j]) for u in table if u[i] >= 0 and u[j] >= 0]
        if not both:
            continue
        n = len(both)
        observed = sum(a == b for a, b in both) / n
        chance = sum(sum(a == c for a, _b in both) * sum(b == c for _a, b in both) for c in range(4)) / n**2
        kappas.append((observed - chance) / (1 - chance) if chance < 1 - 1e-12 else math.nan)
    found = nominal_statistics(codes_of(table), LABELS)
    light = sum(kappas) / len(kappas) if kappas else math.nan
    assert same(found["cohen_kappa_mean_pairwise"], light)
    if len(table[0]) == 2:
        assert same(found["cohen_kappa"], light)
    else:
        assert found["cohen_kappa"].undefined in (Undefined.TWO_CODERS_ONLY, Undefined.NOTHING_SHARED)


@given(tables(values=2))
def test_positive_agreement_counts_pairs_of_coders(table: Table) -> None:
    both = one = neither = 0
    for unit in table:
        for a, b in combinations([v for v in unit if v >= 0], 2):
            both, one, neither = both + (a + b == 2), one + (a + b == 1), neither + (a + b == 0)
    found = nominal_statistics(codes_of(table), ("0", "1"), positive=1)
    assert same(found["positive_agreement"], 2 * both / (2 * both + one) if both + one else math.nan)
    assert same(found["negative_agreement"], 2 * neither / (2 * neither + one) if neither + one else math.nan)
    assert same(found["jaccard"], both / (both + one) if both + one else math.nan)


@given(tables(values=2, missing=False))
def test_kappa_follows_from_pabak_prevalence_and_bias(table: Table) -> None:
    codes = codes_of(table)[:2]
    cells = two_by_two(joint_table(codes[0], codes[1], 2))
    kappa = nominal_statistics(codes, ("0", "1"), positive=1)["cohen_kappa"].value
    if kappa is not None:
        below = 1 - cells.prevalence_index**2 + cells.bias_index**2
        assert kappa == pytest.approx((cells.pabak - cells.prevalence_index**2 + cells.bias_index**2) / below)


@given(tables(missing=False))
def test_complete_tables_have_the_classical_forms(table: Table) -> None:
    codes = codes_of(table)
    found = nominal_statistics(codes, LABELS)
    assert found["fleiss_kappa"] == found["fleiss_kappa_gwet"]
    assert found["percent_agreement"] == found["percent_agreement_gwet"]
    assert found["holsti"].value == pytest.approx(found["percent_agreement"].value)
    pairs = [joint_table(codes[i], codes[j], 4) for i, j in combinations(range(len(codes)), 2)]
    assert same(found["conger_kappa"], pooled_kappa(np.stack(pairs)))
    assert found["scott_pi"] == found["fleiss_kappa"] or len(codes) != 2


@given(tables(), st.randoms())
def test_names_and_order_do_not_matter(table: Table, random: object) -> None:
    shuffled = [list(unit) for unit in table]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    renamed = [[v if v < 0 else 3 - v for v in reversed(unit)] for unit in shuffled]
    one, other = nominal_statistics(codes_of(table), LABELS), nominal_statistics(codes_of(renamed), LABELS[::-1])
    assert one.keys() == other.keys()
    for name, each in one.items():
        assert same(other[name], math.nan if each.value is None else each.value), name


@given(tables(), st.lists(st.integers(1, 4), min_size=14, max_size=14))
def test_weights_are_repeated_units(table: Table, times: list[int]) -> None:
    repeated = [unit for unit, n in zip(table, times, strict=False) for _ in range(n)]
    weights = np.array(times[: len(table)], float)
    one = nominal_statistics(codes_of(repeated), LABELS)
    other = nominal_statistics(codes_of(table), LABELS, weights)
    for name, each in one.items():
        assert same(other[name], math.nan if each.value is None else each.value), name


@given(tables(), st.lists(st.integers(0, 3), min_size=14, max_size=14))
def test_documents_add_up_to_the_whole(table: Table, documents: list[int]) -> None:
    of = np.array(documents[: len(table)])
    split = document_sums(codes_of(table), 4, of)
    counts, mass = patterns(codes_of(table), 4)
    assert np.allclose(split.sum(axis=0), mass @ columns(counts))


@given(tables())
def test_leaving_a_coder_out_is_a_smaller_table(table: Table) -> None:
    found = leave_one_out(codes_of(table), 4)
    for coder, each in enumerate(found):
        assert same(each, slow_alpha([[v for i, v in enumerate(unit) if i != coder] for unit in table]))


SETS = (frozenset[int](), frozenset({0}), frozenset({1}), frozenset({0, 1}), frozenset({1, 2}), frozenset({0, 1, 2}))


def slow_masi(one: object, other: object) -> float:
    a, b = SETS[int(str(one))], SETS[int(str(other))]
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def slow_jaccard(one: object, other: object) -> float:
    a, b = SETS[int(str(one))], SETS[int(str(other))]
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


@given(tables(values=6))
def test_alpha_of_sets_is_that_of_all_pairs(table: Table) -> None:
    found = set_statistics(codes_of(table), SETS, ("x", "y", "z"))
    assert same(found["alpha_set_jaccard"], slow_alpha(table, slow_jaccard))
    assert same(found["alpha_set_masi"], slow_alpha(table, slow_masi))
    given_x = [[v if v < 0 else int(0 in SETS[v]) for v in unit] for unit in table]
    assert same(found["krippendorff_alpha_category[x]"], slow_alpha(given_x))


@given(tables())
def test_many_values_are_counted_as_few_are(table: Table) -> None:
    """Forty values do not fit into one number; their patterns are found by sorting."""
    assume(any(v >= 0 for unit in table for v in unit))
    codes = codes_of(table)
    few, many = patterns(codes, 4), patterns(np.where(codes >= 0, codes + 36, -1), 40)
    totals = [mass @ columns(counts) for counts, mass in (few, many)]
    assert np.allclose(krippendorff_alpha_nominal(totals[0]), krippendorff_alpha_nominal(totals[1]), equal_nan=True)


def test_a_bootstrap_of_patterns_is_a_bootstrap_of_units() -> None:
    random = np.random.default_rng(3)
    codes = np.where(random.random((3, 40)) < 0.1, -1, random.integers(0, 2, 40) ^ (random.random((3, 40)) < 0.2))
    counts, mass = patterns(codes, 2)
    drawn = krippendorff_alpha_nominal(random.multinomial(40, mass / mass.sum(), 4000) @ columns(counts))
    units = []
    for _ in range(1000):
        counts, mass = patterns(codes[:, random.integers(0, 40, 40)], 2)
        units.append(float(krippendorff_alpha_nominal(mass @ columns(counts))))
    assert np.nanmean(drawn) == pytest.approx(np.mean(units), abs=0.02)
    assert np.nanstd(drawn) == pytest.approx(np.std(units), abs=0.02)


def test_reasons_for_what_is_undefined() -> None:
    def why(table: Table, name: str) -> Undefined | None:
        return nominal_statistics(codes_of(table), ("a", "b"))[name].undefined

    assert why([[0, 0], [0, 0]], "krippendorff_alpha_nominal") is Undefined.ONE_VALUE
    assert why([[0, 0], [0, 0]], "cohen_kappa") is Undefined.ONE_VALUE
    assert why([[0, 0], [0, 0]], "krippendorff_alpha_category[b]") is Undefined.NEVER_USED
    assert why([[0, -1], [-1, 1]], "gwet_ac1") is Undefined.NOTHING_SHARED
    assert why([[0, 1]], "gwet_ac1_se") is Undefined.ONE_UNIT
    assert why([[0, 1], [1, -1]], "percent_agreement") is Undefined.MISSING_VALUES
    assert why([[0, 0, 1], [0, 0, 0]], "cohen_kappa_mean_pairwise") is Undefined.PAIR_UNDEFINED
    assert why([[0, 0, 0], [0, 0, 0]], "cohen_kappa_mean_pairwise") is Undefined.NO_PAIR_DEFINED
    assert why([[0, 0], [0, 1]], "positive_agreement") is Undefined.NO_POSITIVE
    assert nominal_statistics(codes_of([[0, 0], [0, 1]]), ("a", "b"))["cohen_kappa"].value == 0.0
