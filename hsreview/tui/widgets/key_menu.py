"""A small panel that says which key does what next: after `g`, for flags, modifiers and lists of codings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.timer import Timer

from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import key_text
from hsreview.tui.widgets.bar import fitted
from hsreview.tui.widgets.floating import Floating, beside

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    keys: tuple[str, ...]
    label: str
    run: Callable[[], object]
    hue: str = ""
    on: bool = False
    """Whether it is set already (a flag, a value)."""
    done: bool = False
    """Whether it was done while the menu is open: the line stays, and its keys do nothing more."""


_ABOUT = HelpText(
    N_("Menu"),
    N_("Press the key of a line, or go there with the arrows and press Enter. Esc closes; any other key does nothing."),
)
_ABOUT_PASSING = HelpText(
    N_("Menu"),
    N_(
        "Press the key of a line, or go there with the arrows and press Enter. Lines with a tick are done. Esc closes; "
        "any other key closes the list and does what it always does."
    ),
)


class KeyMenu(Floating):
    """The panel. A key of an entry runs it; arrows and Enter work too; Esc closes, any other key only rings.

    A menu that `keeps` some keys closes at any other one, which then does its usual work.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ABOUT = _ABOUT
        self.entries: Sequence[Entry] = ()
        self.is_open = False
        self.keeps: Collection[str] | None = None
        """Keys of no line that only ring; None: all of them."""
        self.cursor: int | None = None
        self.on_closed: Callable[[], None] = lambda: None
        self._timer: Timer | None = None

    def open(
        self,
        title: str,
        entries: Sequence[Entry],
        screen: Size,
        avoid: Region | None = None,
        *,
        delay: float = 0.0,
        hint: str = "",
        keeps: Collection[str] | None = None,
    ) -> None:
        """Take the keys at once; be seen after `delay` seconds."""
        self.keeps = keeps
        self.ABOUT = _ABOUT if keeps is None else _ABOUT_PASSING
        self.entries, self.is_open, self.cursor = entries, True, None if delay else _first(entries)
        hint = hint or ("" if delay else _("↑↓ Enter  Esc"))
        self.entitle(title, hint)
        widths = [cell_len(visible(entry.label)) + 12 for entry in entries]
        width = max([cell_len(visible(title)) + 6, cell_len(visible(hint)) + 6, *widths])
        region = beside(avoid, screen, Size(min(width, 72), len(entries) + 2))
        if delay:
            self._timer = self.set_timer(delay, lambda: self._appear(region))
        else:
            self._appear(region)

    def _appear(self, region: Region) -> None:
        if self.is_open:
            self.place(region)
            self.refresh()

    def close(self) -> None:
        """Take the panel away."""
        self.is_open = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.display:
            self.hide()
        self.on_closed()

    def take_key(self, event: events.Key) -> bool:
        if not self.is_open:
            return False
        chosen = next((entry for entry in self.entries if event.key in entry.keys), None)
        if chosen is not None:
            self._run(chosen)
        elif event.key in ("up", "down") and self.entries:
            step = 1 if event.key == "down" else -1
            self.cursor = 0 if self.cursor is None else (self.cursor + step) % len(self.entries)
            self.refresh()
        elif event.key == "enter" and self.cursor is not None:
            self._run(self.entries[self.cursor])
        elif event.key == "escape":
            self.close()
        elif self.keeps is not None and event.key not in self.keeps:
            self.close()
            return False
        else:
            # Whoever types a name must not have its later letters taken by what lies below.
            self.app.bell()
        return True

    def _run(self, entry: Entry) -> None:
        if entry.done:
            self.app.bell()
        else:
            self.close()
            entry.run()

    def on_click(self, event: events.Click) -> None:
        index = self._first_visible() + event.y - 1
        if self.is_open and event.y >= 1 and index < len(self.entries):
            entry = self.entries[index]
            cast("Workbench", self.app).guarded(lambda: self._run(entry))

    def render_line(self, y: int) -> Strip:
        first = self._first_visible()
        index = first + y
        if index >= len(self.entries):
            return self.line()
        entry = self.entries[index]
        key = fitted(key_text(entry.keys[0]) if entry.keys else "", 6)
        mark = "✓ " if entry.done else "● " if entry.on else "  "
        if index == self.cursor:
            ground = self.look("cursor")
            return self.line((f"▸{key}{mark}{entry.label}", ground), base=ground)
        return self.line((f" {key}", self.look("key")), (mark, self.look("strong")), (entry.label, self.hue(entry.hue)))

    def _first_visible(self) -> int:
        room = max(1, self.content_size.height)
        return max(0, (self.cursor or 0) - room + 1)


def _first(entries: Sequence[Entry]) -> int:
    """Where the cursor is at first: on what is set already, or done, where another Enter does no harm."""
    return next((at for at, entry in enumerate(entries) if entry.on or entry.done), 0)
