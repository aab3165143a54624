"""Writes a coding sheet: the rows to code, the codes with their rules, and how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.workbook.cells import TEXT_FORMAT, Report, put_text
from hsreview.workbook.coding_sheet import CODE_COLUMNS, ID_HEADING, META, CodingSheet, SheetRow, shown
from hsreview.workbook.coding_sheet_words import word
from hsreview.workbook.layout import height, lines, list_validation, set_page
from hsreview.workbook.saving import save
from hsreview.workbook.styles import FONT, HEADER_FILL, HUE_FILLS, INK, LINE, THEME_FILL

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4
_WIDTHS = (14, 6, 13, 16, 60, *(24,) * CODE_COLUMNS, 30)
_SPEAKER, _TEXT, _FIRST_CODE = 4, 5, 6
_REMARK = _FIRST_CODE + CODE_COLUMNS
_TALLEST_CHOICE = 3
_READ_ONLY_INK = "4B5563"
"""Dark enough (7:1) for the questions to be read on their grey ground."""
_CODE_WIDTHS = (30, 22, 44, 40, 40, 40)


def write_coding_sheet(sheet: CodingSheet, path: Path) -> None:
    """Write `sheet` to `path`; raises OSError. No cell is a formula, and what is typed into it stays text."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "hsreview"
    workbook.properties.title = shown(sheet.facts.transcript)
    workbook.remove(workbook.worksheets[0])
    writer = _Writer(workbook, sheet)
    writer.rows()
    writer.codes()
    writer.how_to()
    writer.facts()
    save(workbook, path)


