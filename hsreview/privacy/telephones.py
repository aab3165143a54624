"""Telephone numbers: however its digits are grouped, and whether or not the country is told, a number is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from hsreview.privacy.spelling import HIDDEN, spellings

_LEAST, _MOST = 7, 15
"""So many digits has a number without its country."""
_JOIN = rf"(?:(?!\n[^\S\n]*\n)[\s./()\u2010-\u2013{HIDDEN}-]){{0,4}}"
"""What may stand between two digits; no empty line."""
_NUMBER = re.compile(rf"(?<!\w)\(?(?:\+{_JOIN})?\d(?:{_JOIN}\d){{{_LEAST - 1},{_MOST + 4}}}(?!\w)")
_NO_DIGIT = re.compile(r"\D+")
_ARABIC = (0x660, 0x6F0)
"""Where the digits of Arabic and of Persian begin."""
_PLAIN = {first + n: str(n) for first in _ARABIC for n in range(10)}
_SHORT = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""Codes of countries that have fewer than three digits."""
_NEAR = re.compile(r"2[123]\d")
"""The codes of countries of West Africa, which are also written without a sign before them."""
_WITH_CODE = 11
"""Digits from which on a number begins with one of them."""


@lru_cache(maxsize=20_000)
def national(form: str) -> str:
    """The digits of a number without the country and without the zero before it; empty where a form is no number."""
    form = form.strip().translate(_PLAIN)
    if not _NUMBER.fullmatch(form):
        return ""
    digits = _NO_DIGIT.sub("", form)
    if "+" in form[:2] or digits.startswith("00"):
        digits = digits.removeprefix("00")
        code = _SHORT.match(digits)
        digits = digits[len(code[0]) if code else 3 :]
    elif _NEAR.match(digits) and len(digits) >= _WITH_CODE:
        digits = digits[3:]
    digits = digits.removeprefix("0")
    return digits if _LEAST <= len(digits) <= _MOST else ""


def identities(form: str) -> tuple[str, ...]:
    """By what a form is known again: its spellings, and the number that it is."""
    digits = national(form)
    return (*spellings(form), f"+{digits}") if digits else spellings(form)


def numbers_in(text: str) -> dict[str, str]:
    """The numbers of a text, as `national` gives them → as they are written."""
    return {digits: found[0] for found in _NUMBER.finditer(text) if (digits := national(found[0]))}


class Numbers:
    """Finds numbers in texts."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._patterns: Mapping[str, re.Pattern[str]] = {digits: _pattern(digits) for digits in wanted}

    def among(self, text: str) -> list[str]:
        """Those whose digits follow each other in a text, whatever stands between them."""
        digits = _NO_DIGIT.sub("", text).translate(_PLAIN) if self._patterns else ""
        return [each for each in self._patterns if each in digits]

    def find(self, text: str, wanted: Iterable[str], start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """`(start, end, number)` of every place of a stretch with one of these numbers, country and all."""
        for digits in wanted:
            for found in self._patterns[digits].finditer(text, start, end):
                opened = found[0].startswith("(") and ")" not in found[0]
                yield found.start() + opened, found.end(), digits


def _pattern(digits: str) -> re.Pattern[str]:
    each = (f"[{digit}{''.join(chr(first + int(digit)) for first in _ARABIC)}]" for digit in digits)
    zero = rf"\(?0\)?{_JOIN}"
    code = rf"\(?(?:\+|00){_JOIN}\d{{1,3}}{_JOIN}(?:{zero})?|{_NEAR.pattern}{_JOIN}"
    return re.compile(rf"(?<!\w)(?:{code}|{zero})?{_JOIN.join(each)}(?!\w)")
