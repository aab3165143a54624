"""One layer as a pandas frame, read as fast as a million codings need, and counting into a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import pandas as pd

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


class LayerFrame:
    """One layer as one pandas frame, from which every matrix counts; a row for each coding, in their order."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.segments = dataset.segments
        self.size = len(self.segments)
        self._table = pd.DataFrame(index=pd.RangeIndex(self.size))

    def table(self, *names: str) -> pd.DataFrame:
        """These columns of the frame; one is read when it is first asked for.

        `transcript`, `code` and `respondent` are categories of ids in the order of the dataset and of its codebook
        (a respondent may be missing), `speaker` is one of labels; `start`, `end`, `turn` and `last_turn` are numbers,
        as a coded segment has them.
        Raises ValueError when a coding bears a code that the codebook does not have.
        """
        for name in names:
            if name not in self._table:
                self._table[name] = self._read(name)
        return self._table[list(names)]

    def _read(self, name: str) -> pd.Categorical[str] | Ints:
        dataset, segments = self.dataset, self.segments
        # A comprehension is the fastest walk over a million codings.
        match name:
            case "transcript":
                place = _places(transcript.id for transcript in dataset.transcripts)
                return _category([place[s.transcript_id] for s in segments], place)
            case "code":
                place = _places(found.code.id for found in dataset.codebook.codes())
                try:
                    return _category([place[s.coding.code_id] for s in segments], place)
                except KeyError:
                    code_places(dataset)  # It says which code is missing.
                    raise
            case "respondent":
                place = _places(dataset.respondents)
                return _category([place.get(s.respondent_id or "", -1) for s in segments], place)
            case "speaker":
                names = [s.speaker or "" for s in segments]
                place = _places(dict.fromkeys(names))
                return _category([place[name] for name in names], place)
            case "start" | "end":
                return _numbers(list(map(attrgetter(f"coding.{name}"), segments)))
            case _:
                return _numbers(list(map(attrgetter(name), segments)))

    def numbers(self, name: str) -> Ints:
        """A column as numbers: of a category the places of the ids, -1 where there is none."""
        column = self.table(name)[name]
        found = column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column
        return np.asarray(found, np.int64)

    @cached_property
    def code(self) -> Ints:
        """Place of the code in the codebook."""
        return self.numbers("code")

    @cached_property
    def transcript(self) -> Ints:
        """Place of the transcript in `dataset.transcripts`."""
        return self.numbers("transcript")

    @cached_property
    def person(self) -> Ints:
        """Place of the respondent in `dataset.respondents`; -1 where nobody is known."""
        return self.numbers("respondent")

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


def _places(ids: Iterable[str]) -> Mapping[str, int]:
    return {key: number for number, key in enumerate(ids)}


def _category(found: Sequence[int], ids: Iterable[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(_numbers(found), categories=pd.Index(list(ids), dtype="str"), validate=False)


def _numbers(found: Sequence[int]) -> Ints:
    return np.fromiter(found, np.int64, len(found))


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
