"""What is searched for, as it was typed: words, "phrases", beginnings (`sécu*`) and words near each other.

Phrases stand in any quotation marks. Case, accents and ligatures do not count. One reading serves the full-text index,
the marks in a text, and texts that no index holds (memos).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold, fold_with_map
from hsreview.base.messages import _
from hsreview.model.text import Span
from hsreview.project.state import search_text

_CLAUSE = re.compile(r'(?:NEAR|PR[EÈ]S)\(([^()]*)(\)?)|"([^"]*)"?|(\S+)')
_QUOTES = str.maketrans("«»“”„", '"""""')
_DISTANCE = re.compile(r",\s*([^,]*?)\s*$")
_WORD = re.compile("\\w[\\w\u0300-\u036f]*")
"""A word, with the accents that have no composed form."""
_ELSEWHERE = re.compile(r"(?:AND|OR|NOT|ET|OU|NON|SAUF|and|or|not)$|[-+|]+\w|\W*\*\w|\w+\*\w|\|+$|&+$")
NEAR = 10
"""Words that may stand between words near each other, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together."""

    words: tuple[str, ...]
    prefix: bool = False
    """Whether the last one is the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a text must hold."""

    phrases: tuple[Phrase, ...]
    near: int | None = None
    """Null: any one of the phrases. Else all of them, with at most so many words between the first and the last."""


def read(query: str) -> list[Clause]:
    """The clauses of `query`; all of them are asked for. Accents are composed, as people mean them.

    Raises InputRefused when there is nothing to search for, or NEAR cannot be read.
    """
    found = []
    for near, closed, phrase, word in _CLAUSE.findall(unicodedata.normalize("NFC", query).translate(_QUOTES)):
        if near or closed:
            found.append(_near(near, closed))
            continue
        words = tuple(_WORD.findall(phrase or word))
        if words:
            found.append(Clause((Phrase(words, not phrase and word.endswith("*")),)))
    if not found:
        raise InputRefused(_("Nothing to search for: give at least one word."))
    return found


def misread(query: str) -> list[str]:
    """What of `query` looks like a sign of another search (`OR`, `not`, `-x`, `*x`), and is none here."""
    words = [word for _near, _closed, _phrase, word in _CLAUSE.findall(query.translate(_QUOTES)) if word]
    return list(dict.fromkeys(word for word in words if _ELSEWHERE.match(word)))


def _near(inside: str, closed: str) -> Clause:
    distance = _DISTANCE.search(inside)
    number = distance[1] if distance else str(NEAR)
    terms = inside[: distance.start()] if distance else inside
    phrases = [clause.phrases[0] for clause in read(terms)] if _WORD.search(terms) else []
    if not closed or len(phrases) < 2 or not (number.isdecimal() and len(number) < 5):
        raise InputRefused(_("NEAR is written with two words or more, and how far apart: NEAR(peace budget, 5)."))
    return Clause(tuple(phrases), int(number))


def fts_query(clauses: Iterable[Clause]) -> str:
    """The clauses as the full-text index (FTS5) takes them."""
    return " AND ".join(map(_fts, clauses))


def _fts(clause: Clause) -> str:
    phrases = ['"' + " ".join(map(search_text, phrase.words)) + '"' + "*" * phrase.prefix for phrase in clause.phrases]
    if clause.near is not None:
        return f"NEAR({' '.join(phrases)}, {clause.near})"
    return f"({' OR '.join(phrases)})"


Marker = Callable[[str], list[list[Span]]]


def marker(clauses: Iterable[Clause]) -> Marker:
    """A function that finds in a text the matches of each clause, in code points of the text."""
    finders = [_near_finder(each) if each.near is not None else _finder(each.phrases) for each in clauses]

    def found(text: str) -> list[list[Span]]:
        folded, offsets = fold_with_map(text)
        return [
            [(offsets[start], whole(text, offsets[end - 1] + 1)) for start, end in finder(folded)] for finder in finders
        ]

    return found


def marks(found: Iterable[Iterable[Span]]) -> tuple[Span, ...]:
    """The matches of all clauses in the order of the text."""
    return tuple(sorted({span for spans in found for span in spans}))


def holds(query: str) -> Callable[[str], bool]:
    """Whether a text that no index holds has all that `query` asks for. Raises InputRefused as `read` does."""
    of = marker(read(query))
    return lambda text: all(of(text))


_Finder = Callable[[str], list[Span]]


def _finder(phrases: Sequence[Phrase]) -> _Finder:
    ways = [
        r"\W+".join(re.escape(fold(word)) for word in phrase.words) + (r"\w*" if phrase.prefix else r"(?!\w)")
        for phrase in sorted(phrases, key=lambda each: -len(each.words))
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})")
    return lambda folded: [match.span() for match in pattern.finditer(folded)]


def _near_finder(clause: Clause) -> _Finder:
    """The narrowest stretches that hold every phrase, with at most `near` words between the first and the last."""
    finders = [_finder((phrase,)) for phrase in clause.phrases]

    def found(folded: str) -> list[Span]:
        places = sorted((*span, number) for number, finder in enumerate(finders) for span in finder(folded))
        stretches: list[Span] = []
        latest: dict[int, Span] = {}
        for start, end, number in places:
            latest[number] = (start, end)
            first = min(latest.values())
            if len(latest) == len(finders) and _at_most(clause.near or 0, folded, first[1], start):
                stretches.append((first[0], max(each[1] for each in latest.values())))
                latest.clear()
        return stretches

    return found


def _at_most(n: int, text: str, start: int, end: int) -> bool:
    """Whether no more than `n` words begin in `[start, end)`."""
    return next(islice(_WORD.finditer(text, start, end), n, None), None) is None


def whole(text: str, end: int) -> int:
    """`end`, past the accents that belong to the character before it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
