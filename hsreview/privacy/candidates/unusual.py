"""Texts without capitals: words that are in no list of ordinary words may be names, and runs of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import UNUSUAL
from hsreview.privacy.candidates.lexicon import PARTICLES, Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.usage import is_cased
from hsreview.privacy.candidates.words import Word

FEWEST = 30
"""Words of a text from which on it can be said to use no capitals; file names and headings are shorter."""
_LEAST = 4
_SUFFIXES = tuple(
    word_set(
        "ment ments tion tions sion sions ite ites eur eurs euse euses isme iste istes able ables ible ibles ique aire "
        "iques aires age ages ance ances ence ences ants ante antes ait aient ais ons ions ez ees eux esse ives tif "
        "tifs trice ness ful less ing ings ed ism ist ists ity ities ous ive ship ers ors wise eaux elles iere ieres "
        "oire oires ure ures"
    )
)
"""Ends of words that are hardly ever names."""


def by_rarity(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """Unusual words of a text that uses no capitals; none of another one, where a capital says more."""
    if len(text_words) < FEWEST or is_cased(text_words):
        return
    at = 0
    while at < len(text_words):
        end = at
        while end < len(text_words) and _goes_on(text_words, at, end, known):
            end += 1
        while end > at and text_words[end - 1].key in PARTICLES:
            end -= 1
        if any(_is_unusual(word, known) for word in text_words[at:end]):
            yield Proposal(text_words[at].start, text_words[end - 1].end, NameClass.OTHER, UNUSUAL, sure=0)
        at = max(end, at + 1)


def _goes_on(text_words: Sequence[Word], at: int, end: int, known: Lexicon) -> bool:
    word = text_words[end]
    if end > at and (word.gap not in (" ", "-", "\n") or word.elided):
        return False
    if word.key in PARTICLES and word.key not in known.stop:
        return end > at
    return _is_unusual(word, known) or (known.is_part(word.key) and word.key not in known.common)


def _is_unusual(word: Word, known: Lexicon) -> bool:
    key = word.key
    if word.shape != "lower" or len(key) < _LEAST or not key.isalpha() or key.endswith(_SUFFIXES):
        return False
    return not any(
        key in some for some in (known.common, known.titles, known.heads, known.inner, known.idle, known.peoples)
    )
