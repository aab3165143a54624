"""Words in quotation marks that somebody or something is called by: surnommé « le Boxeur », l’ONG « Main tendue »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word, words

_QUOTED = re.compile(r"(?P<before>(?:[^\W\d_]+[ ’']){1,3})[«“„\"]\s?(?P<name>[^«»“”\"\n.?!,;:…]{2,50}?)\s?[»”\"]")
_NAMING = word_set(
    "appelle appellent appelait appelaient appele appelee nomme nommee surnomme surnommee dit dite surnom alias "
    "baptise baptisee intitule intitulee nom called call calls named nicknamed nickname name known as"
)
_SAYING = word_set("dit dite")
_ARTICLES = word_set("a an un une")
_CALLED = word_set("appelle appellent appelait appelaient call calls")
_MOST = 5
"""Words of such a name."""


def by_quotes(text: str, known: Lexicon, *, cased: bool = True) -> Iterator[Proposal]:
    """What stands in quotation marks after a word like "surnommé", or with a capital after one like "association"."""
    for match in _QUOTED.finditer(text):
        read = words(match["before"])
        before = [word.key for word in read]
        last = before[-1] if before else ""
        if cased and not match["name"][0].isupper() and _is_said(read[-1], match["name"], known):
            continue
        named = (last in known.heads or last in known.titles) and (match["name"][0].isupper() or not cased)
        if (named or not _NAMING.isdisjoint(before)) and len(words(match["name"])) <= _MOST:
            name_class = NameClass.ORGANISATION if last in known.heads else NameClass.OTHER
            yield Proposal(match.start("name"), match.end("name"), name_class, TITLES, sure=2)


def _is_said(last: Word, quoted: str, known: Lexicon) -> bool:
    """Whether somebody says it, or things are called so: il dit « la paix est là », ce qu’on appelle « crise »."""
    if last.key in _SAYING or words(quoted)[0].key in _ARTICLES:
        return True
    return last.key in _CALLED and not last.elided and all(word.key in known.common for word in words(quoted))
