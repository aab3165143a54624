"""Names of sheets, tables and columns that a spreadsheet accepts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from hsreview.workbook.names import headers, quoted, sheet_name, short, table_name
from tests.workbook.structure import units


def test_french_titles_become_legal_sheet_names() -> None:
    assert sheet_name("Besoin : quoi / pourquoi ?") == "Besoin - quoi - pourquoi -"
    assert sheet_name("'Moteurs'") == "Moteurs"
    assert sheet_name("") == "-"
    assert sheet_name("Historique") != "Historique"


def test_long_and_equal_names_stay_apart() -> None:
    long = "Considérations et contraintes de conception"
    first = sheet_name(long)
    second = sheet_name(long.upper(), [first])
    assert first == "Considérations et contraintes d"
    assert second.endswith(" (2)") and units(second) <= 31


@given(st.lists(st.text(max_size=45), max_size=6))
def test_any_titles_give_legal_different_names(titles: list[str]) -> None:
    names: list[str] = []
    for title in titles:
        names.append(sheet_name(title, names))
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert name and units(name) <= 31
        assert not re.search(r"[:\\/?*\[\]\x00-\x1f]", name)
        assert not name.startswith("'") and not name.endswith("'")


def test_headers_are_filled_in_and_told_apart() -> None:
    assert headers(["Région", "région", "", "a\nb"]) == ["Région", "région (2)", "column 3", "a b"]


def test_table_names_never_look_like_a_cell() -> None:
    assert table_name("A1") == "t_A1"
    assert table_name("memos", ["T_MEMOS"]) == "t_memos_2"


def test_titles_are_cut_visibly_and_references_quoted() -> None:
    assert short("a" * 300) == "a" * 199 + "…"
    assert quoted("L'enjeu") == "'L''enjeu'"
