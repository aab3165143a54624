"""Candidates for pseudonyms over many texts, by the lists and rules alone or with installed models too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from hsreview.base.messages import _
from hsreview.model.naming import ModelSpan
from hsreview.privacy.candidates import (
    ENGINES,
    RULES_VERSION,
    Candidate,
    Group,
    Lists,
    Source,
    candidates_of,
    grouped,
    turn_breaks,
)

RULES = f"hsreview-names {RULES_VERSION}"
"""The engine of lists and rules, with its version."""


def engine_words(engine: str) -> str:
    """An engine in a few words of the user's language; a model by its name and version."""
    return _(ENGINES[engine]) if engine in ENGINES else engine


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in some texts."""

    groups: tuple[Group, ...] = field(repr=False)
    """By surface form, in the order in which they come."""
    candidates: dict[str, tuple[Candidate, ...]]
    """Key of a text → its candidates, in the order of the text."""
    engines: tuple[str, ...]
    """Who looked: the rules, then every model, each with its version."""
    without_model: tuple[str, ...] = ()
    """Languages of texts for which no model was at hand although one was wanted."""
    marked: Mapping[str, Sequence[ModelSpan]] = field(default_factory=dict)
    """What models marked in which texts, by digest; given as `known` the next time, no model is asked again."""


class _Cancelled(Exception):
    """The search was called off."""


def find_names(
    texts: Sequence[tuple[str, str, str] | Source],
    *,
    lists: Lists | None = None,
    with_model: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    known: Mapping[str, Sequence[ModelSpan]] | None = None,
) -> Finding | None:
    """Look for names in texts (key, text, language; or sources, which know their turns); null when it was cancelled.

    `progress` is called with what is done and all, in characters read (by models first, then by rules); nothing is
    stored anywhere.
    """
    from hsreview.language.names import NameFinder

    sources = [each if isinstance(each, Source) else Source(*each) for each in texts]
    before = list(accumulate((len(each.text) for each in sources), initial=0))
    whole = before[-1] * (2 if with_model else 1)
    tell = progress or (lambda _done, _all: None)
    finder = NameFinder(lambda done, _all: tell(done, whole), cancelled, known)
    if with_model:
        spans = finder.spans([(each.text, each.language, turn_breaks(each.turns)) for each in sources])
        if spans is None:
            return None
        sources = [replace(each, model_spans=some) for each, some in zip(sources, spans, strict=True)]

    def watch(texts_done: int) -> None:
        if cancelled is not None and cancelled():
            raise _Cancelled
        tell(whole - before[-1] + before[texts_done], whole)

    try:
        found = candidates_of(sources, lists=lists, watch=watch)
    except _Cancelled:
        return None
    groups = grouped((source.key, source.text, some) for source, some in zip(sources, found, strict=True))
    return Finding(
        tuple(groups),
        {source.key: tuple(some) for source, some in zip(sources, found, strict=True)},
        (RULES, *finder.engines),
        finder.missing,
        finder.marked,
    )
