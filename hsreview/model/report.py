"""A report as blocks in one language, before it is a document of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the report; level 1 is a chapter."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line end in it is kept."""

    text: str
    note: bool = False
    """Small print: what numbers rest on, how to read."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a respondent with what may be said of whose they are."""

    text: str
    source: str
    mark: str = ""
    """A warning, such as that the quote is not released."""
    translations: tuple[str, ...] = ()
    """Each with its language and translator."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of texts."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Horizontal bars: for every row one bar of each series."""

    title: str
    series: tuple[str, ...]
    """Names, with their n."""
    rows: Sequence[tuple[str, tuple[int, ...]]]
    """Label, and a number of each series."""

    @property
    def most(self) -> int:
        """The longest bar; at least 1."""
        return max((number for _label, numbers in self.rows for number in numbers), default=1) or 1


Block = Heading | Paragraph | Quotation | Grid | Figure


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says."""

    title: str
    mark: str
    """Stands on top and on every printed page: for whom the report is."""
    language: str
    """`fr` or `en`."""
    blocks: Sequence[Block]
    footer: str
