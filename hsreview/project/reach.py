"""What follows from a withdrawal beyond what it names: things that belong to erased ones, however far away, and what
somebody made elsewhere who did not know of it.

It is worked out of records and their bodies alone, so that every replica with the same records comes to the same end.
Where a body is gone already, its header still says that the thing was erased.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.model.change import BodyState, Change
from hsreview.project.erasing import BELONGS, Erased, Stamp, erased
from hsreview.project.personal import ERASED_WITH, bounded

CONTENTS = ("text_hash", "turns_hash", "sentences_hash", "words_hash", "cues_hash", "file_name_hash")
"""Fields of a text version that name what it is made of."""
_READ = json.dumps([f"{table}.put" for table in (*BELONGS, "code")])
_HEADER = "id, coder, replica, seq, act, kind, entity, state, body"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that says something of a thing."""

    id: str
    coder: str
    replica: str
    seq: int
    act: str
    kind: str
    entity: str
    erased: bool
    fields: Mapping[str, Any]
    """What it sets; empty where the body is not there."""
    made: bool
    """Whether it made the thing, as far as its body tells."""

    @property
    def table(self) -> str:
        return self.kind.partition(".")[0]


def reach(connection: sqlite3.Connection, known: Erased, more: Iterable[Change] = ()) -> Erased:
    """`known` with all that follows from its withdrawals among the records of the log and `more` ones.

    Its bodies are also those of the records of the log, and of `more`, about things that are erased as a whole.
    """
    new = list(more)
    found = bounded(connection, known, new)
    if not found.stamps:
        return found
    records = _records(connection, new)
    listed = _listed_things(connection, found, new)
    seen = _Seen(connection, new)
    found.things |= _erased_before(records.values(), found)
    codes = _in_their_words(records.values(), found, listed)
    while reached := (codes | _reached(records.values(), found, seen)) - found.things:
        found.things |= reached
        codes = _in_their_words(records.values(), found, listed)
    for each in records.values():
        if each.kind == "text_version.put" and each.entity in found.things - found.named:
            found.contents.update(_contents(each.fields))
    told = connection.execute(
        "select id, kind, entity from change where entity in (select value from json_each(?))",
        (_as_list(found.things),),
    )
    for key, kind, entity in (*told, *((each.id, each.kind, each.entity) for each in new)):
        table = kind.partition(".")[0]
        if entity in found.things and (table in ERASED_WITH or (entity in codes and table == "code")):
            found.bodies.add(key)
    found.bodies.update(_unaware(_about(connection, set(listed), new), found, listed, seen))
    return found


def contents_of(known: Erased, records: Iterable[Change]) -> set[str]:
    """What texts are made of that are erased because they belong to something: their records may be erased already."""
    texts = known.things - known.named
    told = (each for each in records if each.kind == "text_version.put" and each.body and each.entity in texts)
    return {key for each in told for key in _contents((each.body or {}).get("set", {}))}


def _contents(fields: Mapping[str, Any]) -> Iterator[str]:
    return (key for name in CONTENTS if (key := fields.get(name)))


def _records(connection: sqlite3.Connection, more: Iterable[Change]) -> dict[str, _Record]:
    rows = connection.execute(f"select {_HEADER} from change where kind in (select value from json_each(?))", (_READ,))
    found = {row[0]: _stored(row) for row in rows}
    for change in more:
        if change.kind.endswith(".put"):
            found[change.id] = _came(change)
    return found


def _stored(row: tuple[Any, ...]) -> _Record:
    key, coder, replica, seq, act, kind, entity, state, body = row
    said = json.loads(body) if body else {}
    made = bool(body) and "was" not in said
    return _Record(key, coder, replica, seq, act, kind, entity, state == "erased", said.get("set", {}), made)


def _came(change: Change) -> _Record:
    said = change.body or {}
    return _Record(
        change.id, change.coder, change.replica, change.seq, change.act, change.kind, change.entity,
        change.state is BodyState.ERASED, said.get("set", {}), change.body is not None and "was" not in said,
    )  # fmt: skip


def _listed_things(connection: sqlite3.Connection, found: Erased, more: Iterable[Change]) -> dict[str, list[str]]:
    """Thing of which a withdrawal erases single records → those withdrawals, by the ids of their records."""
    entities = dict(
        connection.execute(
            "select id, entity from change where id in (select value from json_each(?))", (_as_list(found.single),)
        ).fetchall()
    )
    entities |= {change.id: change.entity for change in more if change.id in found.single}
    listed: dict[str, list[str]] = {}
    for key, stamp in found.stamps.items():
        for record in stamp.records & entities.keys():
            listed.setdefault(entities[record], []).append(key)
    return listed


def _erased_before(records: Iterable[_Record], found: Erased) -> set[str]:
    """Things whose making was erased, though no record names it, and not told again: they belonged to an erased one."""
    gone: set[str] = set()
    there: set[str] = set()
    for each in records:
        if each.made:
            there.add(each.entity)
        elif each.erased and each.table in BELONGS and each.id not in found.single:
            gone.add(each.entity)
    return gone - there


