"""Texts without capitals: what else belongs to a name that was found: hyphens, initials, "tonton", "petit"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.called import NICKNAMES
from hsreview.privacy.candidates.lexicon import Lexicon, word_set
from hsreview.privacy.candidates.proposals import FIXED, Proposal
from hsreview.privacy.candidates.words import Word

_NO_PART = word_set(
    "ci la ce il elle on ils elles t je tu nous vous y en moi toi lui leur les meme memes based born led wide style "
    "speaking made owned related backed run like controlled held ex non anti pro post pre inter sous vice semi self mid"
)
"""Words that a hyphen ties to a name though they are none of it: Gao-based, Moussa-là, ex-Gao."""
_ALIAS = word_set("dit dite alias")
_NUMERALS = word_set("ii iii iv vi vii viii ix")
_NAMED = frozenset({NameClass.PERSON, NameClass.PLACE, NameClass.OTHER, NameClass.EXACT_PLACE})


def widened(text: str, text_words: Sequence[Word], found: Iterable[Proposal], known: Lexicon) -> Iterator[Proposal]:
    """The proposals of a text without capitals that go on with the words beside them, so far."""
    starts = [word.start for word in text_words]
    for each in found:
        if each.sure >= FIXED or each.name_class not in _NAMED:
            continue
        at, end = bisect_left(starts, each.start), bisect_left(starts, each.end)
        if at == end or text_words[at].start != each.start:
            continue
        first, last = _beginning(text_words, at, known), _hyphenated(text_words, end)
        last = _also_called(text_words, last, known)
        stop = text_words[last - 1].end
        if last < len(text_words) and _is_initial(text, text_words[last]):
            stop = text_words[last].end
        if text_words[first].start < each.start or stop > each.end:
            yield replace(each, start=text_words[first].start, end=stop, sure=max(each.sure, 1))


def _beginning(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name begins: what a hyphen ties to it, and what people are called with, goes before it."""
    while at:
        word, before = text_words[at], text_words[at - 1]
        hyphen = word.gap == "-" and before.key not in _NO_PART
        if not hyphen and (word.gap != " " or word.elided or not _goes_before(before, known)):
            break
        at -= 1
    return at


def _goes_before(before: Word, known: Lexicon) -> bool:
    if before.key in NICKNAMES:
        return True
    return before.key in known.first_names and before.key in known.common and before.key not in known.stop


def _hyphenated(text_words: Sequence[Word], end: int) -> int:
    """Where the word ends that hyphens hold together: chaka-le-court."""
    last = end
    while last < len(text_words) and text_words[last].gap == "-" and text_words[last].shape == "lower":
        last += 1
        if text_words[last - 1].key not in _NO_PART and len(text_words[last - 1].key) > 1:
            end = last
    return end


def _also_called(text_words: Sequence[Word], end: int, known: Lexicon) -> int:
    """Where the name ends after "dit", "alias" and what somebody is called too, or after a king's number."""
    n = end
    if n < len(text_words) and text_words[n].gap == " " and text_words[n].key in _NUMERALS:
        return n + 1
    if n + 1 >= len(text_words) or text_words[n].key not in _ALIAS or text_words[n].gap != " ":
        return end
    while n + 2 < len(text_words) and text_words[n + 1].key in NICKNAMES and text_words[n + 2].gap == " ":
        n += 1
    after = text_words[n + 1]
    return n + 2 if after.gap == " " and not after.elided and after.key not in known.common else end


def _is_initial(text: str, word: Word) -> bool:
    return (
        word.gap == " "
        and word.end - word.start == 1
        and word.shape == "lower"
        and text[word.end : word.end + 1] == "."
        and not text[word.end + 1 : word.end + 2].isalpha()
    )
