"""What the screens with one list share: columns, rows, a filter, and a word on the highlighted row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual.widget import Widget
from textual.widgets import Static

from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.terminal import visible_block
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.floating import wrapped
from hsreview.tui.widgets.rows import Column, Row, RowList

NOTICE_LINES = 3
"""Lines of what is said below the list, at most."""


class ListScreen(BaseScreen):
    """A list that fills the screen; below it, details of the highlighted row."""

    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {"list.filter": lambda screen: screen.ask_filter()}

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowList(self.columns(), id="rows")
        self.rows.when_moved = self.moved
        self.rows.when_chosen = self.chosen
        self.detail = Static(id="detail", markup=False)
        self.notice = Bar(id="notice")
        self.wanted = ""
        """The words of the filter."""

    def columns(self) -> Sequence[Column]:
        """The columns of the list."""
        return (Column(""),)

    def all_rows(self) -> Sequence[Row]:
        """Every row, as the project is now."""
        return ()

    def detail_of(self, row: Row) -> str:
        """What stands below the list for the highlighted row."""
        return ""

    def title_pieces(self) -> Sequence[Piece]:
        """What the header says."""
        return ()

    def right_pieces(self) -> Sequence[Piece]:
        """What the header says at its right end, which is never cut."""
        return ()

    def body(self) -> Iterable[Widget]:
        yield self.rows
        yield self.detail
        yield self.notice

    def fill(self) -> None:
        self.set_focus(self.rows, scroll_visible=False)
        self.reread()

    def reread(self) -> None:
        words = fold(self.wanted).split()
        rows = self.all_rows()
        if words:
            rows = [row for row in rows if all(word in fold(" ".join(row.cells)) for word in words)]
        self.rows.show(rows)
        self.refresh_header()

    def refresh_header(self) -> None:
        filtered = [Piece(f" {_('filter: {words}').format(words=self.wanted)} ", "warn")] if self.wanted else []
        self.show_header([Piece(" "), *self.title_pieces()], [*filtered, *self.right_pieces()])

    def say(self, message: str, look: str = "strong") -> None:
        """Say something below the list until the next action, on a few lines where it is long."""
        said = [[Piece(f" {line}", look)] for line in wrapped(message, self.app.size.width - 2, NOTICE_LINES)]
        self.notice.styles.height = max(1, len(said))
        self.notice.show(*((line, ()) for line in said or [[]]))

    def before_action(self) -> None:
        self.say("")

    def moved(self) -> None:
        """The cursor stands on another row."""
        self.show_detail()

    def show_detail(self) -> None:
        """Write the details of the highlighted row."""
        row = self.rows.current
        self.detail.update(visible_block(self.detail_of(row)) if row else "")

    def chosen(self, row: Row) -> None:
        """Enter was pressed on a row."""

    def filter_by(self, title: str, options: Mapping[str, str], then: Callable[[str], None]) -> None:
        """Choose one of a few names; `then` takes its key as a filter, and the list is shown again."""
        rows = [Row(key, (label,)) for key, label in options.items()]

        def search(query: str) -> Sequence[Row]:
            return [row for row in rows if fold(query) in fold(row.cells[0])]

        def choose(row: Row) -> None:
            then(row.key)
            self.workbench.guarded(self.reread)

        self.choose(Choice(title, search, choose, (Column("", hued=True),), total=len(rows)), width=50)

    def ask_filter(self) -> None:
        """Ask for the words of the filter; the list follows every letter."""
        before = self.wanted

        def typed(words: str) -> None:
            self.wanted = words
            self.reread()

        self.ask(_("Filter:"), typed, text=self.wanted, typed=typed, given_up=lambda: typed(before))
