"""Writes the sheet of a framework matrix: summaries to fill in, and the words that they rest on."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.model.framework_matrix import Cell, Charted, Empty
from hsreview.workbook.cells import MAX_UNITS, TEXT_FORMAT, Report, clean, pieces, put_text, units
from hsreview.workbook.framework_sheet import (
    CELL,
    ID_HEADING,
    META,
    STATUS_MARK,
    FrameworkSheet,
    digest,
    row_id,
)
from hsreview.workbook.layout import height, lines, list_validation, set_page
from hsreview.workbook.saving import save
from hsreview.workbook.styles import FONT, HEADER_FILL, INK, LINE, THEME_FILL
from hsreview.workbook.words_framework import HOW_TO, word

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

IDS_ROW, HEADER_ROW = 4, 5
_CASE, _GROUP, _ATTRIBUTE, _THEME, _STATUS = 20, 13, 13, 42, 10
_THEMES_ON_A_PAGE = 3
_QUIET = "4B5563"
_ROOM = MAX_UNITS - 200
"""UTF-16 units of a summary that are shown when it is longer than a cell."""


def write_framework_sheet(sheet: FrameworkSheet, path: Path) -> int:
    """Write `sheet` to `path`; raises OSError. Returns how many summaries were too long to be shown whole.

    No cell is a formula, and what is typed into the cells for summaries stays text.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "hsreview"
    workbook.remove(workbook.worksheets[0])
    writer = _Writer(workbook, sheet)
    writer.matrix()
    writer.segments()
    writer.how_to()
    writer.meta()
    save(workbook, path)
    return writer.too_long


