"""One layer as columns of numbers, read as fast as a million codings need, and counting into a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from hsreview.analysis.places import code_places
from hsreview.model.dataset import Dataset, Reading
from hsreview.model.tables import Scope, Why

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
"""Numbers that are kept for as long as a table: half the room is enough for them."""
Mask = npt.NDArray[np.bool_]

WHY_READ: Mapping[Reading, Why] = {
    Reading.REVIEWED: Why.NUMBER,
    Reading.BEGUN: Why.SO_FAR,
    Reading.UNSETTLED: Why.UNSETTLED,
    Reading.NOT_READ: Why.NOT_READ,
}
"""How an interview was read → what its cells say."""


class Columns:
    """The codings of a dataset; every array has an entry for each of them, in their order."""

    def __init__(self, dataset: Dataset) -> None:
        """Raises ValueError when a coding bears a code that the codebook does not have."""
        self.dataset = dataset
        self.segments = dataset.segments
        self.size = len(self.segments)

    @cached_property
    def code(self) -> Ints:
        """Place of the code in the codebook."""
        place = {found.code.id: number for number, found in enumerate(self.dataset.codebook.codes())}
        try:
            # A comprehension is the fastest walk over a million codings; so below.
            return np.fromiter([place[s.coding.code_id] for s in self.segments], np.int64, self.size)
        except KeyError:
            code_places(self.dataset)  # It says which code is missing.
            raise

    @cached_property
    def transcript(self) -> Ints:
        """Place of the transcript in `dataset.transcripts`."""
        place = {transcript.id: number for number, transcript in enumerate(self.dataset.transcripts)}
        return np.fromiter([place[s.transcript_id] for s in self.segments], np.int64, self.size)

    @cached_property
    def person(self) -> Ints:
        """Place of the respondent in `dataset.respondents`; -1 where nobody is known."""
        index = {person: place for place, person in enumerate(self.dataset.respondents)}
        return np.fromiter((index.get(s.respondent_id or "", -1) for s in self.segments), np.int64, self.size)

    @cached_property
    def reviewed(self) -> Mask:
        """Whether the interview was reviewed in this layer."""
        return self._in(self.dataset.reviewed)

    @cached_property
    def begun(self) -> Mask:
        """Whether the interview was merely begun."""
        return self._in(self.dataset.begun)

    def _in(self, transcripts: frozenset[str]) -> Mask:
        return np.array([t.id in transcripts for t in self.dataset.transcripts], bool)[self.transcript]

    @property
    def scope(self) -> Scope:
        """The interviews of the project, and how they were read."""
        readings = [self.dataset.reading(t.id) for t in self.dataset.transcripts]
        counts = (readings.count(each) for each in (Reading.REVIEWED, Reading.BEGUN, Reading.UNSETTLED))
        return Scope(len(readings), *counts)


@dataclass(frozen=True)
class Placed:
    """Codings (positions in the dataset) with the row and the column where each of them counts.

    A coding may count in several columns, and then stands here several times; every array has the same length.
    """

    position: Ints
    row: Ints
    column: Ints
    shape: tuple[int, int]
    """Rows and columns of the grid."""

    @cached_property
    def cell(self) -> Ints:
        """Number of the cell, row by row."""
        return self.row * self.shape[1] + self.column

    def grid(self, cells: Ints | None = None) -> list[list[int]]:
        """How many there are in each cell; of `cells` when not all are meant."""
        counts = np.bincount(self.cell if cells is None else cells, minlength=self.shape[0] * self.shape[1])
        listed: list[list[int]] = counts.reshape(self.shape).tolist()
        return listed

    def distinct(self, of: Ints) -> list[list[int]]:
        """How many different numbers `of` (entries of -1 left out) each cell holds."""
        chosen = of >= 0
        room = int(of.max(initial=0)) + 1
        return self.grid(np.unique(self.cell[chosen] * room + of[chosen]) // room)

    @cached_property
    def _by_cell(self) -> tuple[Small, Small]:
        order = np.argsort(self.cell, kind="stable")
        return self.position[order].astype(np.int32), self.cell[order].astype(np.int32)

    def behind(self, row: int, column: int) -> Sequence[int]:
        """Positions of the codings in a cell, ascending."""
        positions, cells = self._by_cell
        wanted = row * self.shape[1] + column
        first, last = np.searchsorted(cells, (wanted, wanted + 1))
        found: list[int] = np.unique(positions[first:last]).tolist()
        return found


def pairs(found: Iterable[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Pairs as two arrays; they are never all there as objects."""
    table = np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
