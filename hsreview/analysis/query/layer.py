"""One layer as columns: what queries look at, an entry for each coding, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from hsreview.base.folding import fold
from hsreview.model.dataset import CodedSegment, Dataset

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Answer = TypeVar("Answer")

_SPACE = 1 << 40
"""Room for the offsets (or turns) of one text among the keys of all texts."""


class Layer:
    """The codings of a dataset, in its order; every array has one entry for each of them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.segments = dataset.segments
        self.size = len(self.segments)
        self._kept: dict[str, tuple[Ints, list[Hashable]]] = {}

    def _ints(self, values: Iterable[int]) -> Ints:
        return np.fromiter(values, np.int64, self.size)

    def distinct(self, name: str, value: Callable[[CodedSegment], Hashable]) -> tuple[Ints, list[Hashable]]:
        """For each coding the number of its value, and the values; `name` is that under which they are kept."""
        if name not in self._kept:
            numbers: dict[Hashable, int] = {}
            found = self._ints(numbers.setdefault(value(s), len(numbers)) for s in self.segments)
            self._kept[name] = (found, list(numbers))
        return self._kept[name]

    def where(self, name: str, value: Callable[[CodedSegment], Hashable], test: Callable[[Hashable], bool]) -> Mask:
        """The codings whose value passes `test`, which is asked once for each different value."""
        numbers, values = self.distinct(name, value)
        return np.fromiter((test(each) for each in values), np.bool_, len(values))[numbers]

    @cached_property
    def code_mask(self) -> Callable[[frozenset[str]], Mask]:
        """Code ids → the codings that bear one of them."""
        numbers, codes = self.distinct("code", lambda s: s.coding.code_id)
        return lambda wanted: np.fromiter((code in wanted for code in codes), np.bool_, len(codes))[numbers]

    @cached_property
    def transcript(self) -> Ints:
        """Number of the transcript."""
        return self.distinct("transcript", lambda s: s.transcript_id)[0]

    @cached_property
    def respondent(self) -> Ints:
        """Number of the respondent; -1 where nobody is known."""
        numbers, people = self.distinct("respondent", lambda s: s.respondent_id)
        nobody = people.index(None) if None in people else -1
        return np.where(numbers == nobody, -1, numbers)

    @cached_property
    def start(self) -> Ints:
        """Where it starts, in a space of its own for each transcript."""
        return self.transcript * _SPACE + self._ints(s.coding.start for s in self.segments)

    @cached_property
    def end(self) -> Ints:
        """Where it ends, in the same space."""
        return self.transcript * _SPACE + self._ints(s.coding.end for s in self.segments)

    @cached_property
    def placed(self) -> Mask:
        """Whether its turn is known: that of a withheld or erased text is not."""
        return self._ints(s.turn for s in self.segments) > 0

    @cached_property
    def turn(self) -> Ints:
        """The turn in which it starts, in a space of its own for each transcript, with room on both sides."""
        return self._turns(s.turn for s in self.segments)

    @cached_property
    def last_turn(self) -> Ints:
        """The turn in which it ends, in the same space."""
        return self._turns(max(s.turn, s.last_turn) for s in self.segments)

    def _turns(self, turns: Iterable[int]) -> Ints:
        return self.transcript * _SPACE + _SPACE // 2 + self._ints(turns)

    def of_transcript(self, one: int) -> Ints:
        """The codings of the same transcript, itself among them."""
        found: Ints = self._by_transcript[self.transcript[one]]
        return found

    def of_respondent(self, one: int) -> Ints:
        """The codings of the same respondent, itself among them; none where nobody is known."""
        number = self.respondent[one]
        found: Ints = self._by_respondent[number] if number >= 0 else np.zeros(0, np.int64)
        return found

    @cached_property
    def _by_transcript(self) -> list[Ints]:
        return _parts(self.transcript)

    @cached_property
    def _by_respondent(self) -> list[Ints]:
        return _parts(self.distinct("respondent", lambda s: s.respondent_id)[0])

    @cached_property
    def folded(self) -> list[str]:
        """The words of each coding without case and accents."""
        numbers, texts = self.distinct("words", lambda s: s.text)
        known = [fold(str(text)) for text in texts]
        return [known[number] for number in numbers]

    def mask(self, test: Callable[[CodedSegment], bool]) -> Mask:
        """The codings that pass `test`."""
        return np.fromiter((test(s) for s in self.segments), np.bool_, self.size)


def _parts(numbers: Ints) -> list[Ints]:
    """For each number the positions where it stands, ascending."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, numbers.max(initial=0) + 1)))
