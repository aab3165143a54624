"""Erasing: a record says which content, or which other record's body, is gone for good, on every replica.

The log is what counts: nothing is erased because a package merely lacks it and calls that erased. A withdrawal erases
all that belongs to one person by one record, which holds ids and offsets only, so that it can be handed to everybody.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hsreview.model.change import Change

CONTENT = "content.erase"
"""Kind of the record that erases a content; it is about the content's hash."""
BODY = "change.erase"
"""Kind of the record that erases the body of another record; it is about that record's id."""
WITHDRAWAL = "withdrawal.put"
"""Kind of the record that erases contents, single records, and all records about certain things."""
KINDS = frozenset({CONTENT, BODY, WITHDRAWAL})

BELONGS: Mapping[str, tuple[str, ...]] = {
    "text_version": ("transcript_id",),
    "speaker": ("transcript_id", "respondent_id"),
    "turn": ("version_id", "speaker_id"),
    "coding": ("version_id",),
    "memo": ("transcript_id", "version_id", "coding_id"),
    "translation": ("version_id",),
    "masking": ("transcript_id", "version_id"),
    "assignment": ("transcript_id",),
    "reviewed": ("transcript_id", "version_id"),
    "asked": ("transcript_id", "version_id"),
    "quote": ("coding_id", "version_id"),
    "decision": ("version_id",),
    "adoption": ("transcript_id", "version_id"),
    "recheck": ("coding_id",),
    "summary": ("case_id",),
    "evidence": ("source", "row_id"),
    "ruling": ("entity",),
}
"""Table → the fields that name the thing a row belongs to: what belongs to an erased thing is erased with it."""
_PLACED = ("coding", "memo", "translation", "quote")
"""Tables whose rows stand on a stretch of a text, which may be that of a person who withdrew."""

Stretches = Mapping[str, list[list[int]]]
"""Text version → `[start, end)` of what somebody said who withdrew."""


@dataclass(slots=True)
class Erased:
    """What records say is erased."""

    contents: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    """Things all of whose records are erased, and with them what belongs to them."""
    stretches: dict[str, list[list[int]]] = field(default_factory=dict)

    def note(self, change: Change) -> None:
        """Take in what one record says; most say nothing of it."""
        if change.kind == CONTENT:
            self.contents.add(change.entity)
        elif change.kind == BODY:
            self.bodies.add(change.entity)
        elif change.kind == WITHDRAWAL and change.body:
            said = change.body["set"]
            self.contents.update(said["contents"])
            self.bodies.update(said["records"])
            self.things.update(said["things"])
            self._note_stretches(said["stretches"])

    def add(self, other: Erased) -> None:
        """Take in what other records say."""
        self.contents |= other.contents
        self.bodies |= other.bodies
        self.things |= other.things
        self._note_stretches(other.stretches)

    def _note_stretches(self, stretches: Stretches) -> None:
        for version, spans in stretches.items():
            self.stretches.setdefault(version, []).extend(spans)

    def takes(self, table: str, entity: str, fields: Mapping[str, Any]) -> bool:
        """Whether a record about a thing belongs to what is erased as a whole."""
        if entity in self.things or any(fields.get(name) in self.things for name in BELONGS.get(table, ())):
            return True
        spans = self.stretches.get(fields.get("version_id") or "", ()) if table in _PLACED else ()
        start, end = fields.get("start"), fields.get("end")
        if start is None or end is None:
            return False
        return any(first < end and start < last for first, last in spans)


def erased(connection: sqlite3.Connection) -> Erased:
    """What the log says is erased."""
    found = Erased()
    for kind, entity, body in connection.execute(
        "select kind, entity, body from change where kind in (?, ?, ?)", (CONTENT, BODY, WITHDRAWAL)
    ):
        if kind == CONTENT:
            found.contents.add(entity)
        elif kind == BODY:
            found.bodies.add(entity)
        elif body is not None:
            said = json.loads(body)["set"]
            found.add(Erased(set(said["contents"]), set(said["records"]), set(said["things"]), said["stretches"]))
    if found.things:
        found.things.update(_wholly_erased(connection))
    return found


def _wholly_erased(connection: sqlite3.Connection) -> Iterator[str]:
    """Things whose making was erased and never told again: they belonged to an erased one."""
    listed = ", ".join(f"'{table}.put'" for table in BELONGS)
    for (entity,) in connection.execute(
        f"select entity from change where kind in ({listed}) group by entity"
        " having sum(state = 'erased') > 0 and sum(state = 'present' and json_type(body, '$.was') is null) = 0"
    ):
        yield entity


def belonging(connection: sqlite3.Connection, known: Erased, more: Iterable[Change] = ()) -> Erased:
    """`known` with all things of the log, and of `more` records, that belong to the erased ones, however far away.

    Its bodies are also those of the records of the log about these things.
    """
    listed = ", ".join(f"'{table}.put'" for table in BELONGS)
    rows = [
        (kind.partition(".")[0], entity, json.loads(body)["set"])
        for kind, entity, body in connection.execute(
            f"select kind, entity, body from change where kind in ({listed}) and body is not null"
        )
    ]
    rows += [
        (change.kind.partition(".")[0], change.entity, change.body["set"])
        for change in more
        if change.body is not None and change.kind.endswith(".put")
    ]
    found = Erased(known.contents, set(known.bodies), set(known.things), known.stretches)
    while reached := {entity for table, entity, fields in rows if found.takes(table, entity, fields)} - found.things:
        found.things |= reached
    found.bodies.update(
        key
        for (key,) in connection.execute(
            "select id from change where state <> 'erased' and entity in (select value from json_each(?))",
            (_listed(found.things),),
        )
    )
    return found


def erase(connection: sqlite3.Connection, records: Iterable[Change]) -> None:
    """Carry out those of `records` that erase; the tables that follow from the log are made anew by `rebuild`."""
    said = Erased()
    for change in records:
        said.note(change)
    if said.things or said.stretches:
        said = belonging(connection, said)
    take_away(connection, said)


def take_away(connection: sqlite3.Connection, said: Erased) -> None:
    """Erase contents and bodies where they are stored."""
    connection.execute(
        "update content set data = null, state = 'erased' where hash in (select value from json_each(?))",
        (_listed(said.contents),),
    )
    connection.execute(
        "update change set body = null, salt = null, state = 'erased' where id in (select value from json_each(?))",
        (_listed(said.bodies),),
    )


def _listed(keys: Collection[str]) -> str:
    return json.dumps(sorted(keys))
