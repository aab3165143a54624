"""Agreement of every code on units that a coder either coded with it or did not.

Codes are rare on most units, so only the units that somebody coded are looked at; the others follow from who read
what. Columns of sums are those of `hsreview.agreement.sums` for two values: not coded (0) and coded (1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hsreview.agreement import sums
from hsreview.agreement.patterns import Floats, Ints
from hsreview.model.agreement import Undefined


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """What was read by whom."""

    document: Ints
    """The document of each unit, from 0."""
    readers: NDArray[np.bool_]
    """(documents, coders): who read what; a reader without a coding coded nothing there."""
    weights: Floats | None = None
    """Of each unit; 1 when absent."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The (code, unit) pairs that somebody coded."""

    code: Ints
    unit: Ints
    coded: NDArray[np.bool_]
    """(cells, coders)."""
    codes: int
    units: Units

    @property
    def weight(self) -> Floats:
        """Of each cell's unit."""
        weights = self.units.weights
        return np.ones(len(self.unit)) if weights is None else weights[self.unit]

    @property
    def mass(self) -> Floats:
        """Weight of the units of each document."""
        found: Floats = np.bincount(self.units.document, self.units.weights, len(self.units.readers)).astype(float)
        return found

    @property
    def complete(self) -> bool:
        """Whether every coder read every unit that anybody read."""
        readers = self.units.readers[self.mass > 0]
        return bool((readers.all(axis=1) | ~readers.any(axis=1)).all())

    def without(self, coder: int) -> Cells:
        """The same without one coder."""
        units = Units(self.units.document, np.delete(self.units.readers, coder, axis=1), self.units.weights)
        return Cells(self.code, self.unit, np.delete(self.coded, coder, axis=1), self.codes, units)

    def of(self, coders: list[int]) -> Cells:
        """The same for some coders only, in that order."""
        units = Units(self.units.document, self.units.readers[:, coders], self.units.weights)
        return Cells(self.code, self.unit, self.coded[:, coders], self.codes, units)


def cells(coder: Ints, code: Ints, unit: Ints, codes: int, units: Units) -> Cells:
    """From three columns, a row for each unit that a coder coded with a code (repeated rows count once).

    What somebody coded without being a reader of the document is left out.
    """
    readers = units.readers.shape[1]
    reads = units.readers[units.document[unit], coder] if len(unit) else np.zeros(0, bool)
    many = max(len(units.document), 1)
    keys = code[reads].astype(np.int64) * many + unit[reads]
    present, at = np.unique(keys, return_inverse=True)
    coded = np.zeros((len(present), readers), bool)
    coded[at, coder[reads]] = True
    return Cells(present // many, present % many, coded, codes, units)


def _hits(of: Cells) -> Floats:
    """Weight of the units coded by 0, 1, 2 … coders: (documents, codes, 1 + coders)."""
    documents, coders = of.units.readers.shape
    base = coders + 1
    key = (of.units.document[of.unit] * of.codes + of.code) * base + of.coded.sum(axis=1)
    table = np.bincount(key, of.weight, documents * of.codes * base).astype(float)
    hits: Floats = table.reshape(documents, of.codes, base)
    hits[:, :, 0] += of.mass[:, None] - hits.sum(axis=-1)
    return hits


def code_sums(of: Cells) -> Floats:
    """The sums of each document and code: (documents, codes, 12)."""
    readers = of.units.readers.sum(axis=1)
    coders = of.units.readers.shape[1]
    n, m = np.meshgrid(np.arange(coders + 1), np.arange(coders + 1))
    valid = n <= m
    single = sums.columns(np.stack([np.where(valid, m - n, 0), np.where(valid, n, 0)], -1))
    found: Floats = _hits(of) @ single[readers]
    return found


def pattern_mass(of: Cells) -> tuple[Ints, Floats]:
    """Counts of (not coded, coded) that a unit can have, (patterns, 2), and the weight of each: (codes, patterns)."""
    readers = of.units.readers.sum(axis=1)
    hits = _hits(of)
    counts, mass = [], []
    for m in np.unique(readers):
        units = hits[readers == m].sum(axis=0)
        for n in range(m + 1):
            counts.append((m - n, n))
            mass.append(units[:, n])
    return np.array(counts, np.int64).reshape(-1, 2), np.array(mass, float).reshape(-1, of.codes).T


def coder_shares(of: Cells) -> Floats:
    """The part of the units read that each coder coded: (codes, coders), without coders who read nothing."""
    read = of.units.readers.T @ of.mass
    coded = [np.bincount(of.code, of.weight * of.coded[:, coder], of.codes) for coder in np.flatnonzero(read)]
    found: Floats = np.array(coded, float).reshape(-1, of.codes).T / read[read > 0]
    return found


def pair_tables(of: Cells) -> Floats:
    """2 × 2 tables of each code and pair of coders: (codes, pairs, 2, 2), pairs as `itertools.combinations` has them.

    Rows are the first coder's (0 not coded, 1 coded), columns the second's; units that both read.
    """
    coders = of.units.readers.shape[1]
    first, second = np.triu_indices(coders, 1)
    reads = of.units.readers
    shared = (reads[:, first] & reads[:, second]).T @ of.mass
    present = reads[of.units.document[of.unit]]
    coded = of.coded * of.weight[:, None]
    begins = np.searchsorted(of.code, np.arange(of.codes + 1))
    tables = np.zeros((of.codes, len(first), 2, 2))
    for code in range(of.codes):
        part = slice(begins[code], begins[code + 1])
        mine = coded[part].T
        both = (mine @ of.coded[part])[first, second]
        seen = mine @ present[part]
        one, other = seen[first, second] - both, seen[second, first] - both
        tables[code] = np.stack([shared - both - one - other, other, one, both], -1).reshape(-1, 2, 2)
    return tables


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Units by code, over documents that two coders or more read."""

    units: float
    coded: Floats
    """(codes, coders)."""
    only: Floats
    """(codes, coders): coded by this coder alone."""
    every: Floats
    """(codes,): coded by all who read them."""
    neither: Floats
    """(codes,): coded by nobody."""


def counts(of: Cells) -> Counts:
    """How often each code was given by whom."""
    readers = of.units.readers.sum(axis=1)
    shared = readers >= 2
    units = float(of.mass[shared].sum())
    document = of.units.document[of.unit]
    weight = of.weight * shared[document]
    n = of.coded.sum(axis=1)

    def by_code(weights: Floats) -> Floats:
        found: Floats = np.bincount(of.code, weights, of.codes).astype(float)
        return found

    alone = weight * (n == 1)
    coders = range(of.coded.shape[1])
    coded = np.stack([by_code(weight * of.coded[:, i]) for i in coders], -1)
    only = np.stack([by_code(alone * of.coded[:, i]) for i in coders], -1)
    return Counts(units, coded, only, by_code(weight * (n == readers[document])), units - by_code(weight))


def reasons(total: Floats) -> list[Undefined | None]:
    """Why the coefficients of each code are undefined, where they are: sums (codes, 12)."""
    found: list[Undefined | None] = []
    for row in total:
        if not row[0]:
            found.append(Undefined.NOTHING_SHARED)
        elif not row[5]:
            found.append(Undefined.NEVER_USED)
        else:
            found.append(None if row[4] else Undefined.ONE_VALUE)
    return found


def disagreement_shares(total: Floats) -> Floats | None:
    """Each code's part of all observed disagreement; None when nobody disagrees on anything."""
    observed = total[:, 3]
    everything = observed.sum()
    return observed / everything if everything > 0 else None
