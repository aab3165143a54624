"""Agreement of a table in a CSV file, from anybody's project or from none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.agreement import Estimate
from hsreview.workflows.rating_tables import MOST_PROBLEMS, Table, check_delimiter, read_table

if TYPE_CHECKING:
    from hsreview.agreement.patterns import Ints

MOST_VALUES = 1_000
MOST_SETS = 20_000
_YES_NO = frozenset(
    (("1", "0"), ("yes", "no"), ("oui", "non"), ("true", "false"), ("vrai", "faux"), ("y", "n"), ("o", "n"), ("+", "-"))
)


@dataclass(frozen=True, slots=True)
class Calculated:
    """The coefficients of a table."""

    coders: tuple[str, ...]
    units: int
    shared: int
    """Units with a value of two coders or more."""
    missing: int
    """Empty cells."""
    categories: tuple[str, ...]
    """The values, or the labels of sets."""
    positive: str
    """The value that means "coded"; empty when it is not known."""
    statistics: Mapping[str, Estimate]
    notes: tuple[str, ...]
    """Sentences about what was understood how."""


def calculate_table(
    path: Path,
    *,
    delimiter: str = ",",
    sets: str | None = None,
    categories: Sequence[str] | None = None,
    positive: str | None = None,
) -> Calculated:
    """All coefficients of a CSV file: the units' ids in the first column, then a column for each coder.

    An empty cell is missing; every label is text. With `sets`, a cell holds labels with that text between them, and
    that text alone is the empty set. `categories` fixes the list of values; `positive` is the value that means
    "coded". Raises InputRefused with the lines that cannot be read, UsageProblem for options that cannot be.
    """
    _check_options(delimiter, sets, categories, positive)
    table = read_table(path, delimiter)
    return _of_sets(table, sets, categories) if sets else _of_values(table, categories, positive)


def _check_options(delimiter: str, sets: str | None, categories: Sequence[str] | None, positive: str | None) -> None:
    check_delimiter(delimiter)
    if sets is not None and (len(sets) != 1 or sets.isspace() or sets in (delimiter, '"')):
        raise UsageProblem(
            _("--sets takes the one character between the codes of a cell, which is not the delimiter of the columns.")
        )
    if categories is not None and (not categories or not all(categories) or len(set(categories)) < len(categories)):
        raise UsageProblem(_("--categories names each value once, with commas between."))
    if positive is not None and sets is not None:
        raise UsageProblem(_("--positive goes with one value in each cell, not with --sets."))
    if positive is not None and categories is not None and positive not in categories:
        raise UsageProblem(_("--positive {name} is not among --categories.").format(name=visible(positive)))


def _encode(table: Table, number: Callable[[str], int]) -> Ints:
    """Coders × units of the numbers of cells, −1 for empty ones."""
    import numpy as np

    distinct = np.array([[number(cell) if cell else -1 for cell in row] for row in table.cells])
    smallest = np.int8 if distinct.max() < 127 else np.int32
    return np.ascontiguousarray(distinct.astype(smallest)[table.rows].T)


def _of_values(table: Table, categories: Sequence[str] | None, positive: str | None) -> Calculated:
    from hsreview.agreement.nominal import leave_one_out, nominal_statistics

    labels = tuple(categories or sorted({cell for row in table.cells for cell in row if cell}))
    if len(labels) > MOST_VALUES:
        raise InputRefused(_("There are {n} different values: too many for categories.").format(n=len(labels)))
    numbers = {label: number for number, label in enumerate(labels)}
    _check_known(table, lambda cell: () if cell in numbers else (cell,))
    if positive is not None and positive not in numbers:
        raise UsageProblem(_("--positive {name} does not occur in the table.").format(name=visible(positive)))
    coded = positive if positive is not None else _coded_value(labels)
    codes = _encode(table, numbers.__getitem__)
    statistics = nominal_statistics(codes, labels, positive=numbers.get(coded) if coded else None)
    if len(table.coders) > 2:
        without = zip(table.coders, leave_one_out(codes, len(labels)), strict=True)
        statistics |= {f"krippendorff_alpha_without[{coder}]": each for coder, each in without}
    return _calculated(table, codes, labels, coded, statistics)


def _coded_value(labels: Sequence[str]) -> str:
    """Of two values the one that plainly means "coded"; empty when it is not plain."""
    if len(labels) == 2:
        for one, other in ((0, 1), (1, 0)):
            if (labels[one].casefold(), labels[other].casefold()) in _YES_NO:
                return labels[one]
    return ""


def _of_sets(table: Table, separator: str, categories: Sequence[str] | None) -> Calculated:
    from hsreview.agreement.set_tables import set_statistics

    cells = {cell for row in table.cells for cell in row if cell}
    parsed = {cell: frozenset(part.strip() for part in cell.split(separator)) - {""} for cell in cells}
    labels = tuple(categories or sorted({label for each in parsed.values() for label in each}))
    numbers = {label: number for number, label in enumerate(labels)}
    _check_known(table, lambda cell: sorted(parsed[cell] - numbers.keys()))
    sets: dict[frozenset[int], int] = {}
    at = {
        cell: sets.setdefault(frozenset(numbers[label] for label in parsed[cell]), len(sets)) for cell in sorted(parsed)
    }
    if len(sets) > MOST_SETS:
        raise InputRefused(_("There are {n} different sets of codes: too many.").format(n=len(sets)))
    codes = _encode(table, at.__getitem__)
    return _calculated(table, codes, labels, "", set_statistics(codes, list(sets), labels))


def _check_known(table: Table, unknown: Callable[[str], Sequence[str]]) -> None:
    """Refuse values outside of the fixed categories."""
    problems = [
        Problem(
            _("{value} is not among --categories.").format(value=visible(value)),
            _("line {n}").format(n=line),
            "unknown_category",
        )
        for row, line in zip(table.cells, table.lines, strict=True)
        for cell in row
        if cell
        for value in unknown(cell)
    ]
    if problems:
        raise InputRefused(_("The table has values that are not among the categories."), problems[:MOST_PROBLEMS])


def _calculated(
    table: Table, codes: Ints, labels: tuple[str, ...], positive: str, statistics: Mapping[str, Estimate]
) -> Calculated:
    valued = (codes >= 0).sum(0)
    missing = int(codes.size - valued.sum())
    shared = int((valued >= 2).sum())
    return Calculated(table.coders, table.units, shared, missing, labels, positive, statistics, table.notes)