class _Writer:
    def __init__(self, workbook: Workbook, sheet: CodingSheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.workbook, self.sheet = workbook, sheet
        self.language = sheet.facts.language
        self.report = Report()
        ink = f"FF{INK}"
        self.font = Font(name=FONT, size=10, color=ink)
        self.bold = Font(name=FONT, size=10, color=ink, bold=True)
        self.title = Font(name=FONT, size=14, color=ink, bold=True)
        self.read_only = Font(name=FONT, size=10, color=f"FF{_READ_ONLY_INK}", italic=True)
        self.header_fill = PatternFill("solid", fgColor=f"FF{HEADER_FILL}")
        self.locked = PatternFill("solid", fgColor=f"FF{THEME_FILL}")
        thin = Side("thin", color=f"FF{LINE}")
        self.lines = Border(top=thin, bottom=thin, left=thin, right=thin)
        self.top = Alignment(vertical="top", wrap_text=True)
        self.centre = Alignment(horizontal="center", vertical="top")
        self.flat = Alignment(vertical="center")
        self.middle = Alignment(vertical="center", wrap_text=True)
        choices = (code.choice(self.language) for code in sheet.codes if code.codable)
        needed = max((lines(choice, _WIDTHS[_FIRST_CODE - 1]) for choice in choices), default=1)
        self.choice_lines = min(needed, _TALLEST_CHOICE)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language, **values)

    def put(self, sheet: Worksheet, row: int, column: int, text: str) -> Cell:
        cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
        cell.font, cell.alignment = self.font, self.top
        cell.number_format = TEXT_FORMAT
        if text:
            put_text(cell, text, self.report, number_format=TEXT_FORMAT)
        return cell

    def header(self, sheet: Worksheet, row: int, texts: tuple[str, ...], widths: tuple[int, ...]) -> None:
        from openpyxl.utils import get_column_letter

        for number, (text, width) in enumerate(zip(texts, widths, strict=True), 1):
            cell = self.put(sheet, row, number, text)
            cell.font, cell.fill, cell.alignment, cell.border = self.bold, self.header_fill, self.middle, self.lines
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.row_dimensions[row].height = height(2)

    def rows(self) -> None:
        """The sheet to code on."""
        facts = self.sheet.facts
        sheet = self.workbook.create_sheet(self.word("sheet"))
        self.put(sheet, 1, 2, self.word("title", transcript=shown(facts.transcript))).font = self.title
        label = shown(self.sheet.pass_label.get(self.language) or facts.pass_)
        pass_ = self.word("pass_", name=label) if label else ""
        subtitle = self.word(
            "subtitle", coder=facts.coder, codebook=facts.codebook, version=facts.codebook_version, pass_=pass_
        )
        self.put(sheet, 2, 2, subtitle)
        self.put(sheet, 3, 2, self.word("confidential")).font = self.bold
        for row in (1, 2, 3):
            sheet.cell(row, 2).alignment = self.flat
        codes = tuple(f"{self.word('code')} {number}" for number in range(1, CODE_COLUMNS + 1))
        place = self.word("place" if facts.unit == "sentence" else "turn")
        texts = (ID_HEADING, self.word("number"), place, self.word("speaker"), self.word("text"), *codes)
        self.header(sheet, HEADER_ROW, (*texts, self.word("remark")), _WIDTHS)
        sheet.column_dimensions["A"].hidden = True
        for number, unit in enumerate(self.sheet.rows, 1):
            self.row(sheet, HEADER_ROW + number, number, unit)
        last = HEADER_ROW + max(1, len(self.sheet.rows))
        sheet.auto_filter.ref = f"A{HEADER_ROW}:J{last}"
        sheet.freeze_panes = f"D{HEADER_ROW + 1}"
        self.lists(sheet)
        # The first column is hidden and takes no room.
        self.page(sheet, f"{HEADER_ROW}:{HEADER_ROW}", widths=(0, *_WIDTHS[1:]), kept=(1, _TEXT))

    def row(self, sheet: Worksheet, at: int, number: int, row: SheetRow) -> None:
        text = shown(row.text)
        for column, value in enumerate((row.id, "", row.place, shown(row.speaker), text), 1):
            cell = self.put(sheet, at, column, value)
            cell.fill, cell.border = self.locked, self.lines
            if not row.id:
                cell.font = self.read_only
        counter = sheet.cell(at, 2)
        counter.alignment = self.centre
        counter.value, counter.number_format = number, "0"
        for column in range(_FIRST_CODE, _REMARK + 1):
            cell = self.put(sheet, at, column, "")
            cell.border = self.lines
            if not row.id:
                cell.fill = self.locked
        columns = ((text, _TEXT), (shown(row.speaker), _SPEAKER))
        tallest = max(lines(words, _WIDTHS[column - 1]) for words, column in columns)
        sheet.row_dimensions[at].height = height(max(self.choice_lines if row.id else 1, tallest))

    def lists(self, sheet: Worksheet) -> None:
        """Lists to choose from beside the rows that are for coding, one rule for each run of them."""
        from openpyxl.utils import get_column_letter

        count = sum(code.codable for code in self.sheet.codes)
        if not count:
            return
        first, last = get_column_letter(_FIRST_CODE), get_column_letter(_REMARK - 1)
        rule = None
        for start, end in _runs(self.sheet.rows):
            cells = f"{first}{HEADER_ROW + start}:{last}{HEADER_ROW + end}"
            if rule is None:
                rule = list_validation(cells, self.word("codes"), f"$A$2:$A${count + 1}")
                rule.showErrorMessage, rule.errorStyle = True, "warning"
                rule.error = self.word("not_in_list")
                sheet.add_data_validation(rule)
            else:
                rule.add(cells)

    def codes(self) -> None:
        """The codes that the lists offer, in their order, with their rules."""
        from openpyxl.styles import PatternFill

        sheet = self.workbook.create_sheet(self.word("codes"))
        keys = ("code", "theme", "definition", "use", "not_use", "example")
        self.header(sheet, 1, tuple(self.word(key) for key in keys), _CODE_WIDTHS)
        codable = [code for code in self.sheet.codes if code.codable]
        for number, code in enumerate(codable, 2):
            texts = (code.theme, code.definition, code.use, code.not_use, code.example)
            values = [code.choice(self.language), *(shown(text.get(self.language)) for text in texts)]
            for column, value in enumerate(values, 1):
                cell = self.put(sheet, number, column, value)
                cell.border = self.lines
            first = sheet.cell(number, 1)
            first.font = self.bold
            if code.hue in HUE_FILLS:
                first.fill = PatternFill("solid", fgColor=f"FF{HUE_FILLS[code.hue]}")
            tallest = max(lines(value, width) for value, width in zip(values, _CODE_WIDTHS, strict=True))
            sheet.row_dimensions[number].height = height(tallest)
        sheet.freeze_panes = "B2"
        self.page(sheet, "1:1", widths=_CODE_WIDTHS, kept=(0, 1))

    def how_to(self) -> None:
        sheet = self.workbook.create_sheet(self.word("help"))
        sheet.column_dimensions["A"].width = 110
        example = next((code.ref for code in self.sheet.codes if code.codable), "D1")
        for number in range(7):
            text = self.word(f"how_{number}", example=example)
            cell = self.put(sheet, number + 1, 1, text)
            cell.font = self.title if number == 0 else self.font
            sheet.row_dimensions[number + 1].height = height(lines(text, 110) + 1)
        self.page(sheet, "")

    def facts(self) -> None:
        """What the sheet belongs to, for reading it back."""
        sheet = self.workbook.create_sheet(META)
        for number, (name, value) in enumerate(self.sheet.facts.pairs(), 1):
            self.put(sheet, number, 1, name)
            self.put(sheet, number, 2, value)
        sheet.sheet_state = "hidden"

    def page(
        self, sheet: Worksheet, titles: str, *, widths: Sequence[float] = (), kept: tuple[int, int] = (0, 0)
    ) -> None:
        sheet.sheet_view.showGridLines = False
        facts = self.sheet.facts
        left = f"{facts.transcript} · {facts.coder} · {self.word('outside')}"
        set_page(sheet, left=left, right=sheet.title, footer="hsreview", titles=titles, widths=widths, kept=kept)


def _runs(rows: Sequence[SheetRow]) -> list[tuple[int, int]]:
    """First and last number of each run of rows that are for coding, counted from 1."""
    runs = [[number for number, _row in run] for codable, run in groupby(enumerate(rows, 1), _codable) if codable]
    return [(run[0], run[-1]) for run in runs]


def _codable(numbered: tuple[int, SheetRow]) -> bool:
    return bool(numbered[1].id)
