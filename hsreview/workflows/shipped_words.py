"""What the codebooks that come with hsreview say themselves: words of their authors, and nobody's testimony.

A text of a codebook that is written so there is not masked, is no name that remains, and keeps no archive back. What a
team wrote itself, or changed, is the team's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.samples import sample_dir
from hsreview.base.terminal import visible
from hsreview.model.codebook_json import codebook_to_json
from hsreview.project.codebooks import CODEBOOK_ID

_WORDS = 3
"""So many words are a sentence of the authors wherever they stand; fewer may be anybody's, unless they make a key such
as `minusma_un`."""
_PARAGRAPHS = re.compile(r"\n\s*\n")
TABLES = frozenset({"code", "codebook"})
"""Tables that hold a codebook."""


@dataclass(frozen=True, slots=True)
class _Shipped:
    """Texts of all codebooks that come with hsreview."""

    by_node: frozenset[tuple[str, str]]
    """Id of a question, theme or code (`CODEBOOK_ID` for the rest) and a text of it."""
    sentences: frozenset[str]


@cache
def _shipped() -> _Shipped:
    """Read once, and only when a name stands in a codebook: it takes a second."""
    from hsreview.codebook.read import read_codebook

    found: set[tuple[str, str]] = set()
    for path in _files():
        found.update(_texts(codebook_to_json(read_codebook(path)), CODEBOOK_ID))
    return _Shipped(
        frozenset(found), frozenset(text for _node, text in found if len(text.split()) >= _WORDS or "_" in text)
    )


def _files() -> list[Path]:
    return sorted(sample_dir("codebooks").glob("*.yaml"))


def _texts(value: Any, node: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield node, value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each, value.get("id", node))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, node)


def is_shipped(node: str, text: str) -> bool:
    """Whether a text of this question, theme or code (or of the codebook) stands so in a codebook of hsreview."""
    found = _shipped()
    return (node, text) in found.by_node or text in found.sentences


class Authors:
    """Tells sentences of the codebooks of hsreview that hold a name from all else that a file says."""

    def __init__(self, holds: Callable[[str], bool]) -> None:
        self._holds = holds
        self._ways: list[str] | None = None

    def without(self, text: str) -> str:
        """A text without these sentences, however its lines are broken."""
        if self._ways is None:
            self._ways = (
                self._spelled() if any(self._holds(_plain(each.read_text("utf-8"))) for each in _files()) else []
            )
        if not self._ways:
            return text
        plain = left = _plain(text)
        for way in self._ways:
            left = left.replace(way, "\n")
        return text if left == plain else left

    def _spelled(self) -> list[str]:
        """Each of them as most files write it, and as JSON in ASCII does; the longest first."""
        holding = list(filter(self._holds, _shipped().sentences))
        found = {_plain(way) for each in holding for way in (each, json.dumps(each)[1:-1])}
        return sorted(found, key=lambda way: (-len(way), way))


def _plain(text: str) -> str:
    """A text with its paragraphs on one line each."""
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPHS.split(text))


def told(forms: tuple[str, ...]) -> list[str]:
    """That names stand in such texts, in one line; nothing where none does."""
    if not forms:
        return []
    names = {fold(each): each for each in sorted(forms, reverse=True)}
    said = _("The codebook that comes with hsreview itself says: {names}. These are its authors’ words, and stay.")
    return [said.format(names=visible(", ".join(sorted(names.values()))))]
