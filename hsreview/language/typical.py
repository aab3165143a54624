"""Words and phrases that are typical of a code in a team's own codings.

A phrase is one to three words that stand together and neither begin nor end with a function word. How typical it is
of a code is the log-odds of its rate in the segments with that code against its rate elsewhere, with the rate in all
texts as prior (Monroe, Colaresi & Quinn 2008, “Fightin’ Words”, sections 3.3 and 3.4). Nothing here is stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from hsreview.base.function_words import ENGLISH, FRENCH
from hsreview.language.words import Word, words_of
from hsreview.model.text import Span

LONGEST = 3
"""Words of a phrase."""
PRIOR = 100.0
"""The prior weighs as much as so many words."""
LEAST_SEGMENTS = 2
"""A phrase that stands in fewer segments of a code says nothing of it."""
CERTAIN = 1.96
"""Log-odds of fewer standard deviations than this are chance."""
_EMPTY = frozenset({*FRENCH, *ENGLISH, "on", "a", "me", "son", "or", "as", "i", "s", "m", "t", ""})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a text."""

    words: str
    """Folded."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TypicalHit:
    """A phrase of a unit that is typical of a code."""

    phrase: Phrase
    weight: float
    """Log-odds."""
    segments: int
    """In how many segments of the code it stands."""


@dataclass(slots=True)
class TextCounts:
    """What one text says of its codes."""

    words: int = 0
    phrases: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    """Code → words of its segments."""
    inside: dict[str, dict[str, int]] = field(default_factory=dict)
    """Phrase → code → how often it stands in segments of the code."""
    segments: dict[str, dict[str, int]] = field(default_factory=dict)
    """Phrase → code → in how many of its segments it stands."""


def phrases_of(words: Sequence[Word]) -> Iterator[Phrase]:
    """The phrases that begin at each of the words."""
    for first, (word, start, end) in enumerate(words):
        if word in _EMPTY or word.isdigit():
            continue
        yield Phrase(word, start, end)
        parts = [word]
        for next_word, _start, end in words[first + 1 : first + LONGEST]:
            if not next_word:
                break
            parts.append(next_word)
            if next_word not in _EMPTY:
                yield Phrase(" ".join(parts), start, end)


def count(text: str, said: Iterable[Span], codings: Iterable[tuple[str, int, int]]) -> TextCounts:
    """Count the phrases of what was said (spans of the text) and of segments `(code, start, end)`.

    Segments of one code that touch each other count as one.
    """
    words: list[Word] = []
    for start, end in said:
        words += [(word, at + start, to + start) for word, at, to in words_of(text[start:end])]
        words.append(("", end, end))
    found = TextCounts(sum(1 for word, _s, _e in words if word))
    phrases = list(phrases_of(words))
    found.phrases.update(phrase.words for phrase in phrases)
    starts, word_starts = [phrase.start for phrase in phrases], [start for _w, start, _e in words]
    by_code: dict[str, list[Span]] = {}
    for code, start, end in codings:
        by_code.setdefault(code, []).append((start, end))
    for code, spans in by_code.items():
        for start, end in _united(spans):
            inside = words[bisect_left(word_starts, start) : bisect_left(word_starts, end)]
            found.sizes[code] += sum(1 for word, _s, _e in inside if word)
            here = phrases[bisect_left(starts, start) : bisect_left(starts, end)]
            for phrase, n in Counter(each.words for each in here if each.end <= end).items():
                for counts, more in ((found.inside, n), (found.segments, 1)):
                    there = counts.setdefault(phrase, {})
                    there[code] = there.get(code, 0) + more
    return found


def _united(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


_NOTHING = TextCounts()


class Typical:
    """The counts of all texts, to which each text can be added, and from which it can be taken again."""

    def __init__(self) -> None:
        self._texts: dict[str, TextCounts] = {}
        self._words = 0
        self._phrases: Counter[str] = Counter()
        self._sizes: Counter[str] = Counter()
        self._inside: dict[str, dict[str, int]] = {}
        self._segments: dict[str, dict[str, int]] = {}
        self._weighed: dict[str, list[tuple[str, float, int]]] = {}
        """Phrase → codes of which it is typical, weights, segments; as far as it was asked for."""
        self._weighed_without = ""

    def put(self, key: str, counts: TextCounts | None) -> None:
        """A text is so counted now; null takes it away."""
        old = self._texts.pop(key, None)
        if old is not None:
            self._add(old, -1)
        if counts is not None:
            self._texts[key] = counts
            self._add(counts, 1)

    def _add(self, counts: TextCounts, sign: int) -> None:
        self._weighed.clear()
        self._words += sign * counts.words
        for total, part in ((self._phrases, counts.phrases), (self._sizes, counts.sizes)):
            for name, n in part.items():
                total[name] += sign * n
        for whole, own in ((self._inside, counts.inside), (self._segments, counts.segments)):
            for phrase, codes in own.items():
                there = whole.setdefault(phrase, {})
                for code, n in codes.items():
                    there[code] = there.get(code, 0) + sign * n

    @property
    def texts(self) -> int:
        """How many texts were counted."""
        return len(self._texts)

    def find(self, text: str, *, but: str = "", only: str | None = None) -> Mapping[str, list[TypicalHit]]:
        """Code → the phrases of `text` that are typical of it, the weightiest first; none of them overlap.

        The counts of the text with the key `but` are left out. `only`: of one code.
        """
        if but != self._weighed_without:
            self._weighed.clear()
            self._weighed_without = but
        hits: dict[str, list[TypicalHit]] = {}
        for phrase in phrases_of(words_of(text)):
            if phrase.words not in self._segments:
                continue
            if phrase.words not in self._weighed:
                self._weighed[phrase.words] = self._weigh(phrase.words, self._texts.get(but, _NOTHING))
            for code, weight, segments in self._weighed[phrase.words]:
                if only in (None, code):
                    hits.setdefault(code, []).append(TypicalHit(phrase, weight, segments))
        return {code: _apart(found) for code, found in hits.items()}

    def _weigh(self, phrase: str, without: TextCounts) -> list[tuple[str, float, int]]:
        """The codes of which a phrase is typical, each with its weight and in how many segments it stands."""
        inside, less = self._inside[phrase], without.inside.get(phrase, {})
        fewer = without.segments.get(phrase, {})
        everywhere, words = self._phrases[phrase] - without.phrases[phrase], self._words - without.words
        found = []
        for code, n in self._segments[phrase].items():
            segments = n - fewer.get(code, 0)
            own, size = inside[code] - less.get(code, 0), self._sizes[code] - without.sizes[code]
            if segments < LEAST_SEGMENTS or own * words <= everywhere * size:
                continue
            weight, deviation = log_odds(own, size, everywhere, words)
            if weight >= CERTAIN * deviation:
                found.append((code, weight, segments))
        return found


def log_odds(inside: int, size: int, everywhere: int, words: int) -> tuple[float, float]:
    """How much likelier a phrase is in the segments of a code than elsewhere (log-odds), and the standard deviation.

    `inside` of its `everywhere` occurrences stand in the segments, which have `size` of all `words`. The prior is the
    rate in all texts, worth PRIOR words.
    """
    prior = PRIOR * everywhere / words
    outside, rest = everywhere - inside, words - size
    weight = log((inside + prior) / max(size + PRIOR - inside - prior, 1e-9)) - log(
        (outside + prior) / max(rest + PRIOR - outside - prior, 1e-9)
    )
    return weight, sqrt(1 / (inside + prior) + 1 / (outside + prior))


def _apart(hits: Iterable[TypicalHit]) -> list[TypicalHit]:
    """Each phrase once, the weightiest first, without those that overlap with one before."""
    kept: list[TypicalHit] = []
    seen: set[str] = set()
    for hit in sorted(hits, key=lambda each: (-each.weight, each.phrase.start - each.phrase.end, each.phrase.start)):
        phrase = hit.phrase
        if phrase.words in seen or any(phrase.start < k.phrase.end and k.phrase.start < phrase.end for k in kept):
            continue
        seen.add(phrase.words)
        kept.append(hit)
    return kept
