"""The forms of a word (décider: décidé, décident …), as an installed spaCy model of its language knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from hsreview.language.models import installed, load

if TYPE_CHECKING:
    from spacy.language import Language

_NOT_NEEDED = ["ner", "parser", "senter"]


def models() -> Mapping[str, str]:
    """Language → the name of the model that is asked: of several of a language the small one, which is the fastest."""
    return {language: model.name for language, model in installed().items()}


@cache
def _loaded(name: str) -> tuple[Language, dict[str, str]]:
    """A model, and what it said of the words it was asked for."""
    model = next(each for each in installed().values() if each.name == name)
    return load(model, without=_NOT_NEEDED), {}


def forms(model: str, words: Iterable[str], vocabulary: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each of `words` → those of the vocabulary that have its lemma, and itself; all in small letters.

    Words are looked at alone, without the sentence that they stand in.
    """
    asked = {word: word.lower() for word in words}
    every = {word.lower() for word in vocabulary}
    known = lemmas(model, {*asked.values(), *every})
    return {
        word: frozenset(each for each in every if known[each] == known[small]) | {small}
        for word, small in asked.items()
    }


def works(model: str) -> bool:
    """Whether a model can be loaded: its files may be cut short, or made for another spaCy."""
    try:
        _loaded(model)
    except (OSError, ValueError, KeyError, ImportError, StopIteration):
        return False
    return True


def lemmas(model: str, words: Iterable[str]) -> Mapping[str, str]:
    """What the model says of words in small letters, each looked at alone: of these, and of all asked for before."""
    nlp, known = _loaded(model)
    new = sorted(set(words) - known.keys())
    for word, doc in zip(new, nlp.pipe(new), strict=True):
        known[word] = " ".join(token.lemma_ or token.lower_ for token in doc).lower()
    return known
