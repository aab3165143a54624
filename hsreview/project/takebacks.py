"""What an undone (or redone) act leaves where others wrote at the same time without knowing of it.

The record of an undoing says what its writer saw. On a replica that has more records, each field gets what the last
act that stands gave it: an act that was taken back neither hides nor contradicts what somebody else did meanwhile.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from hsreview.model.change import Change

_BEFORE = "(clock, coder, replica, seq) <= (?, ?, ?, ?) order by clock, coder, replica, seq"


def standing(log: sqlite3.Connection, change: Change) -> Mapping[str, Any]:
    """The body of a record as it is to be carried out; `removed` in the place of the opposite of a removal.

    It is the record's own body, except when it takes back or repeats an act on a thing that several actors changed.
    """
    body = change.body or {}
    if change.undoes is None and change.redoes is None:
        return body
    place = (change.clock, change.coder, change.replica, change.seq)
    rows = log.execute(
        "select coder, replica, act, kind, body from change"
        f" where entity = ? and undoes is null and redoes is null and {_BEFORE}",
        (change.entity, *place),
    ).fetchall()
    if len({(change.coder, change.replica), *(row[:2] for row in rows)}) == 1:
        return body
    undone = {act: _is_undone(log, act, place) for act in {row[2] for row in rows}}
    writes = [(kind, json.loads(said)) for _coder, _replica, act, kind, said in rows if said and not undone[act]]
    if not change.kind.endswith(".put"):
        found = [kind.endswith(".remove") for kind, said in writes if not kind.endswith(".put") or "was" not in said]
        return {"removed": found[-1]} if found else body
    if not body:
        return body
    fields = dict(body["set"])
    for kind, said in writes:
        if kind == change.kind:
            fields |= {name: value for name, value in said["set"].items() if name in fields}
    return {**body, "set": fields}


def _is_undone(log: sqlite3.Connection, act: str, place: tuple[int, str, str, int]) -> bool:
    """Whether an act had been taken back, and not done again, up to a place in the log."""
    row = log.execute(
        "select undoes from (select * from change where undoes = ?1 union all select * from change where redoes = ?1)"
        " where (clock, coder, replica, seq) <= (?2, ?3, ?4, ?5)"
        " order by clock desc, coder desc, replica desc, seq desc limit 1",
        (act, *place),
    ).fetchone()
    return row is not None and row[0] is not None
