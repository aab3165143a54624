"""What a coded segment is fit for, and whose words a sentence repeats."""

from __future__ import annotations

import pytest

from hsreview.framework.building import BY_CODE, parent_for, suggestion
from hsreview.framework.chain import Framework
from hsreview.model.framework import EvidenceRole, Row, RowKind, RowStatus, Stance
from hsreview.model.framework_columns import COLUMNS, fits
from hsreview.privacy.repeating import repeated


@pytest.mark.parametrize(
    ("refs", "kind", "role"),
    [
        (["M2", "M"], RowKind.INDICATOR, EvidenceRole.INDICATOR),
        (["M4", "M"], RowKind.INDICATOR, EvidenceRole.BASELINE),
        (["M2.1", "M2", "M"], RowKind.INDICATOR, EvidenceRole.INDICATOR),
        (["M77", "M"], RowKind.FINDING, EvidenceRole.NONE),
        (["D4", "D"], RowKind.FINDING, EvidenceRole.NONE),
        (["P7", "P"], RowKind.OUTCOME, EvidenceRole.OUTCOME),
        (["M9", "M"], RowKind.RECOMMENDATION, EvidenceRole.NONE),
    ],
)
def test_a_code_suggests_a_kind_of_row_and_what_it_is_about(refs: list[str], kind: RowKind, role: EvidenceRole) -> None:
    found = suggestion(refs, {})
    assert (found.kind, found.role) == (kind, role)


def test_the_level_of_a_marker_comes_from_its_modifier_and_of_nothing_else() -> None:
    assert suggestion(["M3"], {"marker_level": "love"}).cells == {"level": "love"}
    assert suggestion(["M3"], {"marker_level": "adore"}).cells == {}
    assert suggestion(["M2"], {"marker_level": "love"}).cells == {}


def test_a_risk_limits_a_row_that_is_there_already() -> None:
    assert suggestion(["M10"], {}).stance is Stance.QUALIFIES and suggestion(["M10"], {}).role is EvidenceRole.RISK


def test_what_suggestions_fill_in_fits_the_columns() -> None:
    for found in [*BY_CODE.values(), suggestion(["M3"], {"marker_level": "like"})]:
        columns = {column.key: column for column in COLUMNS[found.kind]}
        assert all(fits(columns[key], value) for key, value in found.cells.items())


def test_a_row_that_is_made_beside_another_stands_under_the_nearest_that_may_be_above_it() -> None:
    strategy = Row("s", RowKind.STRATEGY, "ST1", RowStatus.ACTIVE)
    outcome = Row("o", RowKind.OUTCOME, "OC1", RowStatus.DRAFT, "s")
    marker = Row("m", RowKind.MARKER, "PM1", RowStatus.DRAFT, "o")
    finding = Row("f", RowKind.FINDING, "F1", RowStatus.DRAFT)
    found = Framework([strategy, outcome, marker, finding], ())
    assert parent_for(found, RowKind.INDICATOR, marker) is marker
    assert parent_for(found, RowKind.MARKER, marker) is outcome
    assert parent_for(found, RowKind.OUTCOME, marker) is strategy
    assert parent_for(found, RowKind.FINDING, marker) is None
    assert parent_for(found, RowKind.INDICATOR, finding) is None
    assert parent_for(found, RowKind.INDICATOR, None) is None


def test_five_words_in_a_row_are_the_speakers_whatever_their_case_and_accents() -> None:
    said = "Le gouverneur nous a reçus trois fois cette année-là, pas plus."
    assert repeated("LE GOUVERNEUR nous a recus : bien", said) == "le gouverneur nous a recus"
    assert repeated("Le gouverneur nous a vus trois fois", said) == ""
    assert repeated("", said) == repeated("quatre mots ne suffisent", said) == ""
