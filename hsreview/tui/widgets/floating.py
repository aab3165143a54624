"""Panels that float over a screen and take every key while they are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from hsreview.base.terminal import visible
from hsreview.tui.themes import hue_colour

LEAST_HEIGHT = 7


class Floating(Widget):
    """A panel in the screen's float layer. It never has the focus: the screen hands it the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"floating--{name}" for name in ("key", "cursor", "quiet", "strong", "caret", "rule")
    }
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Floating { layer: float; display: none; position: absolute; background: $surface; color: $foreground;
               border: round $primary;
               border-title-color: $primary; border-title-style: bold; border-subtitle-color: $foreground 70%; }
    Floating > .floating--key { text-style: bold; color: $primary; }
    Floating > .floating--cursor { background: $selection; color: $on-selection; text-style: bold; }
    Floating > .floating--quiet { color: $foreground 65%; }
    Floating > .floating--strong { text-style: bold; }
    Floating > .floating--caret { text-style: reverse; }
    Floating > .floating--rule { color: $foreground 85%; text-style: italic; }
    Floating:nocolor > .floating--cursor { text-style: bold reverse; }
    """

    def take_key(self, event: events.Key) -> bool:
        """Handle a key; true when it was used."""
        raise NotImplementedError

    def take_paste(self, text: str) -> None:
        """Handle pasted text."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        # A press beside a panel closes it; one on the panel must not.
        event.stop()

    def place(self, region: Region) -> None:
        """Show the panel in this region of the screen."""
        self.styles.width, self.styles.height = region.width, region.height
        self.styles.offset = (region.x, region.y)
        self.display = True

    def entitle(self, title: str, hint: str = "") -> None:
        """Write `title` and `hint` on the border, letter by letter: brackets in words of a text are no markup."""
        self.border_title = Content(visible(title))
        self.border_subtitle = Content(visible(hint))

    def hide(self) -> None:
        """Take the panel away."""
        self.display = False

    def look(self, name: str) -> Style:
        """The style of one of the panel's parts."""
        return self.get_component_rich_style(f"floating--{name}", partial=name not in ("cursor",))

    def hue(self, name: str) -> Style:
        """The colour of a hue of the codebook."""
        colour = hue_colour(self.app.theme, name) if name else ""
        return Style(color=colour) if colour else Style.null()

    def line(self, *parts: tuple[str, Style], base: Style | None = None) -> Strip:
        """A line of text parts over the whole width of the panel."""
        ground = base or self.rich_style
        segments = [Segment(visible(text), ground + style) for text, style in parts if text]
        return Strip(segments).adjust_cell_length(self.content_size.width, ground)


def beside(avoid: Region | None, screen: Size, wanted: Size, top: int = 1, bottom: int = 2) -> Region:
    """Where a panel of the `wanted` size stands without covering `avoid`: below it, else above.

    Where neither side has room for all of it, it shrinks. `top` and `bottom` lines of the screen stay free.
    """
    width = min(wanted.width, screen.width - 2)
    floor = max(top + LEAST_HEIGHT, screen.height - bottom)
    x = (screen.width - width) // 2
    if avoid is None:
        height = min(wanted.height, floor - top)
        return Region(x, max(top, (floor - height) // 3), width, height)
    above, below = max(0, avoid.y - top), max(0, floor - avoid.bottom)
    if below >= wanted.height or below >= above:
        height = min(wanted.height, max(below, LEAST_HEIGHT))
        return Region(x, min(avoid.bottom, floor - height), width, height)
    height = min(wanted.height, max(above, LEAST_HEIGHT))
    return Region(x, max(top, avoid.y - height), width, height)


def wrapped(text: str, width: int, lines: int) -> Sequence[str]:
    """`text` on at most `lines` lines of `width` cells; an ellipsis says that something is left out."""
    found: list[str] = []
    rest = visible(text).strip()
    while rest and len(found) < lines and width > 1:
        if cell_len(rest) <= width:
            found.append(rest)
            return found
        room = _prefix(rest, width + 1)
        cut = rest.rfind(" ", 1, room)
        cut = cut if cut > 0 else _prefix(rest, width)
        found.append(rest[:cut])
        rest = rest[cut:].lstrip(" ")
    if rest and found:
        found[-1] = found[-1][: _prefix(found[-1], width - 1)] + "…"
    return found


def _prefix(text: str, width: int) -> int:
    """How many characters of `text` fit into `width` cells."""
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return index
    return len(text)
