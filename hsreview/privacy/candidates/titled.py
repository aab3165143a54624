"""Names that the word before them gives away, in small letters too: "le commandant dembélé", "quartier bozola"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import PARTICLES, Lexicon
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.usage import Usage
from hsreview.privacy.candidates.words import Word

_QUARTERS = frozenset({"quartier", "quartiers", "secteur", "faubourg", "carrefour", "immeuble", "residence"})
_STREETS = frozenset({"rue", "avenue", "boulevard", "cite", "impasse"})
_ROADS = frozenset({"street", "road", "avenue", "lane", "close", "crescent", "junction", "roundabout", "estate"})
_CONNECTORS = frozenset({"de", "du", "des", "la", "le", "l", "d", "aux", "au"})
_SHORT = 2
"""Letters of a title that needs its capital: M., Me, Dr."""
_LEAST = 3
_MOST = 3
"""Words of a name."""


def by_title(text_words: Sequence[Word], known: Lexicon, usage: Usage) -> Iterator[Proposal]:
    """The words in small letters after a title that are no ordinary words, and stand after titles for the most part."""
    titled = [n for n, word in enumerate(text_words[:-1]) if _is_title(word, known)]
    named = Counter(text_words[at + 1].key for at in titled)
    for at in titled:
        if usage.small[text_words[at + 1].key] > 2 * named[text_words[at + 1].key]:
            continue
        first = end = at + 1
        while end < len(text_words) and end - first < _MOST and _may_be_name(text_words, end, first, known):
            end += 1
        while end > first and text_words[end - 1].key in PARTICLES:
            end -= 1
        if end > first:
            yield Proposal(text_words[first].start, text_words[end - 1].end, NameClass.PERSON, TITLES, sure=2)


def _is_title(word: Word, known: Lexicon) -> bool:
    return word.key in known.titles and (len(word.key) > _SHORT or word.shape != "lower")


def by_quarter(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """The name of a quarter or street with the word before it: "quartier Bozola", "avenue du Fleuve"."""
    for at, word in enumerate(text_words[:-1]):
        if word.key not in _QUARTERS and word.key not in _STREETS:
            continue
        end = at + 1
        for n in range(at + 1, min(at + _MOST + 2, len(text_words))):
            following = text_words[n]
            if following.gap not in (" ", "-", "\n"):
                break
            if word.key in _STREETS and following.key in _CONNECTORS:
                continue
            capital = following.shape in ("title", "upper") and not (following.first and following.key in known.stop)
            unknown = n == at + 1 and following.shape == "lower" and following.key not in known.common
            of_them = word.key in _STREETS and text_words[n - 1].key in _CONNECTORS and following.key not in known.stop
            if not (capital or unknown or of_them or following.key in known.places):
                break
            end = n + 1
        if end > at + 1:
            yield Proposal(word.start, text_words[end - 1].end, NameClass.EXACT_PLACE, TITLES, sure=2)


def by_street(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """English streets in small letters, from the unusual words before: lamashegu road."""
    for at, word in enumerate(text_words):
        first = at
        while (
            word.key in _ROADS
            and first
            and at - first < _MOST
            and text_words[first].gap == " "
            and not text_words[first].elided
        ):
            before = text_words[first - 1]
            if before.shape != "lower" or before.key in known.common or len(before.key) < _LEAST:
                break
            first -= 1
        if first < at:
            yield Proposal(text_words[first].start, word.end, NameClass.EXACT_PLACE, TITLES, sure=2)


def _may_be_name(text_words: Sequence[Word], at: int, first: int, known: Lexicon) -> bool:
    word = text_words[at]
    gaps = (" ", "\n", ".") if at == first else (" ", "-")
    if word.shape != "lower" or word.elided or word.gap not in gaps:
        return False
    if word.key in PARTICLES:
        return at > first
    return len(word.key) >= _LEAST and word.key not in known.common and word.key not in known.titles
