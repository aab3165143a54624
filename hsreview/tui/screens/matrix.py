"""Matrices as heat maps with numbers: one cell is under the cursor, and Enter opens the quotes behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rich.cells import cell_len
from textual import events

from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, labelled
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import chores
from hsreview.tui.screens import matrix_choices as choices
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece, fitted
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import matrices
from hsreview.workflows import matrix_words as words
from hsreview.workflows.matrices import CodedSegment, Measure, OpenMatrices, Table, Wish

NARROWEST, WIDEST = 9, 15
"""Cells of a column of numbers: as many as its name needs, within these; more where every column has room."""
LABEL, WIDE_LABEL = 24, 40
"""Cells of the names of the rows in narrow and wide terminals."""
WIDE = 110
SHADES = " ·░▒▓█"


class MatrixScreen(ListScreen):
    """One matrix of one layer at a time."""

    SCOPES = (Scope.MATRIX,)
    ABOUT = HelpText(
        N_("Matrices"),
        N_(
            "The cursor is on one cell: up and down go through the rows, left and right through the columns. The shade "
            "is the part of those who could have said it, else of the largest number: · ░ ▒ ▓ █. Numbers rest on the "
            "interviews reviewed; * is what was found so far in one that was begun, – what was not looked at. Enter "
            "lists the quotes behind the cell."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.wish = Wish()
        self.measure: Measure | None = None
        self.share = False
        self.column = self.first = 0
        """The column under the cursor, and the first one that is shown."""
        self.opened: OpenMatrices | None = None
        self.table: Table | None = None
        self._stands: object = None
        self._shade: Sequence[Sequence[float]] = ()
        self._marked: int | None = None
        self._cells = NARROWEST

    def fill(self) -> None:
        self.wish = self.workbench.last_matrix or Wish()
        super().fill()

    # What is shown

    def _open(self) -> OpenMatrices:
        project, coder, last = self.session.project, self.session.coder, self.workbench.last_layer
        # Queries can ask all layers, each apart; a matrix is of one.
        wish = last if last and last != "all" else matrices.default_layer(project, coder)
        stands = (matrices.newest(project), wish, coder.id if coder else None)
        if self.opened is None or stands != self._stands:
            self.opened = self.table = None
            self.opened = matrices.open_matrices(project, wish, viewer=coder)
            self._stands = stands
        return self.opened

    def reread(self) -> None:
        table = self._open().table(self.wish)
        if self.measure not in table.measures:
            self.measure = table.measures[0]
        self.table = table
        self._shade = words.shaded(table, self.counted)
        wanted = max((cell_len(words.head(header)) for header in table.columns), default=0) + 5
        widest = max(WIDEST, (self.size.width - self._label - 4) // max(len(table.columns), 1) - 1)
        self._cells = max(NARROWEST, min(widest, wanted))
        self.column = min(self.column, max(0, len(table.columns) - 1))
        self._marked = None
        super().reread()
        self._mark()

    @property
    def counted(self) -> Measure:
        """What the cells count."""
        assert self.measure is not None
        return self.measure

    def all_rows(self) -> Sequence[Row]:
        table = self.table
        if table is None:
            return ()
        self.rows.empty = _("No row.")
        self._keep_in_view(table)
        shown = self._shown(table)
        heads = [Column(self._head(table, column), self._cells, right=True) for column in shown]
        self.rows.columns = [Column("", self._label), *heads]
        return [self._row(table, row, shown) for row in range(len(table.rows))]

    def _row(self, table: Table, row: int, shown: Sequence[int]) -> Row:
        return Row(str(row), (words.full(table.rows[row]), *(self._cell(table, row, column) for column in shown)))

    def _head(self, table: Table, column: int) -> str:
        header = table.columns[column]
        base = header.base.get(self.counted) if header.kind not in ("interview", "speaker") else None
        # What a name has too much is cut, never its n.
        tail = f"({base})" if base is not None else ""
        mark = "›" if column == self.column else ""
        name = fitted(words.head(header), self._cells - len(mark) - len(tail)).rstrip()
        return mark + name + tail

    def _cell(self, table: Table, row: int, column: int) -> str:
        dark = self._shade[row][column]
        shade = SHADES[0] if not dark else SHADES[1 + min(int(dark * (len(SHADES) - 1)), len(SHADES) - 2)]
        return f"{shade} {words.cell_text(table, row, column, self.counted, share=self.share)}"

    @property
    def _label(self) -> int:
        return WIDE_LABEL if self.size.width >= WIDE else LABEL

    def _room(self) -> int:
        """How many columns there is room for."""
        return max((self.size.width - self._label - 4) // (self._cells + 1), 1)

    def _shown(self, table: Table) -> range:
        return range(self.first, min(self.first + self._room(), len(table.columns)))

    def _keep_in_view(self, table: Table) -> None:
        room = self._room()
        self.first = max(min(self.first, self.column, len(table.columns) - room), self.column - room + 1, 0)

    # The cell under the cursor

    def moved(self) -> None:
        self._mark()
        super().moved()

    def _mark(self) -> None:
        """Put a mark before the number under the cursor, and take it from the one before: colour is not needed."""
        table, rows = self.table, self.rows
        if table is None or not rows.rows:
            return
        listed, shown = list(rows.rows), self._shown(table)
        for at in {self._marked, rows.cursor}:
            if at is not None and at < len(listed):
                row = self._row(table, int(listed[at].key), shown)
                if at == rows.cursor and self.column in shown:
                    place = 1 + shown.index(self.column)
                    cells = (*row.cells[:place], "›" + row.cells[place], *row.cells[place + 1 :])
                    row = replace(row, cells=cells)
                listed[at] = row
        self._marked = rows.cursor
        rows.rows = listed
        rows.refresh()

    def step(self, by: int) -> None:
        """Go to another column."""
        table = self.table
        if table is not None:
            self.column = max(0, min(self.column + by, len(table.columns) - 1))
            self._show_again()

    def _show_again(self) -> None:
        self._marked = None
        super().reread()
        self._mark()

    def behind(self) -> Sequence[CodedSegment]:
        """The codings behind the cell under the cursor."""
        row = self.rows.current
        if row is None or self.table is None or self.opened is None or not self.table.columns:
            return ()
        return self.opened.segments(self.table.behind(int(row.key), self.column))

    def chosen(self, row: Row) -> None:
        from hsreview.tui.screens.matrix_cell import CellScreen

        if self.table is not None and self.opened is not None:
            self.workbench.push_screen(CellScreen(self.opened, self.wish, self.table, int(row.key), self.column))

    # Words

    def title_pieces(self) -> Sequence[Piece]:
        if self.table is None:
            return [Piece(_("Matrices"), "strong")]
        counted = words.measure_name(self.counted) + (f", {_('shares')}" if self.share else "")
        return [Piece(words.title(self.table), "strong"), Piece(f" · {counted}", "key")]

    def right_pieces(self) -> Sequence[Piece]:
        table = self.table
        if table is None:
            return ()
        shown = self._shown(table)
        layer = Piece(f" {_('layer')} {table.basis.layer} ", "key")
        if len(shown) == len(table.columns):
            return [layer]
        told = _("columns {first}–{last} of {count}")
        place = told.format(first=shown.start + 1, last=shown.stop, count=len(table.columns))
        return [Piece(f" {place} ", "quiet"), layer]

    def detail_of(self, row: Row) -> str:
        table = self.table
        if table is None:
            return ""
        at, column = int(row.key), self.column
        texts = {each: words.cell_text(table, at, column, each, share=self.share) for each in table.measures}
        numbers = [f"{words.measure_name(measure)} {text}" for measure, text in texts.items() if text]
        why = table.reason(at, column)
        state = _(words.REASONS[why]) if why in words.REASONS else ""
        lines = [
            labelled(words.behind_title(table, at, column), " · ".join(numbers)),
            " · ".join(part for part in (words.difference(table, table.rows[at]), state) if part),
            words.basis_line(table),
            *words.notes(table),
        ]
        return "\n".join(line for line in lines if line)

    def resized(self, event: events.Resize) -> None:
        if self.ready:
            self.call_after_refresh(self._show_again)

    # Choices

    def change(self, **wanted: Any) -> None:
        """Show another matrix; one that cannot be made leaves the present one."""
        wish = replace(self.wish, **wanted)
        self._open().table(wish)
        self.wish = self.workbench.last_matrix = wish
        self.reread()

    def pick(self, title: str, options: Mapping[str, str], then: Callable[[str], object]) -> None:
        """Choose one of a few names."""
        rows = [Row(key, (label,)) for key, label in options.items()]

        def search(query: str) -> Sequence[Row]:
            return [row for row in rows if fold(query) in fold(row.cells[0])]

        def choose(row: Row) -> None:
            self.workbench.guarded(lambda: then(row.key))

        self.choose(Choice(title, search, choose, (Column("", hued=True),), total=len(rows)), width=60)

    def menu(self, title: str, options: Mapping[str, str], now: str, then: Callable[[str], object]) -> None:
        """Choose one of ten at most by its digit."""
        entries = [
            Entry(
                self.digit_keys(number),
                label,
                partial(self.workbench.guarded, partial(then, key)),
                on=key == now,
            )
            for number, (key, label) in enumerate(options.items())
        ]
        self.show_menu(title, entries)


def _finding(screen: MatrixScreen) -> None:
    from hsreview.tui.screens.framework_ways import write_finding

    write_finding(screen, screen.behind())


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "matrix.finding": _finding,
    "matrix.left": lambda screen: screen.step(-1),
    "matrix.right": lambda screen: screen.step(1),
    "matrix.kind": choices.kind,
    "matrix.level": choices.level,
    "matrix.count": choices.count,
    "matrix.share": choices.share,
    "matrix.by": choices.by,
    "matrix.layer": choices.layer,
    "matrix.workbook": chores.export_workbook,
}
MatrixScreen.HANDLERS = HANDLERS
