"""The words of the language, English and French side by side, and how an expression is cut into tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.analysis.query.fault import QueryFault
from hsreview.base.folding import fold
from hsreview.base.messages import _


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    TEXT = "text"
    """A text in quotes, without them."""
    SIGN = "sign"
    """A bracket, a comma, `!`, `*` or a comparison."""
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted text or a sign of an expression."""

    sort: Sort
    text: str
    column: int
    after: int
    """The column behind it."""
    key: str = ""
    """Of a word: without case and accents, as the words of the language are known."""


AND, OR, NOT, EXCEPT = "and", "or", "not", "except"
CONNECTING: Mapping[str, frozenset[str]] = {
    AND: frozenset({"and", "et"}),
    OR: frozenset({"or", "ou"}),
    NOT: frozenset({"not", "non", "pas"}),
    EXCEPT: frozenset({"except", "sauf"}),
}
WITHOUT = frozenset({"without", "sans", "minus", "moins"})
NEAR = frozenset({"near", "pres", "proche"})
"""Words that somebody may try, and that have no meaning."""
ANY = frozenset({"any", "tout", "tous"})
MEMO = frozenset({"memo"})
SAYS = frozenset({"says", "dit"})
BY = frozenset({"by", "par"})
AMONG = frozenset({"in", "parmi"})
OVERLAPS = frozenset({"overlaps", "chevauche"})
INSIDE = frozenset({"inside", "dans"})
CONTAINS = frozenset({"contains", "contient"})
WITHIN = frozenset({"within", "dans", "chez", "a"})
FOLLOWED = frozenset({"followed", "suivi", "suivie"})
TURN = frozenset({"turn", "turns", "tour", "tours"})
INTERVIEW = frozenset({"interview", "entretien", "l'entretien"})
RESPONDENT = frozenset({"respondent", "repondant"})
ARTICLES = frozenset({"the", "same", "le", "meme", "l'"})
AS = frozenset({"of", "as", "to", "de", "que", "du"})
"""What may stand between a relation and what it relates to."""
LESS = ("moins", "de")
"""`à moins de 2 tours`: the words between `à` and the number."""

FIELDS: Mapping[str, str] = {
    "group": "groupe",
    "role": "rôle",
    "respondent": "répondant",
    "organisation": "organisation",
    "transcript": "transcription",
    "date": "date",
    "wave": "vague",
    "language": "langue",
    "flag": "drapeau",
    "origin": "origine",
    "coder": "codeur",
}
"""What is known of every coding, and its name in French."""
FIELD_OF: Mapping[str, str] = {fold(word): name for name, french in FIELDS.items() for word in (name, french)}
ROLE_BEFORE = "speaker"
SPEAKER = frozenset({ROLE_BEFORE, "locuteur", "locutrice"})
"""`speaker role` and `rôle du locuteur` are `role`."""

NEVER_CODES: frozenset[str] = frozenset().union(
    *CONNECTING.values(), ANY, MEMO, SAYS, BY, AMONG, OVERLAPS, INSIDE, CONTAINS, FOLLOWED, AS, {"within", "chez"}
)
"""Words that must stand in quotes to be the name of a code."""

_SIGNS = {"≠": "!=", "≤": "<=", "≥": ">=", "==": "="}
_TOKEN = re.compile(r"""(?P<sign>!=|==|<=|>=|[()=<>,;!*≠≤≥])|(?P<word>[^\s()"«»“”„,;=<>!*≠≤≥]+)""")
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "”"}
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"), " ")
"""Signs without width that come along when text is copied."""
QUOTED = NEVER_CODES | TURN | INTERVIEW | RESPONDENT | ARTICLES | {LESS[0], ROLE_BEFORE}
"""What stands in quotes where an expression is written out, so that no relation swallows it."""
PLAIN = re.compile(r"""[^\s()"«»“”„,;=<>!*≠≤≥]+""")
"""What needs no quotes."""


def tokens(expression: str) -> list[Token]:
    """The tokens of an expression, with one for its end. Raises QueryFault."""
    found: list[Token] = []
    text = expression.translate(_UNSEEN)
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
            continue
        if not char.isprintable():
            raise _unreadable(char, at + 1)
        token = _quoted(text, at) if char in _QUOTES else _plain(text, at)
        found.append(token)
        at = token.after - 1
    end = len(text.rstrip()) + 1
    return [*found, Token(Sort.END, "", end, end)]


def _unreadable(char: str, column: int) -> QueryFault:
    told = _("a control character (U+{code}) cannot be read.")
    return QueryFault(told.format(code=f"{ord(char):04X}"), column)


def _quoted(text: str, at: int) -> Token:
    close = _QUOTES[text[at]]
    parts, begin = [], at + 1
    while True:
        end = text.find(close, begin)
        if end < 0:
            raise QueryFault(_("the quotation mark is not closed: {mark} is missing.").format(mark=close), at + 1)
        parts.append(text[begin:end])
        begin = end + 1
        if not (close == '"' and text[begin : begin + 1] == '"'):
            break
        parts.append('"')  # Two of them stand for one.
        begin += 1
    words = "".join(parts)
    words = words.strip() if close == "»" else words
    if not words.strip():
        raise QueryFault(_("there is nothing between the quotation marks."), at + 1)
    return Token(Sort.TEXT, words, at + 1, begin + 1)


def _plain(text: str, at: int) -> Token:
    found = _TOKEN.match(text, at)
    if found is None:
        raise QueryFault(_("“{sign}” closes nothing.").format(sign=text[at]), at + 1)
    if found["sign"]:
        return Token(Sort.SIGN, _SIGNS.get(found[0], found[0]), at + 1, found.end() + 1)
    bad = next((place for place, char in enumerate(found[0]) if not char.isprintable()), None)
    if bad is not None:
        raise _unreadable(found[0][bad], at + bad + 1)
    return Token(Sort.WORD, found[0], at + 1, found.end() + 1, fold(found[0]))
