"""What of a theme may be told, so that nobody can work a small cell out: pure numbers, without texts or projects."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.analysis.inference import AtMost, Interval, Reader
from hsreview.model.public import Band, Why, band_of

TOTAL, CODE = ("total",), "code"
"""The name of a theme's total, and the beginning of the names of the cells of its codes."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody knows of the numbers of a theme beside the file in the making."""

    known: Mapping[Hashable, Interval] = field(default_factory=dict)
    """From files that are out already."""
    small: Mapping[Hashable, int] = field(default_factory=dict)
    """Cells of the lowest band there → the largest number in it."""
    sums: Sequence[AtMost] = ()
    """Columns whose people are all in others, as those of places in a region; what else adds up in those files."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many respondents of each column mention a theme: all that its rows could tell."""

    sizes: Sequence[Sequence[int]]
    """Of every division: the n of its columns."""
    cells: Sequence[Sequence[int]]
    """Of every division: the theme by column. The name of a cell is `(division, column)`."""
    codes: Sequence[Sequence[int]]
    """Of every code: by column of the first division. The name of a cell is `(CODE, code, (0, column))`."""
    told: Told = Told()

    @property
    def total(self) -> int:
        """Of all columns; the same in every division."""
        return sum(self.cells[0])

    @property
    def people(self) -> int:
        """Everyone."""
        return sum(self.sizes[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """What is published of one theme."""

    total: bool
    codes: bool
    divisions: int
    """How many of the divisions, from the first on."""
    why: tuple[Why, ...] = ()


def choose(counts: Counts, k: int) -> Shown:
    """The most that can be published of a theme with every small cell safe."""
    *offers, nothing = _offers(counts, k)
    return next((shown for shown in offers if safe(counts, shown, k)), nothing)


def _offers(counts: Counts, k: int) -> Iterator[Shown]:
    """What could be published of a theme, the most first. The last one tells nothing."""
    every = len(counts.sizes)
    with_total = [True, False] if len(counts.sizes[0]) > 1 else [False]
    with_codes = [True, False] if any(max(cells) >= k for cells in counts.codes) else [False]
    for divisions in dict.fromkeys((every, 1)):
        for codes in with_codes:
            for total in with_total:
                why = [
                    *([Why.TOTAL_TELLS] if with_total[0] and not total else []),
                    *([Why.CODES_TELL] if with_codes[0] and not codes else []),
                    *([Why.TABLE_TELLS] if divisions < every else []),
                ]
                yield Shown(total, codes, divisions, tuple(why))
    yield Shown(False, False, 0, (Why.THEME_TELLS,))


def safe(counts: Counts, shown: Shown, k: int) -> bool:
    """Whether nothing small can be worked out from what is shown of a theme.

    A cell in the lowest band must be possible with 0 and with k − 1; a hidden one with at least k different numbers.
    A total is safe when every total that the rest allows would be: else one that is missing would tell.
    """
    known, small = dict(counts.told.known), dict(counts.told.small)
    hidden: list[Hashable] = []

    def learn(name: Hashable, cell: int, size: int, told: bool) -> None:
        before = counts.told.known.get(name, (0, size))
        low, high = bounds(band_of(cell, k) if told else Band.HIDDEN, k, size)
        known[name] = max(low, before[0]), min(high, before[1])
        if told and cell < k:
            small[name] = min(k - 1, small.get(name, k))
        if not told and before == (0, size):
            hidden.append(name)

    for division, cells in enumerate(counts.cells):
        for column, (cell, size) in enumerate(zip(cells, counts.sizes[division], strict=True)):
            learn((division, column), cell, size, division < shown.divisions)
    for row, cells in enumerate(counts.codes if shown.codes else ()):
        for column, (cell, size) in enumerate(zip(cells, counts.sizes[0], strict=True)):
            learn((CODE, row, (0, column)), cell, size, True)
    sums = [*_sums(counts, shown)]
    if shown.total:
        known.setdefault(TOTAL, (0, counts.people))
        low, high = Reader(known, sums).interval(TOTAL)
        for band in (Band.FEW, Band.SOME, Band.MANY):
            least, most = bounds(band, k, counts.people)
            told = {**known, TOTAL: (max(low, least), min(high, most))}
            few: dict[Hashable, int] = {TOTAL: min(k - 1, small.get(TOTAL, k))} if band is Band.FEW else {}
            if least > high or low > most:
                continue
            try:
                reader = Reader(told, sums)
            except ValueError:  # No such total can be, although it lies between the least and the most.
                continue
            if not _open(reader, {**small, **few}, hidden, k):
                return False
        return True
    if len(counts.cells[0]) > 1:
        learn(TOTAL, counts.total, counts.people, False)
    else:
        known.setdefault(TOTAL, (0, counts.people))
    return _open(Reader(known, sums), small, hidden, k)


def _open(reader: Reader, small: Mapping[Hashable, int], hidden: Sequence[Hashable], k: int) -> bool:
    """Whether every small cell keeps its two ends, and every hidden one enough different numbers."""
    if any(not reader.can_be(name, value) for name, most in small.items() for value in (0, most)):
        return False
    return all(high - low >= k - 1 for low, high in map(reader.interval, hidden))


def _sums(counts: Counts, shown: Shown) -> Iterator[AtMost]:
    """What everybody knows of how the numbers of a theme hang together."""
    for division, cells in enumerate(counts.cells):
        every = tuple((division, column) for column in range(len(cells)))
        yield AtMost((TOTAL,), every)
        yield AtMost(every, (TOTAL,))
    yield from counts.told.sums
    for column in range(len(counts.cells[0]) if shown.codes else 0):
        yield from of_codes((0, column), len(counts.codes))


def of_codes(cell: Hashable, codes: int) -> Iterator[AtMost]:
    """The cell of a theme counts at most all people of its codes, and at least those of each."""
    every = tuple((CODE, row, cell) for row in range(codes))
    yield AtMost((cell,), every)
    yield from (AtMost((code,), (cell,)) for code in every)


def covering(divisions: Sequence[Mapping[Hashable, frozenset[str]]]) -> Iterator[AtMost]:
    """Which columns hold all people of others, given the people of every column: a region and its places do."""
    for one, other in itertools.permutations(divisions, 2):
        beside = {
            name: frozenset(each for each, there in other.items() if there & people) for name, people in one.items()
        }
        for around in dict.fromkeys(beside.values()):
            if len(around) < len(other):
                yield AtMost(tuple(name for name in one if beside[name] <= around), tuple(around))


def bounds(band: Band, k: int, size: int) -> Interval:
    """The numbers that a band stands for in a column of `size` people."""
    return {
        Band.FEW: (0, min(k - 1, size)),
        Band.SOME: (k, min(2 * k - 1, size)),
        Band.MANY: (2 * k, size),
    }.get(band, (0, size))
