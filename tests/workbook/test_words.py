"""The workbook's own words: two languages, nothing missing."""

from __future__ import annotations

from enum import Enum

import pytest

from hsreview.model.codebook import HUES, Status
from hsreview.model.coding import Origin
from hsreview.model.localized import Localized
from hsreview.model.people import ConsentStatus
from hsreview.model.text import Role
from hsreview.model.transcript import Kind
from hsreview.workbook.sheets import SHEETS
from hsreview.workbook.words import Words


@pytest.mark.parametrize(
    ("prefix", "values"),
    [("status", Status), ("origin", Origin), ("role", Role), ("kind", Kind), ("consent", ConsentStatus)],
)
def test_every_value_of_the_model_has_its_words(prefix: str, values: type[Enum]) -> None:
    words = Words("fr")
    for value in values:
        assert words(f"{prefix}_{value.value}")


def test_every_hue_and_sheet_has_its_words() -> None:
    for hue in HUES:
        assert Words("en").known("hue", hue) == hue
    for sheet in SHEETS:
        assert Words("both").title(sheet.key)
        assert sheet.last or Words("fr")(f"about_{sheet.key}")


def test_both_languages_stand_side_by_side_where_they_differ() -> None:
    words = Words("both")
    assert words("theme") == "Thème / Theme"
    assert words("segments") == "Segments"
    assert words("level", n=2) == "Niveau 2 / Level 2"
    assert words.join(Localized(fr="", en="Only English")) == "Only English"
    assert words.title("theme_interview") == "Thème×Entretien Theme×Interview"


def test_a_number_brings_its_noun_in_the_right_form() -> None:
    assert Words("fr")("rows", n=0) == "0 ligne" and Words("en")("rows", n=0) == "0 rows"
    assert Words("both")("rows", n=1) == "1 ligne / 1 row"
    assert Words("both")("on_segments", codings=2, segments=1) == "2 codages sur 1 segment / 2 codings on 1 segment"
    basis = {"layer": "A", "reviewed": 1, "all": 6, "begun": 0, "codings": 1, "codebook": "x", "version": 1}
    for key in ("basis", "basis_begun"):
        assert "1 entretien relu sur 6" in Words("fr")(key, **basis) and "1 codage ·" in Words("fr")(key, **basis)
        assert "1 of 6 interviews reviewed" in Words("en")(key, **basis) and "1 coding ·" in Words("en")(key, **basis)


def test_an_unknown_value_stays_as_it_is() -> None:
    assert Words("fr").known("status", "something new") == "something new"


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="de"):
        Words("de")
