"""The text that a word-processor file becomes: one line per paragraph, one line per table row."""

from __future__ import annotations

from hsreview.intake.office.limits import MAX_CHARACTERS, MAX_PARAGRAPHS, too_long
from hsreview.model.text import Span

Row = tuple[Span, ...]
"""The cells of one table row, each as the span of its text."""


class Composer:
    """Collects the pieces of a document in order, and where bold runs and table cells stand in the result.

    Paragraphs are separated by one line end, cells of a row by a TAB, paragraphs inside a cell by a line end.
    """

    def __init__(self) -> None:
        self.length = 0
        """Code points written so far."""
        self.tables: list[list[Row]] = []
        """Tables that stand in no other table; the row being written is not yet among them."""
        self._parts: list[str] = []
        self._separator = ""
        self._joined = False
        self._paragraphs = 0
        self._bold: list[Span] = []
        self._nesting = 0
        self._cells: list[Span] = []

    def write(self, text: str, bold: bool = False) -> None:
        """Add `text` to the paragraph. Raises InputRefused when the whole becomes too long."""
        if not text:
            return
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise too_long()
        if bold:
            if self._bold and self._bold[-1][1] == start:
                start = self._bold.pop()[0]
            self._bold.append((start, self.length))

    def start_paragraph(self) -> None:
        """Begin a paragraph on a line of its own. Raises InputRefused when there are too many."""
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise too_long()
        self.write(self._separator)
        self._separator = ""
        self._joined = False

    def end_paragraph(self, *, joined: bool = False) -> None:
        """End the paragraph; `joined` when its mark was deleted, so that the next one continues its line."""
        self._separator = "" if joined else "\n"
        self._joined = joined

    def start_table(self) -> None:
        """Begin a table; rows of a table inside a cell are lines of that cell."""
        self._nesting += 1
        if self._nesting == 1:
            self.tables.append([])

    def end_table(self) -> None:
        """End the innermost table."""
        self._nesting -= 1
        self._separator = "\n" if self.length else ""

    def start_cell(self, column: int) -> None:
        """Begin the cell of the innermost table's row at `column` (0 for the first)."""
        self.write("\t" if column else "\n" if self._joined else self._separator)
        self._separator = ""
        self._joined = False
        if self._nesting == 1:
            self._cells.append((self.length, self.length))

    def end_cell(self) -> None:
        """End the cell."""
        if self._nesting == 1:
            self._cells[-1] = (self._cells[-1][0], self.length)

    def end_row(self) -> None:
        """End the row, which is a paragraph among others."""
        self._separator = "\n"
        if self._nesting == 1:
            if self._cells:
                self.tables[-1].append(tuple(self._cells))
            self._cells = []

    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._parts)

    def bold_starts(self, text: str) -> tuple[Span, ...]:
        """The bold runs with which a line of `text` (the result of `text()`) begins, cut at the line's end."""
        spans: list[Span] = []
        for start, end in self._bold:
            at = start
            while at < end:
                stop = text.find("\n", at, end)
                stop = end if stop < 0 else stop
                line = text.rfind("\n", 0, at) + 1
                if not text[line:at].strip() and text[at:stop].strip():
                    spans.append((at, stop))
                at = stop + 1
        return tuple(spans)