def _reached(
    records: Collection[_Record], found: Erased, seen: _Seen
) -> set[str]:  # fmt: skip
    """Things that belong to those which are known to be erased."""
    reached = {
        each.entity
        for each in records
        if each.table in BELONGS and each.fields and found.takes(each.table, each.entity, each.fields)
    }
    shared = [
        (each.fields.get("transcript_id"), stamp)
        for stamp in found.stamps.values()
        for each in records
        if each.kind == "text_version.put" and each.entity in stamp.texts
    ]
    for each in records if shared else ():
        if each.kind == "text_version.put" and each.entity not in found.stretches:
            transcript = each.fields.get("transcript_id")
            if any(transcript == known and not seen.knew(each, stamp) for known, stamp in shared):
                reached.add(each.entity)  # A text that was corrected with their words in it.
    return reached


def _in_their_words(records: Collection[_Record], found: Erased, listed: Mapping[str, list[str]]) -> set[str]:
    """Codes in the person's own words, made with codings that are erased by somebody who did not know."""
    acts = {each.act for each in records if each.kind == "coding.put" and each.entity in found.things}
    return {
        each.entity
        for each in records
        if each.kind == "code.put" and each.act in acts and each.entity not in listed
        and (each.erased or each.fields.get("data.origin") == "in_vivo")
    }  # fmt: skip


def _about(connection: sqlite3.Connection, things: Collection[str], more: Iterable[Change]) -> Iterator[_Record]:
    """The records about these things that can be read, and the rulings on them."""
    if not things:
        return
    for row in connection.execute(
        f"select {_HEADER} from change where body is not null and (entity in (select value from json_each(?1))"
        " or (kind = 'ruling.put' and json_extract(body, '$.set.entity') in (select value from json_each(?1))))",
        (_as_list(things),),
    ):
        yield _stored(row)
    for change in more:
        if change.body and (change.entity in things or change.body.get("set", {}).get("entity") in things):
            yield _came(change)


def _unaware(
    records: Iterable[_Record], found: Erased, listed: Mapping[str, list[str]], seen: _Seen
) -> Iterator[str]:  # fmt: skip
    """Edits of things of which single records were erased, by somebody who did not know: they tell the words again."""
    acts = {stamp.act for stamp in found.stamps.values()}
    for each in records:
        about = listed.get(each.entity) or listed.get(each.fields.get("entity", ""), [])
        knew = all(seen.knew(each, found.stamps[key]) for key in about)
        if each.fields and each.act not in acts and not knew:
            yield each.id


class _Seen:
    """Whether a record and a withdrawal were written by people one of whom knew of the other's."""

    def __init__(self, connection: sqlite3.Connection, more: Iterable[Change]) -> None:
        self._connection = connection
        self._came: dict[tuple[str, str], dict[int, Mapping[str, int]]] = {}
        for change in more:
            if change.saw is not None:
                self._came.setdefault((change.coder, change.replica), {})[change.seq] = change.saw
        self._known: dict[tuple[str, str], tuple[list[int], list[Mapping[str, int]]]] = {}

    def knew(self, record: _Record, stamp: Stamp) -> bool:
        """Whether the writer of `record` knew of the withdrawal, or whoever wrote that knew of the record."""
        one, other = (record.coder, record.replica), (stamp.coder, stamp.replica)
        if one == other:
            return True
        return self._saw(one, record.seq, other) >= stamp.seq or self._saw(other, stamp.seq, one) >= record.seq

    def _saw(self, actor: tuple[str, str], seq: int, other: tuple[str, str]) -> int:
        """The newest number of another actor that whoever wrote a record had seen."""
        if actor not in self._known:
            said = dict(self._came.get(actor, {}))
            for number, saw in self._connection.execute(
                "select seq, saw from change where coder = ? and replica = ? and saw is not null", actor
            ):
                said[number] = json.loads(saw)
            numbers = sorted(said)
            self._known[actor] = numbers, [said[number] for number in numbers]
        numbers, sights = self._known[actor]
        place = bisect_right(numbers, seq)
        return sights[place - 1].get("/".join(other), 0) if place else 0


def erase(connection: sqlite3.Connection, records: Iterable[Change]) -> None:
    """Carry out those of `records` that erase; the tables that follow from the log are made anew by `rebuild`."""
    if wanted := list(records):
        said = erased(connection)
        for change in wanted:
            said.note(change)
        take_away(connection, reach(connection, said))


def take_away(connection: sqlite3.Connection, said: Erased) -> None:
    """Erase contents and bodies where they are stored."""
    connection.execute(
        "update content set data = null, state = 'erased' where hash in (select value from json_each(?))",
        (_as_list(said.contents),),
    )
    connection.execute(
        "update change set body = null, salt = null, state = 'erased' where id in (select value from json_each(?))",
        (_as_list(said.bodies),),
    )


def _as_list(keys: Collection[str]) -> str:
    return json.dumps(sorted(keys))
