"""An encrypted project asks for its passphrase: at the start, and when the workbench was locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from textual import events
from textual.widget import Widget

from hsreview.base.messages import N_, _
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.floating import wrapped

_LINES = 12


class UnlockScreen(BaseScreen):
    """Three sentences and a line for the passphrase, of which only dots are seen."""

    ABOUT = HelpText(N_("Passphrase"), N_("Type the passphrase of the project and press Enter."))

    def __init__(self, unlock: Callable[[str], None], root: Path | None = None) -> None:
        """`unlock` takes the passphrase, and raises when it is wrong. `root` is named while nothing is open yet."""
        super().__init__()
        self._unlock = unlock
        self._root = root
        self.words = Bar(id="words")

    def body(self) -> Iterable[Widget]:
        yield self.words

    def fill(self) -> None:
        self._ask()

    def _pop_result_callback(self) -> None:
        # The first screen of all was never pushed, and Textual has none for it when another one takes its place.
        if self._result_callbacks:
            super()._pop_result_callback()

    def _ask(self) -> None:
        self.ask(_("Passphrase:"), self._unlock, given_up=self._ask, secret=True, must=True)

    def _sentences(self) -> list[str]:
        if self._root is None:
            first = _("The workbench is locked. Type the passphrase to go on where you were.")
        else:
            first = _("The project in {folder} is encrypted. Type its passphrase.").format(folder=self._root)
        leave = _("A passphrase that is lost cannot be recovered by anybody. {key} leaves the workbench.")
        return [
            first,
            _("Mind capitals, keyboard layout and blanks: dots stand for what you type."),
            leave.format(key=self.key("everywhere.quit")),
        ]

    def resized(self, event: events.Resize) -> None:
        width = event.size.width - 2
        lines = [f" {line}" for said in self._sentences() for line in ("", *wrapped(said, width, _LINES))]
        self.words.styles.height = "1fr"
        self.words.show(*(([Piece(line)], ()) for line in lines))

    def refresh_header(self) -> None:
        self.show_header([Piece("hsreview", "strong")])
