"""Intervals over documents: when there is one, and that it holds what it promises."""

from __future__ import annotations

import numpy as np
import pytest

from hsreview.agreement.codes import Units, cells, code_sums
from hsreview.agreement.intervals import bounds, estimates, is_rare, student, worse_units
from hsreview.agreement.nominal import pooled_alpha
from hsreview.agreement.patterns import Floats
from hsreview.agreement.sums import columns, document_sums, krippendorff_alpha_nominal, percent_agreement
from hsreview.model.agreement import Undefined


def corpus(documents: int, seed: int = 5, slip: float = 0.15) -> Floats:
    """Sums of documents with thirty turns and two coders who slip now and then."""
    random = np.random.default_rng(seed)
    truth = random.random((1, documents * 30)) < 0.3
    codes = (truth ^ (random.random((2, documents * 30)) < slip)).astype(int)
    return document_sums(codes, 2, np.repeat(np.arange(documents), 30))


def test_a_value_has_an_interval_around_it_from_five_documents_on() -> None:
    (found,) = estimates(corpus(5), krippendorff_alpha_nominal, worse_units, [None])
    assert found.interval is not None and found.value is not None
    assert found.interval.low < found.value < found.interval.high and found.interval.documents == 5
    (few,) = estimates(corpus(4), krippendorff_alpha_nominal, worse_units, [None])
    assert few.interval is None and few.no_interval is Undefined.FEW_DOCUMENTS and few.value is not None


def test_a_document_that_one_coder_read_is_no_document() -> None:
    alone = columns(np.array([[1, 0]])) * 30
    (found,) = estimates(np.concatenate([corpus(4), alone]), krippendorff_alpha_nominal, worse_units, [None])
    assert found.no_interval is Undefined.FEW_DOCUMENTS


def test_a_value_that_hangs_on_one_document_has_no_interval() -> None:
    none, one = columns(np.array([2, 0])) * 30, columns(np.array([2, 0])) * 20 + columns(np.array([1, 1])) * 10
    (found,) = estimates(np.stack([one, *[none] * 9]), krippendorff_alpha_nominal, worse_units, [None])
    assert found.value is not None and found.no_interval is Undefined.UNSTABLE


def test_full_agreement_is_not_certainty() -> None:
    (found,) = estimates(corpus(8, slip=0), percent_agreement, worse_units, [None], lowest=0.0)
    assert found.value == 1 and found.interval is not None
    assert found.interval.high == 1 and 0.97 < found.interval.low < 0.99  # 3.7 of 240 turns


def test_more_documents_make_it_narrower() -> None:
    widths = [float(high - low) for low, high in (bounds(corpus(n), percent_agreement, worse_units) for n in (8, 160))]
    assert widths[1] < widths[0] / 2


def test_an_undefined_value_says_why_and_has_no_interval() -> None:
    (found,) = estimates(corpus(6) * 0, krippendorff_alpha_nominal, worse_units, [Undefined.NOTHING_SHARED])
    assert found.value is None and found.undefined is found.no_interval is Undefined.NOTHING_SHARED


def test_a_pooled_value_has_one_interval() -> None:
    units = Units(np.repeat(np.arange(6), 5), np.ones((6, 2), bool))
    random = np.random.default_rng(1)
    coder, code, unit = random.integers(0, 2, 90), random.integers(0, 3, 90), random.integers(0, 30, 90)
    each = code_sums(cells(coder, code, unit, 3, units))
    assert len(estimates(each, krippendorff_alpha_nominal, worse_units, [None] * 3)) == 3
    (pooled,) = estimates(each, pooled_alpha, worse_units, [None])
    assert pooled.interval is not None and pooled.value is not None
    assert pooled.interval.low < pooled.value < pooled.interval.high


@pytest.mark.parametrize(("freedom", "point"), [(4, 2.7764), (9, 2.2622), (49, 2.0096)])
def test_students_t_is_that_of_the_tables(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=0.001)


def test_rare_codes_are_those_that_few_documents_hold() -> None:
    assert is_rare(0.03, 20) and not is_rare(0.03, 100) and not is_rare(0.2, 5)
    assert is_rare(0.99, 20)
