"""A text field of several lines that never sends a control character of its text to the terminal."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import TextArea

from hsreview.base.terminal import visible


class SafeArea(TextArea):
    """Textual's text field, with glyphs where its text holds control characters; the text itself keeps them."""

    def get_line(self, line_index: int) -> Text:
        # Tabs stay: Textual turns them into as many blanks as its own reckoning of columns expects.
        parts = self.document.get_line(line_index).split("\t")
        return Text("\t".join(visible(part) for part in parts), end="", no_wrap=True)
