"""What a coding sheet forgives when it comes back, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hsreview.model.localized import Localized
from hsreview.workbook.coding_sheet import CodingSheet, SheetCode, SheetFacts, SheetRow, row_id, same_text, shown
from hsreview.workbook.coding_sheet_reading import Fault, FilledRow, FilledSheet, check_sheet
from hsreview.workbook.coding_sheet_writing import HEADER_ROW, write_coding_sheet
from hsreview.workbook.layout import height, lines

FACTS = SheetFacts(
    "s", "p", "t", "cso-1", "v", "c", "Awa", "", "sentence", "fr", "test", "1.0", "2026-01-01T00:00:00.000Z"
)


def a_code(ref: str, fr: str, en: str, *, codable: bool = True) -> SheetCode:
    return SheetCode(
        f"id-{ref}", ref, Localized(fr=fr, en=en), Localized(fr="Thème"), (f"Thème > {fr}",), codable=codable
    )


CODES = (
    a_code("D1", "Santé", "Health"),
    a_code("D2", "Coût – aide", "Cost: aid"),
    a_code("1.10", "Dixième", "Tenth"),
    a_code("K4", "Même nom", "Same name"),
    a_code("K5", "Même nom", "Other name"),
    a_code("X1", "Ancien", "Old", codable=False),
)


def answer(value: object, codes: tuple[SheetCode, ...] = CODES) -> tuple[str, ...] | str:
    """The ids that a code cell means, else the kind of fault."""
    row = FilledRow("s0-4", "A5", "Oui.", "E5", (("F5", value),), "", "J5")
    rows, faults = check_sheet(FilledSheet(FACTS, "Codage", (row,), ()), {"s0-4": "Oui."}, codes)
    if faults:
        assert [fault.cell for fault in faults] == ["F5"]
        return faults[0].key
    return rows[0].codes


@pytest.mark.parametrize(
    "value",
    ["D1", "d1", " D1 ", "D1.", "D1 – Santé", "D1 - sante", "d1: Health", "D1 — un libellé d’hier", "SANTÉ", "health",
     "Thème > Santé", "id-D1"],
)  # fmt: skip
def test_a_code_may_be_written_in_many_ways(value: str) -> None:
    assert answer(value) == ("id-D1",)


def test_labels_with_dashes_and_colons_are_known_too() -> None:
    for value in ("Coût – aide", "D2 – Coût – aide", "cout - aide", "Cost: aid", "D2: Cost: aid"):
        assert answer(value) == ("id-D2",)


def test_several_codes_in_one_cell() -> None:
    assert answer("D1; K4") == ("id-D1", "id-K4")
    assert answer("D1\nK5 – Même nom") == ("id-D1", "id-K5")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("Q9", "unknown_code"),
        ("Santées", "near"),
        ("Même nom", "several_codes"),
        ("D1 – Coût – aide", "two_codes"),
        ("X1", "not_codable"),
        ("D1; Q9", "unknown_code"),
        (2.5, "number"),
        (True, "number"),
    ],
)
def test_a_cell_that_names_no_code_or_two_is_refused(value: object, fault: str) -> None:
    assert answer(value) == fault


def test_a_number_counts_only_when_one_code_can_be_meant() -> None:
    assert answer(1.1) == ("id-1.10",)
    assert answer(1.1, (*CODES, a_code("1.1", "Premier", "First"))) == "number"


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("« Oui »\u202f? dit-il…", "\"Oui\"? dit-il..."),
        ("l’eau – c’est", "l'eau - c'est"),
        ("a -- b", "a — b"),
        ("un\u00a0: deux", "un: deux"),
        ("été", "e\u0301te\u0301"),
        ("  deux  blancs\n", "deux blancs"),
        ("“Yes,” she said", "\"Yes,\" she said"),
        ("co\u00adopération", "coopération"),
    ],
)  # fmt: skip
def test_what_typing_programs_change_is_tolerated(there: str, back: str) -> None:
    assert same_text(there, back)


@pytest.mark.parametrize(
    ("there", "back"),
    [("non", "Non"), ("l’eau", "leau"), ("3 femmes", "4 femmes"), ("été", "ete"), ("a.", "a"), ("a b", "ab")],
)
def test_a_real_change_is_not(there: str, back: str) -> None:
    assert not same_text(there, back)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30), st.characters(categories=["L", "N"])
)
def test_an_added_letter_is_always_noticed(text: str, letter: str) -> None:
    assert same_text(text, text)
    assert not same_text(text, text + letter + "x")


def test_rows_are_tall_enough_for_names_and_for_the_longest_choice(tmp_path: Path) -> None:
    rows = [
        SheetRow("", "1", "Un nom de locuteur qui est vraiment long", "Oui ?"),
        SheetRow("s0-4", "2.1", "R1", "Oui."),
    ]
    long = a_code("D9", "Un libellé qui ne tient pas sur une seule ligne", "Long")
    write_coding_sheet(CodingSheet(FACTS, Localized(), rows, [*CODES, long]), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    for number, cell in ((HEADER_ROW + 1, "D"), (HEADER_ROW + 2, "F")):
        shown_in_it = rows[0].speaker if cell == "D" else long.choice("fr")
        room = sheet.column_dimensions[cell].width
        assert sheet.row_dimensions[number].height >= height(lines(shown_in_it, room))


def test_the_id_of_a_row_cannot_be_read_as_a_number_or_date() -> None:
    assert row_id("sentence", 3, 12) == "s3-12"
    assert row_id("turn", 3, 12) == "t3-12"


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_still_matches() -> None:
    long = "mot " * 10_000
    assert len(shown(long)) < 32_767
    assert shown(long).endswith("[…]")
    row = FilledRow("t0-40000", "A5", shown(long), "E5", (), "", "J5")
    assert check_sheet(FilledSheet(FACTS, "Codage", (row,), ()), {"t0-40000": long}, CODES)[1] == []


def test_rows_are_refused_when_their_ids_are_strange_or_double() -> None:
    def row(number: int, key: str) -> FilledRow:
        codes = ((f"F{number}", "D1"),)
        return FilledRow(key, f"A{number}", "Oui.", f"E{number}", codes, "", f"J{number}")

    filled = FilledSheet(FACTS, "Codage", (row(5, "s0-4"), row(6, "s0-4"), row(7, "s9-12"), row(8, "")), ())
    rows, faults = check_sheet(filled, {"s0-4": "Oui."}, CODES)
    assert [(fault.cell, fault.key) for fault in faults] == [("E6", "twice"), ("E7", "unknown_row"), ("F8", "no_row")]
    assert faults[0].values == {"other": "E5"}
    assert len(rows) == 1


def test_a_fault_is_told_in_both_languages() -> None:
    fault = Fault("F5", "unknown_code", {"value": "Q9"})
    assert "Q9" in fault.sentence("fr")
    assert "grille" in fault.sentence("fr")
    assert "codebook" in fault.sentence("en")
