"""Codes that were split, and the codings about which their coders have not decided yet.

That a code was split is a setting `codebook.split.ID`. Nobody's codings change by it: a coding waits as long as its
coder last wrote it without knowing of the split, and has neither moved it to the other code nor said (a `recheck` for
that split) that it stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from hsreview.project import queries
from hsreview.project.log import ORDER
from hsreview.project.rules import Place

SPLIT = "codebook.split."


@dataclass(frozen=True, slots=True)
class Split:
    """One split."""

    id: str
    code_id: str
    """The code that was split."""
    into: str
    """The code to which a part of it goes."""
    because: str
    coder_id: str
    at: str


def splits(connection: sqlite3.Connection) -> list[Split]:
    """The splits that stand, by id."""
    return [
        Split(key, said["code"], said["into"], said.get("because", ""), said.get("coder", ""), said.get("at", ""))
        for key, said in queries.settings(connection, SPLIT).items()
        if isinstance(said, Mapping) and {"code", "into"} <= said.keys()
    ]


class Knowing:
    """From which of their records on each actor knew of a split."""

    def __init__(self, connection: sqlite3.Connection, split_id: str) -> None:
        self._since: Mapping[tuple[str, str], int] = {}
        made = connection.execute(
            "select coder, replica, seq from change where entity = ? and kind = 'setting.put'"
            f" order by {ORDER} limit 1",
            (SPLIT + split_id,),
        ).fetchone()
        if made is None:
            return
        coder, replica, seq = made
        rows = connection.execute(
            "select coder, replica, min(seq) from change where saw is not null"
            " and coalesce((select value from json_each(saw) where key = ?), 0) >= ? group by coder, replica",
            (f"{coder}/{replica}", seq),
        )
        self._since = {(row[0], row[1]): row[2] for row in rows} | {(coder, replica): seq}

    def knew(self, place: Place) -> bool:
        """Whether whoever wrote the record at `place` knew of the split."""
        _clock, coder, replica, seq = place
        since = self._since.get((coder, replica))
        return since is not None and seq >= since
