"""Paragraphs and table rows of rich text, which states them by marks at their ends."""

from __future__ import annotations

from hsreview.intake.office.compose import Composer

TABLE_WORDS = frozenset({"trowd", "intbl", "pard", "cell", "nestcell", "row"})


class Layout(Composer):
    """A composer that opens paragraphs, cells and tables when the first of their text arrives."""

    def __init__(self) -> None:
        super().__init__()
        self._open = False
        self._row_defined = False
        self._in_table_paragraph = False
        self._in_table = False
        self._in_cell = False
        self._column = 0

    def put(self, text: str, bold: bool) -> None:
        """Add `text` (perhaps nothing) to the paragraph, which begins with it if none is open."""
        if not self._open:
            self._open = True
            if self._row_defined or self._in_table_paragraph:
                self._enter_cell()
            else:
                self.end()
            self.start_paragraph()
        self.write(text, bold)

    def finish_paragraph(self) -> None:
        """End the open paragraph."""
        self._open = False
        self.end_paragraph()

    def table_word(self, word: str) -> None:
        """Take up one of `TABLE_WORDS`."""
        if word == "trowd":
            self._row_defined = True
        elif word == "intbl":
            self._in_table_paragraph = True
        elif word == "pard":
            self._in_table_paragraph = False
        elif word == "nestcell":  # a table inside a cell is written as lines of that cell
            self.put("\t", False)
        elif word == "cell":
            self._enter_cell()
            self._leave_cell()
        else:
            self._leave_row()

    def end(self) -> None:
        """End the table that is open, if one is."""
        if self._in_table:
            if self._column or self._in_cell:
                self._leave_row()
            self._in_table = False
            self.end_table()

    def _enter_cell(self) -> None:
        if not self._in_table:
            self._in_table = True
            self.start_table()
        if not self._in_cell:
            self._in_cell = True
            self.start_cell(self._column)

    def _leave_cell(self) -> None:
        if self._open:
            self.finish_paragraph()
        self.end_cell()
        self._in_cell = False
        self._column += 1

    def _leave_row(self) -> None:
        if self._in_cell:
            self._leave_cell()
        if self._in_table:
            self.end_row()
        self._column = 0
        self._row_defined = False
