"""The framework as an Excel file that partners fill in and send back, and what its cells are known by.

A row is known by its id and a cell by the key of its column, never by their places, so that sorting and moving columns
do no harm. A hidden sheet keeps what every cell held, so that what was changed in the file can be told from what was
changed in the project meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from hsreview.base.folding import fold
from hsreview.workbook.cells import MAX_UNITS, Report, clean, pieces, units
from hsreview.workbook.words import Words

FORMAT = 1
META = "hsreview_framework_rows"
"""Name of the hidden sheet that says what the file belongs to and what its cells held."""
JOURNAL = "hsreview_journal"
"""Its name in a file of the journal, whose lines are entries."""
LISTS = "hsreview_lists"
"""Name of the hidden sheet with the words that may be chosen."""
ID_HEADING = "hsreview_id"
FIXED = "*"
"""What follows the key of a column that is only read."""
REF = "ref"
ROW = "row"
"""First column of the lines of the hidden sheet that are about one row."""
_ROOM = MAX_UNITS - 300
"""UTF-16 units of a text that are shown when it is longer than a cell."""


class Holds(StrEnum):
    """What a column of a sheet holds."""

    TEXT = "text"
    WORD = "word"
    """One of its choices."""
    WORDS = "words"
    """Several of them."""
    NUMBER = "number"
    DATE = "date"
    FIXED = "fixed"
    """Text that is there to be read, and does not come back."""
    COUNT = "count"
    """A whole number that is there to be read."""
    FIGURE = "figure"
    """A number with its decimals that is there to be read."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet."""

    key: str
    """Of the row's data, or `ref`, `status`, `under`; of what is only read a word of its own."""
    header: str
    width: float
    holds: Holds
    choices: Sequence[str] = ()
    hint: str = ""

    @property
    def read(self) -> bool:
        """Whether it comes back."""
        return self.holds not in (Holds.FIXED, Holds.COUNT, Holds.FIGURE)


Held = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet."""

    id: str
    ref: str
    cells: Sequence[Held]
    base: Mapping[str, Any] = field(default_factory=dict)
    """What the cells that come back hold in the project, as it is stored; null values are left out."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    key: str
    """A kind of row, or the word of a sheet that is only read."""
    fields: Sequence[Field]
    lines: Sequence[Line]

    @property
    def read(self) -> bool:
        """Whether it comes back."""
        return any(each.read for each in self.fields)


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a file belongs to."""

    project_id: str
    project: str
    language: str
    """`fr`, `en` or `both`."""
    public: bool
    made: str
    version: str = ""
    """Of the framework; empty: as it stood."""

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, in the order of the hidden sheet."""
        return [
            ("format", str(FORMAT)), ("project_id", self.project_id), ("project", self.project),
            ("language", self.language), ("public", "yes" if self.public else ""), ("made", self.made),
            ("version", self.version),
        ]  # fmt: skip

    @classmethod
    def of(cls, values: Mapping[str, str]) -> BookFacts:
        """From names and values; raises KeyError when one is missing."""
        return cls(
            values["project_id"], values["project"], values["language"], bool(values["public"]), values["made"],
            values.get("version", ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrameworkBook:
    """Everything that is written into the file."""

    facts: BookFacts
    read_me: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    paper: str = "a4"
    title: str = "fw_title"
    """Key of what the file is called."""
    internal: str = "internal"
    """Key of the mark of a file that is not public."""
    meta: str = META
    spare: int = 10
    """Empty lines below the others of each sheet, for new ones."""


def shown(text: str, language: str) -> str:
    """`text` as a cell shows it: what no spreadsheet can hold is replaced, and what is too long is cut, with a note."""
    legal = clean(text, Report())
    if units(legal) <= MAX_UNITS:
        return legal
    return f"{pieces(legal, _ROOM)[0]} {Words(language)('fw_cut')}"


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what spreadsheets change by themselves: line ends, blanks around."""
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """`text` without what spreadsheets change by themselves."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def means(one: str, other: str) -> bool:
    """Whether two words are the same whatever their case and accents."""
    return fold(plain(one)) == fold(plain(other))
