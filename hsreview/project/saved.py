"""What a team saved under a name: queries, and whatever else is asked for again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved thing; two may bear the same name, when two people saved it apart from each other."""

    id: str
    name: str
    text: str


def saved(connection: sqlite3.Connection, kind: str) -> list[Saved]:
    """What was saved of a kind (`query`), by name."""
    rows = connection.execute(
        "select id, name, query from saved_search where removed = 0 and kind = ? and name is not null"
        " and query is not null",
        (kind,),
    )
    return sorted((Saved(*row) for row in rows), key=lambda each: (each.name.casefold(), each.id))
