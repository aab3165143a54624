"""How a name is found in every spelling: case, accents, apostrophes, hyphens, spaces, and a line end inside it.

A text is cut into words (runs of letters, runs of digits). What stands between two words is a joint; a spelling is the
folded words with their joints made plain, so that `Jean-Marie`, `JEAN MARIE` and `jean`, line end, `marie` are one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hsreview.base.folding import fold, fold_with_map

ELIDED = frozenset(("d", "l", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"))
"""Words that French cuts before a vowel; an apostrophe follows."""
APOSTROPHES = "'’ʼ‘`´"
PLURALS = ("s", "x")
"""With what the plural of a name ends."""
HIDDEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Signs that nobody sees, of a class of a regular expression: directions, joiners, marks."""
_TITLE = re.compile(
    r"(?:m\.|mm\.|mme|mmes|mlle|mr|mrs|ms|miss|dr|pr|prof|monsieur|madame|mademoiselle|docteur|doctor|sir|lady|lord)\.?\s+",
    re.IGNORECASE,
)
_WORD = re.compile(rf"[^\W\d_](?:[{HIDDEN}]*[^\W\d_])*|\d+")
_BETWEEN = re.compile(r"[\W_]+")
_HIDDEN_SIGNS = re.compile(f"[{HIDDEN}]")
_SPACES = re.compile(r"\s+")
_APOSTROPHE = re.compile(r"\s?['`]\s?")
_BREAK = re.compile(r"-[^\S\n]*\n\s*")
_IN_NUMBERS = re.compile(r"[\s./–-]{1,3}")
_LONGEST_JOINT = 3
Joint = tuple[str, ...]
"""The ways to write what stands between two words; none where no name goes on."""


_BLANK: Joint = (" ",)
_NOTHING: Joint = ("",)
_ELISION: Joint = ("'",)
"""`d’Issa` speaks of Issa, and is not the name Dissa."""


class Word(NamedTuple):
    """A word of a text, `[start, end)` in code points; `joint` ties it to the word before."""

    start: int
    end: int
    folded: str
    joint: Joint


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of a text, with offsets in the whole text."""
    piece = text[start:end]
    folded, offsets = fold_with_map(piece)
    found: list[Word] = []
    last, end_before = "", 0
    for match in _WORD.finditer(folded):
        at, after = match.span()
        word = match[0]
        between = folded[end_before:at]
        joint = _BLANK if between == " " else _joint(between, last.isdigit() and word.isdigit()) if found else ()
        if between and joint == _NOTHING and last in ELIDED and begins_with_vowel(word):
            joint = _ELISION
        plain = word if word.isalnum() else _HIDDEN_SIGNS.sub("", word)
        found.append(Word(start + offsets[at], start + offsets[after], plain, joint if found else ()))
        last, end_before = word, after
    return found


def _joint(between: str, numbers: bool) -> Joint:
    plain = _HIDDEN_SIGNS.sub("", between)
    if plain in ("", " ", "-", "_"):
        return _BLANK if plain else _NOTHING
    if plain.count("\n") > 1:
        return ()
    if _BREAK.fullmatch(plain):
        return (" ", "")
    if _SPACES.fullmatch(plain) or (numbers and _IN_NUMBERS.fullmatch(plain)):
        return _BLANK
    if _APOSTROPHE.fullmatch(plain):
        return _NOTHING
    short = _SPACES.sub(" ", plain)
    return (short,) if len(short) <= _LONGEST_JOINT else ()


def first_word(key: str) -> str:
    """The first word of a spelling."""
    found = _WORD.match(key)
    return found[0] if found else key


def letters(folded: str) -> str:
    """The letters and digits of a folded text, without what stands between them: a joint may stand inside a word."""
    return _BETWEEN.sub("", folded)


@lru_cache(maxsize=20_000)
def spellings(form: str) -> tuple[str, ...]:
    """The keys under which a form is found, the usual one first; none when it has no word."""
    words = words_of(form)
    found = [words[0].folded] if words else []
    for word in words[1:]:
        found = [left + (joint + word.folded) for left in found for joint in word.joint or (" ",)]
    return tuple(dict.fromkeys(found))


def key_of(form: str) -> str:
    """What a form is compared by; empty when it has no word."""
    found = spellings(form)
    return found[0] if found else ""


def is_small(form: str) -> bool:
    """Whether a form begins with a small letter, after an elided word."""
    return bare(form)[:1].islower()


def bare(form: str) -> str:
    """A form without spaces around it and without an elided word before it: `d’Aminata` is `Aminata`.

    A capital consonant after the apostrophe belongs to a name (`N’Diaye`, `N’Golo`).
    """
    form = form.strip()
    head, apostrophe, rest = _cut_elision(form)
    return rest if apostrophe and fold(head) in ELIDED and begins_with_vowel(rest) else form


def _cut_elision(form: str) -> tuple[str, str, str]:
    for at, sign in enumerate(form):
        if sign in APOSTROPHES:
            return form[:at], sign, form[at + 1 :]
        if not sign.isalpha():
            break
    return form, "", ""


def untitled(form: str) -> str:
    """A form without a form of address before it: `Mme Awa Diarra` is `Awa Diarra`."""
    rest = _TITLE.sub("", form.strip(), count=1)
    return rest if key_of(rest) else form.strip()


def on_one_line(form: str) -> str:
    """A form as it is shown in a list: a line end inside it is a blank, a word cut by a hyphen there is whole."""
    return _SPACES.sub(" ", _BREAK.sub("", form)).strip()


def begins_with_vowel(form: str) -> bool:
    """Whether French elides before a form; before `h` and `y` followed by a vowel it is written as one hears it."""
    letters = fold(form[:3])
    return letters[:1] in tuple("aeiou") or (letters[:1] == "y" and letters[1:2] not in tuple("aeiou"))


def chains(words: Sequence[Word], at: int, beginnings: Collection[str]) -> Iterator[tuple[int, str]]:
    """Every spelling from `words[at]` on that is among `beginnings`: the number of its last word, and the key."""
    open_ = [words[at].folded]
    for last in range(at, len(words)):
        if last > at:
            word = words[last]
            open_ = [left + joint + word.folded for left in open_ for joint in word.joint]
        open_ = [key for key in open_ if key in beginnings]
        if not open_:
            return
        for key in open_:
            yield last, key


@lru_cache(maxsize=20_000)
def runs(form: str) -> tuple[str, ...]:
    """The words of a form as a reader sees them: `P12` and `N’Diaye` are one each."""
    found: list[str] = []
    for word in words_of(form):
        if found and word.joint == ("",):
            found[-1] += word.folded
        else:
            found.append(word.folded)
    return tuple(found)


@lru_cache(maxsize=20_000)
def singly(form: str) -> frozenset[str]:
    """The words of a form, each with its singular where it may be a plural."""
    words = {word.folded for word in words_of(form)}
    return frozenset(words | {word[:-1] for word in words if word.endswith(PLURALS)})
