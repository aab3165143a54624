"""Units of the text (words, sentences, turns) as compact spans, and the way to the next one."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain

from hsreview.model.text import Span
from hsreview.tui.text.document import ViewDocument


class Unit(StrEnum):
    """What a step of the selection counts."""

    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


class Spans:
    """Spans in ascending order that do not overlap, eight bytes each."""

    __slots__ = ("ends", "starts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        flat = array("I", chain.from_iterable(spans))
        self.starts = flat[::2]
        self.ends = flat[1::2]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """`spans` itself when it is a `Spans` already."""
        return spans if isinstance(spans, Spans) else cls(spans)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Span:
        return self.starts[index], self.ends[index]

    def __iter__(self) -> Iterator[Span]:
        return zip(self.starts, self.ends, strict=True)

    def at(self, offset: int) -> int:
        """The index of the span that holds `offset`, else of the next one, else of the last one."""
        return min(bisect_right(self.ends, offset), len(self.ends) - 1)

    def after(self, start: int, end: int) -> Span | None:
        """The first span that starts after `start` and ends after `end`."""
        index = max(bisect_right(self.starts, start), bisect_right(self.ends, end))
        return self[index] if index < len(self) else None

    def before(self, start: int, end: int) -> Span | None:
        """The last span that starts before `start` and ends before `end`."""
        index = min(bisect_left(self.starts, start), bisect_left(self.ends, end)) - 1
        return self[index] if index >= 0 else None

    def next_start(self, offset: int) -> int | None:
        """The first start after `offset`."""
        index = bisect_right(self.starts, offset)
        return self.starts[index] if index < len(self) else None

    def previous_start(self, offset: int) -> int | None:
        """The last start before `offset`."""
        index = bisect_left(self.starts, offset) - 1
        return self.starts[index] if index >= 0 else None

    def next_end(self, offset: int) -> int | None:
        """The first end after `offset`."""
        index = bisect_right(self.ends, offset)
        return self.ends[index] if index < len(self) else None

    def previous_end(self, offset: int) -> int | None:
        """The last end before `offset`."""
        index = bisect_left(self.ends, offset) - 1
        return self.ends[index] if index >= 0 else None


class Units:
    """The units of one document. Labels and the line ends after a turn belong to no unit and cannot be coded."""

    def __init__(self, document: ViewDocument) -> None:
        self.length = len(document.text)
        self.said = Spans(_said(document))
        """What can be coded: for each turn that says something, its text without label and last line ends."""
        self._sentences = Spans.of(document.sentences)
        self._load_words: Callable[[], Iterable[Span]] = document.words
        self._words: Spans | None = None

    @property
    def words(self) -> Spans:
        """The stored word units, loaded when they are first asked for."""
        if self._words is None:
            self._words = Spans.of(self._load_words())
        return self._words

    def of(self, unit: Unit) -> Spans:
        """The spans of one kind of unit; the next larger kind stands in where a document has none of it."""
        if unit is Unit.WORD and len(self.words):
            return self.words
        if unit is not Unit.TURN and len(self._sentences):
            return self._sentences
        return self.said

    def clip(self, start: int, end: int) -> Span | None:
        """`[start, end)` without label or line ends at its edges; null when nothing is left."""
        if not len(self.said):
            return None
        first = self.said.starts[self.said.at(start)]
        index = bisect_left(self.said.starts, end) - 1
        last = self.said.ends[index] if index >= 0 else 0
        start, end = max(start, first), min(end, last)
        return (start, end) if start < end else None


def _said(document: ViewDocument) -> Iterator[Span]:
    text = document.text
    for turn in document.turns:
        end = turn.end
        while end > turn.label_end and text[end - 1] == "\n":
            end -= 1
        if end > turn.label_end:
            yield turn.label_end, end
