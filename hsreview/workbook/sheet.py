"""A sheet as its module writes it: columns, a few rows above the header, then row after row.

Rows are kept compressed, so that a large export needs little memory, and never go to a temporary file: a killed one
leaves no testimony behind. What does not fit into a cell continues in the next row; what does not fit into a sheet
continues in the next sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hsreview.workbook.cells import MAX_UNITS, Plain, Report, pieces, units
from hsreview.workbook.layout import MAX_LINKS, height, lines
from hsreview.workbook.rowxml import RowWriter, Styled, TooLong, Value
from hsreview.workbook.saving import Spool
from hsreview.workbook.styles import BARE, HEADER, ID, SHORT, UPRIGHT, Look, Styles, themed

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_BOLD = 0.8
"""Bold headers need more room than the texts below them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: header, width in characters, the look of its cells."""

    header: str
    width: float
    look: Look = SHORT
    repeat: bool = False
    """Written again in the rows that continue a long text, so that they can be matched."""
    upright: bool = False
    """The header reads from bottom to top."""
    hidden: bool = False


TopRow = Sequence[Value]
"""A row above the header."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A colour scale over the data rows of the columns `first` to `last` (0-based, inclusive)."""

    first: int
    last: int
    top: float | None = None
    """The value of the full colour; null: the largest there."""
    rows: tuple[int, int] | None = None
    """The data rows that it covers (0-based, inclusive); null: all."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in a column; other values may be typed."""

    column: int
    """0-based."""
    sheet: str
    """Where the list stands, and in which cells (`$A$1:$A$9`)."""
    values: str
    hint: str = ""
    """Shown when a cell of the column is selected."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart beside the rows: the first column names the bars, every other one is a series."""

    title: str
    axis: str
    """What the bars count."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a sheet that is known before its first data row."""

    key: str
    """The sheet's word, such as `segments`."""
    title: str
    columns: tuple[Column, ...]
    top: tuple[TopRow, ...] = ()
    table: str = ""
    """Name of the table that the rows make; empty: a plain sheet with a filter."""
    filter: bool = True
    header: bool = True
    freeze: int = 1
    """Columns that stay in view."""
    part: int | None = None
    """The column that says `1/3` where a text continues."""
    printed: int | None = None
    """How many columns are printed; null: all."""
    on_screen: str = ""
    """Its rows are to be followed on screen: only what stands above them is printed, and this at the foot of the page;
    empty: all is printed."""
    scales: tuple[Scale, ...] = ()
    outline: bool = False
    """Rows are grouped under the row above them."""
    header_height: float | None = None
    lists: tuple[tuple[int, int, int, int], ...] = ()
    """Columns (0-based) with lists to choose from, which stand above the header: row (1 is the first), first and last
    column of the values. Other values may be typed."""
    choices: tuple[Choices, ...] = ()
    """As `lists`, of values that stand on another sheet."""
    keys: tuple[str, ...] = ()
    """What every column is known by when the file comes back: a hidden row above the header."""
    hidden: bool = False
    alert: bool = False
    """Show the sheet's tab in a warning colour."""
    bars: Bars | None = None

    def above(self, row: TopRow) -> Plan:
        """The same with one more row on top."""
        lists = tuple((column, at + 1, first, last) for column, at, first, last in self.lists)
        return replace(self, top=(row, *self.top), lists=lists)


@dataclass(slots=True)
class Part:
    """One sheet of the file."""

    title: str
    spool: Spool = field(default_factory=Spool)
    rows: int = 0
    header_row: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        """The last row of the data; a table needs one row even when it is empty."""
        return max(self.rows, self.header_row + 1)


