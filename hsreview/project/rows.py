"""Rows on their way into the tables: those of one table that need the same statement are written together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

_MOST = 5000
"""Rows of one table that may wait; it bounds the memory of a replay."""


class Upsert(NamedTuple):
    """A statement that makes a row (values: its id, then others), and how it changes the one that is there."""

    table: str
    insert: str
    otherwise: str


class Rows:
    """Rows that wait for `flush`. Those of one table are written in the order in which they were added."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, tuple[Upsert, list[tuple[Any, ...]]]] = {}

    def add(self, statement: Upsert, values: tuple[Any, ...]) -> None:
        """Let a statement wait with its values."""
        waiting = self._waiting.get(statement.table)
        if waiting is not None and (waiting[0] is not statement or len(waiting[1]) >= _MOST):
            self.flush()
            waiting = None
        if waiting is None:
            waiting = self._waiting[statement.table] = (statement, [])
        waiting[1].append(values)

    def flush(self) -> None:
        """Write what waits."""
        for statement, rows in self._waiting.values():
            if len(rows) > 1 and self._are_new(statement.table, [values[0] for values in rows]):
                self._connection.executemany(statement.insert, rows)  # Without the look at each: a third faster.
            else:
                self._connection.executemany(statement.insert + statement.otherwise, rows)
        self._waiting.clear()

    def _are_new(self, table: str, ids: Sequence[str]) -> bool:
        there = self._connection.execute(
            f"select 1 from {table} where id in (select value from json_each(?)) limit 1", (json.dumps(ids),)
        ).fetchone()
        return there is None and len(set(ids)) == len(ids)

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()


@cache
def upsert(table: str, names: tuple[str, ...], *, stub: bool = False) -> Upsert:
    """How a row with an id and the columns `names` is written.

    With `stub`, a row that is not there begins as a removed one, unless `names` says otherwise.
    """
    columns = ["id", *names]
    values = ["?"] * len(columns)
    if stub and "removed" not in names:
        columns.append("removed")
        values.append("1")
    listed = ", ".join(f'"{name}"' for name in columns)
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    return Upsert(
        table,
        f"insert into {table}({listed}) values ({', '.join(values)})",
        f" on conflict(id) do {'update set ' + changed if changed else 'nothing'}",
    )
