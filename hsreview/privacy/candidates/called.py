"""Texts without capitals: what follows words like "je m'appelle", "they call me", "our treasurer is" is a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import KIN, Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word

_CALLED = word_set("called named nicknamed")
_CALL = word_set("call calls")
_WHOM = word_set("me him her us them")
_IS = word_set("is was am im shes hes m s")
_THING = word_set("it that this which what there")
_APPELLE = word_set("appelle appelles appelait appellent appelaient appelons")
_NAME_IS = word_set("name nom prenom surnom nickname")
NICKNAMES = KIN | word_set("petit petite grande gros grosse small little young long")
"""Ordinary words with which what people are called may begin: Petit Drissa."""
_VERBS = word_set("est a etait avait etaient is was")
_WHOSE = word_set("his her my our their ma mon sa son notre leur")
_WITH = word_set("with and avec et chez")
_MOST = 4
"""Words of a name."""
_MOST_COMMON = 3
"""Words of a name that may all be ordinary words: Auntie Red."""


def by_calling(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """What somebody is called; ordinary words too where the clause ends with them."""
    for at in range(len(text_words) - 1):
        first = _after_cue(text_words, at, known)
        if first is None:
            continue
        end, whole = _read(text_words, first, known)
        if end > first:
            run = text_words[first:end]
            also_word = all(word.key in known.common for word in run)
            if not also_word or (whole and len(run) <= _MOST_COMMON):
                yield Proposal(run[0].start, run[-1].end, NameClass.PERSON, TITLES, 2, also_word)


def by_beginning(text_words: Sequence[Word], known: Lexicon, language: str) -> Iterator[Proposal]:
    """A first name that is a noun too, with which a sentence begins: "paix est venue", "hope, his wife".

    French nouns have articles: what has none and is followed by a verb is a name.
    """
    for before, (word, after) in zip((None, *text_words), pairwise(text_words), strict=False):
        if word.shape != "lower" or word.elided or word.key not in known.first_names or word.key in known.stop:
            continue
        acts = word.first and after.gap == " " and after.key in _VERBS and language != "en"
        together = word.first or (before is not None and before.key in _WITH)
        if word.key in known.common and (acts or (together and not after.gap and after.key in _WHOSE)):
            yield Proposal(word.start, word.end, NameClass.PERSON, TITLES, 2, also_word=True)


def _after_cue(text_words: Sequence[Word], at: int, known: Lexicon) -> int | None:
    """Where a name begins if the word at `at` and those beside it say that one follows."""
    word, before = text_words[at], text_words[at - 1] if at else None
    if word.key in _APPELLE:
        own = word.elided in ("m", "s", "t") and not _is_thing(before)
        return at + 1 if own or text_words[at + 1].key in NICKNAMES else None
    if before is None:
        return None
    if word.key in _CALLED:
        return at + 1 if before.key in _IS and not (at > 1 and text_words[at - 2].key in _THING) else None
    if word.key in _WHOM:
        return at + 1 if before.key in _CALL else None
    if word.key in ("is", "est", "was"):
        named = before.key in _NAME_IS
        following = text_words[at + 1]
        office = before.key in known.titles and following.key in known.first_names
        return at + 1 if (named or office) and not _is_thing(before) else None
    return None


def _is_thing(word: Word | None) -> bool:
    return word is not None and word.key in ("ca", "cela", "qui", "ce")


def _read(text_words: Sequence[Word], first: int, known: Lexicon) -> tuple[int, bool]:
    """Where the words of a name end, and whether the clause ends there too."""
    end = first
    while end < len(text_words) and end - first < _MOST:
        word = text_words[end]
        if word.gap not in (" ", "-") or word.shape != "lower" or word.elided:
            return end, True
        named = end == first and word.key in known.first_names
        if not named and any(word.key in some for some in (known.stop, known.peoples, known.idle)):
            return end, False
        end += 1
    return end, end == len(text_words) or text_words[end].gap not in (" ", "-")
