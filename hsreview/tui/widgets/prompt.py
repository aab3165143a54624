"""A line at the foot of the screen in which the user types an answer; above it, what was wrong with the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import N_, _
from hsreview.tui.accidents import refusal
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import key_text
from hsreview.tui.line_editor import LineEditor
from hsreview.tui.widgets.bar import Bar, Line, Piece
from hsreview.tui.widgets.floating import wrapped

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench

WRONG_LINES = 3
"""Lines for what was wrong with an answer."""
QUESTION_LINES = 3
"""Lines for a question that is longer than one."""
ROOM = 40
"""Cells that an answer needs beside its question."""


@dataclass(frozen=True)
class Question:
    """What is asked, and what follows."""

    words: str
    done: Callable[[str], None]
    """Gets the answer. When it raises an HsreviewError, the question stays and the sentence stands above it."""
    typed: Callable[[str], None] | None = None
    """Hears every change."""
    given_up: Callable[[], None] | None = None
    opened: Callable[[], None] = lambda: None
    """Called when the question is asked again after a wrong answer."""
    closed: Callable[[], None] = lambda: None
    secret: bool = False
    """Whether dots stand for what is typed."""
    must: bool = False
    """Whether nothing goes on without an answer: then Esc only empties the line."""


class Prompt(Bar):
    """Shown only while something is asked. Enter answers, Esc gives up."""

    ABOUT = HelpText(
        N_("Answer"),
        N_(
            "Type the answer. Enter takes it, Esc gives up. An answer that is proposed is selected: typing replaces "
            "it, an arrow keeps it."
        ),
    )
    DEFAULT_CSS = """
    Prompt { display: none; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.line = LineEditor()
        self.question: Question | None = None
        self.wrong = ""
        """What was wrong with the last answer."""

    def open(self, question: Question, text: str = "", *, select: bool = True) -> None:
        """Ask; `text` is proposed, and selected unless it is a beginning to go on from."""
        self.question, self.wrong = question, ""
        self.line.set(text, select=select)
        self.display = True
        self._write()

    def take_key(self, event: events.Key) -> bool:
        if self.question is None:
            return False
        if event.key == "enter":
            self._answer(self.question)
        elif event.key == "escape":
            self.give_up()
        elif self.line.take(event.key, event.character):
            self._changed()
        return True

    def take_paste(self, text: str) -> None:
        self.line.insert(text.strip("\r\n"))
        self._changed()

    def footer(self) -> list[Piece]:
        """How to answer, for the foot of the screen."""
        enter, escape = key_text("enter"), key_text("escape")
        answer, leave = _("answer"), _("give up")
        if self.question is not None and self.question.must:
            return [Piece(f" {enter} ", "key"), Piece(f"{answer} ")]
        return [Piece(f" {enter} ", "key"), Piece(f"{answer} "), Piece(f" {escape} ", "key"), Piece(f"{leave} ")]

    def give_up(self) -> None:
        """Close without an answer."""
        question = self.question
        self._close()
        if question is not None and question.given_up is not None:
            question.given_up()

    def _answer(self, question: Question) -> None:
        # Closed before the answer is used, which may ask the next question.
        answer = self.line.text
        self._close()
        try:
            question.done(answer)
        except (HsreviewError, OSError) as raised:
            error = refusal(raised) if isinstance(raised, OSError) else raised
            self.open(question, "" if question.secret else answer, select=False)
            question.opened()
            self.complain(error)
            if len(error.problems) > 1:
                cast("Workbench", self.app).tell(error)

    def complain(self, error: HsreviewError) -> None:
        """Tell above the question what was wrong with the last answer."""
        self.wrong = " ".join([error.message, *(str(problem) for problem in error.problems[:1])])
        self._write()

    def _close(self) -> None:
        question, self.question = self.question, None
        self.display = False
        if question is not None:
            if question.secret:
                self.line.set("")  # It would stay in memory with the screen.
            question.closed()

    def _changed(self) -> None:
        self._write()
        if self.question is not None and self.question.typed is not None:
            self.question.typed(self.line.text)

    def _write(self) -> None:
        if self.question is None:
            return
        before, under, after = self.line.shown()
        if self.question.secret:
            before, under, after = "•" * len(before), "•" if self.line.text[len(before) :] else " ", "•" * len(after)
        width, question = self.app.size.width, Piece(f" {self.question.words} ", "key")
        # A long question stands on a line of its own, so that the answer can be read.
        above = cell_len(question.text) + ROOM > width
        room = max(10, width - (0 if above else cell_len(question.text)) - 4)
        typed = [Piece(before[-room:], "cursor" if self.line.selected else ""), Piece(under, "cursor"), Piece(after)]
        asked = [[Piece(f" {part} ", "key")] for part in wrapped(self.question.words, width - 2, QUESTION_LINES)]
        lines: list[Line] = (
            [*((each, ()) for each in asked), ([Piece(" "), *typed], ())] if above else [([question, *typed], ())]
        )
        if self.wrong:
            sentence = wrapped(self.wrong, width - 2, WRONG_LINES)
            lines = [*(([Piece(f" {part}", "warn")], ()) for part in sentence), *lines]
        self.styles.height = len(lines)
        self.show(*lines)
