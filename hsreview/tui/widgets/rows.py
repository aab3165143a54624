"""A list of rows in columns, drawn line by line: it opens at once whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hsreview.tui.action import Scope
from hsreview.tui.themes import hue_colour
from hsreview.tui.widgets.bar import fitted, fitted_middle, fitted_place, fitted_tail

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    title: str
    width: int = 0
    """In cells; 0 shares what is left."""
    right: bool = False
    """Numbers stand at the right."""
    least: int = 0
    """Hidden when the list is narrower than this."""
    hued: bool = False
    """Drawn in the row's hue."""
    place: bool = False
    """A transcript and a place in it: a long name is cut, never the place."""
    tail: bool = False
    """What matters is the end: a long cell loses its beginning, a short one stands at the right."""
    ends: bool = False
    """Both ends matter: a long cell loses its middle."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `key` says what it stands for."""

    key: str
    cells: tuple[str, ...]
    look: str = ""
    """`heading` (the cursor passes over it; one cell takes the whole line), `branch` (looks like one, but takes it),
    `quiet` or `warn`."""
    hue: str = ""


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor. Keys come from the registry (scope `list`)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rows--{name}" for name in ("title", "cursor", "heading", "branch", "quiet", "warn")
    }
    ALLOW_SELECT = False
    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.LIST,)
    DEFAULT_CSS = """
    RowList { height: 1fr; width: 1fr; background: $background; color: $foreground;
              overflow-x: hidden; scrollbar-size-vertical: 1; padding-left: 1; }
    RowList > .rows--title { color: $foreground 65%; text-style: underline; }
    RowList > .rows--cursor { background: $panel; text-style: bold; }
    RowList:focus > .rows--cursor { background: $selection; color: $on-selection; text-style: bold; }
    RowList > .rows--heading, RowList > .rows--branch { text-style: bold; }
    RowList > .rows--quiet { color: $foreground 60%; }
    RowList > .rows--warn { color: $warning; }
    RowList:nocolor > .rows--cursor { text-style: bold reverse; }
    """

    def __init__(self, columns: Sequence[Column] = (), *, empty: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns = list(columns)
        self.rows: Sequence[Row] = ()
        self.cursor = 0
        self.empty = empty
        """The sentence that stands there when there are no rows."""
        self.when_moved: Callable[[], object] = lambda: None
        """Called when the cursor stands on another row, or on none."""
        self.when_chosen: Callable[[Row], object] = lambda _row: None
        """Called on Enter or a double click. Both run at once: keys that follow fast find what they show."""

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Row], keep: str | None = None) -> None:
        """Show `rows`; the cursor stays on the row whose key is `keep` (else on the one it stood on)."""
        wanted = keep if keep is not None else (self.current.key if self.current else None)
        self.rows = rows
        places = (index for index, row in enumerate(rows) if row.key == wanted) if wanted is not None else iter(())
        self.cursor = self._nearest(next(places, min(self.cursor, max(0, len(rows) - 1))), 1)
        self.virtual_size = Size(0, len(rows) + self._head)
        self.refresh()
        self._scroll_to_cursor()
        self.when_moved()

    def go_to(self, index: int) -> None:
        """Put the cursor on the row with this index, or on the nearest one that is no heading."""
        if not self.rows:
            return
        index = max(0, min(index, len(self.rows) - 1))
        index = self._nearest(index, 1 if index >= self.cursor else -1)
        if index == self.cursor:
            self._scroll_to_cursor()
            return
        before, self.cursor = self.cursor, index
        self._refresh_row(before)
        self._refresh_row(index)
        self._scroll_to_cursor()
        self.when_moved()

    def move(self, step: int) -> None:
        """Move the cursor by `step` rows."""
        self.go_to(self.cursor + step)

    def _nearest(self, index: int, step: int) -> int:
        """The row at `index`, or the next one in the direction of `step` that is no heading, else one behind it."""
        if not self.rows:
            return 0
        ahead = range(index, len(self.rows)) if step > 0 else range(index, -1, -1)
        behind = range(index, -1, -1) if step > 0 else range(index, len(self.rows))
        return next((at for at in chain(ahead, behind) if self.rows[at].look != "heading"), index)

    def page(self, step: int) -> None:
        """Move the cursor by `step` pages."""
        self.move(step * max(1, self.scrollable_content_region.height - self._head - 1))

    def choose(self) -> None:
        """The row under the cursor is wanted."""
        if self.current is not None:
            self.when_chosen(self.current)

    @property
    def _head(self) -> int:
        return 1 if any(column.title for column in self.columns) else 0

    def _scroll_to_cursor(self) -> None:
        height = self.scrollable_content_region.height - self._head
        if height <= 0:
            return
        top = self.scroll_offset.y
        first = self.cursor
        while first and self.rows[first - 1].look == "heading":
            first -= 1
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, index - self.scroll_offset.y + self._head, self.size.width, 1))

    def widths(self) -> list[int]:
        """The cells that each column gets at the present width; 0 for a hidden one."""
        room = self.scrollable_content_region.width
        shown = [room >= column.least for column in self.columns]
        fixed = sum(column.width + 1 for column, show in zip(self.columns, shown, strict=True) if show and column.width)
        flexible = sum(1 for column, show in zip(self.columns, shown, strict=True) if show and not column.width)
        share = max(0, room - fixed - flexible) // flexible if flexible else 0
        return [(column.width or share) if show else 0 for column, show in zip(self.columns, shown, strict=True)]

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y < self._head:
            style = self.get_component_rich_style("rows--title")
            return self._cells([column.title for column in self.columns], base, style, style, width)
        index = y - self._head + self.scroll_offset.y
        if index >= len(self.rows):
            text = f" {self.empty}" if not self.rows and y == self._head else ""
            quiet = base + self.get_component_rich_style("rows--quiet", partial=True)
            return Strip([Segment(fitted(text, width), quiet)], width)
        row = self.rows[index]
        style = base
        if row.look:
            style += self.get_component_rich_style(f"rows--{row.look}", partial=True)
        hued = style
        colour = hue_colour(self.app.theme, row.hue) if row.hue else ""
        if colour:
            hued = style + Style(color=colour)
        if index == self.cursor:
            style = hued = self.get_component_rich_style("rows--cursor")
        if row.look == "heading" and len(row.cells) == 1:
            return Strip([Segment(fitted(row.cells[0], width), style)], width)
        return self._cells(row.cells, base, style, hued, width)

    def _cells(self, cells: Sequence[str], base: Style, style: Style, hued: Style, width: int) -> Strip:
        segments = []
        for column, cell, room in zip(self.columns, cells, self.widths(), strict=False):
            if room <= 0:
                continue
            fit = fitted_place if column.place else fitted_tail if column.tail else fitted
            fit = fitted_middle if column.ends else fit
            text = fit(cell, room)
            if column.right:
                text = text.rstrip().rjust(room)
            segments += [Segment(text, hued if column.hued else style), Segment(" ", style)]
        return Strip(segments).adjust_cell_length(width, style)

    def on_click(self, event: events.Click) -> None:
        index = event.y - self._head + self.scroll_offset.y
        if 0 <= index < len(self.rows) and event.y >= self._head and self.rows[index].look != "heading":
            self.go_to(index)
            if event.chain > 1:
                cast("Workbench", self.app).perform("list.choose")

    def on_resize(self) -> None:
        self._scroll_to_cursor()
        self.refresh()

    HANDLERS: ClassVar[Mapping[str, Callable[[RowList], None]]] = {
        "list.down": lambda rows: rows.move(1),
        "list.up": lambda rows: rows.move(-1),
        "list.page_down": lambda rows: rows.page(1),
        "list.page_up": lambda rows: rows.page(-1),
        "list.first": lambda rows: rows.go_to(0),
        "list.last": lambda rows: rows.go_to(len(rows.rows) - 1),
        "list.choose": lambda rows: rows.choose(),
        "go.top": lambda rows: rows.go_to(0),
        "go.bottom": lambda rows: rows.go_to(len(rows.rows) - 1),
    }
