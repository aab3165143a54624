"""Sentences by rule: spaCy's sentencizer of a blank pipeline (no model), then French and English corrections.

The sentencizer sees our own tokens and proposes an opening after every full stop, question mark and the like. An
opening is dropped after an abbreviation, an initial or hesitation dots, and moved before an opening quotation mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hsreview.base.folding import fold
from hsreview.intake.word_sets import word_set
from hsreview.model.text import Span

_NEVER_END = word_set("mm mme mmes mlle mlles dr drs pr prof mgr mr mrs ms messrs st ste cf vs e.g i.e c.-a-d p.ex")
"""Abbreviations whose full stop never ends a sentence, folded."""
_END_BEFORE_CAPITAL = word_set(
    "etc env approx a.m p.m am pm apr av inc ltd co corp jr sr ex tel dept m al ibid janv fevr sept oct nov dec"
)
"""Abbreviations whose full stop ends a sentence only before a capital."""
_NUMBERED = word_set("art p pp no nos n num vol fig chap ch v sec al par")
"""Abbreviations whose full stop does not end a sentence before a number."""
_OPENERS = word_set(
    "le la les un une des je j'ai il elle on nous vous ils elles ce c'est ca et mais donc alors puis si quand "
    "ensuite oui non voila the a an i he she it we they you and but so then this that if when there yes no what"
)
"""Capitalised words that open a sentence even after a lone letter."""
_CLOSING = frozenset("»”’)]}›")
_ENDS = frozenset("….?!")


class Token(NamedTuple):
    """A word or a sign of the text, `[start, end)`."""

    start: int
    end: int
    is_word: bool
    opens_line: bool
    """The first token of its line or turn."""


def spacy_version() -> str:
    """Major and minor version of the sentencizer's library."""
    from spacy.about import __version__

    return ".".join(str(__version__).split(".")[:2])


def cut_sentences(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """The sentences that `tokens` of `text` form, in order; every token is in one, none crosses a line."""
    if not tokens:
        return
    proposed = _proposed(text, tokens)
    first = 0
    line = 0
    for index, token in enumerate(tokens):
        if index == 0:
            continue
        if token.opens_line:
            yield (tokens[first].start, tokens[index - 1].end)
            first = line = index
        elif proposed[index]:
            opening = _opening(text, tokens, first, index)
            if opening > first and _ends(text, tokens, line, first, opening):
                yield (tokens[first].start, tokens[opening - 1].end)
                first = opening
    yield (tokens[first].start, tokens[-1].end)


@lru_cache(maxsize=1)
def _pipeline() -> tuple[Any, Any]:
    """The vocabulary and the sentencizer of a blank spaCy pipeline for no language in particular."""
    import spacy
    from spacy.pipeline import Sentencizer

    nlp = spacy.blank("xx")
    marks = [*Sentencizer.default_punct_chars, "…"]
    return nlp.vocab, nlp.add_pipe("sentencizer", config={"punct_chars": marks})


def _proposed(text: str, tokens: Sequence[Token]) -> Any:
    """For each token whether the sentencizer lets a sentence start there."""
    from spacy.tokens import Doc

    vocab, sentencizer = _pipeline()
    doc = sentencizer(Doc(vocab, words=[text[t.start : t.end] for t in tokens]))
    return (doc.to_array("SENT_START") == 1).tolist()


def _opening(text: str, tokens: Sequence[Token], first: int, index: int) -> int:
    """Where the sentence that the word `index` opens really begins: before its opening marks, if any."""
    opening = index
    at = index - 1
    while at > first and not tokens[at].is_word:
        sign = text[tokens[at].start]
        blank_before = tokens[at].start > tokens[at - 1].end
        blank_after = tokens[at + 1].start > tokens[at].end
        if sign in _ENDS or sign in _CLOSING or (blank_after and not blank_before and sign in "\"'"):
            break
        if blank_before:
            opening = at
        at -= 1
    return opening


def _ends(text: str, tokens: Sequence[Token], line: int, first: int, opening: int) -> bool:
    """Whether a sentence that began at `first` truly ends before `opening`."""
    if not any(tokens[i].is_word for i in range(first, opening)):
        return False
    last = opening - 1
    while last > first and not tokens[last].is_word and text[tokens[last].start] not in _ENDS:
        last -= 1
    stop = last
    while stop > first and not tokens[stop - 1].is_word and text[tokens[stop - 1].start] in _ENDS:
        stop -= 1
    marks = text[tokens[stop].start : tokens[last].end]
    word = next((i for i in range(opening, len(tokens)) if tokens[i].is_word), None)
    following = "" if word is None else text[tokens[word].start : tokens[word].end]
    lower = following[:1].islower()
    if lower and (last < opening - 1 or marks.endswith("…") or ".." in marks):
        return False
    if tokens[opening].start == tokens[opening - 1].end:
        return following[:1].isupper() and text[tokens[stop].start - 1 : tokens[stop].start].islower()
    return marks != "." or not _abbreviated(text, tokens, line, first, stop, following)


def _abbreviated(text: str, tokens: Sequence[Token], line: int, first: int, stop: int, following: str) -> bool:
    """Whether the full stop `stop` belongs to an abbreviation, an initial, or the number of a list item."""
    begin = stop
    while begin > first and tokens[begin - 1].end == tokens[begin].start:
        begin -= 1
    while begin < stop and not tokens[begin].is_word:
        begin += 1
    word = text[tokens[begin].start : tokens[stop].start]
    if not word:
        return False
    key = fold(word).rsplit("'", 1)[-1]
    small = following[:1].islower() or following[:1].isdigit()
    if key in _NEVER_END or word == "M" or (key in _END_BEFORE_CAPITAL and small):
        return True
    if key in _NUMBERED and following[:1].isdigit():
        return True
    if begin == line and (key.isdigit() or (len(key) == 1 and key.isalpha() and begin == first)):
        return True
    letters = [part for part in word.replace("-", ".").split(".") if part]
    initials = word.isupper() and word != "I" and all(len(part) == 1 for part in letters)
    return initials and following[:1].isupper() and fold(following) not in _OPENERS
