"""What changed between two versions of a codebook, as a sheet that can be filtered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from hsreview.workbook.cells import TEXT_FORMAT, Report, pieces, put_text
from hsreview.workbook.layout import height, lines, set_page
from hsreview.workbook.styles import FONT, GREY, HEADER_FILL, INK

_WIDTHS = (18, 14, 16, 56, 56)


def write_diff_sheet(
    path: Path, sheet_name: str, title: str, facts: Sequence[str], headings: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:  # fmt: skip
    """Write rows of five texts under a title, lines of facts and headings. Raises OSError.

    A text that is longer than a cell goes on in further rows; what a cell cannot hold is replaced by a sign.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    workbook.properties.creator = "hsreview"
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(sheet_name)
    report = Report()
    wrapped = Alignment(vertical="top", wrap_text=True)

    def put(row: int, column: int, text: str, font: Font) -> None:
        cell = sheet.cell(row, column)
        put_text(cell, text, report, number_format=TEXT_FORMAT)
        cell.font = font

    plain, bold = Font(name=FONT, size=10, color=f"FF{INK}"), Font(name=FONT, size=10, color=f"FF{INK}", bold=True)
    put(1, 1, title, Font(name=FONT, size=14, color=f"FF{INK}", bold=True))
    for number, fact in enumerate(facts, 2):
        put(number, 1, fact, Font(name=FONT, size=10, color=f"FF{GREY}", italic=True))
    top = len(facts) + 3
    for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True), 1):
        put(top, column, heading, bold)
        sheet.cell(top, column).fill = PatternFill("solid", fgColor=f"FF{HEADER_FILL}")
        sheet.column_dimensions[get_column_letter(column)].width = width
    at = top
    for row in rows:
        parts = [pieces(text) for text in row]
        for step in range(max(len(each) for each in parts)):
            at += 1
            texts = [each[step] if step < len(each) else "" for each in parts]
            for column, text in enumerate(texts, 1):
                put(at, column, text, bold if column == 1 else plain)
                sheet.cell(at, column).alignment = wrapped
            tallest = max(lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
            sheet.row_dimensions[at].height = height(tallest)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:E{max(at, top + 1)}"
    set_page(sheet, left=title, right="", footer="hsreview", titles=f"{top}:{top}")
    buffer = io.BytesIO()  # A zip archive that a full disk leaves unfinished would complain on stderr.
    workbook.save(buffer)
    path.write_bytes(buffer.getvalue())
