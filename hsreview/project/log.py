"""The change log: append, read, replay."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from hsreview.base.errors import UsageProblem
from hsreview.base.ids import derived_id, new_id, now
from hsreview.base.messages import _
from hsreview.model.change import BodyState, Change
from hsreview.project.entities import ENTITIES, Entity, dump
from hsreview.project.schema import STATE_TABLES
from hsreview.project.state import State

_COLUMNS = "id, coder, replica, seq, clock, kind, entity, act, undoes, at, body, state, digest, salt"
ORDER = "clock, coder, replica, seq"
"""The order in which records are replayed: the same on every replica."""


def body_digest(salt: str, body: str) -> str:
    """SHA-256 over salt and body, hexadecimal. The random salt keeps a short erased memo from being guessed."""
    return hashlib.sha256(f"{salt}\0{body}".encode("utf-8", "surrogatepass")).hexdigest()


class Act:
    """One act of one coder: records that are written, undone and redone together.

    Use it inside an open transaction; every method writes the record and its consequence at once.
    """

    def __init__(
        self, state: State, coder_id: str, replica: str, *, undoes: str | None = None, on_behalf: bool = False
    ) -> None:
        self.id = new_id()
        self.coder_id = coder_id
        self.undoes = undoes
        self.on_behalf = on_behalf
        """Whether new rows may belong to others: an import of what they did elsewhere."""
        self.at = now()
        self.changes: list[Change] = []
        self._state = state
        self._replica = replica
        connection = state.connection
        self._seq: int = connection.execute(
            "select coalesce(max(seq), 0) from change where coder = ? and replica = ?", (coder_id, replica)
        ).fetchone()[0]
        self._clock: int = connection.execute("select coalesce(max(clock), 0) from change").fetchone()[0]

    def put(self, table: str, entity_id: str, **fields: Any) -> bool:
        """Make a row, or change the given fields of one; false when nothing would change."""
        entity = ENTITIES[table]
        found = self._state.row(entity, entity_id)
        if found is None:
            if not self.on_behalf:
                self._check_owner(entity, fields)
            self.record(f"{table}.put", entity_id, {"set": fields})
            return True
        current, removed = found
        self._check_owner(entity, current)
        if removed:
            self.record(f"{table}.restore", entity_id, {})
        changed = {name: value for name, value in fields.items() if current[name] != value}
        if changed:
            self.record(f"{table}.put", entity_id, {"set": changed, "was": {name: current[name] for name in changed}})
        return bool(changed) or removed

    def remove(self, table: str, entity_id: str) -> bool:
        """Take a row away (it stays in the log); false when it is not there."""
        found = self._state.row(ENTITIES[table], entity_id)
        if found is None or found[1]:
            return False
        self._check_owner(ENTITIES[table], found[0])
        self.record(f"{table}.remove", entity_id, {})
        return True

    def put_turn(self, version_id: str, number: int, speaker: str | None) -> bool:
        """Give a turn another speaker; false when it has that speaker already."""
        row = self._state.connection.execute(
            "select speaker_id from turn where version_id = ? and number = ?", (version_id, number)
        ).fetchone()
        if row is None or row[0] == speaker:
            return False
        place = {"version_id": version_id, "number": number}
        body = {"set": {**place, "speaker_id": speaker}, "was": {**place, "speaker_id": row[0]}}
        self.record("turn.put", derived_id("turn", version_id, str(number)), body)
        return True

    def record(self, kind: str, entity_id: str, body: Mapping[str, Any]) -> None:
        """Append one record and apply it."""
        self._seq += 1
        self._clock += 1
        salt = os.urandom(8).hex()
        text = dump(body)
        change = Change(
            id=new_id(), coder=self.coder_id, replica=self._replica, seq=self._seq, clock=self._clock, kind=kind,
            entity=entity_id, act=self.id, undoes=self.undoes, at=self.at, body=body,
            digest=body_digest(salt, text), salt=salt,
        )  # fmt: skip
        insert(self._state.connection, change, text)
        self._state.apply(change)
        self.changes.append(change)

    def _check_owner(self, entity: Entity, fields: Mapping[str, Any]) -> None:
        if entity.own and fields.get("coder_id") != self.coder_id:
            raise UsageProblem(_("This belongs to another coder, who alone may change it."))


def insert(connection: sqlite3.Connection, change: Change, body: str | None) -> None:
    """Write a record; `body` is its canonical JSON."""
    connection.execute(
        f"insert into change({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change.id, change.coder, change.replica, change.seq, change.clock, change.kind, change.entity, change.act,
            change.undoes, change.at, body, change.state.value, change.digest, change.salt,
        ),
    )  # fmt: skip


def changes(connection: sqlite3.Connection, where: str = "", values: tuple[Any, ...] = ()) -> Iterator[Change]:
    """Records in the order of replay; `where` is a condition on the columns of `change`."""
    clause = f"where {where}" if where else ""
    for row in connection.execute(f"select {_COLUMNS} from change {clause} order by {ORDER}", values):
        body = json.loads(row[10]) if row[10] is not None else None
        change_id, coder, replica, seq, clock, kind, entity, act, undoes, at, _body, state, digest, salt = row
        yield Change(
            change_id, coder, replica, seq, clock, kind, entity, act, undoes, at, body, BodyState(state), digest, salt
        )


def replay(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A fresh database in memory with the tables that follow from the log of `connection`."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    fresh.executescript(STATE_TABLES)
    fresh.execute("begin")
    state = State(fresh, connection)
    for change in changes(connection):
        state.apply(change)
    fresh.execute("commit")
    return fresh
