"""Which code of one coder meets which code of another, with what was left uncoded.

On each unit the codes that both gave stand on the diagonal; the rest of the unit is spread over the pairs of codes that
are left of each coder, `uncoded` where one has none. All entries of a unit weigh the same and add up to its weight, so
that the whole table adds up to the units (or characters) that both coders read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from hsreview.agreement.codes import Cells


def confusion(of: Cells, one: int, other: int) -> NDArray[np.float64]:
    """The table of two coders: (codes + 1) × (codes + 1), the last row and column being what was left uncoded."""
    uncoded = of.codes
    table = np.zeros((uncoded + 1, uncoded + 1))
    units = of.units
    both = (units.readers[:, one] & units.readers[:, other])[units.document]
    mass = np.ones(len(both)) if units.weights is None else units.weights
    given: dict[int, tuple[set[int], set[int]]] = {}
    for side, coder in enumerate((one, other)):
        mine = of.coded[:, coder] & both[of.unit]
        for unit, code in zip(of.unit[mine].tolist(), of.code[mine].tolist(), strict=True):
            given.setdefault(unit, (set(), set()))[side].add(code)
    for unit, (first, second) in given.items():
        entries = _entries(first, second, uncoded)
        for row, column in entries:
            table[row, column] += mass[unit] / len(entries)
    table[uncoded, uncoded] = mass[both].sum() - table.sum()
    return table


def _entries(first: set[int], second: set[int], uncoded: int) -> Sequence[tuple[int, int]]:
    same = first & second
    left, right = first - same, second - same
    rest = product(sorted(left) or [uncoded], sorted(right) or [uncoded]) if left or right else ()
    return [*((code, code) for code in sorted(same)), *rest]
