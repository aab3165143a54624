"""What may be published of one layer: bands in place of counts, and what was held back and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.model.codebook import Code, Status
from hsreview.model.dataset import Basis
from hsreview.model.localized import Localized

LEAST_K = 3
"""The smallest number of people that may stand behind a published number."""


def label_of(code: Code) -> Localized:
    """How a code is called in public: not by the words of a respondent which do not stand in the codebook."""
    return Localized() if code.origin == "in_vivo" and code.status is not Status.ACTIVE else code.label


class Band(StrEnum):
    """What a public cell says of how many respondents mention something."""

    FEW = "few"
    """Fewer than k, none included."""
    SOME = "some"
    """From k to below 2k."""
    MANY = "many"
    """2k and more."""
    HIDDEN = "hidden"
    """Left out, so that no other cell can be worked out."""
    NONE = "none"
    """Never told: how many of all columns together mention a code."""


def band_of(count: int, k: int) -> Band:
    """The band of a count."""
    return Band.FEW if count < k else Band.SOME if count < 2 * k else Band.MANY


def band_words(band: Band, k: int) -> str:
    """`0–2`, `3–5`, `6+`, or `·` for a hidden one."""
    few, some, many = f"0–{k - 1}", f"{k}–{2 * k - 1}", f"{2 * k}+"
    return {Band.FEW: few, Band.SOME: some, Band.MANY: many, Band.HIDDEN: "·"}.get(band, "")


@dataclass(frozen=True, slots=True)
class PublicColumn:
    """People of whom a column tells."""

    kind: str
    """`value` (a group, a place), `none` (without a value), `other` (small ones together) or `all`."""
    key: str
    label: Localized
    n: int
    """Respondents heard in the interviews reviewed; never fewer than k."""


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A theme, or one of its codes."""

    theme_id: str
    code_id: str | None
    """Null in the row of the theme."""
    ref: str
    label: Localized
    bands: tuple[Band, ...]
    """One for each column."""


@dataclass(frozen=True, slots=True)
class PublicTable:
    """Respondents mentioning each theme, by group or by an attribute."""

    by: str
    """`group`, or the name of the attribute."""
    columns: tuple[PublicColumn, ...]
    rows: Sequence[PublicRow]


class Why(StrEnum):
    """Why something is not published."""

    SMALL_COLUMN = "small_column"
    """Fewer than k respondents are in it: counted with others."""
    COVERING_COLUMN = "covering_column"
    """Counted with others, so that those together are at least k."""
    FEW_IN_EVERY_COLUMN = "few_in_every_column"
    """Fewer than k respondents of every column mention the code: only its theme is shown."""
    CODES_TELL = "codes_tell"
    """The codes of the theme would give each other away: only the theme is shown."""
    TOTAL_TELLS = "total_tells"
    """The total would give a cell away."""
    TABLE_TELLS = "table_tells"
    """The row would give away cells of another table."""
    THEME_TELLS = "theme_tells"
    """In so small a project every number of the theme would give people away."""
    NOT_RELEASED = "not_released"
    """The quote is a draft, or only checked."""
    NOT_IN_LAYER = "not_in_layer"
    """The layer does not have a coding on these words."""
    NOBODY_KNOWN = "nobody_known"
    """It is not known who says it, or the interview was not reviewed."""
    SMALL_GROUP = "small_group"
    """Fewer than k respondents are in the group of whoever says it."""
    GROUP_TELLS = "group_tells"
    """It is not to be attributed, and only one group could have said it."""
    HIDDEN_CELL = "hidden_cell"
    """It stands for a theme that fewer than k respondents of the group mention."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is not in the public file. This report is internal: it tells what the file must not."""

    why: Why
    what: str
    """A group, a value, the ref of a theme or code, or the id of a quote."""
    table: str = ""
    """`group` or the attribute; empty where the whole file is meant."""
    detail: str = ""
    """More in words, such as why a quote is a draft again."""
    shown: str = ""
    """How the reader knows a quote: its place and who starred it; empty for all else."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is on record of a public file."""

    k: int
    by: tuple[str, ...]
    zones: Mapping[str, str]
    cells: Mapping[str, str]
    """`table/row/column` → the number, as the file tells it; rows are `n` and refs of themes and codes."""


@dataclass(frozen=True, slots=True)
class PublicQuote:
    """A released quote with all that may be told of it."""

    text: str
    translations: tuple[tuple[str, str, str], ...]
    """`(language, text, translator)`."""
    theme_id: str
    codes: tuple[str, ...]
    """Ids of codes whose cell in that group is published."""
    group: int | None
    """Position among the columns of the first table; null where the consent allows no attribution."""
    place: Localized | None = None


@dataclass(frozen=True, slots=True)
class Public:
    """Everything that a public file holds, and what it does not."""

    basis: Basis
    k: int
    interviews: int
    reviewed: int
    respondents: int
    """Heard in the interviews reviewed."""
    tables: tuple[PublicTable, ...]
    """By group first."""
    quotes: tuple[PublicQuote, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    outdated: tuple[int, ...] = ()
    """Positions of the earlier files whose numbers are no longer so: the new ones were not laid beside them."""
