"""The confusion of codes as a heat map with numbers: which code of one coder meets which code of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from textual import events

from hsreview.base.messages import N_, _
from hsreview.model.agreement import UNIT_WORDS
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.agreement_rows import basis_words, number
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import comparing
from hsreview.workflows.coders import coders
from hsreview.workflows.comparing import Confusion, ConfusionTable, Selection
from hsreview.workflows.projects import Project

CELL = 8
SHADES = "·░▒▓█"
LABEL = 18


class ConfusionScreen(ListScreen):
    """One table at a time; the diagonal is agreement, the last row and column are what was left uncoded."""

    SCOPES = (Scope.AGREEMENT,)
    ABOUT = HelpText(
        N_("Confusion"),
        N_(
            "Rows are the codes of the first coder, columns those of the second; = is agreement. The shade is the "
            "part of the row: · ░ ▒ ▓ █. The last row and column are text that this coder left uncoded. The arrows "
            "left and right move through the columns."
        ),
    )

    def __init__(self, selection: Selection) -> None:
        super().__init__()
        self.selection = selection
        self.found: Confusion | None = None
        self.shown = 0
        """Which table."""
        self.first = 0
        """Which column comes first."""
        self.team: dict[str, str] = {}

    def fill(self) -> None:
        super().fill()
        project, viewer, selection = self.session.project, self.session.coder, self.selection
        root = project.root
        self.team = {coder.id: coder.name for coder in coders(project)}
        self.rows.empty = _("Comparing …")

        def work() -> Confusion:
            with Project.open(root) as own:
                return comparing.confusion(own, selection, viewer=viewer)

        def done(found: Confusion) -> None:
            if self.is_attached:
                self.found = found
                self.rows.empty = _("There is nothing to compare.")
                self.reread()

        self.workbench.in_background(work, done)

    @property
    def tables(self) -> Sequence[ConfusionTable]:
        """Of each pair, and of all of them."""
        return self.found.tables if self.found else ()

    @property
    def table(self) -> ConfusionTable | None:
        """The table that is shown."""
        return self.tables[self.shown] if self.shown < len(self.tables) else None

    def _room(self) -> int:
        """How many columns there is room for, without the last one."""
        return max((self.size.width - LABEL - 4) // (CELL + 1) - 1, 1)

    def all_rows(self) -> Sequence[Row]:
        table = self.table
        if table is None:
            return ()
        names = [*table.refs, _("uncoded")]
        last = len(names) - 1
        shown = [*range(self.first, min(self.first + self._room(), last)), last]
        self.rows.columns = [Column("", LABEL), *(Column(names[column], CELL, right=True) for column in shown)]
        return [
            Row(str(row), (names[row], *(cell(table, row, column) for column in shown)))
            for row in range(len(names))
            if sum(table.counts[row])
        ]

    def detail_of(self, row: Row) -> str:
        table = self.table
        if table is None:
            return ""
        at = int(row.key)
        names = [*table.refs, _("uncoded")]
        meets = sorted(((count, name) for name, count in zip(names, table.counts[at], strict=True) if count))
        said = ", ".join(f"{name} {amount(count)}" for count, name in reversed(meets))
        meeting = _("{code} meets {others}").format(code=names[at], others=said)
        return f"{meeting}\n{basis_words(self.found.basis)}" if self.found else meeting

    def title_pieces(self) -> Sequence[Piece]:
        unit = _(UNIT_WORDS[self.found.basis.unit if self.found else self.selection.unit])
        return [
            Piece(_("Confusion"), "strong"),
            Piece(f" · {self._title(self.table)}", "key"),
            Piece(f" · {_('unit: {unit}').format(unit=unit)}", "quiet"),
        ]

    def right_pieces(self) -> Sequence[Piece]:
        table = self.table
        if table is None or len(table.refs) <= self._room():
            return ()
        end = min(self.first + self._room(), len(table.refs))
        said = _("columns {first}–{last} of {count}")
        return [Piece(f" {said.format(first=self.first + 1, last=end, count=len(table.refs))} ", "quiet")]

    def _title(self, table: ConfusionTable | None) -> str:
        if table is None:
            return ""
        if not any(table.coders):
            return _("all pairs")
        return " × ".join(self.team.get(coder, "?") for coder in table.coders)

    def resized(self, event: events.Resize) -> None:
        if self.ready:
            self.call_after_refresh(self.reread)

    def scroll_columns(self, step: int) -> None:
        """Move through the columns."""
        table = self.table
        if table is not None:
            self.first = max(0, min(self.first + step, len(table.refs) - self._room()))
            self.reread()

    def choose_table(self, index: int) -> None:
        """Show another pair."""
        self.shown, self.first = index, 0
        self.reread()


def cell(table: ConfusionTable, row: int, column: int) -> str:
    """A number with its shade; `=` on the diagonal."""
    count = table.counts[row][column]
    if not count:
        return ""
    if row == column:
        return f"{amount(count)} ="
    share = count / sum(table.counts[row])
    return f"{amount(count)} {SHADES[min(int(share * len(SHADES)), len(SHADES) - 1)]}"


def amount(count: float) -> str:
    """Units, without decimals where there are none."""
    return f"{count:.0f}" if count >= 10 or float(count).is_integer() else number(count, 1)


def _pair(screen: ConfusionScreen) -> None:
    entries = [
        Entry(screen.digit_keys(n), screen._title(table), partial(screen.choose_table, n), on=n == screen.shown)
        for n, table in enumerate(screen.tables)
    ]
    if entries:
        screen.show_menu(_("Compare whom?"), entries)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "agreement.pair": _pair,
    "agreement.left": lambda screen: screen.scroll_columns(-1),
    "agreement.right": lambda screen: screen.scroll_columns(1),
}
ConfusionScreen.HANDLERS = HANDLERS
