"""Names in small letters that a title gives away: "le commandant dembélé"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import Lexicon
from hsreview.privacy.candidates.listed import PARTICLES
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word

_LEAST = 3
_MOST = 3
"""Words of a name."""


def by_title(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """The words in small letters after a title that are no ordinary words."""
    for at, word in enumerate(text_words):
        if word.key not in known.titles:
            continue
        first = end = at + 1
        while end < len(text_words) and end - first < _MOST and _may_be_name(text_words, end, first, known):
            end += 1
        while end > first and text_words[end - 1].key in PARTICLES:
            end -= 1
        if end > first:
            yield Proposal(text_words[first].start, text_words[end - 1].end, NameClass.PERSON, TITLES, sure=2)


def _may_be_name(text_words: Sequence[Word], at: int, first: int, known: Lexicon) -> bool:
    word = text_words[at]
    gaps = (" ", "\n", ".") if at == first else (" ", "-")
    if word.shape != "lower" or word.elided or word.gap not in gaps:
        return False
    if word.key in PARTICLES:
        return at > first
    return len(word.key) >= _LEAST and word.key not in known.common and word.key not in known.titles
