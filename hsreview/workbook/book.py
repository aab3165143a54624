"""A workbook file: openpyxl makes everything around the rows, the streamed rows are put in while it is zipped."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.workbook.bars import set_bars, set_chart_page
from hsreview.workbook.cells import Report, clean, escaped
from hsreview.workbook.layout import PAGE_WIDTH, list_validation, set_page
from hsreview.workbook.names import sheet_name, table_name
from hsreview.workbook.rowxml import Styled
from hsreview.workbook.saving import save
from hsreview.workbook.sheet import MAX_COLUMNS, MAX_ROWS, Part, Plan, Sheet
from hsreview.workbook.styles import NOTICE, SCALE_HIGH, SCALE_LOW, Styles

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_AFTER_LINKS = re.compile(rb"<printOptions|<pageMargins")
_SIZE = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_SHEET_FILE = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_COMPRESSION = 4
ROWS_TO_COME = 200
"""Below its last row a column has its list to choose from too."""
_LARGE = 0x7000_0000


class Book:
    """Sheets in the making. Use it as a context manager: leaving it drops every temporary row."""

    def __init__(
        self, *, title: str, header: str, footer: str, undefined: str, notice: str = "", max_rows: int = MAX_ROWS,
        paper: str = "a4",
    ) -> None:  # fmt: skip
        """`notice` stands above the columns of every sheet; `paper` is `a4` or `a3`."""
        from openpyxl import Workbook

        self.report = Report()
        self._workbook = Workbook()
        self._workbook.properties.creator = "hsreview"
        self._workbook.properties.title = clean(title, self.report)
        self._workbook.calculation.fullCalcOnLoad = False
        self._styles = Styles(self._workbook)
        self._header = header
        self._footer = footer
        self._undefined = undefined
        self._notice = notice
        self._max_rows = max_rows
        self._paper = paper
        self._titles: list[str] = []
        self._sheets: list[tuple[int, Sheet]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _order, sheet in self._sheets:
            sheet.close()

    def sheet(self, plan: Plan, order: int) -> Sheet:
        """A new sheet; sheets stand in the file by `order`, whenever they were made.

        Raises InputRefused when the sheet would have more columns than a spreadsheet has.
        """
        if len(plan.columns) > MAX_COLUMNS:
            raise InputRefused(
                _("The sheet “{sheet}” would need {count} columns; a spreadsheet has {most}.").format(
                    sheet=plan.title, count=len(plan.columns), most=MAX_COLUMNS
                )
            )
        if self._notice and plan.header:
            unseen = next(at for at, column in enumerate(plan.columns) if not column.hidden)
            plan = plan.above([*[None] * unseen, Styled(self._notice, NOTICE)])
        sheet = Sheet(
            plan, self._styles, self.report, name=self._take_title, undefined=self._undefined, max_rows=self._max_rows
        )
        self._sheets.append((order, sheet))
        return sheet

    def _take_title(self, wanted: str) -> str:
        self._titles.append(sheet_name(wanted, self._titles))
        return self._titles[-1]

    def parts(self) -> list[tuple[Sheet, Part]]:
        """Every sheet of the file so far, in the order of the file."""
        ordered = sorted(self._sheets, key=lambda item: item[0])
        return [(sheet, part) for _order, sheet in ordered for part in sheet.parts]

    def save(self, path: Path) -> None:
        """Write the file to `path`; raises OSError."""
        parts = self.parts()
        frame = self._frame(parts)
        with ZipFile(frame) as source, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as target:
            for item in source.infolist():
                match = _SHEET_FILE.fullmatch(item.filename)
                if match is None:
                    target.writestr(item, source.read(item), ZIP_DEFLATED, _COMPRESSION)
                else:
                    sheet, part = parts[int(match[1]) - 1]
                    _put_rows(target, item.filename, source.read(item), sheet, part)

    def _frame(self, parts: list[tuple[Sheet, Part]]) -> BytesIO:
        """The workbook with all but its rows."""
        tables: list[str] = []
        first = self._workbook.worksheets[0]
        for sheet, part in parts:
            worksheet = self._workbook.create_sheet(part.title)
            _set_view(worksheet, sheet, part)
            _set_region(worksheet, sheet, part, tables)
            _set_lists(worksheet, sheet, part)
            set_bars(worksheet, sheet, part)
            rows = f"1:{part.header_row}" if sheet.plan.header else ""
            widths = _printed(sheet.plan)
            footer = " · ".join(filter(None, (self._footer, sheet.plan.on_screen)))
            set_page(
                worksheet, left=self._header, right=part.title, footer=footer, titles=rows, widths=widths,
                kept=(0, sheet.plan.freeze), paper=self._paper,
            )  # fmt: skip
            set_chart_page(worksheet, sheet, part)
            if len(widths) < len(sheet.plan.columns) or sheet.plan.on_screen:
                last = part.header_row if sheet.plan.on_screen else part.last_row
                worksheet.print_area = f"A1:{sheet.letters[len(widths) - 1]}{last}"
        self._workbook.remove(first)
        frame = BytesIO()
        save(self._workbook, frame)
        frame.seek(0)
        return frame


def _printed(plan: Plan) -> list[float]:
    """The widths of the columns that are printed: of rows for the screen those that one page takes."""
    widths = [0 if column.hidden else column.width for column in plan.columns[: plan.printed]]
    if plan.on_screen:
        taken = sum(width <= PAGE_WIDTH for width in accumulate(widths))
        return widths[: max(1, taken)]
    return widths


def _set_view(worksheet: Worksheet, sheet: Sheet, part: Part) -> None:
    from openpyxl.worksheet.properties import Outline

    plan = sheet.plan
    for letter, column in zip(sheet.letters, plan.columns, strict=False):
        worksheet.column_dimensions[letter].width = column.width
        worksheet.column_dimensions[letter].hidden = column.hidden
    if plan.header:
        worksheet.freeze_panes = f"{sheet.letters[min(plan.freeze, len(sheet.letters) - 1)]}{part.header_row + 1}"
    worksheet.sheet_view.showGridLines = False
    if plan.outline:
        worksheet.sheet_format.outlineLevelRow = 1
        worksheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    if plan.hidden:
        worksheet.sheet_state = "hidden"
    if plan.alert:
        worksheet.sheet_properties.tabColor = "C0392B"


def _set_region(worksheet: Worksheet, sheet: Sheet, part: Part, tables: list[str]) -> None:
    """The table or else the filter (never both: Excel would repair the file), and the colour scales."""
    from openpyxl.formatting.rule import ColorScaleRule
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    plan = sheet.plan
    if not plan.header:
        return
    last = sheet.letters[len(plan.columns) - 1]
    region = f"A{part.header_row}:{last}{part.last_row}"
    if plan.table:
        tables.append(table_name(plan.table, tables))
        table = Table(displayName=tables[-1], name=tables[-1], ref=region, autoFilter=AutoFilter(ref=region))
        table.tableColumns = [TableColumn(id=i, name=escaped(c.header)) for i, c in enumerate(plan.columns, 1)]
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        worksheet.add_table(table)
    elif plan.filter:
        worksheet.auto_filter.ref = region
    for scale in plan.scales:
        above, below = (part.header_row + 1, part.last_row)
        if scale.rows is not None:
            above, below = (part.header_row + 1 + row for row in scale.rows)
        cells = f"{sheet.letters[scale.first]}{above}:{sheet.letters[scale.last]}{below}"
        top = {"end_type": "max"} if scale.top is None else {"end_type": "num", "end_value": scale.top}
        worksheet.conditional_formatting.add(
            cells,
            ColorScaleRule(  # type: ignore[no-untyped-call]
                start_type="num", start_value=0, start_color=SCALE_LOW, end_color=SCALE_HIGH, **top
            ),
        )


def _set_lists(worksheet: Worksheet, sheet: Sheet, part: Part) -> None:
    for column, row, first, last in sheet.plan.lists:
        letter = sheet.letters[column]
        values = f"${sheet.letters[first]}${row}:${sheet.letters[last]}${row}"
        cells = f"{letter}{part.header_row + 1}:{letter}{part.last_row}"
        worksheet.add_data_validation(list_validation(cells, part.title, values))
    for each in sheet.plan.choices:
        letter = sheet.letters[each.column]
        cells = f"{letter}{part.header_row + 1}:{letter}{part.last_row + ROWS_TO_COME}"
        worksheet.add_data_validation(list_validation(cells, each.sheet, each.values, each.hint))


def _links(part: Part) -> bytes:
    """The links of one sheet, as they stand in its XML."""
    found = "".join(f'<hyperlink ref="{cell}" location={quoteattr(target)}/>' for cell, target in part.links)
    return f"<hyperlinks>{found}</hyperlinks>".encode("ascii", "xmlcharrefreplace") if found else b""


def _put_rows(target: ZipFile, name: str, frame: bytes, sheet: Sheet, part: Part) -> None:
    """Write one sheet's XML: what openpyxl made, with the rows of `part` in place of its own."""
    size = f"A1:{sheet.letters[-1]}{max(1, part.rows)}".encode()
    frame = _SIZE.sub(b'<dimension ref="' + size + b'"/>', frame, count=1)
    found = _ROWS.search(frame)
    assert found is not None
    head, rest = frame[: found.start()] + b"<sheetData>", frame[found.end() :]
    # Through openpyxl every link would cost a cell, whose row is then thrown away.
    tail = b"</sheetData>" + _AFTER_LINKS.sub(lambda after: _links(part) + after[0], rest, count=1)
    size_in_all = len(head) + part.spool.size + len(tail)
    # Excel offers to repair a file whose parts announce more room than they need.
    with target.open(name, "w", force_zip64=size_in_all > _LARGE) as stream:
        stream.write(head)
        part.spool.copy_to(stream)
        stream.write(tail)
