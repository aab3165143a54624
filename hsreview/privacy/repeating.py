"""What of a text repeats other texts: stretches of words that somebody said, and names.

Words are runs of letters and digits, compared without case and accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from hsreview.base.folding import fold, fold_with_map

REPEATED = 5
"""So many words in a row say whose they are."""
Run = tuple[str, ...]
"""So many folded words in a row."""
_WORD = re.compile(r"\w+")
_PART = 4
"""Letters from which on a part of a name stands for the person."""


def runs(text: str) -> Iterator[Run]:
    """Every run of so many words of a text."""
    words = _WORD.findall(fold(text))
    return (tuple(words[at : at + REPEATED]) for at in range(len(words) - REPEATED + 1))


def repeated(sentence: str, words: str) -> str:
    """The first words of a sentence that repeat what somebody said, `REPEATED` in a row; empty when none do."""
    said = set(runs(words))
    return next((" ".join(run) for run in runs(sentence) if run in said), "")


def heard(wanted: AbstractSet[Run], texts: Iterable[str]) -> set[Run]:
    """Those of the runs that stand in one of the texts."""
    first = {run[0] for run in wanted}
    found: set[Run] = set()
    for text in texts:
        words = _WORD.findall(fold(text))
        for at, word in enumerate(words):
            if word in first and (run := tuple(words[at : at + REPEATED])) in wanted:
                found.add(run)
    return found


def stretches(text: str, said: AbstractSet[Run]) -> list[str]:
    """The longest stretches of a text all of whose runs are among `said`, as they are written in it."""
    folded, offsets = fold_with_map(text)
    words = list(_WORD.finditer(folded))
    found: list[tuple[int, int]] = []
    for at in range(len(words) - REPEATED + 1):
        if tuple(word.group() for word in words[at : at + REPEATED]) in said:
            joined = bool(found) and at < found[-1][1]
            found[-1 if joined else len(found) :] = [(found[-1][0] if joined else at, at + REPEATED)]
    return [text[offsets[words[first].start()] : offsets[words[last - 1].end()]] for first, last in found]


class Names:
    """Names, to be found in texts: whole, in any spelling of case and accents, and with `parts` by their parts.

    A part of a name counts where it is long enough and written with a capital in the name and in the text; names with
    a number in them (`CSO-Gao-1`) have no parts.
    """

    def __init__(self, names: Iterable[str], *, parts: bool = True) -> None:
        self._names: dict[Run, str] = {}
        self._parts: dict[str, str] = {}
        for name in names:
            words = tuple(_WORD.findall(fold(name)))
            if words:
                self._names.setdefault(words, name)
            for part in _WORD.findall(name) if parts and len(words) > 1 and all(map(str.isalpha, words)) else ():
                if len(part) >= _PART and part[0].isupper():
                    self._parts.setdefault(fold(part), name)
        self._longest = max(map(len, self._names), default=0)

    def within(self, text: str) -> Mapping[str, str]:
        """What of a text names somebody, as it is written there → the name."""
        folded, offsets = fold_with_map(text)
        words = list(_WORD.finditer(folded))
        found: dict[str, str] = {}
        for at, word in enumerate(words):
            for length in range(1, min(self._longest, len(words) - at) + 1):
                name = self._names.get(tuple(each.group() for each in words[at : at + length]))
                if name is not None:
                    found.setdefault(text[offsets[word.start()] : offsets[words[at + length - 1].end()]], name)
            name = self._parts.get(word.group())
            if name is not None and text[offsets[word.start()]].isupper():
                found.setdefault(text[offsets[word.start()] : offsets[word.end()]], name)
        return found
