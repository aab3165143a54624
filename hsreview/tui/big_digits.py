"""Numbers three lines high, to be read from the back of a room."""

from __future__ import annotations

_GLYPHS = {
    "0": ("┌─┐", "│ │", "└─┘"),
    "1": (" ╷ ", " │ ", " ╵ "),
    "2": ("╶─┐", "┌─┘", "└─╴"),
    "3": ("╶─┐", "╶─┤", "╶─┘"),
    "4": ("╷ ╷", "└─┤", "  ╵"),
    "5": ("┌─╴", "└─┐", "╶─┘"),
    "6": ("┌─╴", "├─┐", "└─┘"),
    "7": ("╶─┐", "  │", "  ╵"),
    "8": ("┌─┐", "├─┤", "└─┘"),
    "9": ("┌─┐", "└─┤", "╶─┘"),
    "/": ("  ╱", " ╱ ", "╱  "),
    "–": ("   ", "╶─╴", "   "),
}
HEIGHT = 3


def big(text: str) -> tuple[str, str, str]:
    """`10/14` in three lines; signs that have no large form are left out."""
    glyphs = [_GLYPHS[sign] for sign in text if sign in _GLYPHS]
    first, second, third = ("".join(glyph[line] for glyph in glyphs) for line in range(HEIGHT))
    return first, second, third
