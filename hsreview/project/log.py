"""The change log: append, read, replay."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import derived_id, new_id, now
from hsreview.base.messages import _
from hsreview.base.surrogates import check_json
from hsreview.model.change import BodyState, Change
from hsreview.project.entities import ENTITIES, Entity, dump
from hsreview.project.erasing import KINDS as ERASURES
from hsreview.project.migrations import empty_database
from hsreview.project.reach import erase
from hsreview.project.schema import STATE
from hsreview.project.state import State

_COLUMNS = (
    "id, coder, replica, seq, clock, saw, kind, entity, act, undoes, redoes, at, body, state, body_digest, salt, digest"
)
ORDER = "clock, coder, replica, seq"
"""The order in which records are replayed: the same on every replica."""

_INSERT = f"insert into change({_COLUMNS}) values ({', '.join('?' * 17)})"
Logged = tuple[Change, str | None, str]
"""A record, the canonical JSON of its body, and the record's digest."""

_BATCH = 2000
"""Records that are made, written and applied together."""


def body_digest(salt: str, body: str) -> str:
    """SHA-256 over salt and body, hexadecimal. The random salt keeps a short erased memo from being guessed."""
    return hashlib.sha256(f"{salt}\0{body}".encode()).hexdigest()


def record_digest(change: Change) -> str:
    """SHA-256 over a record with the digest of its body, so that erasing the body does not break it."""
    saw = dict(change.saw) if change.saw is not None else None
    header = [
        change.id, change.coder, change.replica, change.seq, change.clock, saw, change.kind, change.entity, change.act,
        change.undoes, change.redoes, change.at, change.body_digest,
    ]  # fmt: skip
    return hashlib.sha256(dump(header).encode()).hexdigest()


