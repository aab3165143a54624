"""What is wrong with an expression, and at which column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _

LONGEST = 400
"""Characters of a sentence: what it quotes may be as long as the expression."""
AROUND = 30
"""Characters of a long expression that are shown before the place."""


class QueryFault(InputRefused):
    """An expression that cannot be carried out. `column` counts its characters from 1."""

    def __init__(self, message: str, column: int) -> None:
        if len(message) > LONGEST:
            message = f"{message[: LONGEST // 2]} … {message[-LONGEST // 2 :]}"
        super().__init__(message)
        self.reason = message
        """The sentence without its place."""
        self.column = column
        self.expression = ""
        self.message = _("Column {column}: {what}").format(column=column, what=message)

    def pointed(self, room: int) -> tuple[str, str]:
        """The expression on one line of `room` characters at most, and what of it stands before the place."""
        at = self.column - 1
        start = 0 if len(self.expression) < room or at < room - 1 else max(0, at - AROUND)
        shown = self.expression[start : start + room - 1]
        lead = "…" if start else ""
        return lead + shown, lead + self.expression[start:at]


def nearest(wish: str, known: Iterable[str], most: int = 3) -> str:
    """`Did you mean …?` with the known names that are most like `wish`; else the known names, when they are few."""
    names = list(dict.fromkeys(name for name in known if name))
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(fold(name), name)
    near = [folded[each] for each in difflib.get_close_matches(fold(wish), list(folded), most, 0.5)]
    if near:
        return _("Did you mean {names}?").format(names=", ".join(near))
    if 0 < len(names) <= 12:
        return _("There are: {names}.").format(names=", ".join(names))
    return ""
