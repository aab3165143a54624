"""Who knew of what: which records of a log stand, and whether whoever wrote one of them had another one."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Mapping

from hsreview.model.change import Change
from hsreview.project.log import ORDER


class Knowledge:
    """Which acts stand, and who had seen what, by the log."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._undone: dict[str, bool] = {}
        toggles = "select rowid from change where {0} is not null"  # Each has an index, which “or” would not use.
        for undoes, redoes in connection.execute(
            f"select undoes, redoes from change where rowid in ({toggles.format('undoes')} union"
            f" {toggles.format('redoes')}) order by {ORDER}"
        ):
            self._undone[undoes or redoes] = undoes is not None
        self._seen: dict[tuple[str, str], tuple[list[int], list[Mapping[str, int]]]] = {}

    def counts(self, change: Change) -> bool:
        """Whether a record is a person's statement that stands and can be read here."""
        toggles = change.undoes is not None or change.redoes is not None
        return change.body is not None and not toggles and not self._undone.get(change.act, False)

    def has_seen(self, later: Change, earlier: Change) -> bool:
        """Whether whoever wrote `later` had `earlier`."""
        if (later.coder, later.replica) == (earlier.coder, earlier.replica):
            return later.seq > earlier.seq
        return self._saw(later).get(f"{earlier.coder}/{earlier.replica}", 0) >= earlier.seq

    def _saw(self, change: Change) -> Mapping[str, int]:
        actor = (change.coder, change.replica)
        if actor not in self._seen:
            rows = self._connection.execute(
                "select seq, saw from change where coder = ? and replica = ? and saw is not null order by seq", actor
            ).fetchall()
            self._seen[actor] = [row[0] for row in rows], [json.loads(row[1]) for row in rows]
        numbers, seen = self._seen[actor]
        place = bisect_right(numbers, change.seq)
        return seen[place - 1] if place else {}
