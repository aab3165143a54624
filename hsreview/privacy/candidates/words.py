"""Words of a text with what rules ask of them: offsets, folded form, capitals, what stands before.

Elided articles (`d'Aminata`, `qu’Oumar`) and the English `'s` are cut off; a word broken by a hyphen at the end of a
line is one word. Offsets are code points of the text, whatever signs stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from hsreview.base.folding import fold

_MARKS = "\u0300-\u036f\u00ad\u0610-\u061a\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_LETTERS = f"[^\\W_]+(?:[{_MARKS}]+[^\\W_]*)*"
_BROKEN = f"[-\u2010\u00ad][ \t]*\n[ \t]*(?=[a-zà-ÿœ])(?:{_LETTERS})"
_WORD = re.compile(f"{_LETTERS}(?:{_BROKEN})?(?:['’ʼ´`]{_LETTERS})*")
_ELISION = re.compile("(?:[cdjlmnst]|qu|(?:jus|lors|puis|quoi)qu)['’ʼ´`]", re.IGNORECASE)
_POSSESSIVE = re.compile("['’ʼ]s$", re.IGNORECASE)
_NOT_LETTERS = re.compile(f"['’ʼ´`{_MARKS}]|[-\u2010][ \t]*\n[ \t]*")
_HYPHEN = re.compile("[-\u2010\u2011]")
_LINE_HYPHEN = re.compile("[-\u2010\u00ad][ \\t]*\n[ \\t]*")
_ENDS = re.compile('[.!?…:«»“”"–—•*#|()\\[\\]{}<>]|\n[^\\S\n]*\n')
_STARTS = frozenset({"\n", "."})
"""Gaps after which a sentence may begin."""
_VOWELS = frozenset("aeiouyh")
_SCANNED = str.maketrans("015", "ols")
_HIDDEN = re.compile(f"[{_MARKS}]")


@dataclass(slots=True)
class Word:
    """One word."""

    start: int
    end: int
    key: str
    """Folded, without apostrophes and hyphens."""
    shape: str
    """`lower`, `title` (Bamako, M0pti), `upper` (ORTM), `initial` (one capital) or `number`."""
    first: bool
    """Whether a sentence, a turn or something in brackets or quotation marks begins with it."""
    gap: str
    """What stands before it: a blank, `-`, a line end, `.` and a blank, or empty for anything else."""
    elided: str
    """What was cut off before it, such as `d`; mostly empty."""


def words(text: str, breaks: Collection[int] = ()) -> list[Word]:
    """Every word of `text`; no run of words goes over one of the offsets in `breaks`."""
    found: list[Word] = []
    limits = sorted(breaks, reverse=True)
    before = 0
    for match in _WORD.finditer(text):
        at, end = match.span()
        between = text[before:at]
        gap = " " if between == " " else _gap(between)
        first = gap in _STARTS or not found or (not gap and _ENDS.search(between) is not None)
        while limits and limits[-1] <= at:
            limits.pop()
            first, gap = True, ""
        before = end
        start, elided, word = at, "", match[0]
        if not word.isalnum():
            start, elided = _without_elision(text, at, end)
            if (owned := _POSSESSIVE.search(word)) is not None and end - start > 2:
                end -= len(owned[0])
            word = text[start:end]
        found.append(Word(start, end, word_key(word), _shape(word), first, gap, elided))
    return found


def word_key(word: str) -> str:
    """A word folded, without apostrophes, invisible signs and the hyphen of a line end; 0 in it may be an O."""
    key = word.lower() if word.isascii() and word.isalnum() else _NOT_LETTERS.sub("", fold(word))
    return key if key.isalpha() else _read(key)


def _read(key: str) -> str:
    """Digits that a poor scan made of letters (M0pti, 0f) as letters; others stay (R1, G5, 2016)."""
    digits = sum(char.isdigit() for char in key)
    letters = len(key) - digits
    if digits and letters >= digits and (letters > 1 or key[0].isdigit()) and not set(key) & set("2346789"):
        return key.translate(_SCANNED)
    return key


def form_key(form: str) -> str:
    """A surface form folded: case, accents, apostrophes, hyphens, blanks, elision and `'s` make no difference."""
    return " ".join(word.key for word in words(form))


def _gap(between: str) -> str:
    if _HYPHEN.fullmatch(between) or _LINE_HYPHEN.fullmatch(between):
        return "-"
    bare = _HIDDEN.sub("", between)
    if bare and bare.isspace():
        return "" if "\t" in bare or bare.count("\n") > 1 else "\n" if "\n" in bare else " "
    if bare == ".-":
        return "."
    return "." if bare.startswith(".") and not bare[1:].strip() and "\n" not in bare else ""


def _without_elision(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the word begins after what is elided; a consonant after the apostrophe belongs to a name (N'Diaye)."""
    elided = ""
    while (cut := _ELISION.match(text, start, end)) is not None and cut.end() < end:
        if fold(text[cut.end()])[:1] not in _VOWELS:
            break
        elided = cut[0][:-1].lower()
        start = cut.end()
    return start, elided


def _shape(word: str) -> str:
    head = word[0]
    if head.isdigit():
        return "number"
    if not head.isupper():
        return "lower"
    if len(word) == 1:
        return "initial"
    return "upper" if word.isupper() else "title"
