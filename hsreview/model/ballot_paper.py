"""A ballot as it is printed: what a room votes on in one round, and who sits at which table. No names."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.model.localized import Localized


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row to vote on, in the words that the room is shown."""

    number: int
    """1 for the first row on the paper."""
    ref: str
    kind: Localized
    text: Localized
    badge: Localized
    """How strong the evidence is, in words that may leave the team; may be empty."""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table in the room; `size` people sit at it, 0 when nobody has said how many."""

    label: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """The ballots of one round, and a tally sheet for each table."""

    languages: tuple[str, ...]
    """`fr` and `en`, the main one first."""
    meeting: str
    place: str
    date: str
    """`2016-05-12`, or less of it."""
    round: int
    rule: Localized
    """When a row is accepted, in sentences."""
    votes: tuple[Localized, ...]
    """What one may vote, in the order of the boxes."""
    rows: tuple[PaperRow, ...]
    tables: tuple[PaperTable, ...]
    """At least one; a paper for a table that is not known yet has a line for its label."""
    per_table: bool = False
    """Whether each table gets a ballot of its own, with its label; else there is one, to be copied."""

    @property
    def copies(self) -> tuple[PaperTable, ...]:
        """The tables for which a ballot is printed; one without a label stands for all."""
        return self.tables if self.per_table else (PaperTable(),)
