"""Rows of a sheet that somebody filled in: columns found by their headings, every odd cell named by its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, cast

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook_rules import Path
from hsreview.model.localized import Localized
from hsreview.workbook import codebook_layout as plans
from hsreview.workbook.cells import read_text
from hsreview.workbook.codebook_layout import LEVEL, Field, SheetPlan, french_names, names_of, plain

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 20_000
_SEARCHED = 15
"""The heading row is looked for in the first rows only."""


@dataclass
class Row:
    """One row: texts by field key, and where each stands."""

    texts: dict[str, str]
    addresses: dict[str, str]
    number: int
    sheet: str
    levels: list[str] = field(default_factory=list)
    order: float | None = None

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def refs(self, key: str) -> tuple[str, ...]:
        return tuple(self.text(key).replace(",", " ").replace(";", " ").split())

    def lines(self, key: str) -> tuple[str, ...]:
        """The phrases of a cell, one on a line."""
        return tuple(line for line in self.text(key).split("\n") if line)

    def localized(self, key: str) -> Localized:
        return Localized(fr=self.text(f"{key}_fr"), en=self.text(f"{key}_en"))

    def place(self, key: str = "") -> str:
        """Sheet and cell of a field, or sheet and number of the row."""
        return self.addresses.get(key) or f"{self.sheet} {self.number}"

    def note(self, places: dict[Path, str], path: Path, id_key: str) -> None:
        """Remember in `places` where the fields of the thing at `path` stand, under the keys of a codebook file."""
        places[path] = self.place(id_key)
        for key in self.texts:
            name, language = (key[:-3], key[-2:]) if key[-3:] in ("_fr", "_en") else (key, "")
            inner: Path = (name, language) if language else ("id" if key == id_key else key,)
            places[(*path, *inner)] = self.place(key)


class Grid:
    """The rows of one sheet under the columns of a plan."""

    def __init__(self, sheet: Worksheet, plan: SheetPlan, problems: list[Problem]) -> None:
        self.sheet = sheet
        self.title = visible(sheet.title)
        self.plan = plan
        self.problems = problems
        self.columns: dict[int, Field] = {}
        self.levels: dict[int, int] = {}
        self.french = False
        """Whether the headings are French, which decides the language of columns that do not name theirs."""
        self.header = self._find_header()
        self._merged = self._spread_merged()

    def text(self, cell: Cell | MergedCell, kind: str) -> str:
        """The text of one cell, with a problem noted when it holds something else."""
        here = cast("Cell", cell)
        return self._text(self._merged.get((here.row, here.column), here), here, kind)

    @property
    def keys(self) -> set[str]:
        """The fields that the sheet has a column for."""
        return {field.key for field in self.columns.values()}

    def _find_header(self) -> int:
        best, best_row = 0, 0
        for number in range(1, min(_SEARCHED, self.sheet.max_row) + 1):
            columns, levels, french = self._match(number)
            if len(columns) + len(levels) > best:
                best, best_row = len(columns) + len(levels), number
                self.columns, self.levels, self.french = columns, levels, french
        return best_row

    def _match(self, number: int) -> tuple[dict[int, Field], dict[int, int], bool]:
        headings = {cell.column: plain(cell.value) for cell in self.sheet[number] if isinstance(cell.value, str)}
        french = not french_names(self.plan).isdisjoint(headings.values())
        columns: dict[int, Field] = {}
        levels: dict[int, int] = {}
        taken: set[str] = set()
        for column, heading in headings.items():
            if match := LEVEL.fullmatch(heading):
                levels[column] = int(match[1])
                continue
            wished = (heading, f"{heading}_{'fr' if french else 'en'}")
            for name in wished:
                found = next((f for f in self.plan.fields if name in names_of(f) and f.key not in taken), None)
                if heading and found:
                    columns[column] = found
                    taken.add(found.key)
                    break
        return columns, dict(sorted(levels.items(), key=lambda item: item[1])), french

    def _spread_merged(self) -> dict[tuple[int, int], Cell]:
        """Every cell of a merged range → its first cell, which alone holds the value."""
        spread: dict[tuple[int, int], Cell] = {}
        for area in self.sheet.merged_cells.ranges:
            if area.size["rows"] * area.size["columns"] <= MAX_ROWS:
                first: Cell = self.sheet.cell(area.min_row, area.min_col)  # type: ignore[assignment]
                spread |= {place: first for place in area.cells}
        return spread

    def rows(self) -> Iterator[Row]:
        """The rows below the headings that are not empty, in the order of their numbers in the column `order`."""
        if self.sheet.max_row > MAX_ROWS:
            message = _("The sheet has more than {n} rows; delete the empty ones below the table.")
            self.problems.append(Problem(message.format(n=MAX_ROWS), self.title, "too_many_rows"))
            return
        found: list[Row] = []
        order = 0.0
        for cells in self.sheet.iter_rows(min_row=self.header + 1):
            row = self._row(cells)  # type: ignore[arg-type]
            if row is not None:
                order = row.order = order if row.order is None else row.order
                found.append(row)
        yield from sorted(found, key=lambda row: row.order or 0.0)

    def _row(self, cells: Sequence[Cell]) -> Row | None:
        row = Row({}, {}, cells[0].row, self.title)
        for cell in cells:
            source = self._merged.get((cell.row, cell.column), cell)
            if cell.column in self.levels:
                row.levels.append(self._text(source, cell, plans.TEXT))
                continue
            column = self.columns.get(cell.column)
            if column is None:
                continue
            row.addresses[column.key] = f"{self.title} {cell.coordinate}"
            if column.kind == plans.NUMBER:
                self._number(row, column.key, source)
            else:
                row.texts[column.key] = self._text(source, cell, column.kind)
        if any(row.texts.values()) or any(row.levels):
            return row
        return None

    def _number(self, row: Row, key: str, cell: Cell) -> None:
        value = cell.value
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | float | None):
            self._add(cell, "not_a_number", _("A whole number is expected here."))
        elif key == "order":
            row.order = value
        elif value is not None:
            row.texts[key] = str(int(value))

    def _text(self, cell: Cell, here: Cell, kind: str) -> str:
        value = cell.value
        if value is None:
            return ""
        if cell.data_type in ("f", "e") or not isinstance(value, str | int | float | bool | date | time):
            self._add(here, "formula", _("A formula or an error stands here; type the text itself."))
            return ""
        if isinstance(value, str):
            text = read_text(value)
            return text.strip() if kind in (plans.ID, plans.CHOICE) else text
        if kind == plans.CHOICE and isinstance(value, bool):
            return "true" if value else "false"
        if kind == plans.TEXT and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        text = _("A number or date stands here, not a text: {value}. Format the cell as text, then type it again.")
        self._add(here, "not_text", text.format(value=visible(str(value))))
        # What refers to the id is then still found.
        return str(value)

    def _add(self, cell: Cell, code: str, message: str) -> None:
        self.problems.append(Problem(message, f"{self.title} {cell.coordinate}", code))
