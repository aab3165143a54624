"""Counting hands by digits: the votes of one table on one row while they are typed. No Textual.

Five counts follow each other. A digit that can be the whole count (no further digit would fit the people who are left)
goes on to the next one; after the fifth the table is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.validation import Tally

COUNTS = tuple(each.name for each in fields(Tally))
"""What is counted, in this order."""
_LAST = len(COUNTS) - 1


@dataclass
class Count:
    """The counts of a table of `size` people, as far as they are typed."""

    label: str
    size: int
    counts: list[int | None] = field(default_factory=lambda: [None] * len(COUNTS))
    at: int = 0
    """Which count is typed; beyond the last one all are."""
    pending: bool = False
    """Whether a further digit may follow in this count."""

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return any(each is not None for each in self.counts)

    @property
    def done(self) -> bool:
        """Whether all counts are there."""
        return self.at > _LAST

    @property
    def total(self) -> int:
        """Votes so far."""
        return sum(each or 0 for each in self.counts)

    @property
    def tally(self) -> Tally:
        """The votes; what was not typed is 0."""
        return Tally(*(each or 0 for each in self.counts))

    def digit(self, digit: int) -> None:
        """Take a digit. Raises InputRefused, and forgets this count, when there were more votes than people."""
        if self.done:
            return
        before = self.counts[self.at] if self.pending else None
        wanted = (before or 0) * 10 + digit
        others = self.total - (self.counts[self.at] or 0)
        if others + wanted > self.size:
            self.counts[self.at], self.pending = None, False
            raise too_many(others + wanted, self.size, self.label)
        self.counts[self.at] = wanted
        self.pending = wanted > 0 and others + wanted * 10 <= self.size
        if not self.pending:
            self.at += 1

    def next(self) -> None:
        """Go on to the next count; what was not typed is 0."""
        if not self.done:
            self.counts[self.at] = self.counts[self.at] or 0
            self.at, self.pending = self.at + 1, False

    def back(self) -> None:
        """Forget the count that was typed last."""
        if self.at <= _LAST and self.counts[self.at] is not None:
            self.counts[self.at] = None
        elif self.at:
            self.at -= 1
            self.counts[self.at] = None
        self.pending = False

    def finish(self) -> None:
        """Nobody else voted: what was not typed is 0."""
        self.counts = [each or 0 for each in self.counts]
        self.at, self.pending = len(COUNTS), False

    def rest_agree(self) -> None:
        """All who did not vote otherwise agree."""
        self.counts[0] = self.size - (self.total - (self.counts[0] or 0))
        self.finish()

    def kept(self) -> list[int | None]:
        """As it is kept while the table is not done."""
        return list(self.counts)

    def go_on(self, kept: Sequence[int | None]) -> None:
        """Take up counts that were typed before; what does not fit the table is forgotten."""
        known = [each if isinstance(each, int) and each >= 0 else None for each in kept][: len(COUNTS)]
        known += [None] * (len(COUNTS) - len(known))
        if sum(each or 0 for each in known) <= self.size:
            self.counts = known
            self.at = next((n for n, each in enumerate(known) if each is None), _LAST)


def too_many(total: int, size: int, label: str) -> InputRefused:
    """The error for more votes than people, with both numbers."""
    return InputRefused(
        _("{total} votes, but {size} people sit at table {name}. Nothing was stored.").format(
            total=total, size=size, name=label
        )
    )
