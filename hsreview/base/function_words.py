"""The commonest words of French and English: they tell the language of a text, and nothing else of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hsreview.base.folding import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FRENCH = _words(
    "le la les une des du de et est que qui dans pour pas sur avec je vous nous il elle ils elles ce cette ces mais ou "
    "au aux par plus ne se sa ses leur leurs euh donc ca oui avez sont meme tres c l d n qu j jusqu lorsqu puisqu "
    "etait etaient avait avaient ont sommes etes suis notre nos votre vos mon ma mes ton quand parce comme tout tous "
    "toute toutes y en si aussi alors apres avant depuis chez entre sans sous quoi dont celui celle ceux cela rien "
    "jamais toujours encore deja peu beaucoup peut doit fait faire etre avoir voila"
)
ENGLISH = _words(
    "the an of and is that which in for not with you we he she it this these those but where at by more to be was "
    "were are have has had they their there what so yes very would as from our your his her its my us them him who "
    "when because if then also after before since between without under nothing never always still already do does "
    "did can could should must will been being than about into only just how all any some"
)
"""Both folded; words that are common in both languages (on, me, a, son) are in neither."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """How much of a text is in which language, in words that tell."""

    words: int
    french: int
    english: int


def heard(text: str, most: int | None = None) -> Heard:
    """The telling words among the words of `text`, of which `most` are read."""
    words = _WORD.findall(fold(text))[:most]
    return Heard(len(words), sum(map(FRENCH.__contains__, words)), sum(map(ENGLISH.__contains__, words)))
