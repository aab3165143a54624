"""A line that is being typed: text and cursor. No Textual."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible


@dataclass(slots=True)
class LineEditor:
    """What a user types into a one-line field."""

    text: str = ""
    cursor: int = 0
    selected: bool = False
    """Whether all of the text is selected, so that typing replaces it."""

    def set(self, text: str, *, select: bool = False) -> None:
        """Start with `text`, the cursor at its end."""
        self.text, self.cursor, self.selected = text, len(text), select and bool(text)

    def insert(self, text: str) -> None:
        """Put `text` at the cursor, or in place of what is selected; line ends become blanks."""
        if self.selected:
            self.set("")
        plain = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
        self.text = self.text[: self.cursor] + plain + self.text[self.cursor :]
        self.cursor += len(plain)

    def take(self, key: str, character: str | None) -> bool:
        """Handle one key; false when it means nothing to a line of text."""
        command = _COMMANDS.get(key)
        if command is not None:
            if self.selected and key in _CUTTING:
                self.set("")
            elif self.selected and key == "left":
                self.cursor = 0
            else:
                command(self)
            self.selected = False
            return True
        if character is not None and _is_written(character) and len(key.split("+")) == 1:
            self.insert(character)
            return True
        return False

    def shown(self) -> tuple[str, str, str]:
        """What stands before, under and after the cursor, safe for the terminal."""
        text = visible(self.text)
        return text[: self.cursor], text[self.cursor : self.cursor + 1] or " ", text[self.cursor + 1 :]

    def _move(self, to: int) -> None:
        self.cursor = max(0, min(to, len(self.text)))

    def _cut(self, start: int, end: int) -> None:
        start = max(0, start)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def _word_start(self) -> int:
        position = self.cursor
        while position and self.text[position - 1].isspace():
            position -= 1
        while position and not self.text[position - 1].isspace():
            position -= 1
        return position


def _is_written(character: str) -> bool:
    """Whether it belongs into a text; for Python the blanks of French typography cannot be printed."""
    return character.isprintable() or (len(character) == 1 and unicodedata.category(character) == "Zs")


def typed_path(answer: str) -> Path:
    """The path that a user typed; `~` is their home. Raises InputRefused for the home of nobody."""
    path = Path(answer.strip().strip("\"'"))
    try:
        return path.expanduser()
    except RuntimeError:
        raise InputRefused(_("There is no file or folder {name}.").format(name=path)) from None


def typed_number(answer: str) -> int | None:
    """The number that a user typed; null for anything else, also for one that no turn can have."""
    digits = answer.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


_COMMANDS: dict[str, Callable[[LineEditor], None]] = {
    "left": lambda line: line._move(line.cursor - 1),
    "right": lambda line: line._move(line.cursor + 1),
    "home": lambda line: line._move(0),
    "ctrl+a": lambda line: line._move(0),
    "end": lambda line: line._move(len(line.text)),
    "ctrl+e": lambda line: line._move(len(line.text)),
    "backspace": lambda line: line._cut(line.cursor - 1, line.cursor),
    "delete": lambda line: line._cut(line.cursor, line.cursor + 1),
    "ctrl+w": lambda line: line._cut(line._word_start(), line.cursor),
    "ctrl+u": lambda line: line._cut(0, line.cursor),
    "ctrl+k": lambda line: line._cut(line.cursor, len(line.text)),
}
_CUTTING = frozenset({"backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k"})
