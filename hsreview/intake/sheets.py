"""Rows of text from CSV and Excel files, with the place of every cell; used for turns and for respondents."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.intake.characters import unify_line_ends
from hsreview.intake.encoding import decode
from hsreview.model.staging import Doubt

LONGEST_CELL = 5_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_LAST_XLSX_ROW = 1_048_576
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold: `_x000D_` is a carriage return, `_x005F_` the sign `_`."""
_DELIMITERS = ",;\t|"
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty."""

    number: int
    """The line (csv) or row (xlsx) it starts on, from 1."""
    cells: tuple[str, ...]

    def get(self, column: int | None) -> str:
        """The cell in `column` (from 0), empty when the row is too short or there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows of a table, and how the file was read."""

    header: Row
    rows: tuple[Row, ...]
    format: str
    """`csv` or `xlsx`."""
    encoding: str = ""
    doubts: tuple[Doubt, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: int, column: int | None = None) -> str:
        """Where a cell stands: `B7` in Excel, `line 7, column 2` in CSV; the row alone without a column."""
        if column is None:
            return (_("row {row}") if self.format == "xlsx" else _("line {row}")).format(row=row)
        if self.format == "xlsx":
            return f"{_letters(column)}{row}"
        return _("line {row}, column {column}").format(row=row, column=column + 1)

    def columns(self, names: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Which column each wanted name stands in, known by its synonyms (compared folded); missing ones are absent."""
        folded = [plain(cell) for cell in self.header.cells]
        found: dict[str, int] = {}
        for name, synonyms in names.items():
            column = next((folded.index(plain(s)) for s in (name, *synonyms) if plain(s) in folded), None)
            if column is not None and column not in found.values():
                found[name] = column
        return found


def plain(heading: str) -> str:
    """A heading without case, accents and punctuation."""
    return " ".join(re.findall(r"[^\W_]+", fold(heading)))


def read_sheet(data: bytes, name: str, *, encoding: str | None = None) -> Sheet:
    """The first sheet of an Excel file, or a CSV file with its delimiter found out.

    Formulas are their text. Raises InputRefused when the file is damaged, has no rows, or is no table.
    """
    sheet = _xlsx(data) if name.lower().endswith(".xlsx") else _csv(data, encoding)
    if not sheet.header.cells or not sheet.rows:
        raise InputRefused(_("The table has no rows under its heading."))
    return sheet


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    for count, row in enumerate(row for row in rows if any(cell.strip() for cell in row.cells)):
        if count > MOST_ROWS or len(row.cells) > MOST_COLUMNS:
            raise _too_large()
        yield row


def _too_large() -> InputRefused:
    message = _("The table is larger than {rows} rows or {columns} columns.")
    return InputRefused(message.format(rows=MOST_ROWS, columns=MOST_COLUMNS))


def _sheet(rows: Iterator[Row], format_: str) -> Sheet:
    header, *rest = list(_filled(rows)) or [Row(1, ())]
    return Sheet(header, tuple(rest), format_)


# --- csv


def _csv(data: bytes, encoding: str | None) -> Sheet:
    decoded = decode(data, encoding)
    text = decoded.text
    hint = re.match(r'"?sep=(.)"?\n', text)
    delimiter = hint[1] if hint else _delimiter(text)
    sheet = _sheet(_csv_rows(text, delimiter, skip=1 if hint else 0), "csv")
    return Sheet(sheet.header, sheet.rows, "csv", decoded.encoding, decoded.doubts, decoded.readings)


def _delimiter(text: str) -> str:
    """The character that cuts the first rows into the same number of columns, two or more."""
    head = text[:100_000]
    best = (0, False, 0)
    chosen = ","
    for order, delimiter in enumerate(_DELIMITERS):
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row][:20]
        except csv.Error:
            continue
        if len(widths) > 1 and len(head) < len(text):
            widths.pop()
        alike = sum(1 for width in widths if width == widths[0])
        rank = (alike if widths and widths[0] > 1 else 0, bool(widths) and alike == len(widths), -order)
        if rank[0] and rank > best:
            best, chosen = rank, delimiter
    return chosen


def _csv_rows(text: str, delimiter: str, skip: int) -> Iterator[Row]:
    limit = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if line > skip:
                yield Row(line, tuple(row))
            line = reader.line_num + 1
    except csv.Error:
        message = _("A cell that opens with a quotation mark in line {row} is not closed properly.").format(row=line)
        raise InputRefused(message, [Problem(message, _("line {row}").format(row=line), "quotes")]) from None
    finally:
        csv.field_size_limit(limit)


# --- xlsx


def _xlsx(data: bytes) -> Sheet:
    from hsreview.intake.office.container import damaged, open_container

    container = open_container(data)
    for part in sorted(container.names):
        if part.endswith((".xml", ".rels")) and _DOCTYPE.search(container.data(part)[:5000]):
            raise InputRefused(_("The file declares a document type (DTD), which no workbook needs: it is unsafe."))
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        try:
            return _sheet(_xlsx_rows(book.worksheets[0]), "xlsx")
        finally:
            book.close()
    except InputRefused:
        raise
    except Exception:  # openpyxl raises whatever its parsers meet in a damaged file
        raise damaged() from None


def _xlsx_rows(sheet: object) -> Iterator[Row]:
    # The stated size of a sheet may be a lie of a million empty rows.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):  # type: ignore[attr-defined]
        if number > _LAST_XLSX_ROW:  # openpyxl would make up every row before one that says it is the 99999999999th
            raise _too_large()
        values = list(cells)
        while values and values[-1] is None:
            values.pop()
        yield Row(number, tuple(_written(value) for value in values))


def _written(value: object) -> str:
    """A cell's value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds() * 1000) / 1000
        whole = int(seconds)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}" + f"{seconds - whole:.3f}"[1:]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, str):
        return unify_line_ends(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), value))[0]
    return str(getattr(value, "text", value))


def _letters(column: int) -> str:
    """The Excel name of a column, `A` for 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def headings(sheet: Sheet) -> str:
    """The headings of a sheet for a message."""
    return ", ".join(visible(cell.strip()[:40]) for cell in sheet.header.cells[:20] if cell.strip())
