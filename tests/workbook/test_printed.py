"""Sheets on paper: what is too wide to be read on one page goes on on the next, and no chart is cut."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.workbook.book import Book
from hsreview.workbook.layout import PAGE_WIDTH, pages_across, set_page
from hsreview.workbook.sheet import Bars, Column, Plan
from hsreview.workbook.words import Words
from tests.analysis.layers import a_layer
from tests.workbook.everything import everything


def printed(widths: tuple[float, ...], kept: tuple[int, int]) -> tuple[int | None, str | None]:
    """Pages beside each other, and the columns repeated on each of them."""
    sheet = Workbook().worksheets[0]
    set_page(sheet, left="", right="", footer="", widths=widths, kept=kept)
    return sheet.page_setup.fitToWidth, sheet.print_title_cols


def test_columns_that_fit_stay_on_one_page() -> None:
    assert printed((30, 60, 60), (0, 1)) == (1, None)


def test_what_is_too_wide_goes_on_beside_its_first_columns() -> None:
    assert printed((30, 10, *(24,) * 12), (0, 2)) == (2, "$A:$B")


def test_columns_that_would_fill_the_page_are_not_repeated() -> None:
    assert printed((150, 60, 60), (0, 2)) == (2, None)


@given(st.lists(st.floats(3, 100), min_size=1, max_size=60), st.integers(0, 4))
def test_no_page_is_wider_than_what_can_be_read(widths: list[float], frozen: int) -> None:
    pages = pages_across(widths, (0, frozen))
    repeated = sum(widths[:frozen]) if sum(widths[:frozen]) <= PAGE_WIDTH / 2 else 0
    assert sum(widths) + (pages - 1) * repeated <= pages * PAGE_WIDTH + 1e-6
    assert pages == 1 or sum(widths) > PAGE_WIDTH


def saved(tmp_path: Path, plan: Plan, rows: Sequence[Sequence[object]]) -> Worksheet:
    """The sheet of this plan as it stands in a file."""
    with Book(title="Essai", header="Essai", footer="hsreview", undefined="n. d.") as book:
        sheet = book.sheet(plan, 0)
        for row in rows:
            sheet.row(row)  # type: ignore[arg-type]
        book.save(tmp_path / "a.xlsx")
    found = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def test_a_wide_sheet_of_the_workbook_repeats_its_first_columns(tmp_path: Path) -> None:
    columns = tuple(Column(str(number), 40) for number in range(8))
    sheet = saved(tmp_path, Plan("quotes", "Citations", columns, freeze=1), [["x"] * 8])
    assert sheet.page_setup.fitToWidth == 2 and sheet.print_title_cols == "$A:$A"


def test_what_is_not_printed_takes_no_room_on_paper(tmp_path: Path) -> None:
    columns = tuple(Column(str(number), 40) for number in range(8))
    sheet = saved(tmp_path, Plan("quotes", "Citations", columns, printed=4), [["x"] * 8])
    assert sheet.page_setup.fitToWidth == 1


@pytest.mark.parametrize(("rows", "tall"), [(12, 1), (400, 0)])
def test_a_chart_is_printed_whole_beside_its_rows(tmp_path: Path, rows: int, tall: int) -> None:
    plan = Plan("charts", "Graphiques", (Column("Thème", 40), Column("Entretiens", 12)), bars=Bars("Titre", "Axe"))
    sheet = saved(tmp_path, plan, [[f"T{number}", number] for number in range(rows)])
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, tall)


def test_the_page_header_holds_the_whole_basis_within_what_excel_allows(tmp_path: Path) -> None:
    basis = (
        "INTERNE · Exemple : une revue au long nom (inventée) · Couche : Aïcha · 11 entretiens relus sur 12 "
        "(commencés, comptés à part : 1) · 237 codages · grille un-nom-de-grille 1.0.0"
    )
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    set_page(sheet, left=basis, right="T" * 31, footer="&" * 300)
    workbook.save(tmp_path / "a.xlsx")
    found = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    header = found.oddHeader
    assert header is not None and header.left is not None and header.right is not None
    assert header.left.text == basis and header.right.text == "T" * 31
    with ZipFile(tmp_path / "a.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    parts = re.findall(r"<odd(?:Header|Footer)>(.*?)</odd", xml)
    assert len(parts) == 2 and all(len(html.unescape(part)) <= 255 for part in parts)


def test_rows_to_be_followed_on_screen_are_not_printed(tmp_path: Path) -> None:
    columns = (Column("Cellule", 20), Column("Codage", 20))
    plan = Plan("cells", "Cellules", columns, top=(["Titre"],), on_screen="À l’écran")
    sheet = saved(tmp_path, plan, [["a", "b"]] * 5_000)
    assert sheet.print_area == "'Cellules'!$A$1:$B$2"
    assert sheet.oddFooter is not None and sheet.oddFooter.left is not None
    assert sheet.oddFooter.left.text == "hsreview · À l’écran"


def test_a_sheet_for_the_screen_takes_one_page(tmp_path: Path) -> None:
    columns = tuple(Column(str(number), 40) for number in range(60))
    sheet = saved(tmp_path, Plan("wide", "0-1", columns, on_screen="À l’écran"), [["x"] * 60] * 300)
    assert sheet.print_area == "'0-1'!$A$1:$E$1" and sheet.page_setup.fitToWidth == 1


SCREEN = ("segments_wide", "agreement_values", "overlaps", "counts", "audit", "cells")


def test_what_stands_behind_numbers_is_not_printed_and_what_is_read_is(tmp_path: Path) -> None:
    book = load_workbook(everything(a_layer(2), tmp_path / "a.xlsx").path)
    words = Words("en")
    screen = {words.title(key) for key in SCREEN}
    assert screen < set(book.sheetnames)
    for sheet in book.worksheets:
        assert isinstance(sheet, Worksheet) and sheet.oddFooter is not None and sheet.oddFooter.left is not None
        told = words("note_on_screen") in (sheet.oddFooter.left.text or "")
        assert told == (sheet.title in screen), sheet.title
        assert not told or int(sheet.print_area.rpartition("$")[2]) <= 10
