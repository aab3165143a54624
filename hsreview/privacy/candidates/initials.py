"""Initials: "J. v.d. M." and "Awa Diarra (AD)"; in texts without capitals also "k. z.", "with r. and the rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsreview.base.folding import fold
from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import CAPITALS
from hsreview.privacy.candidates.lexicon import PARTICLES, Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal

_LEAST_ACRONYM = 3
_ROW = re.compile(
    r"(?<![\w.'’-])(?!(?:e\.\s?g|i\.\s?e|a\.\s?m|p\.\s?m|u\.\s?s|u\.\s?n|n\.\s?b|p\.\s?s|c\.\s?à)\.)"
    r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.)+(?![\w])(?P<name> [^\W\d_]{3,}(?:-[^\W\d_]+)*)?"
)
_AFTER_TITLE = re.compile(r"(?<![\w.])(?P<title>[^\W\d_]{2,})\.? (?P<initial>[^\W\d_])\.(?!\w)")
_ALONE = re.compile(r"(?<=[\w,]) (?P<initial>[b-hj-xz])\.(?=[ ,;)])")
"""One letter with a full stop inside a sentence; a, i, y and à are words."""


_OVER_PARTICLES = re.compile(
    r"(?<![\w.'’-])[A-Z]\.(?:[ -]?[A-Z]\.){0,6}[ -]?"
    r"(?:v\. ?d\. ?|v\. ?|d\. ?|(?:(?:van|von|de|der|den|la|ag|ould|bin|ibn|el|al)[ -])+)[A-Z](?:[\w'’-]+|\.)"
)
_IN_BRACKETS = re.compile(
    r"(?<![\w'’-])(?P<name>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,8}) \((?P<initials>[^\W\d_]{2,8})\)"
)
_LEFT_OUT = PARTICLES | word_set("de des du d la le les et pour of the and for l a aux")


def by_initials(text: str) -> Iterator[Proposal]:
    """Initials with a particle between them, and those in brackets after the words that begin with them."""
    for match in _OVER_PARTICLES.finditer(text):
        yield Proposal(match.start(), match.end() - (text[match.end() - 1] == "."), NameClass.PERSON, CAPITALS, sure=2)
    for match in _IN_BRACKETS.finditer(text):
        keys = fold(match["name"]).replace("'", " ").replace("-", " ").split()
        telling = "".join(key[0] for key in keys if key not in _LEFT_OUT)
        initials = fold(match["initials"])
        if telling.endswith(initials) or "".join(key[0] for key in keys).endswith(initials):
            name_class = NameClass.PERSON if len(initials) < _LEAST_ACRONYM else NameClass.ORGANISATION
            yield Proposal(match.start("initials"), match.end("initials"), name_class, CAPITALS, sure=2)


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
