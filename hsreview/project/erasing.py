"""Erasing: a record says which content, or which other record's body, is gone for good, on every replica.

The log is what counts: nothing is erased because a package merely lacks it and calls that erased. Such a record has an
empty body, so that it can be handed to everybody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from hsreview.model.change import Change

CONTENT = "content.erase"
"""Kind of the record that erases a content; it is about the content's hash."""
BODY = "change.erase"
"""Kind of the record that erases the body of another record; it is about that record's id."""
KINDS = frozenset({CONTENT, BODY})


@dataclass(slots=True)
class Erased:
    """What records say is erased."""

    contents: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)

    def note(self, change: Change) -> None:
        """Take in what one record says; most say nothing of it."""
        if change.kind == CONTENT:
            self.contents.add(change.entity)
        elif change.kind == BODY:
            self.bodies.add(change.entity)


def erased(connection: sqlite3.Connection) -> Erased:
    """What the log says is erased."""
    found = {
        kind: {row[0] for row in connection.execute("select entity from change where kind = ?", (kind,))}
        for kind in KINDS
    }
    return Erased(found[CONTENT], found[BODY])


def erase(connection: sqlite3.Connection, records: Iterable[Change]) -> None:
    """Carry out those of `records` that erase; the tables that follow from the log are made anew by `rebuild`."""
    for change in records:
        if change.kind == CONTENT:
            connection.execute("update content set data = null, state = 'erased' where hash = ?", (change.entity,))
        elif change.kind == BODY:
            connection.execute(
                "update change set body = null, salt = null, state = 'erased' where id = ?", (change.entity,)
            )
