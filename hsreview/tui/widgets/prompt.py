"""One line at the foot of the screen in which the user types an answer."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from hsreview.tui.line_editor import LineEditor
from hsreview.tui.widgets.bar import Bar, Piece


class Prompt(Bar):
    """Shown only while something is asked. Enter answers, Esc gives up."""

    DEFAULT_CSS = """
    Prompt { display: none; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.line = LineEditor()
        self.question = ""
        self._done: Callable[[str], None] | None = None
        self._typed: Callable[[str], None] | None = None
        self._given_up: Callable[[], None] | None = None
        self._when_closed: Callable[[], None] = lambda: None

    def open(
        self,
        question: str,
        done: Callable[[str], None],
        text: str,
        typed: Callable[[str], None] | None,
        given_up: Callable[[], None] | None,
        closed: Callable[[], None],
    ) -> None:
        """Ask `question`; `typed` hears every change, `done` the answer."""
        self.question = question
        self._done, self._typed, self._given_up, self._when_closed = done, typed, given_up, closed
        self.line.set(text)
        self.display = True
        self._write()

    def take_key(self, event: events.Key) -> bool:
        if self._done is None:
            return False
        if event.key == "enter":
            done = self._done
            self._close()
            done(self.line.text)
        elif event.key == "escape":
            self.give_up()
        elif self.line.take(event.key, event.character):
            self._changed()
        return True

    def take_paste(self, text: str) -> None:
        self.line.insert(text)
        self._changed()

    def give_up(self) -> None:
        """Close without an answer."""
        given_up = self._given_up
        self._close()
        if given_up is not None:
            given_up()

    def _close(self) -> None:
        self._done = None
        self.display = False
        self._when_closed()

    def _changed(self) -> None:
        self._write()
        if self._typed is not None:
            self._typed(self.line.text)

    def _write(self) -> None:
        before, under, after = self.line.shown()
        room = max(10, self.app.size.width - len(self.question) - 6)
        self.show_line(
            [Piece(f" {self.question} ", "key"), Piece(before[-room:]), Piece(under, "cursor"), Piece(after)]
        )
