"""Results of counting one layer: theme matrices and the choice of quotes. Filled by `analysis`, shown by the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hsreview.model.tables import Table

MIN_PEOPLE = 20
"""Fewest people of whom a share is given; below, counts only (promise 6 of the design)."""


class NoShare(StrEnum):
    """Why a share is left blank."""

    NONE = ""
    """It is not blank."""
    EMPTY = "empty"
    """The group has nobody."""
    SMALL = "small"
    """The group has fewer people than percentages need."""


@dataclass(frozen=True, slots=True)
class GroupBase:
    """The n of one group; `group` is null for all groups together, empty for those without a group."""

    group: str | None
    interviews: int
    """In the project."""
    reviewed: int
    """Interviews reviewed in this layer: the n of "n mentioning / n"."""
    respondents: int
    """In the interviews reviewed."""
    organisations: int
    no_share: NoShare
    begun: int = 0
    """Interviews begun and not reviewed; they are in no other n."""
    unsettled: int = 0
    """Of the consensus: interviews read and not settled; they are in no other n."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Who mentions a theme or code in one group, in the interviews reviewed; `begun` counts apart."""

    interviews: int = 0
    respondents: int = 0
    organisations: int = 0
    segments: int = 0
    share: float | None = None
    """Respondents mentioning / respondents; null where the base has `no_share`."""
    begun: int = 0
    """Interviews begun that mention it so far."""
    begun_segments: int = 0
    """Segments in them."""


@dataclass(frozen=True, slots=True)
class ThemeGroupRow:
    """A theme (`code_id` null: all its codes together) or one code, in every group."""

    theme_id: str
    code_id: str | None
    counts: tuple[GroupCount, ...]

    @property
    def used(self) -> bool:
        """Whether the layer has any segment of it; the last count is that of all groups together."""
        return self.counts[-1].segments + self.counts[-1].begun_segments > 0


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Theme × group; the last base is that of all groups together."""

    groups: tuple[GroupBase, ...]
    rows: Sequence[ThemeGroupRow]


@dataclass(frozen=True, slots=True)
class QuotePick:
    """A segment chosen as a quote: its position in `Dataset.segments` and the codes of the theme it bears."""

    index: int
    code_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteCell:
    """The quotes of one theme in one group."""

    theme_id: str
    group: str
    picks: tuple[QuotePick, ...]
    available: int
    """Different segments of the theme in the group."""
    held_back: int
    """Of them not shown: the consent does not allow quotes, or the segment is flagged to be masked."""


@dataclass(frozen=True, slots=True)
class Matrices:
    """Everything counted for one workbook."""

    interviews: Table
    """Theme × interview."""
    groups: ThemeGroup
    quotes: Sequence[QuoteCell]
    quotable: Mapping[str, bool | None]
    """Respondent id → whether their words may be quoted today; null when nobody recorded it."""
