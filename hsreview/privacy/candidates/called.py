"""What follows words like "je m'appelle", "they call me", "goes by", "DJ" is a name, an ordinary word too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import KIN, TURN, Lexicon, word_set
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
_GO = word_set("go goes going went")
_ASK = word_set("ask asks asked asking")
_KNOW = word_set("know knows knew")
_KNOWN_AS = frozenset({("known", "as"), ("nom", "de"), ("surnom", "de")})
_RIDES = word_set("car bus train boat plane foot road bike bicycle motorbike taxi ferry lorry truck air water")
_STAGE = word_set("dj mc")
"""Part of what somebody is called."""
_IT = word_set("it this thats here cest")
_BECAUSE = word_set("parce because since car now puisque depuis maintenant here ici but mais and et")
_DETERMINERS = word_set(
    "le la les l un une des du au aux ce cet cette de mon ma mes son sa ses notre nos leur leurs votre vos tres plus "
    "the a an this that these of my your his her our their very so no some"
)
_MOST = 4
"""Words of a name."""
_MOST_COMMON = 3
"""Words of a name that may all be ordinary words: Auntie Red."""


def by_calling(text: str, text_words: Sequence[Word], known: Lexicon, *, cased: bool) -> Iterator[Proposal]:
    """What somebody is called; ordinary words too where the clause ends with them.

    In a `cased` text only what other rules take for something else, a people, a month, an office, with a capital. A
    word that is looked for in all of the text is one without an article there.
    """
    nicknames: set[str] = set()
    for at in range(len(text_words) - 1):
        first = _after_cue(text_words, at, known) or _after_cue_in_any_text(text, text_words, at, known)
        if first is None:
            continue
        end, whole = (_read_capitals if cased else _read)(text_words, first, known)
        if text_words[at].key in _STAGE and end > first:
            yield Proposal(text_words[at].start, text_words[end - 1].end, NameClass.PERSON, TITLES, 2)
        elif end > first:
            run = text_words[first:end]
            also_word = all(word.key in known.common or _is_no_name(word, known) for word in run)
            if not also_word or (whole and len(run) <= _MOST_COMMON):
                yield Proposal(run[0].start, run[-1].end, NameClass.PERSON, TITLES, 2, also_word)
                if also_word and len(run) == 1 and run[0].key not in known.idle:
                    nicknames.add(run[0].key)
    for before, word in pairwise(text_words):
        capital = word.shape == ("title" if cased else "lower")
        if word.key in nicknames and capital and before.key not in _DETERMINERS and not word.elided:
            yield Proposal(word.start, word.end, NameClass.PERSON, TITLES, 1, also_word=True)


def _is_no_name(word: Word, known: Lexicon) -> bool:
    return any(word.key in some for some in (known.idle, known.peoples, known.titles))


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


def _after_cue_in_any_text(text: str, text_words: Sequence[Word], at: int, known: Lexicon) -> int | None:
    """Where a name begins after a cue that tells one with a capital from an ordinary word: "calls him Minister"."""
    word, before, after = text_words[at], text_words[at - 1] if at else None, text_words[at + 1]
    small = after.shape == "lower"
    listed = after.key in known.first_names or after.key in known.idle
    if word.key in _STAGE:
        return at + 1 if after.gap == " " and after.key not in known.stop else None
    if word.key in _APPELLE:
        on = before is not None and (word.elided == "l" or before.key == "on")
        return at + 1 if after.gap == " " and (not small or (on and after.key not in known.stop)) else None
    if at + 2 < len(text_words) and _is_presented(text, text_words, at):
        return at + 1 if not small or listed else None
    if small and TURN.fullmatch(word.key) and text[after.end : after.end + 2] == " (":
        return at + 1
    if (
        small
        and word.key in known.titles
        and text[word.end : after.start] == ", "
        and text[after.end : after.end + 1] in ",.;)"
    ):
        return at + 1 if after.key in known.first_names else None
    if before is None:
        return None
    if (word.key == "by" and before.key in _GO) or (word.key in _WHOM and before.key in _CALLED):
        return at + 1 if after.key not in _RIDES else None
    if not small and (before.key, word.key) in _KNOWN_AS:
        return at + 1
    if not small and word.key == "as" and at > 1 and before.key in _WHOM and text_words[at - 2].key in _KNOW:
        return at + 1
    if word.key == "for" and before.key in _ASK:
        return at + 1 if not small or (listed and (after.key in known.idle or after.key not in known.common)) else None
    return at + 1 if small and listed and _says_i(word, before) else None


def _is_presented(text: str, text_words: Sequence[Word], at: int) -> bool:
    """Whether the word after `at` is said to be somebody's: "it's Mai, my brother", "c'est Paix, mon neveu"."""
    word, after, then = text_words[at], text_words[at + 1], text_words[at + 2]
    it_is = word.key in _IT and text[word.end : after.start] in ("'s ", "’s ")
    this_is = word.key == "is" and at > 0 and text_words[at - 1].key in _IT
    c_est = word.key == "est" and word.elided == "c"
    return (it_is or this_is or c_est) and text[after.end : then.start] == ", " and then.key in _WHOSE


def _says_i(word: Word, before: Word) -> bool:
    """Whether somebody presents himself: "i am comfort", "moi c'est paix"."""
    i_am = word.key == "im" or (word.key == "am" and before.key == "i")
    return i_am or (word.key == "suis" and before.key == "je") or (word.elided == "c" and before.key == "moi")


def _is_thing(word: Word | None) -> bool:
    return word is not None and word.key in ("ca", "cela", "qui", "ce")


def _read_capitals(text_words: Sequence[Word], first: int, known: Lexicon) -> tuple[int, bool]:
    """Where the words with a capital end that begin at `first`; at `first` when one is a name by other rules."""
    end = first
    while end < len(text_words) and end - first < _MOST and text_words[end].shape in ("title", "upper"):
        if end > first and text_words[end].gap not in (" ", "-"):
            break
        end += 1
    run = text_words[first:end]
    taken = any(word.elided or word.key in known.stop for word in run)
    ordinary = all(_is_no_name(word, known) for word in run)
    return (end, True) if ordinary and not taken else (first, False)


def _read(text_words: Sequence[Word], first: int, known: Lexicon) -> tuple[int, bool]:
    """Where the words of a name end, and whether the clause ends there too."""
    end = first
    while end < len(text_words) and end - first < _MOST:
        word = text_words[end]
        if (end > first and word.gap not in (" ", "-")) or word.shape != "lower" or word.elided:
            return end, True
        named = end == first and (word.key in known.first_names or _ends_clause(text_words, end + 1))
        if not named and any(word.key in some for some in (known.stop, known.peoples, known.idle)):
            return end, _ends_clause(text_words, end)
        end += 1
    return end, _ends_clause(text_words, end)


def _ends_clause(text_words: Sequence[Word], at: int) -> bool:
    """Whether a clause ends before the word at `at`."""
    if at >= len(text_words) or text_words[at].gap not in (" ", "-"):
        return True
    cause = text_words[at].key == "a" and at + 1 < len(text_words) and text_words[at + 1].key == "cause"
    return cause or text_words[at].key in _BECAUSE
