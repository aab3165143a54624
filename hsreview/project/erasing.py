"""Erasing: a record says which content, or which other record's body, is gone for good, on every replica.

The log is what counts: nothing is erased because a package merely lacks it and calls that erased. A withdrawal erases
all that belongs to one person by one record, which holds ids and offsets only, so that it can be handed to everybody.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
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
    "speaker": ("transcript_id",),
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


@dataclass(frozen=True, slots=True)
class Stamp:
    """A withdrawal as other records are compared with it: who wrote it where, and what it names one by one."""

    coder: str
    replica: str
    seq: int
    act: str
    records: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    """Text versions of which it erases stretches; of a transcript that others share, all that its writer knew of."""


@dataclass(slots=True)
class Erased:
    """What records say is erased."""

    contents: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    """Things all of whose records are erased, and with them what belongs to them."""
    stretches: dict[str, list[list[int]]] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    """Id of the record of a withdrawal → the withdrawal."""
    named: set[str] = field(default_factory=set)
    """Those of the things that records name themselves."""
    single: set[str] = field(default_factory=set)
    """Those of the bodies that records name themselves."""
    alone: set[str] = field(default_factory=set)
    """Those of them that have a record of their own which erases them."""

    def note(self, change: Change) -> None:
        """Take in what one record says; most say nothing of it."""
        if change.kind in KINDS:
            self.hear(change, (change.body or {}).get("set", {}))

    def hear(self, change: Change | Stamped, said: Mapping[str, Any]) -> None:
        """Take in what a record that erases says; `said` is what its body sets."""
        if change.kind == CONTENT:
            self.contents.add(change.entity)
        elif change.kind == BODY:
            self.bodies.add(change.entity)
            self.single.add(change.entity)
            self.alone.add(change.entity)
        elif said:
            self.contents.update(said["contents"])
            self.bodies.update(said["records"])
            self.single.update(said["records"])
            self.things.update(said["things"])
            self.named.update(said["things"])
            self.stamps[change.id] = Stamp(
                change.coder, change.replica, change.seq, change.act, frozenset(said["records"]),
                frozenset(said["stretches"]),
            )  # fmt: skip
            self._note_stretches(said["stretches"])

    def add(self, other: Erased) -> None:
        """Take in what other records say."""
        self.contents |= other.contents
        self.bodies |= other.bodies
        self.things |= other.things
        self.stamps |= other.stamps
        self.named |= other.named
        self.single |= other.single
        self.alone |= other.alone
        self._note_stretches(other.stretches)

    def _note_stretches(self, stretches: Stretches) -> None:
        for version, spans in stretches.items():
            known = self.stretches.setdefault(version, [])
            known.extend(span for span in spans if span not in known)

    def covers(self, other: Erased) -> bool:
        """Whether these records erase all that the `other` ones name."""
        return (
            self.named >= other.named
            and self.contents >= other.contents
            and self.single >= other.single
            and all(span in self.stretches.get(key, ()) for key, spans in other.stretches.items() for span in spans)
        )

    def copy(self) -> Erased:
        """Another one that says the same."""
        made = Erased()
        made.add(self)
        return made

    def without(self, things: AbstractSet[str], records: AbstractSet[str]) -> Erased:
        """The same, but for things and single records that withdrawals name and do not reach."""
        made = self.copy()
        made.things -= things
        made.named -= things
        made.bodies -= records - self.alone
        made.single -= records - self.alone
        made.stamps = {key: replace(each, records=each.records - records) for key, each in self.stamps.items()}
        return made

    def takes(self, table: str, entity: str, fields: Mapping[str, Any]) -> bool:
        """Whether a record about a thing belongs to what is erased as a whole."""
        if entity in self.things or any(fields.get(name) in self.things for name in BELONGS.get(table, ())):
            return True
        if table == "decision":  # It settles what codings say, and its reason may quote their words.
            return any(pair[0] in self.things for pair in fields.get("basis") or ())
        spans = self.stretches.get(fields.get("version_id") or "", ()) if table in _PLACED else ()
        start, end = fields.get("start"), fields.get("end")
        if start is None or end is None:
            return False
        return any(first < end and start < last for first, last in spans)


@dataclass(frozen=True, slots=True)
class Stamped:
    """What of a stored record says by whom and about what it is."""

    id: str
    coder: str
    replica: str
    seq: int
    act: str
    kind: str
    entity: str


def erased(connection: sqlite3.Connection) -> Erased:
    """What records of the log say is erased."""
    found = Erased()
    for *header, body in connection.execute(
        "select id, coder, replica, seq, act, kind, entity, body from change where kind in (?, ?, ?)",
        (CONTENT, BODY, WITHDRAWAL),
    ):
        found.hear(Stamped(*header), json.loads(body).get("set", {}) if body else {})
    return found