class _Writer:
    def __init__(self, workbook: Workbook, sheet: FrameworkSheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.workbook, self.sheet, self.language = workbook, sheet, sheet.facts.language
        self.report = Report()
        self.too_long = 0
        self.shown: dict[tuple[str, str], tuple[str, bool]] = {}
        ink = f"FF{INK}"
        self.font = Font(name=FONT, size=10, color=ink)
        self.bold = Font(name=FONT, size=10, color=ink, bold=True)
        self.title = Font(name=FONT, size=14, color=ink, bold=True)
        self.quiet = Font(name=FONT, size=10, color=f"FF{_QUIET}", italic=True)
        self.header_fill = PatternFill("solid", fgColor=f"FF{HEADER_FILL}")
        self.locked = PatternFill("solid", fgColor=f"FF{THEME_FILL}")
        thin = Side("thin", color=f"FF{LINE}")
        self.lines = Border(top=thin, bottom=thin, left=thin, right=thin)
        self.top = Alignment(vertical="top", wrap_text=True)
        self.flat = Alignment(vertical="center")
        self.middle = Alignment(vertical="center", wrap_text=True)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language, **values)

    def put(self, sheet: Worksheet, row: int, column: int, text: str) -> SheetCell:
        cell: SheetCell = sheet.cell(row, column)  # type: ignore[assignment]
        cell.font, cell.alignment, cell.number_format = self.font, self.top, TEXT_FORMAT
        if text:
            parts = pieces(clean(text, Report()), _ROOM)
            put_text(cell, parts[0] if len(parts) == 1 else parts[0] + "…", self.report, number_format=TEXT_FORMAT)
        return cell

    def header(self, sheet: Worksheet, row: int, texts: list[tuple[str, int]]) -> None:
        from openpyxl.utils import get_column_letter

        for number, (text, width) in enumerate(texts, 1):
            cell = self.put(sheet, row, number, text)
            cell.font, cell.fill, cell.alignment, cell.border = self.bold, self.header_fill, self.middle, self.lines
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.row_dimensions[row].height = height(max(lines(text, width * 0.8) for text, width in texts))

    def matrix(self) -> None:
        """The sheet to fill in."""
        from openpyxl.utils import get_column_letter

        facts, matrix = self.sheet.facts, self.sheet.matrix
        sheet = self.workbook.create_sheet(self.word("sheet"))
        cases = self.word(f"case_{facts.case_kind}")
        self.put(sheet, 1, 2, self.word("title", cases=cases)).font = self.title
        subtitle = self.word(
            "subtitle", layer=facts.layer, codebook=facts.codebook, version=facts.codebook_version,
            reviewed=matrix.reviewed, interviews=matrix.interviews,
        )  # fmt: skip
        self.put(sheet, 2, 2, subtitle)
        self.put(sheet, 3, 2, self.word("confidential")).font = self.bold
        for row in (1, 2, 3):
            sheet.cell(row, 2).alignment = self.flat
        texts = [(ID_HEADING, 18), (self.word("case"), _CASE), (self.word("group"), _GROUP)]
        texts += [(name, _ATTRIBUTE) for name in self.sheet.attributes]
        first = len(texts) + 1
        for theme in matrix.themes:
            label = theme.label.get(self.language)
            texts += [(f"{theme.ref} · {label}" if label else theme.ref, _THEME), (self.word("status"), _STATUS)]
        self.header(sheet, HEADER_ROW, texts)
        self.put(sheet, IDS_ROW, 1, ID_HEADING)
        for number, theme in enumerate(matrix.themes):
            self.put(sheet, IDS_ROW, first + 2 * number, theme.id)
            self.put(sheet, IDS_ROW, first + 2 * number + 1, STATUS_MARK + theme.id)
        sheet.row_dimensions[IDS_ROW].hidden = True
        sheet.column_dimensions["A"].hidden = True
        for at, case in enumerate(matrix.cases, HEADER_ROW + 1):
            known = [str(case.attributes.get(name) or "") for name in self.sheet.attributes]
            for column, value in enumerate((row_id(facts.case_kind, case.id), case.name, case.group, *known), 1):
                cell = self.put(sheet, at, column, value)
                cell.fill, cell.border = self.locked, self.lines
            tallest = max(4, lines(case.name, _CASE))
            for number, theme in enumerate(matrix.themes):
                tallest = max(tallest, self.cell(sheet, at, first + 2 * number, matrix.cell(case, theme)))
            sheet.row_dimensions[at].height = height(tallest)
        last = HEADER_ROW + max(1, len(matrix.cases))
        end = get_column_letter(len(texts))
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{end}{last}"
        sheet.freeze_panes = f"C{HEADER_ROW + 1}"
        for number in range(len(matrix.themes)):
            letter = get_column_letter(first + 2 * number + 1)
            rule = list_validation(f"{letter}{HEADER_ROW + 1}:{letter}{last}", META, f"$E$1:$E${len(Charted)}")
            sheet.add_data_validation(rule)
        self.page(sheet, f"{HEADER_ROW}:{HEADER_ROW}")
        sheet.page_setup.fitToWidth = max(1, math.ceil(len(matrix.themes) / _THEMES_ON_A_PAGE))
        sheet.print_title_cols = "B:B"

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> int:
        """Write a summary and its state; the lines that it takes."""
        text, cut = cell.text, False
        if units(text) > MAX_UNITS:
            text, cut = f"{pieces(text, _ROOM)[0]} {self.word('cut')}", True
            self.too_long += 1
        noted = cell.empty not in (Empty.NO, Empty.TO_DO)
        text = self.word(f"empty_{cell.empty}") if noted else clean(text, self.report)
        self.shown[cell.case.id, cell.theme.id] = (text, cut)
        written: SheetCell = sheet.cell(row, column)  # type: ignore[assignment]
        written.font, written.alignment = self.quiet if noted else self.font, self.top
        written.number_format, written.border = TEXT_FORMAT, self.lines
        if text:
            put_text(written, text, self.report, number_format=TEXT_FORMAT)
        state = self.put(sheet, row, column + 1, "" if noted else self.word(f"status_{cell.status}"))
        state.border = self.lines
        return lines(text, _THEME)

    def segments(self) -> None:
        """The words behind the cells, to be read."""
        sheet = self.workbook.create_sheet(self.word("segments"))
        widths = (("case", 20), ("theme", 9), ("place", 22), ("code", 9), ("words", 90), ("linked", 9))
        self.header(sheet, 1, [(self.word(key), width) for key, width in widths])
        for at, each in enumerate(self.sheet.segments, 2):
            linked = self.word("yes") if each.linked else ""
            for column, value in enumerate((each.case, each.theme, each.place, each.code, each.text, linked), 1):
                self.put(sheet, at, column, value)
            sheet.row_dimensions[at].height = height(lines(each.text, 90))
        sheet.auto_filter.ref = f"A1:F{max(2, len(self.sheet.segments) + 1)}"
        sheet.freeze_panes = "A2"
        self.page(sheet, "1:1")

    def how_to(self) -> None:
        sheet = self.workbook.create_sheet(self.word("help"))
        sheet.column_dimensions["A"].width = 110
        for number in range(HOW_TO):
            text = self.word(f"how_{number}")
            self.put(sheet, number + 1, 1, text).font = self.title if number == 0 else self.font
            sheet.row_dimensions[number + 1].height = height(lines(text, 110) + 1)
        self.page(sheet, "")

    def meta(self) -> None:
        """What the sheet belongs to, and what every cell showed, for reading it back."""
        sheet = self.workbook.create_sheet(META)
        pairs = self.sheet.facts.pairs()
        for number, (name, value) in enumerate(pairs, 1):
            self.put(sheet, number, 1, name)
            self.put(sheet, number, 2, value)
        for number, status in enumerate(Charted, 1):
            self.put(sheet, number, 5, self.word(f"status_{status}"))
        kind = self.sheet.facts.case_kind
        for number, ((case, theme), cell) in enumerate(self.sheet.matrix.cells.items(), len(pairs) + 1):
            text, cut = self.shown[case, theme]
            behind = " ".join(self.sheet.behind.get((case, theme), ())[:800])
            base = (digest(cell.text), str(cell.status), digest(text), "cut" if cut else "", behind)
            values = (CELL, row_id(kind, case), theme, *base)
            for column, value in enumerate(values, 1):
                self.put(sheet, number, column, value)
        sheet.sheet_state = "hidden"

    def page(self, sheet: Worksheet, titles: str) -> None:
        sheet.sheet_view.showGridLines = False
        left = f"{self.sheet.facts.codebook} · {self.sheet.facts.layer} · {self.word('outside')}"
        set_page(sheet, left=left, right=sheet.title, footer="hsreview", titles=titles)
