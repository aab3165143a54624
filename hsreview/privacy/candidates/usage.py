"""How texts write a word: with a capital inside sentences, as a name is, or in small letters, as ordinary words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from hsreview.privacy.candidates.words import Word

_WORDS_EACH = 60
_ENOUGH = 4
_SHARE = 0.003


class Usage:
    """Counts of folded words over texts; texts that write everything in small letters say nothing."""

    def __init__(self, texts: Iterable[Sequence[Word]]) -> None:
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        for text_words in texts:
            if is_cased(text_words):
                self.small.update(word.key for word in text_words if word.shape == "lower")
                self.capital.update(
                    word.key for word in text_words if word.shape in ("title", "upper") and not word.first
                )

    def always_capital(self, key: str) -> bool:
        """Whether a word has a capital inside sentences too, and is never written in small letters."""
        return self.capital[key] > 0 and not self.small[key]

    def mostly_small(self, key: str) -> bool:
        """Whether a word is written in small letters more often than with a capital that no sentence asks for."""
        return self.small[key] > self.capital[key]


def is_cased(text_words: Sequence[Word]) -> bool:
    """Whether a text uses capitals at all, except for a few labels of speakers that come again and again."""
    different = len({word.key for word in text_words if word.shape == "title"})
    return different >= max(1, min(_ENOUGH, len(text_words) // _WORDS_EACH), int(_SHARE * len(text_words)))
