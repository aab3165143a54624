"""The words of a text, folded, each with its place: what cues and typical phrases are looked for in."""

from __future__ import annotations

import re
from functools import lru_cache

from hsreview.base.folding import fold

Word = tuple[str, int, int]
"""A folded word and its place `[start, end)` in code points; an empty word where no phrase goes on."""

_PIECES = re.compile('((?:[^\\W_]|[\u0300-\u036f\u00ad])+)|[.?!;:,…()\\[\\]«»“”"\n–—/]+')
folded = lru_cache(maxsize=200_000)(fold)
"""`fold`, which remembers words."""


@lru_cache(maxsize=2)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in their order, apostrophes and hyphens cutting them; between them the breaks.

    What was asked for last is remembered, because cues and typical phrases ask for the same text.
    """
    return tuple((folded(piece[1]) if piece[1] else "", piece.start(), piece.end()) for piece in _PIECES.finditer(text))
