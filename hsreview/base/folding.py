"""Folding: how texts are compared without case, accents, ligatures and kinds of apostrophe."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00ad": None,
        "\u2010": "-",
        "\u2011": "-",
    }
)


def fold(text: str) -> str:
    """`text` in lower case, without accents, ligatures opened (`œ` → `oe`), apostrophes and spaces made plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.translate(_PLAIN).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return fold(char)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and one past the end) the offset in `text` it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        folded = _fold_char(char)
        parts.append(folded)
        offsets.extend([offset] * len(folded))
    offsets.append(len(text))
    return "".join(parts), offsets
