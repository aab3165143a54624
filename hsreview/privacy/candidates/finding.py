"""All engines over one text, and their union."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hsreview.model.naming import ModelSpan
from hsreview.model.text import Turn
from hsreview.privacy.candidates.called import by_beginning, by_calling
from hsreview.privacy.candidates.candidate import Candidate, Lists
from hsreview.privacy.candidates.capitals import by_capitals
from hsreview.privacy.candidates.companies import by_form, by_last_word
from hsreview.privacy.candidates.initials import by_initials, by_small_initials
from hsreview.privacy.candidates.joining import joined
from hsreview.privacy.candidates.labels import by_labels
from hsreview.privacy.candidates.lexicon import Lexicon, lexicon
from hsreview.privacy.candidates.listed import by_lists, by_own_lists
from hsreview.privacy.candidates.marked import by_model
from hsreview.privacy.candidates.organisations import by_heads, by_short_name
from hsreview.privacy.candidates.patterns import by_pattern
from hsreview.privacy.candidates.proposals import FIXED, LONGEST, Proposal
from hsreview.privacy.candidates.quoted import by_quotes
from hsreview.privacy.candidates.titled import by_quarter, by_street, by_title
from hsreview.privacy.candidates.unusual import FEWEST, by_rarity
from hsreview.privacy.candidates.usage import Usage, is_cased
from hsreview.privacy.candidates.widening import widened
from hsreview.privacy.candidates.words import Word, form_key, words

_LONG_RUN = re.compile(r"\S{300}")
"""More signs without a blank than a name or an address has."""


def candidates(
    text: str,
    language: str,
    *,
    turns: Sequence[Turn] = (),
    lists: Lists | None = None,
    model_spans: Iterable[ModelSpan] = (),
) -> list[Candidate]:
    """What of `text` may name somebody, in the order of the text; offsets in code points, half-open, never overlapping.

    `language` is `fr`, `en` or empty. `candidates_of` knows more where several texts are looked at together.
    """
    lists = lists or Lists()
    text_words = cut(text, turns)
    usage = Usage([text_words])
    return without(text, joined(proposals(text, text_words, language, lists, model_spans, usage)), lists)


def cut(text: str, turns: Sequence[Turn]) -> list[Word]:
    """The words of a text; no name goes over the beginning or the label of a turn."""
    return words(text, turn_breaks(turns))


def turn_breaks(turns: Sequence[Turn]) -> set[int]:
    """Offsets over which no name goes: where turns begin, and where their labels end."""
    return {offset for turn in turns for offset in (turn.start, turn.label_end)}


def proposals(
    text: str,
    text_words: Sequence[Word],
    language: str,
    lists: Lists,
    model_spans: Iterable[ModelSpan],
    usage: Usage,
) -> list[Proposal]:
    """What each engine proposes, apart; `usage` tells how this and other texts write words."""
    known = lexicon(language)
    cased = is_cased(text_words)
    text = _in_pieces(text)
    found = [
        *by_pattern(text),
        *by_lists(text_words, known),
        *by_own_lists(text_words, lists),
        *by_title(text_words, known, usage),
        *by_quarter(text_words, known),
        *by_quotes(text, known, cased=cased),
        *by_heads(text_words, known, cased=cased),
        *by_form(text, text_words, known),
        *by_model(text_words, model_spans, known),
        *by_rarity(text_words, known),
        *by_capitals(text_words, known, usage),
        *by_initials(text),
        *by_calling(text, text_words, known, cased=cased or len(text_words) < FEWEST),
    ]
    found += by_short_name(text_words, found, known)
    if not cased and len(text_words) >= FEWEST:
        found += _small(text, text_words, language, known)
        found += widened(text, text_words, found, known)
    return [part for each in found for part in _apart(each, text_words, known)]


def _in_pieces(text: str) -> str:
    """A text of the same length with blanks in very long runs of signs: rules look to the end of one from each sign."""
    return _LONG_RUN.sub(lambda run: f"{run[0][:-1]} ", text)


def _small(text: str, text_words: Sequence[Word], language: str, known: Lexicon) -> Iterator[Proposal]:
    """What is asked of texts without capitals alone."""
    yield from by_labels(text, text_words, known)
    yield from by_street(text_words, known)
    yield from by_small_initials(text, known)
    if language != "fr":
        yield from by_last_word(text_words, known)
    yield from by_beginning(text_words, known, language)


def _apart(found: Proposal, text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """A proposal; what is too long for one name falls into its unusual words."""
    if found.end - found.start <= LONGEST or found.sure >= FIXED:
        yield found
        return
    at = bisect_left(text_words, found.start, key=lambda word: word.start)
    while at < len(text_words) and text_words[at].end <= found.end:
        word = text_words[at]
        if word.shape != "lower" and word.key not in known.idle and word.key not in known.common:
            yield replace(found, start=word.start, end=word.end)
        at += 1


def without(text: str, found: Sequence[Candidate], lists: Lists) -> list[Candidate]:
    """The candidates whose form nobody has refused."""
    refused = {form_key(form) for form in lists.refused}
    return [each for each in found if not refused or form_key(text[each.start : each.end]) not in refused]
