"""Initials in texts without capitals: "k. z.", "mme k.", "with r. and the rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsreview.base.folding import fold
from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import CAPITALS
from hsreview.privacy.candidates.lexicon import Lexicon
from hsreview.privacy.candidates.proposals import Proposal

_ROW = re.compile(
    r"(?<![\w.'’-])(?!(?:e\.\s?g|i\.\s?e|a\.\s?m|p\.\s?m|u\.\s?s|u\.\s?n|n\.\s?b|p\.\s?s|c\.\s?à)\.)"
    r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.)+(?![\w])(?P<name> [^\W\d_]{3,}(?:-[^\W\d_]+)*)?"
)
_AFTER_TITLE = re.compile(r"(?<![\w.])(?P<title>[^\W\d_]{2,})\.? (?P<initial>[^\W\d_])\.(?!\w)")
_ALONE = re.compile(r"(?<=[\w,]) (?P<initial>[b-hj-xz])\.(?=[ ,;)])")
"""One letter with a full stop inside a sentence; a, i, y and à are words."""


def by_small_initials(text: str, known: Lexicon) -> Iterator[Proposal]:
    """One letter after another with full stops, with the name after them, and one after a title or between words."""
    for match in _ROW.finditer(text):
        name = (match["name"] or "").strip()
        end = match.end() if name and fold(name) not in known.common else match.end() - len(match["name"] or "")
        yield Proposal(match.start(), end - (text[end - 1] == "."), NameClass.PERSON, CAPITALS, sure=2)
    for match in _AFTER_TITLE.finditer(text):
        if fold(match["title"]) in known.titles:
            yield Proposal(match.start("initial"), match.end("initial"), NameClass.PERSON, CAPITALS, sure=2)
    for match in _ALONE.finditer(text):
        if not text[match.start() - 1].isdigit():
            yield Proposal(match.start("initial"), match.end("initial"), NameClass.PERSON, CAPITALS)
