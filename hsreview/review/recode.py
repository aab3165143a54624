"""The recode queue: codings made under rules of their code that have changed since.

Nothing of it is stored: a coding waits as long as the rules of its code (label, definition, use, do not use) differ
from those that stood when the coding was last written, in the order of the log. An edit that is taken back empties the
queue again; so does changing or removing the coding. The one record is that its coder looked at it again and kept it:
it holds for the rules as they were then, so that the next edit asks anew.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from hsreview.model.coding import Coding
from hsreview.project import queries, rules
from hsreview.project.rules import RuleState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding that waits to be looked at again."""

    coding: Coding
    before: RuleState
    """The rules under which it was made."""
    now: RuleState
    """The rules of its code now; who wrote them last, and when."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Which of `label`, `definition`, `use` and `not_use` differ."""
        fields = rules.RULES
        return tuple(name for name in fields if self.before.rules.get(name) != self.now.rules.get(name))


def queue(connection: sqlite3.Connection, coding_ids: Collection[str] | None = None) -> list[Waiting]:
    """The codings that wait, of all coders, in the order of texts and places; only of `coding_ids` when given."""
    history = {code: states for code, states in rules.rule_history(connection).items() if len(states) > 1}
    if not history:
        return []
    written, kept = rules.last_written(connection), rules.rechecks(connection)
    found = []
    for coding in queries.codings(connection, code_ids=history):
        states = history[coding.code_id]
        place = written.get(coding.id)
        if place is None or (coding_ids is not None and coding.id not in coding_ids):
            continue
        then = bisect_right(states, place, key=lambda state: state.place) - 1
        before, now = states[max(then, 0)], states[-1]
        if before.rules == now.rules or (coding.id, coding.code_id, now.digest) in kept:
            continue
        found.append(Waiting(coding, before, now))
    return found
