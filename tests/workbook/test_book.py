"""Sheets as they are written: hostile texts, long texts, too many rows, too many links."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table

from hsreview.base.errors import InputRefused
from hsreview.workbook import sheet as sheet_module
from hsreview.workbook.book import Book
from hsreview.workbook.layout import MAX_POINTS, header_text, height, lines, list_validation
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import MAX_COLUMNS, MAX_ROWS, Column, Plan, letter
from hsreview.workbook.styles import ID, LINK, TEXT
from tests.workbook.structure import problems
from tests.workbook.test_cells import HOSTILE

COLUMNS = (Column("Id", 10, ID, repeat=True), Column("Texte", 40, TEXT), Column("n", 8), Column("Suite", 8))
PLAN = Plan("texts", "Textes : d’essai", COLUMNS, table="texts", part=3)


def book(max_rows: int = MAX_ROWS) -> Book:
    """An empty workbook."""
    return Book(title="Essai", header="Essai & Cie", footer="hsreview", undefined="n. d.", max_rows=max_rows)


def values(path: Path, title: str) -> list[list[object]]:
    """The cells of a sheet, header included."""
    return [[cell.value for cell in row] for row in load_workbook(path)[title].iter_rows()]


def write(path: Path, rows: list[list[Value]], plan: Plan = PLAN, max_rows: int = MAX_ROWS) -> Book:
    """Write `rows` and check the file."""
    with book(max_rows) as made:
        sheet = made.sheet(plan, 1)
        for row in rows:
            sheet.row(row)
        made.save(path)
    assert problems(path) == []
    return made


def test_hostile_texts_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [[text, text, 1, None] for text in HOSTILE])
    cells = list(load_workbook(path)["Textes - d’essai"].iter_rows(min_row=2))
    assert [row[0].value for row in cells] == [row[1].value for row in cells] == HOSTILE
    assert {row[1].data_type for row in cells} == {"s"}
    assert {row[0].number_format for row in cells} == {"@"}
    assert [row[1].quotePrefix for row in cells[:8]] == [True, True, True, True, True, True, True, False]


def test_markup_and_replaced_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = write(
        path, [["a", '<b> & ]]> "c"', 1, None], ["b", "x\x0by\ufffe\ud83d", 1, None], ["c", "x\x0by", 2, None]]
    )
    assert [row[1] for row in values(path, "Textes - d’essai")[1:]] == ['<b> & ]]> "c"', "x␋y\ufffd\ufffd", "x␋y"]
    assert made.report.replaced == 4


def test_a_long_text_continues_below_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    long, emoji = "mot " * 10_000, "😀" * 20_000
    made = write(path, [["1", long, 7, None], ["2", emoji, 8, None], ["3", "court\x0b", 9, None]])
    rows = values(path, "Textes - d’essai")[1:]
    assert [row[0] for row in rows] == ["1", "1", "2", "2", "3"]
    assert [row[2] for row in rows] == [7, None, 8, None, 9]
    assert [row[3] for row in rows] == ["1/2", "2/2", "1/2", "2/2", None]
    assert "".join(str(row[1]) for row in rows[:2]) == long
    assert "".join(str(row[1]) for row in rows[2:4]) == emoji
    assert (made.report.split, made.report.replaced) == (2, 1)


def test_a_long_title_with_a_look_is_split_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [["1", Styled("t\x0b" * 20_000, TEXT), 1, None]])
    rows = values(path, "Textes - d’essai")[1:]
    assert "".join(str(row[1]) for row in rows) == "t␋" * 20_000


def test_what_is_no_number_is_written_as_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [["a", "", math.nan, None], ["b", "", 0.25, None], ["c", "", True, None], ["d", "", 1e-7, None]])
    assert [row[2] for row in values(path, "Textes - d’essai")[1:]] == ["n. d.", 0.25, True, 1e-7]


def test_more_rows_than_a_sheet_has_go_on_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [[str(n), "x", n, None] for n in range(25)], max_rows=11)
    names = load_workbook(path).sheetnames
    assert names == ["Textes - d’essai", "Textes - d’essai (2)", "Textes - d’essai (3)"]
    sheets = [values(path, name) for name in names]
    assert {tuple(sheet[0]) for sheet in sheets} == {("Id", "Texte", "n", "Suite")}
    assert [row[2] for sheet in sheets for row in sheet[1:]] == list(range(25))


@pytest.mark.deep
def test_a_million_rows_and_some_make_two_sheets(tmp_path: Path) -> None:
    with book() as made:
        sheet = made.sheet(Plan("many", "Many", (Column("n", 8),), table="many"), 1)
        for number in range(MAX_ROWS + 4):
            sheet.row([number])
        assert [part.rows for part in sheet.parts] == [MAX_ROWS, 6]
        made.save(tmp_path / "a.xlsx")
    with (tmp_path / "a.xlsx").open("rb") as file:
        assert file.read(2) == b"PK"


def test_links_stop_at_the_limit_and_the_text_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MAX_LINKS", 3)
    plan = Plan("links", "Liens", (Column("A", 8),))
    with book() as made:
        sheet = made.sheet(plan, 1)
        for number in range(5):
            sheet.row([Styled(f"n{number}", LINK, "'Liens'!A1")])
        made.save(tmp_path / "a.xlsx")
    assert sheet.links_left_out == 2
    cells = [row[0] for row in load_workbook(tmp_path / "a.xlsx")["Liens"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["n0", "n1", "n2", "n3", "n4"]
    assert [cell.hyperlink is not None for cell in cells] == [True, True, True, False, False]


def test_an_empty_sheet_is_a_valid_table(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [])


def test_more_columns_than_a_spreadsheet_has_are_refused() -> None:
    columns = tuple(Column(f"c{n}", 5) for n in range(MAX_COLUMNS + 1))
    with book() as made, pytest.raises(InputRefused, match="columns"):
        made.sheet(Plan("wide", "Wide", columns), 1)


def test_sheets_stand_in_their_order_whenever_they_were_made(tmp_path: Path) -> None:
    with book() as made:
        for order, title in ((2, "deux"), (3, "trois"), (1, "un")):
            made.sheet(Plan(title, title, COLUMNS), order).row([title, "", 0, None])
        made.save(tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["un", "deux", "trois"]
    assert values(tmp_path / "a.xlsx", "trois")[1][0] == "trois"


def test_rows_are_tall_enough_for_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(
        path,
        [["a", "mot " * 100, 1, None], ["b", "a\nb\nc", 1, None], ["c", "court", 1, None], ["d", "x\n" * 99, 1, None]],
    )
    heights = [load_workbook(path)["Textes - d’essai"].row_dimensions[n].height for n in (2, 3, 4, 5)]
    assert heights[0] >= 10 * 12 and heights[1] == height(3)
    assert heights[2] is None and heights[3] == MAX_POINTS
    assert lines("", 10) == 1


def test_page_headers_hold_no_codes_of_the_text() -> None:
    assert header_text("Essai & Cie\n2016", 50) == "Essai && Cie 2016"
    assert len(header_text("&" * 300, 65)) <= 65


def test_the_letters_of_columns() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702, MAX_COLUMNS - 1)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_a_list_to_choose_from_is_a_range(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Choix"
    for number in range(1, 4):
        sheet.cell(number, 1, "oui")
    sheet.add_data_validation(list_validation("B1:B9", "Choix", "$A$1:$A$3"))
    workbook.save(tmp_path / "a.xlsx")
    assert problems(tmp_path / "a.xlsx") == []


@pytest.mark.filterwarnings("ignore:File may not be readable")
def test_the_structural_check_sees_what_excel_repairs(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (["a", "a"], [1, "=1+1"]):
        sheet.append(row)
    sheet["A2"].hyperlink = "#Sheet!A1"
    sheet.add_table(Table(displayName="A1", ref="A1:B2"))
    sheet.auto_filter.ref = "A1:B2"
    sheet.merge_cells("A1:B1")
    workbook.save(tmp_path / "a.xlsx")
    found = " ".join(problems(tmp_path / "a.xlsx"))
    for fault in ("formula", "outside the file", "table and a filter", "illegal table name", "merged cells", "header"):
        assert fault in found
