"""Help: what the focused part is for, and the keys that work there, as they are bound now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from hsreview.base.messages import _
from hsreview.tui.action import SCOPE_TITLES, Scope
from hsreview.tui.actions import actions_of
from hsreview.tui.base_screen import NEVER_TAKEN, BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import key_text
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.floating import wrapped
from hsreview.tui.widgets.rows import Column, Row, RowList

_KEYS = 18
"""Cells for the keys,"""
_BESIDE = _KEYS + 4
"""and with the margins,"""
_LINES = 3
"""and lines for what they do."""


class HelpScreen(BaseScreen):
    """The help of the screen, or of the part of it, from which it was opened."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()

    def __init__(self, about: HelpText | None, scopes: Sequence[Scope]) -> None:
        super().__init__()
        self._about = about
        self._scopes = scopes
        self.rows = RowList((Column("", _KEYS, hued=True), Column("")), id="help-keys")

    def body(self) -> Iterable[Widget]:
        yield Static(id="help-text", markup=False)
        yield self.rows

    def fill(self) -> None:
        about = self._about
        self.query_one("#help-text", Static).update(_(about.text) if about else "")
        self.refresh_header()
        self.rows.show(list(self._rows()))
        self.set_focus(self.rows)

    def refresh_header(self) -> None:
        title = _(self._about.title) if self._about else _("Keys")
        self.show_header([Piece(f" {_('Help: {title}').format(title=title)}", "strong")])

    def _rows(self) -> Iterable[Row]:
        keymap = self.workbench.keymap
        for scope in sorted({*self._scopes, Scope.EVERYWHERE}, key=list(SCOPE_TITLES).index):
            yield Row(scope.value, (_(SCOPE_TITLES[scope]), ""), "heading")
            for entry in actions_of(scope):
                if scope not in self._scopes and entry.id not in NEVER_TAKEN:
                    continue
                keys = "  " + "  ".join(map(key_text, keymap.changed.get(entry.id, entry.keys)))
                for number, line in enumerate(wrapped(_(entry.description), self.app.size.width - _BESIDE, _LINES)):
                    yield Row(f"{entry.id}.{number}", ("" if number else keys, line))
