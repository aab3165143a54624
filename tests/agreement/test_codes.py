"""Sums of codes from the few units that were coded, against tables of every unit."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.agreement.code_values import code_values
from hsreview.agreement.codes import Cells, Units, cells, code_sums, counts, disagreement_shares, pair_tables, reasons
from hsreview.agreement.nominal import nominal_statistics, pooled_alpha
from hsreview.agreement.pairs import cohen_kappa, joint_table
from hsreview.agreement.patterns import Ints
from hsreview.agreement.sums import document_sums, gwet_ac1, krippendorff_alpha_nominal
from hsreview.model.agreement import Estimate, Undefined

CODES = 3


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Cells, list[Ints]]:
    """Cells, and the same as a coders × units table of every code."""
    coders, documents, units = draw(st.integers(2, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 10))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    document = np.sort(random.integers(0, documents, units))
    readers = random.random((documents, coders)) < 0.8
    coded = random.random((CODES, coders, units)) < draw(st.sampled_from([0.1, 0.5, 0.9]))
    code, coder, unit = np.nonzero(coded)
    twice = np.repeat(np.arange(len(code)), random.integers(1, 3, len(code)))
    random.shuffle(twice)
    found = cells(coder[twice], code[twice], unit[twice], CODES, Units(document, readers))
    reads = readers[document].T
    return found, [np.where(reads, coded[c], -1) for c in range(CODES)]


@given(corpora())
def test_sums_are_those_of_every_unit(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    each = code_sums(of)
    for code, table in enumerate(tables):
        slow = document_sums(table, 2, of.units.document)
        assert np.allclose(each[: len(slow), code], slow) and not each[len(slow) :, code].any()


@given(corpora())
def test_pair_tables_are_those_of_every_unit(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    found = pair_tables(of)
    for code, table in enumerate(tables):
        for number, (i, j) in enumerate(combinations(range(len(table)), 2)):
            assert np.array_equal(found[code, number], joint_table(table[i], table[j], 2))


@given(corpora())
def test_counts_are_those_of_every_unit(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    found = counts(of)
    for code, table in enumerate(tables):
        shared = table[:, (table >= 0).sum(0) >= 2]
        n = (shared == 1).sum(0)
        assert found.units == shared.shape[1]
        assert found.coded[code].tolist() == (shared == 1).sum(1).tolist()
        assert found.only[code].tolist() == ((shared == 1) & (n == 1)).sum(1).tolist()
        assert found.every[code] == (n == (shared >= 0).sum(0)).sum() and found.neither[code] == (n == 0).sum()


@given(corpora())
def test_coefficients_are_those_of_a_table(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    total = code_sums(of).sum(axis=0)
    for code, table in enumerate(tables):
        slow = nominal_statistics(table, ("no", "yes"))
        alpha = krippendorff_alpha_nominal(total)[code]
        assert np.allclose(
            alpha, np.nan if (v := slow["krippendorff_alpha_nominal"].value) is None else v, equal_nan=True
        )
        ac1 = gwet_ac1(total, 2)[code]
        assert np.allclose(ac1, np.nan if (v := slow["gwet_ac1"].value) is None else v, equal_nan=True)
        why = reasons(total)[code]
        assert (why is None) == (not np.isnan(alpha))
        assert (why is Undefined.NEVER_USED) == ((table >= 0).sum(0).max() >= 2 and not counts(of).coded[code].any())
        if len(table) == 2:
            kappa = cohen_kappa(pair_tables(of))[code, 0]
            assert np.allclose(kappa, np.nan if (v := slow["cohen_kappa"].value) is None else v, equal_nan=True)


@given(corpora())
def test_without_a_coder_is_as_if_the_coder_had_not_read(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    found = code_sums(of.without(0)).sum(axis=0)
    other = code_sums(of.of([*range(1, of.coded.shape[1])])).sum(axis=0)
    slow = [document_sums(table[1:], 2, of.units.document).sum(axis=0) for table in tables]
    assert np.allclose(found, slow) and np.allclose(other, slow)


def test_pooled_alpha_and_shares_weigh_codes_by_their_disagreement() -> None:
    units = Units(np.array([0, 0, 1, 1]), np.ones((2, 2), bool))
    coder, code, unit = np.array([[0, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1, 2], [1, 1, 2], [0, 1, 3]]).T
    total = code_sums(cells(coder, code, unit, 2, units)).sum(axis=0)
    assert (shares := disagreement_shares(total)) is not None and shares.tolist() == [0.5, 0.5]
    observed, expected = 4.0, 2 * (64 - 25 - 9) / 7
    assert np.isclose(pooled_alpha(total), 1 - observed / expected)
    assert disagreement_shares(total * 0) is None


@given(corpora())
def test_every_coefficient_of_a_code_is_that_of_the_table_of_its_units(corpus: tuple[Cells, list[Ints]]) -> None:
    of, tables = corpus
    for found, table in zip(code_values(of, code_sums(of)), tables, strict=True):
        slow = nominal_statistics(table, ("no", "yes"), positive=1)
        slow["percent_agreement"] = slow["percent_agreement_gwet"]
        if not of.complete and slow["holsti"].value is not None:
            pairs = [joint_table(one, other, 2) for one, other in combinations(table, 2)]
            agreeing = sum(pair.trace() for pair in pairs) / sum(pair.sum() for pair in pairs)
            slow["holsti"] = Estimate(float(agreeing))
        wanted = {"conger_kappa", "holsti", "fleiss_kappa", "gwet_ac1_se", "cohen_kappa_mean_pairwise", "jaccard"}
        wanted |= {"scott_pi", "cohen_kappa", "prevalence_index"} if len(table) == 2 else set()
        assert wanted <= found.keys() <= slow.keys()
        for name, each in found.items():
            if each.undefined in (Undefined.NEVER_USED, Undefined.NOTHING_SHARED):
                assert each.value is None, name
            else:
                assert each.undefined == slow[name].undefined, name
                assert each.value == (None if slow[name].value is None else pytest.approx(slow[name].value)), name
