"""The line in which an expression is written, with what is wrong with it under its column."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual import events

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import key_text
from hsreview.tui.line_editor import LineEditor
from hsreview.tui.widgets.bar import Bar, Line, Piece
from hsreview.tui.widgets.floating import wrapped

FAULT_LINES = 3


class QueryLine(Bar):
    """The expression; while it is being written it takes the keys. Enter asks, Esc leaves it as it was."""

    ABOUT = HelpText(
        N_("Expression"),
        N_(
            'Codes: D (a theme), D1, D1! (alone), D*, "a label". Conditions: group = cso, region in (Gao, Mopti), flag '
            '= quote, says "budget*". Relations: overlaps, inside, contains, within turn, within 2 turns, followed by, '
            "within interview, within respondent. Join them with and, or, not and brackets."
        ),
    )
    DEFAULT_CSS = "QueryLine { height: 2; background: $surface; }"

    def __init__(self, ask: Callable[[str], None], left: Callable[[], None], pick: Callable[[], None]) -> None:
        super().__init__(id="expression")
        self.line = LineEditor()
        self.writing = False
        self.asked = ""
        """The expression that was asked last."""
        self.read = ""
        """How it was understood."""
        self.wrong = ""
        self.column = 0
        """Of what is wrong; 0 when it has no place in the expression."""
        self._ask, self._left, self._pick = ask, left, pick

    def begin(self) -> None:
        """Take the keys."""
        self.writing = True
        self.line.set(self.asked)
        self.write()

    def take_key(self, event: events.Key) -> bool:
        if event.key == "enter":
            self._ask(self.line.text)
        elif event.key == "escape":
            self.wrong = ""
            self.end()
        elif event.key == "tab":
            self._pick()
        elif self.line.take(event.key, event.character):
            self.wrong = ""
            self.write()
        return True

    def take_paste(self, text: str) -> None:
        self.line.insert(text.strip("\r\n"))
        self.write()

    def insert(self, words: str) -> None:
        """Put words at the cursor, apart from those before it."""
        before = self.line.text[: self.line.cursor]
        self.line.insert(f"{'' if not before or before[-1] in ' (' else ' '}{words} ")
        self.write()

    def answered(self, expression: str, read: str) -> None:
        """The expression was asked, and understood in this way."""
        self.asked, self.read, self.wrong = expression, read, ""
        self.end()

    def refused(self, error: HsreviewError, column: int) -> None:
        """Say what is wrong, with a mark under its column."""
        self.wrong, self.column = error.message, column
        self.write()

    def end(self) -> None:
        """Leave the keys."""
        self.writing = False
        self.write()
        self._left()

    def footer(self) -> list[Piece]:
        """How to answer, for the foot of the screen."""
        keys = (("enter", _("ask")), ("tab", _("a code")), ("escape", _("give up")), ("f1", _("help")))
        return [piece for key, label in keys for piece in (Piece(f" {key_text(key)} ", "key"), Piece(f"{label} "))]

    def write(self) -> None:
        """Write the line, and below it the fault or how the expression was understood."""
        width = max(20, self.app.size.width - 4)
        text = visible(self.line.text if self.writing else self.asked)
        cursor = self.line.cursor if self.writing else 0
        start = _first_shown(text, self.column - 1 if self.wrong and self.column else cursor, width)
        lead = "…" if start else ""
        if self.writing and cursor >= start:
            pieces = [Piece(lead + text[start:cursor]), Piece(text[cursor : cursor + 1] or " ", "cursor")]
            pieces.append(Piece(text[cursor + 1 :]))
        else:
            pieces = [Piece(lead + text[start:], "strong")]
        lines: list[Line] = [([Piece(" > ", "key"), *pieces], ())]
        if self.wrong:
            if self.column:
                before = cell_len(lead + text[start : max(start, self.column - 1)])
                lines.append(([Piece(" " * (3 + before) + "^", "warn")], ()))
            lines += [([Piece(f" {part}", "warn")], ()) for part in wrapped(self.wrong, width + 2, FAULT_LINES)]
        else:
            same = not self.read or self.read == self.asked or self.writing
            lines.append(([Piece("" if same else "   " + _("read as: {read}").format(read=self.read), "quiet")], ()))
        self.styles.height = len(lines)
        self.show(*lines)


def _first_shown(text: str, cursor: int, width: int) -> int:
    """The first character of a long text that is shown, so that the cursor is in sight."""
    start = 0
    while cell_len(text[start : cursor + 1]) >= width:
        start += max(1, (cursor - start) // 4)
    return start
