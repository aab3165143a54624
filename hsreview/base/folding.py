"""Folding: how texts are compared without case, accents, ligatures and kinds of apostrophe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_PLAIN = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u00ad": "",
    "\u2010": "-",
    "\u2011": "-",
}
_SPECIAL = re.compile(f"[{''.join(_PLAIN)}]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u07eb-\u07f3"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Runs of characters each of which folds to exactly one.
_ONE_TO_ONE = re.compile(
    "[\\x00-\xac\xae-\xc5\xc7-\xde\xe0-\xe5\xe7-\u012f\u0132-\u0148\u014a-\u0151\u0154-\u017e\u0186-\u01af"
    "\u0250-\u02af\u2010-\u2027\u202f\u2030-\u203a\u20ac]*"
)


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures opened (`œ` → `oe`), apostrophes and spaces made plain."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return _SPECIAL.sub(lambda found: _PLAIN[found.group()], bare)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return fold(char)


def fold_with_map(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters (and one past the end) the offset in `text` it comes from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        run = _ONE_TO_ONE.match(text, position)
        end = run.end() if run else position
        if end == position:
            end += 1
            part = _fold_char(text[position])
            offsets.extend([position] * len(part))
        else:
            part = fold(text[position:end])
            offsets.extend(range(position, end))
        parts.append(part)
        position = end
    offsets.append(len(text))
    return "".join(parts), offsets
