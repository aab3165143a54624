"""Sentence and word units: made once, at intake, by rules alone, so that every machine sees the same ones.

Words follow French and English spelling (`l'|État`, `aujourd'hui`, `don't`). Sentences are in `sentences`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hsreview.base.folding import fold
from hsreview.intake.sentences import Token, cut_sentences, spacy_version
from hsreview.intake.word_sets import word_set
from hsreview.model.text import Span, Turn, Units

RULES = "hsreview-1"
"""Raise the number whenever a rule here or in `sentences` changes."""

_APOSTROPHES = "'’ʼ"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ELIDED = word_set("l d j m t s n c qu lorsqu puisqu quoiqu jusqu")
_VOWELS = frozenset("aeiouyh")


def make_units(text: str, turns: Sequence[Turn]) -> Units:
    """Sentences and words of what is said in `turns` (code points of `text`); labels have none."""
    tokens = list(_tokens(text, turns))
    words = [span for token in tokens if token.is_word for span in _elisions(text, token.start, token.end)]
    return Units(tuple(cut_sentences(text, tokens)), tuple(words), f"{RULES}/spacy-{spacy_version()}")


@lru_cache(maxsize=1)
def _token_pattern() -> re.Pattern[str]:
    """Words (numbers with their points, letters with combining marks, inner apostrophes and hyphens) and lone signs."""
    marks = "".join(chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
    letter = rf"[^\W_][{marks}\u00ad\u200c\u200d]*"
    number = r"\d+(?:[.,:/]\d+)+(?![^\W_])"
    joint = rf"[{_APOSTROPHES}\-\u2010\u2011_]"
    return re.compile(rf"(?P<word>{number}|(?:{letter})+(?:{joint}(?:{letter})+)*)|[^\s\w]|_")


def _tokens(text: str, turns: Sequence[Turn]) -> Iterator[Token]:
    find = _token_pattern().finditer
    for turn in turns:
        line = -1
        before = turn.label_end
        for match in find(text, turn.label_end, turn.end):
            start, end = match.span()
            fresh = line < 0 or "\n" in text[before:start]
            line += fresh
            yield Token(start, end, match.lastgroup is not None, fresh)
            before = end


def _elisions(text: str, start: int, end: int) -> Iterator[Span]:
    """The words of one token: `l'État` is two, `aujourd'hui`, `N'Diaye` and `don't` are one."""
    for mark in _APOSTROPHE.finditer(text, start, end):
        following = text[mark.end()]
        # A capital consonant after the apostrophe belongs to a name, not to an elided article.
        named = following.isupper() and fold(following)[:1] not in _VOWELS
        if named or fold(text[start : mark.start()]) not in _ELIDED:
            break
        yield (start, mark.end())
        start = mark.end()
    yield (start, end)
