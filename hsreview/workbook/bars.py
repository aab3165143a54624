"""Bar charts that the spreadsheet itself draws, from the rows of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.workbook.cells import Report, clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from hsreview.workbook.sheet import Part, Sheet

_WIDTH_CM = 24
_LEAST_CM, _ROW_CM, _BAR_CM = 8.0, 0.5, 0.35
_MOST_CM = 30.0
_GAP_COLUMNS = 2
_ROWS_ON_A_PAGE = 60
"""About as tall as the tallest chart."""


def set_chart_page(worksheet: Worksheet, sheet: Sheet, part: Part) -> None:
    """Print rows and chart on one page, so that no bar is cut; many rows go on on further pages."""
    if sheet.plan.bars is not None and part.rows - part.header_row <= _ROWS_ON_A_PAGE:
        worksheet.page_setup.fitToWidth = worksheet.page_setup.fitToHeight = 1


def set_bars(worksheet: Worksheet, sheet: Sheet, part: Part) -> None:
    """Put the chart of a plan beside its rows; nothing where it has none, or no rows.

    The sheet has no cells here yet, only their places: the spreadsheet reads the numbers when it opens the file.
    """
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils import get_column_letter

    bars = sheet.plan.bars
    if bars is None or part.rows <= part.header_row:
        return
    chart = BarChart()
    chart.type = "bar"
    chart.title, chart.y_axis.title = clean(bars.title, Report()), clean(bars.axis, Report())
    chart.y_axis.numFmt = "0"
    chart.y_axis.scaling.min = 0
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # The first row on top, as in the table.
    chart.legend.position = "b"
    series = len(sheet.plan.columns) - 1
    rows = part.rows - part.header_row
    chart.width = _WIDTH_CM
    chart.height = min(_MOST_CM, max(_LEAST_CM, 3 + rows * (_ROW_CM + series * _BAR_CM)))
    first, last = part.header_row, part.rows
    chart.add_data(
        Reference(worksheet, min_col=2, max_col=series + 1, min_row=first, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(worksheet, min_col=1, min_row=first + 1, max_row=last))
    worksheet.add_chart(chart, f"{get_column_letter(series + _GAP_COLUMNS)}{first}")
