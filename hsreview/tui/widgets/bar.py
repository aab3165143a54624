"""A line (or a few) of short pieces of text: header, slots, status, footer. It repaints without a new layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hsreview.base.terminal import visible
from hsreview.tui.themes import hue_colour


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar."""

    text: str
    look: str = ""
    """`strong`, `quiet`, `key`, `warn`, `cursor` or a hue of the codebook; empty for the bar's own colour."""
    action: str = ""
    """Id of the action that a click on it performs."""


Line = tuple[Sequence[Piece], Sequence[Piece]]
"""The pieces at the left and at the right end of a line."""

LOOKS = ("strong", "quiet", "key", "warn", "cursor")


class Bar(Widget):
    """Lines of pieces. What does not fit is cut at the end of the left part, with `…`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"bar--{look}" for look in LOOKS}
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; background: $panel; color: $foreground; }
    Bar > .bar--strong { text-style: bold; }
    Bar > .bar--quiet { color: $foreground 65%; }
    Bar > .bar--key { text-style: bold; color: $primary; }
    Bar > .bar--warn { text-style: bold; color: $warning; }
    Bar > .bar--cursor { text-style: reverse; }
    """

    @dataclass
    class Clicked(Message):
        """A piece that stands for an action was clicked."""

        action: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self.lines: list[Line] = []

    def show(self, *lines: Line) -> None:
        """Show these lines; nothing is painted when they are the same as before."""
        wanted = list(lines)
        if wanted != self.lines:
            self.lines = wanted
            self.refresh()

    def show_line(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        """Show one line."""
        self.show((left, right))

    def text(self) -> str:
        """What is shown, as plain text."""
        return "\n".join("".join(piece.text for piece in (*left, *right)) for left, right in self.lines)

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        base = self.rich_style
        if y >= len(self.lines):
            return Strip.blank(width, base)
        left, right = self.lines[y]
        tail = [Segment(visible(piece.text), base + self._style(piece.look)) for piece in right]
        tail_width = sum(cell_len(segment.text) for segment in tail)
        if tail_width > width:
            tail, tail_width = [], 0
        head = [Segment(visible(piece.text), base + self._style(piece.look)) for piece in left]
        strip, room = Strip(head), width - tail_width
        if strip.cell_length > room > 0:
            strip = Strip([*strip.crop(0, room - 1), Segment("…", base)])
        strip = strip.adjust_cell_length(room, base)
        return Strip([*strip, *tail], width)

    def _style(self, look: str) -> Style:
        if not look:
            return Style.null()
        if look in LOOKS:
            return self.get_component_rich_style(f"bar--{look}", partial=True)
        colour = hue_colour(self.app.theme, look)
        return Style(color=colour) if colour else Style.null()

    def on_click(self, event: events.Click) -> None:
        action = self._action_at(event.x, event.y)
        if action:
            self.post_message(self.Clicked(action))

    def _action_at(self, x: int, y: int) -> str:
        if not 0 <= y < len(self.lines):
            return ""
        left, right = self.lines[y]
        tail_width = sum(cell_len(piece.text) for piece in right)
        position = 0
        for piece in left:
            position += cell_len(piece.text)
            if x < min(position, self.content_size.width - tail_width):
                return piece.action
        position = self.content_size.width - tail_width
        for piece in right:
            if position <= x < position + cell_len(piece.text):
                return piece.action
            position += cell_len(piece.text)
        return ""


def fitted(text: str, width: int) -> str:
    """`text` on exactly `width` cells, ended by `…` when it is too long."""
    text = visible(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""


def fitted_tail(text: str, width: int) -> str:
    """The end of `text` on exactly `width` cells, after `…` when it is too long."""
    text = visible(text)
    if cell_len(text) <= width:
        return " " * (width - cell_len(text)) + text
    kept = text[-width:] if width > 0 else ""
    while cell_len(kept) > width - 1 and kept:
        kept = kept[1:]
    return " " * (width - 1 - cell_len(kept)) + "…" + kept if width > 0 else ""


def fitted_middle(text: str, width: int) -> str:
    """`text` on exactly `width` cells, without its middle when it is too long: what begins alike often differs last."""
    if cell_len(visible(text)) <= width:
        return fitted(text, width)
    head = (width + 1) // 2
    return fitted(fitted(text, head).rstrip() + fitted_tail(text, width - head + 1).lstrip().removeprefix("…"), width)


def fitted_place(text: str, width: int) -> str:
    """A name and a place in it on exactly `width` cells.

    A long name loses its middle: files of one series begin alike, and the place tells rows apart.
    """
    name, space, place = text.rpartition(" ")
    room = width - cell_len(place) - 1
    if not space or cell_len(text) <= width or room < 2:
        return fitted(text, width)
    return fitted(f"{fitted_middle(name, room).rstrip()} {place}", width)
