"""The codebook's versions for an archive, without the words of transcripts that stay at home."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hsreview.base.folding import fold
from hsreview.model.codebook import Codebook
from hsreview.model.codebook_json import codebook_from_json, codebook_to_json
from hsreview.privacy.repeating import heard, runs
from hsreview.project import versions as stored
from hsreview.project.project import Project
from hsreview.project.versions import Version

GONE = "[…]"
_IN_VIVO = "in_vivo"


def kept_versions(project: Project) -> tuple[list[Version], list[Version]]:
    """All versions, and those that go into an archive as files: what came from a file, what a lead named, the last."""
    found = stored.versions(project.connection)
    return found, [each for each in found if each.name or "+" not in each.label or each is found[-1]]


def books(project: Project, wanted: Iterable[Version], hidden: Callable[[], Iterable[str]]) -> Iterator[Codebook]:
    """The codebooks of these versions; `hidden` gives the texts whose words must not stand in them."""
    for version in wanted:
        book = stored.book_at(project.connection, version.number)
        if book is not None:
            yield without_words(book, hidden)


def without_words(book: Codebook, hidden: Callable[[], Iterable[str]]) -> Codebook:
    """A codebook without sentences that repeat five words in a row of these texts, and without labels made from their
    words."""
    data = codebook_to_json(book)
    sentences = set(_texts(data))
    wanted = {run for text in sentences for run in runs(text)}
    said = heard(wanted, hidden())
    labels = {text for code in _codes(data) if code.get("origin") == _IN_VIVO for text in _texts(code.get("label"))}
    repeated = {text for text in sentences if said.intersection(runs(text))}
    for text in hidden():
        folded = fold(text)
        repeated |= {label for label in labels - repeated if label and fold(label) in folded}
    return codebook_from_json(_without(data, repeated)) if repeated else book


def _codes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a codebook's JSON that has an origin, which are its codes."""
    if isinstance(value, dict):
        if "origin" in value:
            yield value
        for each in value.values():
            yield from _codes(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _codes(each)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _without(value: Any, gone: set[str]) -> Any:
    if isinstance(value, str):
        return GONE if value in gone else value
    if isinstance(value, dict):
        return {key: _without(each, gone) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, gone) for each in value]
    return value
