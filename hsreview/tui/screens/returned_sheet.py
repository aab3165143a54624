"""What screens of sheets that came back share: every change is accepted or refused, and nothing stored before `s`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import ngettext
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Row

CHANGE = "change:"


class ReturnedScreen(ListScreen):
    """One row per change of the file `name`; `names` are those of all changes, `taken` of those that are accepted."""

    def __init__(self, name: str, names: Sequence[str], taken: set[str]) -> None:
        super().__init__()
        self.file_name, self.names, self.taken = name, names, taken
        self.faults = 0

    def change(self, name: str, cells: Sequence[str]) -> Row:
        """The line of a change."""
        return Row(f"{CHANGE}{name}", ("✓" if name in self.taken else "–", *cells))

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.names)
        said = ngettext("{n} change, {taken} accepted", "{n} changes, {taken} accepted", n)
        pieces = [
            Piece(self.file_name, "strong"), Piece(f" · {said.format(n=n, taken=len(self.taken))}", "key"),
        ]  # fmt: skip
        if self.faults:
            n = self.faults
            pieces.append(Piece(" · " + ngettext("{n} not read", "{n} not read", n).format(n=n), "warn"))
        return pieces

    def take(self, names: Sequence[str], on: bool | None = None) -> None:
        """Accept changes, or refuse them."""
        for name in names:
            take = name not in self.taken if on is None else on
            (self.taken.add if take else self.taken.discard)(name)
        self.reread()

    def take_all(self) -> None:
        """Accept every change; when all are, none."""
        self.take(self.names, on=not self.taken.issuperset(self.names))

    def take_current(self) -> None:
        """Accept the change under the cursor, or refuse it, and go to the next one."""
        row = self.rows.current
        if row is not None and row.key.startswith(CHANGE):
            self.take([row.key.removeprefix(CHANGE)])
            self.rows.move(1)

    def store_chosen(self) -> int:
        """Store what is accepted, as one act; how many."""
        raise NotImplementedError

    def store(self) -> None:
        """Store what is accepted, and go back."""
        n = self.store_chosen()
        self.app.pop_screen()
        self.workbench.refresh_screens()
        screen = self.workbench.screen
        if isinstance(screen, ListScreen):
            screen.say(ngettext("{n} cell stored.", "{n} cells stored.", n).format(n=n))


def handlers(prefix: str) -> Mapping[str, Callable[[Any], None]]:
    """The actions of such a screen, under the prefix of its scope."""
    return {
        **ListScreen.HANDLERS,
        f"{prefix}.take": lambda screen: screen.take_current(),
        f"{prefix}.take_all": lambda screen: screen.take_all(),
        f"{prefix}.store": lambda screen: screen.store(),
    }
