"""A list whose rows are the lines of what is told; a long one goes on in the next row, so that it can all be read."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.rows import Column, Row

_LEAST = 30
"""Signs of a line at least,"""
_BESIDE = 4
"""and cells beside it."""


class LinesScreen(ListScreen):
    """One row for each line, or several for a long one."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[str] = ()

    def columns(self) -> Sequence[Column]:
        return (Column(""),)

    def all_rows(self) -> Sequence[Row]:
        width = max(_LEAST, self.size.width - _BESIDE)
        return [
            Row(f"{number}.{part}", (words,))
            for number, line in enumerate(self.lines)
            for part, words in enumerate(wrap(line, width, subsequent_indent="    "))
        ]

    def detail_of(self, row: Row) -> str:
        return self.lines[int(row.key.partition(".")[0])].strip()

    def put(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        self.lines = lines
        self.reread()
