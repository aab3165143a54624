"""A matrix counted from one layer, as the screen, the command line and the workbook draw it, in no language yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.model.dataset import Basis
from hsreview.model.localized import Localized
from hsreview.model.matrices import MIN_PEOPLE, NoShare

Number = int | float
Grid = Sequence[Sequence[Number | None]]
"""`grid[row][column]`; null where there is no number."""


class Measure(StrEnum):
    """What the cells of a table count."""

    RESPONDENTS = "respondents"
    """Different respondents mentioning it."""
    ORGANISATIONS = "organisations"
    """Different organisations of those respondents."""
    INTERVIEWS = "interviews"
    """Different interviews mentioning it."""
    SEGMENTS = "codings"
    """Codings."""
    WORDS = "words"
    """Respondents' words under it, each counted once."""
    PAIRS = "pairs"
    """Pairs of codings, one of each code, that share a character."""
    TURNS = "turns"
    """Turns with one of the codes in reach of the other."""
    JACCARD = "jaccard"
    """What bears both codes, as a part of what bears one of them (0–1)."""
    CODES = "codes"
    """Different codes."""
    POSITIVE = "positive"
    """Codings with a positive stance."""
    NEGATIVE = "negative"


PEOPLE = (Measure.RESPONDENTS, Measure.ORGANISATIONS, Measure.INTERVIEWS)
"""Measures whose shares need a base of `MIN_PEOPLE`."""


class Why(StrEnum):
    """What a cell says beside its number, or in place of one."""

    NUMBER = ""
    """It is a number as any other; 0 is a zero that was looked for."""
    NOT_READ = "not_read"
    UNSETTLED = "unsettled"
    SO_FAR = "so_far"
    """The interview was only begun: what was found so far; a zero says nothing."""
    NOBODY = "nobody"
    """Nobody is in this column: n = 0."""
    SELF = "self"
    """A code with itself: how often it was given."""
    NOTHING = "nothing"
    """Neither code was given, so that there is nothing of which this could be a part."""
    HEARD = "heard"
    HEARD_SO_FAR = "heard_so_far"
    """Heard, in interviews only that were begun and not reviewed."""
    HEARD_NAMELESS = "heard_nameless"
    """Heard, from speakers to whom no respondent is linked alone."""
    SILENT = "silent"
    """Asked, and nothing said."""
    NOT_ASKED = "not_asked"
    NOT_CODED = "not_coded"
    """Not yet coded: no interview of the cell that could tell was reviewed."""
    NOT_RECORDED = "not_recorded"
    """Nothing was said, and whether it was asked is on no record."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a row or a column stands for."""

    kind: str
    """`theme`, `code`, `question`, `interview`, `group`, `value`, `period`, `speaker`, `modifier`, `none` (without a
    value), `all` (all together), or a word of a table of its own (`used`, `new`, `total`)."""
    key: str
    """Unique among its rows or columns."""
    ref: str = ""
    """How it is called in one short word: the ref of a code, the name of an interview; empty for `none` and `all`."""
    label: Localized = Localized()
    """How it is called in full; empty when `ref` is all there is."""
    base: Mapping[Measure, int] = field(default_factory=dict)
    """The n of the column: of how many."""
    why: Why = Why.NUMBER
    """How the interview of a column was read."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What else is known of it: of a row of divergence who alone says it, of an interview its date."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader should know, named by a word and a number."""

    key: str
    n: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """How many interviews the numbers rest on."""

    interviews: int
    reviewed: int
    begun: int
    unsettled: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two codings share words: positions in `Dataset.segments`, and the stretch `[start, end)`."""

    first: int
    second: int
    start: int
    end: int


def nothing_behind(_row: int, _column: int) -> Sequence[int]:
    """No codings behind any cell."""
    return ()


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix. Nothing in it sums over coders: it is of the one layer that `basis` names."""

    kind: str
    """`theme-interview`, `theme-group`, `crosstab` …"""
    basis: Basis
    scope: Scope
    measures: tuple[Measure, ...]
    """The first is what is shown when nothing else is asked for."""
    rows: Sequence[Header]
    columns: Sequence[Header]
    values: Mapping[Measure, Grid]
    of: Mapping[Measure, Grid] = field(default_factory=dict)
    """The n of single cells, where it is not that of their column."""
    why: Mapping[tuple[int, int], Why] = field(default_factory=dict)
    """What single cells say beside their number; the others are numbers as any other."""
    behind: Callable[[int, int], Sequence[int]] = nothing_behind
    """`(row, column)` → positions in `Dataset.segments` of the codings behind that cell, ascending."""
    notes: tuple[Note, ...] = ()
    detail: str = ""
    """What the table was asked for beside its kind: an attribute, a period, a relation."""

    def value(self, row: int, column: int, measure: Measure) -> Number | None:
        """The number of a cell."""
        return self.values[measure][row][column]

    def base(self, row: int, column: int, measure: Measure) -> Number | None:
        """Of how many the number of a cell is; null when that has no sense."""
        if measure in self.of:
            return self.of[measure][row][column]
        return self.columns[column].base.get(measure)

    def reason(self, row: int, column: int) -> Why:
        """What a cell says beside its number."""
        return self.why.get((row, column), Why.NUMBER)

    def no_share(self, row: int, column: int, measure: Measure) -> NoShare:
        """Why a cell has no share: nobody is there, or fewer than percentages need."""
        base = self.base(row, column, measure)
        if not base or self.value(row, column, measure) is None:
            return NoShare.EMPTY
        return NoShare.SMALL if measure in PEOPLE and base < MIN_PEOPLE else NoShare.NONE

    def share(self, row: int, column: int, measure: Measure) -> float | None:
        """The number as a part of its n (0–1); null where `no_share` says why."""
        value, base = self.value(row, column, measure), self.base(row, column, measure)
        if self.no_share(row, column, measure) is not NoShare.NONE or value is None or not base:
            return None
        return value / base
