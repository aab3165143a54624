"""Finding words in texts, whatever their case and accents, without folding the texts: that would take far longer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from hsreview.base.folding import fold

_MARKS = "\u00ad\u0300-\u036f"
"""What may stand on or in a letter and does not count."""
_LETTERS = (range(0x80, 0x900), range(0x1E00, 0x2000), range(0xFB00, 0xFB07))
"""Where the letters are of which every spelling is known; texts are folded to find other ones."""
LONGEST_JOINED = 4
"""Letters in a row that ligatures may join in several ways."""


def words_test(words: str) -> Callable[[str], bool]:
    """Whether a text holds these words, whole and one after the other; `secur*` is the beginning of a word."""
    found = re.findall(r"(\w+)(\*?)", fold(words))
    if not found:
        return lambda _text: False
    if all(_is_simple(word) for word, _star in found):
        search = _any_spelling(found).search
        return lambda text: search(text) is not None
    ends = [re.escape(word) + (r"\w*" if star else r"(?!\w)") for word, star in found]
    search = re.compile(r"(?<!\w)" + r"\W+".join(ends)).search
    return lambda text: search(fold(text)) is not None


def _is_simple(word: str) -> bool:
    """Whether the spellings of a word are few and known."""
    joined = (_joined_until(word, at) - at for at in range(len(word)))
    return all(ord(letter) < 0x900 for letter in word) and max(joined) <= LONGEST_JOINED


def _any_spelling(found: list[tuple[str, str]]) -> re.Pattern[str]:
    """What finds folded words (each with its star) in unfolded text."""
    pieces = [_spelt(word) + (rf"[\w{_MARKS}]*+" if star else rf"(?![\w{_MARKS}])") for word, star in found]
    first = _one(found[0][0][0])
    alone = "".join(rf"(?<!\w{f'[{_MARKS}]' * marks}.)" for marks in range(3))
    if pieces[0].startswith(first):  # Whether a word runs into it is asked second: so most of a text is skipped fast.
        pieces[0] = first + alone + pieces[0].removeprefix(first)
    else:
        pieces[0] = alone.replace(".)", ")") + pieces[0]
    return re.compile(r"\W+".join(pieces))


@cache
def _spellings() -> Mapping[str, str]:
    """Folded letters → the signs that fold to them: `e` → `éèê…`, `oe` → `œŒ`."""
    found: dict[str, str] = {}
    for code in (code for letters in _LETTERS for code in letters):
        folded = fold(chr(code))
        if folded.isalnum() and folded != chr(code):
            found[folded] = found.get(folded, "") + chr(code)
    return found


def _one(letter: str) -> str:
    return f"[{letter}{letter.upper() if len(letter.upper()) == 1 else ''}{_spellings().get(letter, '')}]"


def _spelt(word: str) -> str:
    """A pattern of every spelling of a folded word."""
    pieces, at = [], 0
    while at < len(word):
        end = _joined_until(word, at)
        ways = list(_ways(word[at:end]))
        pieces.append(ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})")
        at = end
    return "".join(pieces)


def _joined_until(word: str, at: int) -> int:
    """The end of the letters from `at` on that ligatures may join: `ffi` of `difficile`; of most letters only one."""
    end, here = at + 1, at
    while here < end <= at + LONGEST_JOINED:
        end = max([end, *(here + n for n in (2, 3) if word[here : here + n] in _spellings() and here + n <= len(word))])
        here += 1
    return end


def _ways(letters: str) -> Iterator[str]:
    """Patterns of a few folded letters, one for each way to join them."""
    if not letters:
        yield ""
    for n in range(1, min(3, len(letters)) + 1):
        signs = _one(letters[0]) if n == 1 else f"[{_spellings()[letters[:n]]}]" if letters[:n] in _spellings() else ""
        if signs:
            yield from (f"{signs}[{_MARKS}]*{rest}" for rest in _ways(letters[n:]))
