"""Candidates of several texts together: a form found in one place is looked for in all others, small letters too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from hsreview.model.naming import ModelSpan, NameClass
from hsreview.model.text import Turn
from hsreview.privacy.candidates.candidate import ELSEWHERE, GAZETTEER, LISTS, TITLES, Candidate, Found, Lists
from hsreview.privacy.candidates.finding import cut, proposals, without
from hsreview.privacy.candidates.joining import beyond, joined
from hsreview.privacy.candidates.lexicon import Lexicon, lexicon
from hsreview.privacy.candidates.listed import matches
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.usage import Usage, is_cased
from hsreview.privacy.candidates.words import Word, form_key

_SHORTEST = 3
_LEAST = 4
"""Letters from which on a part of somebody's name is looked for alone."""
_SPREAD = frozenset({NameClass.PERSON, NameClass.PLACE, NameClass.ORGANISATION, NameClass.OTHER})


@dataclass(frozen=True, slots=True)
class Source:
    """One text in which names are looked for."""

    key: str
    """What the caller knows it by."""
    text: str = field(repr=False)
    language: str
    turns: Sequence[Turn] = ()
    model_spans: Sequence[ModelSpan] = field(default=(), repr=False)


def candidates_of(
    sources: Sequence[Source], *, lists: Lists | None = None, watch: Callable[[int], None] | None = None
) -> list[list[Candidate]]:
    """The candidates of each text, in the order of `sources`.

    A word that one text writes in small letters is no name where a sentence of another begins with it; a form found in
    one text is found in all. `watch` is called with the number of texts done; what it raises ends the search.
    """
    lists = lists or Lists()
    watch = watch or (lambda _n: None)
    cuts = [cut(source.text, source.turns) for source in sources]
    usage = Usage(cuts)
    proposed: list[list[Proposal]] = []
    for n, (source, text_words) in enumerate(zip(sources, cuts, strict=True)):
        watch(n)
        proposed.append(proposals(source.text, text_words, source.language, lists, source.model_spans, usage))
    found = [joined(some) for some in proposed]
    forms: dict[tuple[str, ...], NameClass] = {}
    for source, text_words, first in zip(sources, cuts, found, strict=True):
        _collect(text_words, first, source.language, usage, forms)
    called = _called(sources, cuts, found)
    result: list[list[Candidate]] = []
    for source, text_words, some, first in zip(sources, cuts, proposed, found, strict=True):
        common = lexicon(source.language).common
        wanted = [(keys, name_class) for keys, name_class in forms.items() if len(keys) > 1 or keys[0] not in common]
        spread = beyond(first, matches(text_words, wanted, ELSEWHERE, 0))
        whole = without(source.text, joined([*some, *spread]), lists)
        result.append([_as_called(source.text, each, called) for each in whole])
    watch(len(sources))
    return result


def _called(
    sources: Sequence[Source], cuts: Sequence[Sequence[Word]], found: Sequence[Sequence[Candidate]]
) -> frozenset[str]:
    """What follows a word like "association" somewhere: Benkadi of "l’association Benkadi"."""
    names = set()
    for source, text_words, some in zip(sources, cuts, found, strict=True):
        known = lexicon(source.language)
        starts = [word.start for word in text_words]
        for each in some:
            if each.name_class is not NameClass.ORGANISATION or Found(TITLES) not in each.found:
                continue
            run = text_words[bisect_left(starts, each.start) : bisect_left(starts, each.end)]
            if len(run) > 1 and run[0].key in known.heads and all(word.shape != "lower" for word in run[1:]):
                names.add(" ".join(word.key for word in run[1:]))
    return frozenset(names)


def _as_called(text: str, each: Candidate, called: Collection[str]) -> Candidate:
    """A candidate that is no listed name, as an organisation where it is called one elsewhere."""
    guessed = not {Found(GAZETTEER), Found(LISTS), Found(TITLES)} & set(each.found)
    if called and guessed and form_key(text[each.start : each.end]) in called:
        return replace(each, name_class=NameClass.ORGANISATION)
    return each


def _collect(
    text_words: Sequence[Word],
    found: Sequence[Candidate],
    language: str,
    usage: Usage,
    forms: dict[tuple[str, ...], NameClass],
) -> None:
    """Add the forms of one text that may be looked for everywhere: whole names, and the parts of people's names.

    A word in small letters of a text that uses capitals is no reason to look for it, nor is one that is ordinary.
    """
    known = lexicon(language)
    cased = is_cased(text_words)
    at = 0
    for candidate in found:
        while at < len(text_words) and text_words[at].end <= candidate.start:
            at += 1
        first = at
        while at < len(text_words) and text_words[at].start < candidate.end:
            at += 1
        parts = text_words[first:at]
        telling = [
            word.key for word in parts if (word.shape != "lower" or not cased) and _tells(word.key, known, usage)
        ]
        if candidate.also_word and len(parts) > 1 and Found(TITLES) in candidate.found:
            forms.setdefault(tuple(word.key for word in parts), candidate.name_class)
        if candidate.also_word or candidate.name_class not in _SPREAD or not telling:
            continue
        forms.setdefault(tuple(word.key for word in parts), candidate.name_class)
        if candidate.name_class is NameClass.PERSON:
            for key in telling:
                if len(key) >= _LEAST and key not in known.titles:
                    forms.setdefault((key,), candidate.name_class)


def _tells(key: str, known: Lexicon, usage: Usage) -> bool:
    if len(key) < _SHORTEST or key in known.common or key.isdigit():
        return False
    return known.class_of(key) is not None or not usage.mostly_small(key)
