"""Texts without capitals: who speaks under a label several times has the name of the label in the whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import KIN, TURN, Lexicon
from hsreview.privacy.candidates.listed import matches
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word, words

_LABEL = re.compile(
    r"^[^\S\n]*(?:[\[(][\d:.,]{4,14}[\])][^\S\n]*)?"
    r"(?P<label>[^\W\d_](?:[\w'’-]|[. ](?=[^\W\d_])){0,29}\.?)[^\S\n]?[:/](?=\s)",
    re.MULTILINE,
)
_OFTEN = 2
_MOST = 3
"""Words of a label."""
_LEAST = 3


def by_labels(text: str, text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """Every place where the label of several turns stands that is a name, and its first word if it is a listed name."""
    labels = Counter(_without_title(match["label"], known) for match in _LABEL.finditer(text))
    names = {keys for keys, count in labels.items() if count >= _OFTEN and _is_name(keys, known)}
    names |= {keys[:1] for keys in names if known.is_part(keys[0])}
    for found in matches(text_words, [(keys, NameClass.PERSON) for keys in names], TITLES, 1):
        key = text[found.start : found.end].casefold()
        yield replace(found, also_word=key in known.common)


def _without_title(label: str, known: Lexicon) -> tuple[str, ...]:
    keys = tuple(word.key for word in words(label))
    titled = len(keys) > 1 and keys[0] in known.titles - KIN and not known.is_part(keys[0])
    return keys[1:] if titled else keys


def _is_name(keys: Sequence[str], known: Lexicon) -> bool:
    if not 0 < len(keys) <= _MOST or keys[0] in known.idle:
        return False
    if keys[0] in known.first_names:
        return True
    return any(
        len(key) >= _LEAST and key not in known.common and key not in known.titles and not TURN.fullmatch(key)
        for key in keys
    )
