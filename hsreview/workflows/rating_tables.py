"""A table of coders × units from a CSV file of anybody's: what its cells hold, or every row that cannot be taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible

if TYPE_CHECKING:
    from hsreview.agreement.patterns import Ints

MAX_BYTES = 500_000_000
MOST_PROBLEMS = 20
_NO_VALUE = frozenset(
    ("nan", "#n/a", "#na", "#value!", "#ref!", "#name?", "#div/0!", "#null!", "#num!", "#valeur!", "#nom?", "#nul!")
)
_PERHAPS_MISSING = frozenset(("na", "n/a", "null", "none", ".", "?"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of coders × units as text."""

    coders: tuple[str, ...]
    units: int
    cells: Sequence[tuple[str, ...]]
    """Distinct rows without their unit ids; an empty cell is missing."""
    rows: Ints
    """Which of `cells` each unit has."""
    lines: Sequence[int]
    """Line of the file on which each of `cells` stands first."""
    notes: tuple[str, ...]


def check_delimiter(delimiter: str) -> None:
    """Raise UsageProblem unless the delimiter is one character that can stand between columns."""
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UsageProblem(_("The delimiter is one character, such as ; or tab."))


def read_lines(path: Path, delimiter: str) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """The rows of a CSV file with the line on which each begins, blanks around cells left out, empty rows skipped.

    Also sentences about how the file was understood. Raises InputRefused for what is no CSV file.
    """
    name = visible(path.name)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise InputRefused(
            _("{name} cannot be read: {reason}.").format(name=visible(str(path)), reason=os_reason(error))
        ) from error
    if data is None:
        raise InputRefused(_("{name} is too large for a table.").format(name=name))
    text, notes = _decoded(data, name)
    return _rows(text, delimiter, name), notes


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        raise InputRefused(_("{name} is not a CSV file in UTF-8. Save it as “CSV UTF-8”.").format(name=name))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise InputRefused(
                _("{name} is not UTF-8. Save it as “CSV UTF-8”.").format(name=name),
                [Problem(_("A character here cannot be read."), _("line {n}").format(n=line), "encoding")],
            ) from error
        note = _("{name} is not UTF-8 (line {n}); it was read as Windows-1252, as Excel writes it.")
        return text, [note.format(name=name, n=line)]


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for values in reader:
            first, line = line, reader.line_num + 1  # A quoted cell may hold line ends.
            cells = [value.strip() for value in values]
            if any(cells):
                yield first, cells
    except csv.Error as error:
        raise InputRefused(
            _("{name} is not a well-formed CSV file.").format(name=name),
            [
                Problem(
                    _("A cell that opens with a quotation mark here is not closed properly."),
                    _("line {n}").format(n=line),
                    "csv",
                )
            ],
        ) from error


def refuse(path: Path, problems: Sequence[Problem]) -> InputRefused:
    """The refusal of a file for its rows; the first problems stand for very many."""
    told = list(problems[:MOST_PROBLEMS])
    if len(problems) > len(told):
        rest = len(problems) - len(told)
        told.append(Problem(ngettext("{n} more row.", "{n} more rows.", rest).format(n=rest)))
    return InputRefused(_("{name} cannot be taken as it is.").format(name=visible(path.name)), told)


def read_table(path: Path, delimiter: str) -> Table:
    """The cells of a file. Raises InputRefused with every row that does not fit its header."""
    import numpy as np

    rows, notes = read_lines(path, delimiter)
    header = next(rows, None)
    if header is None:
        raise InputRefused(_("{name} is empty.").format(name=visible(path.name)))
    coders = _coders(header[1], path, delimiter)
    seen: dict[str, int] = {}
    cells: dict[tuple[str, ...], int] = {}
    lines: list[int] = []
    which: list[int] = []
    problems: list[Problem] = []
    for line, values in rows:
        wrong = _wrong_row(values, len(coders) + 1, seen)
        if wrong:
            problems.append(Problem(wrong, _("line {n}").format(n=line), "row"))
            continue
        seen[values[0]] = line
        key = tuple(values[1 : len(coders) + 1])
        at = cells.setdefault(key, len(cells))
        if at == len(lines):
            lines.append(line)
        which.append(at)
    if not problems:
        problems = _empty_cells_in_words(cells, lines, coders)
    if problems:
        raise refuse(path, problems)
    if not which:
        raise InputRefused(_("{name} has a header but no units.").format(name=visible(path.name)))
    values_there = {cell for row in cells for cell in row}
    if values_there.issuperset(coders):
        notes.append(
            _("The column headings all occur as values too: if the file has no header row, its first unit is missing.")
        )
    notes += _perhaps_missing(cells, lines)
    return Table(coders, len(which), list(cells), np.array(which), lines, tuple(notes))


def _coders(header: Sequence[str], path: Path, delimiter: str) -> tuple[str, ...]:
    name = visible(path.name)
    coders = list(header[1:])
    while coders and not coders[-1]:
        coders.pop()
    if not coders:
        told = _("{name} has one column only; it needs the units and then a column for each coder.").format(name=name)
        other = next((mark for mark in ";\t|," if mark != delimiter and mark in header[0]), None)
        if other is not None:
            told += " " + _('Try --delimiter "{mark}".').format(mark="tab" if other == "\t" else other)
        raise InputRefused(told)
    if not all(coders):
        raise InputRefused(_("{name} has a column without a heading: every coder needs a name.").format(name=name))
    twice = sorted({each for each in coders if coders.count(each) > 1})
    if twice:
        raise InputRefused(
            _("{name} has several columns {names}. Does it lack its header row?").format(
                name=name, names=visible(", ".join(twice))
            )
        )
    return tuple(coders)


def _wrong_row(values: Sequence[str], width: int, seen: Mapping[str, int]) -> str:
    """What is wrong with a row, or nothing."""
    if len(values) != width and (len(values) < width or any(values[width:])):
        return ngettext(
            "The row has {n} cell, the header has {width}.",
            "The row has {n} cells, the header has {width}.",
            len(values),
        ).format(n=len(values), width=width)
    if not values[0]:
        return _("The row has no unit in its first column.")
    if values[0] in seen:
        return _("The unit {name} stands on line {line} already.").format(name=visible(values[0]), line=seen[values[0]])
    return ""


def _empty_cells_in_words(
    cells: Mapping[tuple[str, ...], int], lines: Sequence[int], coders: Sequence[str]
) -> list[Problem]:
    """Cells in which a program says that it has no number: neither a value nor an empty cell."""
    return [
        Problem(
            _("{coder} has “{value}” here. Leave the cell empty when the value is missing.").format(
                coder=visible(coders[column]), value=visible(cell)
            ),
            _("line {n}").format(n=lines[at]),
            "not_a_value",
        )
        for row, at in cells.items()
        for column, cell in enumerate(row)
        if cell.casefold() in _NO_VALUE
    ]


def _perhaps_missing(cells: Mapping[tuple[str, ...], int], lines: Sequence[int]) -> list[str]:
    first: dict[str, int] = {}
    for row, at in cells.items():
        for cell in row:
            if cell.casefold() in _PERHAPS_MISSING:
                first.setdefault(cell, lines[at])
    told = _("“{value}” (line {n}) counts as a value like any other; leave cells of missing values empty.")
    return [told.format(value=visible(value), n=line) for value, line in first.items()]
