"""Which of French and English a turn or a transcript is in, by its commonest words; no model, no spaCy.

A person's word on the language of a transcript goes before what is found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from hsreview.base.function_words import Heard, heard

Language = Literal["fr", "en", "mixed", ""]
FRENCH: Final = "fr"
ENGLISH: Final = "en"
MIXED: Final = "mixed"
UNKNOWN: Final = ""
LANGUAGES: tuple[Literal["fr", "en"], ...] = (FRENCH, ENGLISH)
LEAST_WORDS = 4
"""Of shorter turns nothing is said."""
LEAST_TELLING = 2
"""So many telling words must be heard."""
PREVAILS = 3
"""A language prevails when it has at least so many times the telling words of the other."""
MIXED_FROM = 3
"""So many telling words of the lesser language make a turn mixed."""
SHARE = 0.1
"""A transcript is mixed when at least this share of its words is in the lesser language."""


def language_of(text: str) -> Language:
    """`fr`, `en`, `mixed` when both are clearly heard, empty when nothing can be said of so few words."""
    return _judged(heard(text))


def _judged(found: Heard) -> Language:
    most, least = max(found.french, found.english), min(found.french, found.english)
    if found.words < LEAST_WORDS or most < LEAST_TELLING:
        return UNKNOWN
    if most >= PREVAILS * least:
        return FRENCH if found.french > found.english else ENGLISH
    return MIXED if least >= MIXED_FROM else UNKNOWN


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a transcript, turn by turn."""

    turns: tuple[Language, ...]
    """`fr`, `en`, `mixed` or empty, for each."""
    words: tuple[int, int, int]
    """Words in French, in English, and of turns of which nothing is said; those of mixed turns by their shares."""

    @property
    def whole(self) -> Language:
        """The language of the whole."""
        french, english, _rest = self.words
        known = french + english
        if not known:
            return UNKNOWN
        return MIXED if min(french, english) >= SHARE * known else self.most

    @property
    def most(self) -> Language:
        """The language of most words."""
        french, english, _rest = self.words
        if french == english:
            return UNKNOWN
        return FRENCH if french > english else ENGLISH


def languages_of(turns: Iterable[str]) -> Languages:
    """The languages of what was said, turn by turn."""
    found, words = [], {FRENCH: 0, ENGLISH: 0}
    rest = 0
    for said in turns:
        each = heard(said)
        language = _judged(each)
        found.append(language)
        if language in words:
            words[language] += each.words
        elif language == MIXED:
            french = round(each.words * each.french / (each.french + each.english))
            words[FRENCH] += french
            words[ENGLISH] += each.words - french
        else:
            rest += each.words
    return Languages(tuple(found), (words[FRENCH], words[ENGLISH], rest))
