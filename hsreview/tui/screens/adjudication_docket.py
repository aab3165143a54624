"""The differences of one transcript as they are settled, without Textual: where one stands, what each coder put."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hsreview.model.coding import Coding
from hsreview.model.review import Decision, Difference, Mark, Outcome, Standing, TranscriptConsensus
from hsreview.model.text import Span

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AGREED, OPEN, SETTLED = "=", "≠", "✓"


class Docket:
    """The differences in the order of the text, and the one that is being looked at."""

    def __init__(self, consensus: TranscriptConsensus, names: Mapping[str, str]) -> None:
        self.names_hidden = False
        self._names = names
        self.take(consensus)
        self.index = self._first_open()

    def take(self, consensus: TranscriptConsensus) -> None:
        """This is how the transcript stands now; the place stays, as far as the difference is still there."""
        here = self.current if hasattr(self, "differences") else None
        self.consensus = consensus
        self.differences: list[Difference] = sorted(consensus.differences, key=lambda d: (d.start, d.end, d.key))
        self._decided = sum(each.standing is Standing.DECIDED for each in self.differences)
        self.deciders: dict[str, None] = {
            each.decision.coder_id: None
            for each in self.differences
            if each.decision is not None and each.standing is Standing.DECIDED
        }
        if here is not None:
            self.index = self._nearest(here)

    def _nearest(self, here: Difference) -> int:
        keys = {each.key: index for index, each in enumerate(self.differences)}
        if here.key in keys:
            return keys[here.key]
        later = (index for index, each in enumerate(self.differences) if each.end > here.start)
        return next(later, max(len(self.differences) - 1, 0))

    def _first_open(self) -> int:
        waiting = (index for index, each in enumerate(self.differences) if each.standing is not Standing.DECIDED)
        return next(waiting, 0)

    # Where one stands

    @property
    def current(self) -> Difference | None:
        """The difference that is being looked at."""
        return self.differences[self.index] if self.index < len(self.differences) else None

    @property
    def decided(self) -> int:
        """How many differences are settled."""
        return self._decided

    @property
    def open(self) -> int:
        """How many differences wait."""
        return len(self.differences) - self._decided

    def step(self, step: int, *, any_standing: bool = False) -> bool:
        """To the next (1) or previous (-1) difference that waits, or to any; past the last one to the first.

        False when there is no other.
        """
        count = len(self.differences)
        for distance in range(1, count):
            index = (self.index + step * distance) % count
            if any_standing or self.differences[index].standing is not Standing.DECIDED:
                self.index = index
                return True
        return False

    def go_to(self, key: str) -> bool:
        """To the difference with that key; false when it is not there."""
        for index, each in enumerate(self.differences):
            if each.key == key:
                self.index = index
                return True
        return False

    def settled(self, decision: Decision) -> Difference:
        """The difference that is looked at was decided; returns it as it is now."""
        before = self.differences[self.index]
        if before.standing is not Standing.DECIDED:
            self._decided += 1
        now = replace(before, standing=Standing.DECIDED, decision=decision, contrary=())
        self.differences[self.index] = now
        self.deciders[decision.coder_id] = None
        return now

    # Coders

    @property
    def coders(self) -> Sequence[str]:
        """Ids of those who reviewed the transcript, in the order of their keys.

        While names are hidden the order is another one, the same for the whole transcript, so that a key is no name.
        """
        if not self.names_hidden:
            return sorted(self.consensus.coders, key=lambda coder: (self._names.get(coder, "").casefold(), coder))
        return sorted(self.consensus.coders, key=self._drawn)

    def _drawn(self, coder: str) -> str:
        return hashlib.sha256(f"{self.consensus.transcript_id}/{coder}".encode()).hexdigest()

    def name(self, coder: str) -> str:
        """What a coder is called: their name, or a letter while names are hidden."""
        if self.names_hidden:
            order = list(self.coders)
            return LETTERS[order.index(coder) % len(LETTERS)] if coder in order else "–"
        return self._names.get(coder, "?")

    def marks_of(self, coder: str) -> list[Mark]:
        """What a coder put where the difference is."""
        here = self.current
        return [mark for mark in here.marks if mark.coder_id == coder] if here is not None else []

    # The text

    def states(self, codings: Mapping[str, Coding]) -> dict[str, str]:
        """Coding id → `=` agreed, `≠` waiting, `✓` settled."""
        found = dict.fromkeys(codings, AGREED)
        for each in self.differences:
            found.update(dict.fromkeys((mark.coding_id for mark in each.marks), state_of(each)))
        return found


def state_of(difference: Difference) -> str:
    """`✓` or `≠`."""
    return SETTLED if difference.standing is Standing.DECIDED else OPEN


def common_span(marks: Sequence[Mark]) -> Span:
    """The words that all of these marks hold; their hull when there are none."""
    start, end = max(mark.start for mark in marks), min(mark.end for mark in marks)
    if start < end:
        return start, end
    return min(mark.start for mark in marks), max(mark.end for mark in marks)


def former(difference: Difference) -> Decision | None:
    """The decision that a reopened difference had, when it can be taken again as it was."""
    decision = difference.decision
    if difference.standing is not Standing.REOPENED or decision is None:
        return None
    if decision.outcome is Outcome.TAKE and decision.taken not in difference.coders:
        return None
    return decision if decision.outcome in (Outcome.TAKE, Outcome.BOTH, Outcome.NEITHER) else None
