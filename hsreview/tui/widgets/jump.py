"""Letters over every part of the screen that can have the focus; pressing one goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hsreview.tui.widgets.floating import Floating

if TYPE_CHECKING:
    from hsreview.tui.base_screen import BaseScreen

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class Label(Floating):
    """One letter."""

    DEFAULT_CSS = """
    Label { border: none; background: $selection; color: $on-selection; text-style: bold; }
    """

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter

    def render_line(self, y: int) -> Strip:
        return self.line((f" {self.letter} ", self.look("strong")))


class JumpLabels:
    """The letters of one screen; a letter or any other key takes them away."""

    def __init__(self, screen: BaseScreen) -> None:
        self.screen = screen
        self.targets: dict[str, Widget] = {}
        self.labels: list[Label] = []

    @classmethod
    def show_on(cls, screen: BaseScreen) -> None:
        """Put letters on every part of `screen` that can have the focus."""
        labels = cls(screen)
        for letter, widget in zip(LETTERS, screen.focus_chain, strict=False):
            label = Label(letter)
            labels.targets[letter] = widget
            labels.labels.append(label)
            screen.mount(label)
            label.place(Region(widget.region.x, widget.region.y, 3, 1))
        screen.takers.append(labels)

    def take_key(self, event: events.Key) -> bool:
        target = self.targets.get(event.key)
        self.screen.takers.remove(self)
        for label in self.labels:
            label.remove()
        if target is not None:
            self.screen.set_focus(target)
        return True

    def take_paste(self, text: str) -> None:
        """Pasted text means nothing here."""
