"""Readable on screen and on paper: row heights, page, header and footer, lists to choose from, links."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hsreview.workbook.cells import Report, clean
from hsreview.workbook.names import quoted

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LINE_POINTS = 13.5
"""Height of one line of 10-point text."""
PAGE_WIDTH = 210.0
"""Width of the columns that A4 landscape takes before 10-point text gets smaller than about 7 points."""
MAX_POINTS = 409.0
"""The tallest row that Excel draws."""
MAX_LINKS = 65_530
"""Excel repairs a sheet that has more links."""
_FILLED = 1.1
"""Characters per unit of column width: 10-point text in columns measured in 11-point digits, wrapped at words."""
_LEFT_LIMIT, _RIGHT_LIMIT = 185, 45
"""Characters of the parts of a page header; Excel allows 255 for all of them together with their codes."""
_PAPERS = {"a3": 8, "a4": 9}
_A3_TO_A4 = math.sqrt(2)
_HINT_LIMIT = 250
"""Characters of a hint; Excel allows 255."""
_HEADER_POINTS = 7
"""Small enough for both parts to stand side by side on A4."""


def lines(text: str, width: float) -> int:
    """How many lines `text` takes, wrapped in a column `width` characters wide; rather one too many."""
    room = max(1.0, width * _FILLED)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))


def height(line_count: int) -> float:
    """Row height in points for so many lines, at most what Excel draws."""
    return min(MAX_POINTS, line_count * LINE_POINTS + 1.5)


def set_page(
    sheet: Worksheet, *, left: str, right: str, footer: str, titles: str = "", widths: Sequence[float] = (),
    kept: tuple[int, int] = (0, 0), paper: str = "a4",
) -> None:  # fmt: skip
    """Landscape on `paper` (`a4` or `a3`), as wide as one page and as long as it takes; `titles` stand on every page.

    Where columns of these `widths` would be too small to read on one page, they go on on further pages, and the columns
    `kept` (0-based, half-open) are repeated there.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPERS[paper]
    room = PAGE_WIDTH * (_A3_TO_A4 if paper == "a3" else 1)
    sheet.page_setup.fitToWidth = across = pages_across(widths, kept, room)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    header, foot = HeaderFooterItem(), HeaderFooterItem()
    header.left.text, header.right.text = header_text(left, _LEFT_LIMIT), header_text(right, _RIGHT_LIMIT)
    header.left.size = header.right.size = foot.left.size = foot.right.size = _HEADER_POINTS
    foot.left.text, foot.right.text = header_text(footer, _LEFT_LIMIT), "&P / &N"
    sheet.HeaderFooter = HeaderFooter(oddHeader=header, oddFooter=foot)
    if titles:
        sheet.print_title_rows = titles
    if across > 1:
        sheet.page_setup.pageOrder = "overThenDown"
        if _fits(widths, kept, room):
            sheet.print_title_cols = f"{get_column_letter(kept[0] + 1)}:{get_column_letter(kept[1])}"


def pages_across(widths: Sequence[float], kept: tuple[int, int], room: float = PAGE_WIDTH) -> int:
    """How many pages `room` wide, beside each other, columns of these widths need to be read; `kept` ones stand on each
    of them."""
    repeated = sum(widths[slice(*kept)]) if _fits(widths, kept, room) else 0.0
    if sum(widths) <= room:
        return 1
    return math.ceil((sum(widths) - repeated) / (room - repeated))


def _fits(widths: Sequence[float], kept: tuple[int, int], room: float) -> bool:
    """Whether there are columns to repeat, and they leave room for others."""
    return 0 < sum(widths[slice(*kept)]) <= room / 2


def header_text(text: str, limit: int) -> str:
    """`text` for a page header: one line, at most `limit` characters, `&` doubled because it begins a code there."""
    line = " ".join(clean(text, Report()).split())
    short = line[:limit]
    while len(short.replace("&", "&&")) > limit:
        short = short[:-1]
    return (line if short == line else short[:-1] + "…").replace("&", "&&")


def location(sheet: str, cell: str) -> str:
    """The target of a link inside the workbook."""
    return f"{quoted(sheet)}!{cell}"


def list_validation(cells: str, sheet: str, values: str, hint: str = "") -> DataValidation:
    """A list to choose from in `cells`, taken from the range `values` (`$A$2:$A$9`) of `sheet`; a `hint` is shown to
    whoever selects one of them.

    A list written into the rule itself may hold 255 characters only and no comma in a value. Add the result with
    `worksheet.data_validations.append(...)` or `worksheet.add_data_validation(...)`.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=location(sheet, values), allow_blank=True)
    if hint:
        rule.prompt, rule.showInputMessage = header_text(hint, _HINT_LIMIT).replace("&&", "&"), True
    rule.add(cells)
    return rule
