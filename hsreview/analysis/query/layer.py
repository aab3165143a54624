"""One layer as columns: what queries look at, an entry for each coding, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from operator import attrgetter
from typing import cast

import numpy as np
import numpy.typing as npt

from hsreview.model.dataset import CodedSegment, Dataset

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Pair = tuple[str, str | None]

_SPACE = 1 << 40
"""Room for the offsets (or turns) of one text among the keys of all texts."""


class Layer:
    """The codings of a dataset, in its order; every array has one entry for each of them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.segments = dataset.segments
        self.size = len(self.segments)
        self._kept: dict[str, tuple[Ints, list[Hashable]]] = {}

    def distinct(self, name: str, value: Callable[[CodedSegment], Hashable]) -> tuple[Ints, list[Hashable]]:
        """For each coding the number of its value, and the values; `name` is that under which they are kept."""
        if name not in self._kept:
            found = list(map(value, self.segments))
            values = list(dict.fromkeys(found))
            numbers = {each: number for number, each in enumerate(values)}
            self._kept[name] = np.array([numbers[each] for each in found], np.int64), values
        return self._kept[name]

    def where(self, name: str, value: Callable[[CodedSegment], Hashable], test: Callable[[Hashable], bool]) -> Mask:
        """The codings whose value passes `test`, which is asked once for each different value."""
        numbers, values = self.distinct(name, value)
        return np.fromiter((test(each) for each in values), np.bool_, len(values))[numbers]

    def voices(self) -> tuple[Ints, list[Hashable]]:
        """For each coding the number of its `(transcript id, respondent id)`, and these pairs."""
        return self.distinct("voice", attrgetter("transcript_id", "respondent_id"))

    def bearing(self, codes: frozenset[str]) -> Mask:
        """The codings that bear one of these codes."""
        return self.where("code", attrgetter("coding.code_id"), codes.__contains__)

    @cached_property
    def transcript(self) -> Ints:
        """Number of the transcript."""
        return self.distinct("transcript", attrgetter("transcript_id"))[0]

    @cached_property
    def respondent(self) -> Ints:
        """Number of the respondent; -1 where nobody is known."""
        numbers, people = self.distinct("respondent", attrgetter("respondent_id"))
        nobody = people.index(None) if None in people else -1
        return np.where(numbers == nobody, -1, numbers)

    @cached_property
    def nameless(self) -> Mask:
        """Whether nobody is linked to who speaks."""
        numbers, pairs = self.voices()
        return np.fromiter((person is None for _transcript, person in cast("list[Pair]", pairs)), np.bool_)[numbers]

    @cached_property
    def start(self) -> Ints:
        """Where it starts, in a space of its own for each transcript."""
        return self.transcript * _SPACE + np.array([s.coding.start for s in self.segments], np.int64)

    @cached_property
    def end(self) -> Ints:
        """Where it ends, in the same space."""
        return self.transcript * _SPACE + np.array([s.coding.end for s in self.segments], np.int64)

    @cached_property
    def _first_turn(self) -> Ints:
        return np.array([s.turn for s in self.segments], np.int64)

    @cached_property
    def placed(self) -> Mask:
        """Whether its turn is known: that of a withheld or erased text is not."""
        return self._first_turn > 0

    @cached_property
    def turn(self) -> Ints:
        """The turn in which it starts, in a space of its own for each transcript, with room on both sides."""
        return self.transcript * _SPACE + _SPACE // 2 + self._first_turn

    @cached_property
    def last_turn(self) -> Ints:
        """The turn in which it ends, in the same space."""
        last = np.maximum(self._first_turn, np.array([s.last_turn for s in self.segments], np.int64))
        return self.transcript * _SPACE + _SPACE // 2 + last

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
        return _parts(self.distinct("respondent", attrgetter("respondent_id"))[0])

    def mask(self, test: Callable[[CodedSegment], bool]) -> Mask:
        """The codings that pass `test`."""
        return np.fromiter((test(s) for s in self.segments), np.bool_, self.size)


def _parts(numbers: Ints) -> list[Ints]:
    """For each number the positions where it stands, ascending."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, numbers.max(initial=0) + 1)))