class Act:
    """One act of one coder: records that are written, undone and redone together.

    Use it inside an open transaction; every method writes the record and its consequence at once.
    """

    def __init__(
        self, state: State, coder_id: str, replica: str, *, undoes: str | None = None, redoes: str | None = None,
        on_behalf: bool = False, only: AbstractSet[str] | None = None,
    ) -> None:  # fmt: skip
        self.id = new_id()
        self.coder_id = coder_id
        self.on_behalf = on_behalf
        """Whether new rows may belong to others: an import of what they did elsewhere."""
        self.at = now()
        self._only = only
        """Tables about which alone records may be written; null for all."""
        self._state = state
        self._replica = replica
        self._undoes, self._redoes = undoes, redoes
        connection = state.connection
        own = connection.execute(
            "select seq, saw from head where coder = ? and replica = ?", (coder_id, replica)
        ).fetchone()
        self._seq: int = own[0] if own else 0
        self._clock: int = connection.execute("select coalesce(max(clock), 0) from change").fetchone()[0]
        saw = _others(connection, coder_id, replica)
        self._saw = saw if own is None or json.loads(own[1]) != saw else None

    @property
    def connection(self) -> sqlite3.Connection:
        """That of the project, inside the open transaction."""
        return self._state.connection

    def put(self, table: str, entity_id: str, **fields: Any) -> bool:
        """Make a row, or change the given fields of one; false when nothing would change.

        An object field (`attributes`) is given whole; only the keys that differ are recorded.
        """
        entity = ENTITIES[table]
        wanted = entity.flat(fields)
        found = self._state.row(entity, entity_id)
        if found is None:
            if not self.on_behalf:
                self._check_owner(entity, wanted)
            self.record(f"{table}.put", entity_id, {"set": wanted})
            return True
        current, removed = found
        self._check_owner(entity, current)
        if removed:
            self.record(f"{table}.restore", entity_id, {})
        gone = {
            name: None
            for name in current
            if name not in wanted and name.partition(".")[0] in entity.objects and name.partition(".")[0] in fields
        }
        changed = {name: value for name, value in (wanted | gone).items() if current.get(name) != value}
        if changed:
            was = {name: current.get(name) for name in changed}
            self.record(f"{table}.put", entity_id, {"set": changed, "was": was})
        return bool(changed) or removed

    def make(self, table: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Make many rows with new ids, as `put` does one by one, in a fraction of the time.

        Raises ValueError when an id is not new: to change what is there, use `put`.
        """
        entity = ENTITIES[table]
        waiting = iter(rows)
        while batch := [(entity_id, entity.flat(fields)) for entity_id, fields in islice(waiting, _BATCH)]:
            self._check_new(table, [entity_id for entity_id, _fields in batch])
            if not self.on_behalf:
                for _id, fields in batch:
                    self._check_owner(entity, fields)
            self.record_all((f"{table}.put", entity_id, {"set": fields}) for entity_id, fields in batch)

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
        self.record_all([(kind, entity_id, body)])

    def record_all(self, records: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Append records `(kind, entity id, body)` and apply them, in their order."""
        waiting = iter(records)
        while batch := [self._next(*record) for record in islice(waiting, _BATCH)]:
            insert(self._state.connection, batch)
            self._state.apply_all(change for change, _text, _digest in batch)

    def _next(self, kind: str, entity_id: str, body: Mapping[str, Any]) -> Logged:
        if self._only is not None and kind.partition(".")[0] not in self._only:
            raise InputRefused(
                _("This project file is for a validation meeting: it takes what is done there, and nothing else.")
            )
        self._seq += 1
        self._clock += 1
        salt = os.urandom(8).hex()
        text = dump(body)
        check_json(text)
        change = Change(
            id=new_id(), coder=self.coder_id, replica=self._replica, seq=self._seq, clock=self._clock, saw=self._saw,
            kind=kind, entity=entity_id, act=self.id, undoes=self._undoes, redoes=self._redoes, at=self.at, body=body,
            body_digest=body_digest(salt, text), salt=salt,
        )  # fmt: skip
        self._saw = None
        return change, text, record_digest(change)

    def _check_new(self, table: str, ids: list[str]) -> None:
        there = self._state.connection.execute(
            f"select 1 from {table} where id in (select value from json_each(?)) limit 1", (dump(ids),)
        ).fetchone()
        if there is not None or len(set(ids)) < len(ids):
            raise ValueError(f"an id of {table} is not new")

    def _check_owner(self, entity: Entity, fields: Mapping[str, Any]) -> None:
        if entity.own and fields.get("coder_id") != self.coder_id:
            raise UsageProblem(_("This belongs to another coder, who alone may change it."))


def _others(connection: sqlite3.Connection, coder_id: str, replica: str) -> dict[str, int]:
    rows = connection.execute(
        "select coder || '/' || replica, seq from head where not (coder = ? and replica = ?)", (coder_id, replica)
    )
    return dict(rows.fetchall())


def insert(connection: sqlite3.Connection, records: Iterable[Logged]) -> None:
    """Write records and the heads of their actors, and erase what the records erase."""
    heads: dict[tuple[str, str], tuple[int, str | None]] = {}
    erasures = []
    rows = []
    for change, body, digest in records:
        saw = dump(change.saw) if change.saw is not None else None
        actor = (change.coder, change.replica)
        seq, seen = heads.get(actor, (0, None))
        heads[actor] = (max(seq, change.seq), saw or seen)
        if change.kind in ERASURES:
            erasures.append(change)
        rows.append(
            (
                change.id, change.coder, change.replica, change.seq, change.clock, saw, change.kind, change.entity,
                change.act, change.undoes, change.redoes, change.at, body, change.state.value, change.body_digest,
                change.salt, digest,
            )
        )  # fmt: skip
    connection.executemany(_INSERT, rows)
    connection.executemany(
        "insert into head(coder, replica, seq, saw) values (?1, ?2, ?3, coalesce(?4, '{}'))"
        " on conflict do update set seq = max(seq, ?3), saw = coalesce(?4, saw)",
        [(*actor, *head) for actor, head in heads.items()],
    )
    erase(connection, erasures)


def changes(connection: sqlite3.Connection, where: str = "", values: tuple[Any, ...] = ()) -> Iterator[Change]:
    """Records in the order of replay; `where` is a condition on the columns of `change`."""
    for change, _digest in digested(connection, where, values):
        yield change


def made_as(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Id of a thing → its fields when it was made; those whose making is withheld or erased are left out."""
    rows = connection.execute(
        "select entity, json_extract(body, '$.set') from change where entity in (select value from json_each(?))"
        f" and kind glob '*.put' and body is not null and json_extract(body, '$.was') is null order by {ORDER} desc",
        (dump(list(ids)),),
    )
    return {entity: json.loads(fields) for entity, fields in rows}


def digested(
    connection: sqlite3.Connection, where: str = "", values: tuple[Any, ...] = ()
) -> Iterator[tuple[Change, str]]:
    """As `changes`, each with the digest that is stored beside it."""
    clause = f"where {where}" if where else ""
    for row in connection.execute(f"select {_COLUMNS} from change {clause} order by {ORDER}", values):
        change_id, coder, replica, seq, clock, saw, kind, entity, act, undoes, redoes, at, body, state, *rest = row
        yield (
            Change(
                change_id, coder, replica, seq, clock, json.loads(saw) if saw is not None else None, kind, entity, act,
                undoes, redoes, at, json.loads(body) if body is not None else None, BodyState(state), rest[0], rest[1],
            ),
            rest[2],
        )  # fmt: skip


def replay(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A fresh database in memory with the tables that follow from the log of `connection`."""
    fresh = empty_database()
    fresh.execute("begin")
    state = State(fresh, connection)
    state.apply_all(changes(connection))
    fresh.execute("commit")
    return fresh


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the tables that follow from the log anew, inside an open transaction: what `replay` gives, in place."""
    for table in reversed(STATE):  # What points at others goes first: no search for what points at a row that goes.
        connection.execute(f"delete from {table}")
    connection.execute("insert into turn_fts(turn_fts) values ('delete-all')")
    State(connection).apply_all(changes(connection))
