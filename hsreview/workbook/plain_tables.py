"""A workbook of a few tables of words and counts that can be filtered: a title, lines of facts, headings, rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.workbook.cells import TEXT_FORMAT, Report, pieces, put_text
from hsreview.workbook.layout import height, lines, set_page
from hsreview.workbook.saving import save
from hsreview.workbook.styles import FONT, GREY, HEADER_FILL, INK

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One sheet; the cells of its first column are bold."""

    name: str
    title: str
    facts: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[float]
    """As many as headings, in characters."""
    rows: Sequence[Sequence[str | int | None]]


def write_tables(path: Path, tables: Sequence[PlainTable]) -> None:
    """Write a sheet for each table. Raises OSError.

    A text that is longer than a cell goes on in further rows; what a cell cannot hold is replaced by a sign.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "hsreview"
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        _write(workbook, table)
    buffer = io.BytesIO()  # A zip archive that a full disk leaves unfinished would complain on stderr.
    save(workbook, buffer)
    path.write_bytes(buffer.getvalue())


def _write(workbook: Workbook, table: PlainTable) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(table.name)
    report = Report()
    wrapped, centred = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top", horizontal="center")

    def put(row: int, column: int, text: str, font: Font) -> None:
        cell = sheet.cell(row, column)
        put_text(cell, text, report, number_format=TEXT_FORMAT)
        cell.font = font

    plain, bold = Font(name=FONT, size=10, color=f"FF{INK}"), Font(name=FONT, size=10, color=f"FF{INK}", bold=True)
    put(1, 1, table.title, Font(name=FONT, size=14, color=f"FF{INK}", bold=True))
    for number, fact in enumerate(table.facts, 2):
        put(number, 1, fact, Font(name=FONT, size=10, color=f"FF{GREY}", italic=True))
    top = len(table.facts) + 3
    for column, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True), 1):
        put(top, column, heading, bold)
        sheet.cell(top, column).fill = PatternFill("solid", fgColor=f"FF{HEADER_FILL}")
        sheet.cell(top, column).alignment = wrapped
        sheet.column_dimensions[get_column_letter(column)].width = width
    at = top
    for row in table.rows:
        parts = [[each] if isinstance(each, int) else pieces(each or "") for each in row]
        for step in range(max(len(each) for each in parts)):
            at += 1
            values = [each[step] if step < len(each) else "" for each in parts]
            for column, value in enumerate(values, 1):
                cell = sheet.cell(at, column)
                if isinstance(value, int):
                    cell.value, cell.font = value, plain
                elif value or column == 1:
                    put(at, column, value, bold if column == 1 else plain)
                cell.alignment = centred if isinstance(value, int) else wrapped
            tallest = max(lines(str(value), width) for value, width in zip(values, table.widths, strict=True))
            sheet.row_dimensions[at].height = height(tallest)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(table.headings))}{max(at, top + 1)}"
    set_page(sheet, left=table.title, right="", footer="hsreview", titles=f"{top}:{top}")