class Sheet:
    """Takes the rows of one `Plan` and spreads them over as many sheets as they need.

    `name` gives each sheet its title; `undefined` stands for a number that is none.
    """

    def __init__(
        self,
        plan: Plan,
        styles: Styles,
        report: Report,
        *,
        name: Callable[[str], str],
        undefined: str,
        max_rows: int = MAX_ROWS,
    ) -> None:
        self.plan = plan
        self.parts: list[Part] = []
        self.links_left_out = 0
        self._name = name
        self._report = report
        self._styles = styles
        self._max_rows = max_rows
        self._numbers = [styles.number(c.look) for c in plan.columns]
        self._theme_numbers = [styles.number(themed(c.look)) for c in plan.columns]
        self._wrapped = [(i, c.width) for i, c in enumerate(plan.columns) if c.look.wrap]
        self.letters = [letter(i) for i in range(max([len(plan.columns), *(len(row) for row in plan.top)]))]
        self._writer = RowWriter(self.letters, styles.quoted, report, undefined)
        self._open_part()

    def row(self, values: Sequence[Value], *, theme: bool = False, outline: int = 0) -> tuple[str, int]:
        """Write one row and return where it stands: title of the sheet, row number.

        A text longer than a cell is continued in rows of its own below, which repeat the columns marked so.
        """
        numbers = self._theme_numbers if theme else self._numbers
        try:
            return self._write(values, numbers, outline)
        except TooLong:
            return self._write_in_pieces(values, numbers, outline)

    def _write_in_pieces(self, values: Sequence[Value], numbers: Sequence[int], outline: int) -> tuple[str, int]:
        texts = {i: str(_bare(v)) for i, v in enumerate(values)}
        split = {i: pieces(text) for i, text in texts.items() if units(text) > MAX_UNITS}
        self._report.split += len(split)
        count = max(len(p) for p in split.values())
        place = None
        for number in range(count):
            part = [self._piece(i, v, split, number) for i, v in enumerate(values)]
            if self.plan.part is not None:
                part[self.plan.part] = f"{number + 1}/{count}"
            here = self._write(part, numbers, outline)
            place = place or here
        assert place is not None
        return place

    def _piece(self, column: int, value: Value, split: dict[int, list[str]], number: int) -> Value:
        if column in split:
            piece = split[column][number] if number < len(split[column]) else None
            return replace(value, value=piece) if isinstance(value, Styled) else piece
        return value if number == 0 or self.plan.columns[column].repeat else None

    def close(self) -> None:
        """Forget the rows."""
        for part in self.parts:
            part.spool.close()

    def _open_part(self) -> None:
        plan = self.plan
        self.parts.append(Part(self._name(plan.title)))
        for top in plan.top:
            self._emit(top, [self._styles.number(BARE)] * len(top))
        if plan.keys:
            self._emit(plan.keys, [self._styles.number(ID)] * len(plan.keys), hidden=True)
        if plan.header:
            own = (replace(HEADER, align=c.look.align, indent=c.look.indent) for c in plan.columns)
            looks = [UPRIGHT if c.upright else look for c, look in zip(plan.columns, own, strict=True)]
            tallest = max((lines(c.header, c.width * _BOLD) for c in plan.columns if not c.upright), default=1)
            self._emit(
                [c.header for c in plan.columns],
                [self._styles.number(look) for look in looks],
                tallest,
                points=plan.header_height,
            )
        self.parts[-1].header_row = self.parts[-1].rows

    def _write(self, values: Sequence[Value], numbers: Sequence[int], outline: int) -> tuple[str, int]:
        if self.parts[-1].rows >= self._max_rows:
            self._open_part()
        tallest = 1
        for index, width in self._wrapped:
            value = values[index]
            if isinstance(value, str):
                tallest = max(tallest, lines(value, width))
        self._emit(values, numbers, tallest, outline)
        return self.parts[-1].title, self.parts[-1].rows

    def _emit(
        self,
        values: Sequence[Value],
        numbers: Sequence[int],
        tallest: int = 1,
        outline: int = 0,
        points: float | None = None,
        hidden: bool = False,
    ) -> None:
        """Write a row whose plain texts take `tallest` lines; `points` sets its height outright."""
        part = self.parts[-1]
        number = part.rows + 1
        cells = list(zip(values, numbers, strict=True))
        styled = [(i, value) for i, value in enumerate(values) if isinstance(value, Styled)]
        for index, value in styled:
            cells[index] = (value.value, self._styles.number(value.look))
        points = points or self._points(styled, tallest)
        row = self._writer.row(number, cells, height=points, outline=outline, hidden=hidden)
        part.spool.write(row.encode())
        part.rows = number
        for index, value in styled:
            if value.link:
                self._link(part, f"{self.letters[index]}{number}", value.link)

    def _points(self, styled: Sequence[tuple[int, Styled]], tallest: int) -> float | None:
        """The height of a row; null when it is an ordinary one."""
        size = SHORT.size
        for index, value in styled:
            size = max(size, value.look.size)
            if value.look.wrap and isinstance(value.value, str) and index < len(self.plan.columns):
                tallest = max(tallest, lines(value.value, self.plan.columns[index].width))
        return height(tallest) * size / SHORT.size if tallest > 1 or size > SHORT.size else None

    def _link(self, part: Part, cell: str, target: str) -> None:
        if len(part.links) < MAX_LINKS:
            part.links.append((cell, target))
        else:
            self.links_left_out += 1


def _bare(value: Value) -> Plain:
    return value.value if isinstance(value, Styled) else value


def letter(index: int) -> str:
    """The letters of a column, 0-based: 0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
