"""Conflicts: changes of one field of a shared thing that were made without knowledge of each other.

They are derived from the log, so that every replica with the same records lists the same ones under the same ids.
A record counts while its act stands (what was undone contradicts nothing), and as long as no other one that counts was
written by somebody who had seen it. A `ruling` is a write of the field it decides on that has seen them all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import derived_id, new_id
from hsreview.base.messages import _
from hsreview.model.change import Change
from hsreview.model.codebook import Status
from hsreview.model.exchange import Conflict, ConflictValue
from hsreview.model.people import Coder
from hsreview.project.entities import ENTITIES, dump
from hsreview.project.knowledge import Knowledge
from hsreview.project.log import Act, changes
from hsreview.project.project import Project
from hsreview.project.state import State
from hsreview.project.texts_apart import TEXT, take, texts_apart

REMOVED = "removed"
"""The field that removing and restoring a thing write."""
_RING = "merged"
"""The field of a conflict about codes that were merged into each other; its values are the codes that remain."""
_WHOLE = {
    "decision": ("outcome", "taken", "result"), "adoption": ("version_id", "source_coder_id", "pass"),
    "vote": ("agree", "amend", "reject", "abstain", "not_understood"),
}  # fmt: skip
"""Tables whose rows are one statement each, and the fields that say it: a conflict is about the whole of it."""
_APART = frozenset({"at", "created", "answered", "closed", "because", "reason", "coder_id"})
"""Fields that tell who wrote a value, when and why: they differ whenever two people write."""
_PLACE = frozenset({"version_id", "number"})
_OWN = tuple(name for name, entity in ENTITIES.items() if entity.own)


@dataclass(frozen=True, slots=True)
class _Write:
    change: Change
    value: Any


_Field = tuple[str, str, str]
"""`(table, entity, field)`."""


def conflicts(connection: sqlite3.Connection) -> list[Conflict]:
    """The conflicts that are open, in an order that is the same everywhere."""
    log = Knowledge(connection)
    kinds = (_fields, _used, _same_refs, _rings, _texts)
    found = [each for kind in kinds for each in kind(connection, log)]
    return sorted(found, key=lambda each: (each.table, each.entity, each.field, each.id))


def disputed(connection: sqlite3.Connection, table: str, field: str = "") -> set[str]:
    """Ids of the rows of a table about one field of which (without `field`: about any) a conflict is open."""
    found = _fields(connection, Knowledge(connection), f" and kind glob '{table}.*'")
    return {each.entity for each in found if field in ("", each.field)}


def disputed_among(connection: sqlite3.Connection, table: str, ids: Iterable[str]) -> set[str]:
    """Those of these things about which a conflict is open; quick where one actor alone wrote each of them."""
    several = connection.execute(
        "select entity from change where entity in (select value from json_each(?)) group by entity"
        " having count(distinct coder || '/' || replica) > 1",
        (dump(list(ids)),),
    ).fetchall()
    return disputed(connection, table) & {row[0] for row in several} if several else set()


def decide(project: Project, coder: Coder, conflict_id: str, record: str, because: str) -> Conflict:
    """Settle a conflict for what `record` says; one act, which can be undone (and the conflict is open again).

    Of codes with one ref, the others are merged into the one that is taken. Raises InputRefused when the conflict is
    not open or has no such record, UsageProblem without a reason. Who may decide is for the caller to say.
    """
    if not because.strip():
        raise UsageProblem(_("A decision needs a reason."))
    with project.act(coder.id) as act:
        found = next((each for each in conflicts(project.connection) if each.id == conflict_id), None)
        if found is None:
            raise InputRefused(_("There is no open conflict {id}.").format(id=conflict_id))
        taken = next((value for value in found.values if value.record == record), None)
        if taken is None:
            raise InputRefused(_("The conflict has no record {id}.").format(id=record))
        act.put(
            "ruling", new_id(), conflict=found.id, subject=found.table, entity=found.entity, field=found.field,
            takes=record, value=taken.value, because=because, coder_id=coder.id, at=act.at,
        )  # fmt: skip
        _carry_out(project.state, act, found, taken)
    return found


def _carry_out(state: State, act: Act, conflict: Conflict, taken: ConflictValue) -> None:
    table, entity, field = conflict.table, conflict.entity, conflict.field
    if field == "ref":
        chosen = _code_of(state.connection, taken.record)
        for value in conflict.values:
            other = _code_of(state.connection, value.record)
            if other != chosen:
                act.put("code", other, status=str(Status.MERGED), merged_into=chosen)
    elif field == _RING:
        _rewrite(state, act, "code", taken.value, {"status": str(Status.ACTIVE), "merged_into": None})
        merged = _code_of(state.connection, taken.record)
        _rewrite(state, act, "code", merged, {"status": str(Status.MERGED), "merged_into": taken.value})
    elif (table, field) == ("transcript", TEXT):  # A summary has a text too.
        take(state, act, entity, taken.value)
    elif field == REMOVED:
        act.record(f"{table}.{'remove' if taken.value else 'restore'}", entity, {})
    elif table == "turn":
        row = state.connection.execute("select body from change where id = ?", (taken.record,)).fetchone()
        wanted = json.loads(row[0])["set"]
        place = {name: wanted[name] for name in _PLACE}
        now = state.connection.execute(
            "select speaker_id from turn where version_id = ? and number = ?", (place["version_id"], place["number"])
        ).fetchone()
        was = {**place, "speaker_id": now[0] if now else None}
        act.record("turn.put", entity, {"set": {**place, "speaker_id": taken.value}, "was": was})
    else:
        _rewrite(state, act, table, entity, taken.value if field == table else {field: taken.value})


def _rewrite(state: State, act: Act, table: str, entity: str, wanted: Mapping[str, Any]) -> None:
    """Write fields although they may hold that already, so that it is known who wrote them last."""
    current = state.row(ENTITIES[table], entity)
    was = {name: current[0].get(name) if current else None for name in wanted}
    act.record(f"{table}.put", entity, {"set": dict(wanted), "was": was})


def _code_of(connection: sqlite3.Connection, record: str) -> str:
    return str(connection.execute("select entity from change where id = ?", (record,)).fetchone()[0])


def _newest(log: Knowledge, writes: Sequence[_Write]) -> list[_Write]:
    """The writes that nobody who wrote another of them had seen."""
    return [each for each in writes if not any(log.has_seen(other.change, each.change) for other in writes)]


def _fields(connection: sqlite3.Connection, log: Knowledge, only: str = "") -> Iterator[Conflict]:
    groups: dict[_Field, list[_Write]] = {}
    for (table, entity, field), writes in _writes(connection, log, only).items():
        newest = _newest(log, writes)
        if len({dump(each.value) for each in newest}) < 2:
            continue
        if table in _WHOLE:
            if field in _WHOLE[table]:
                groups.setdefault((table, entity, table), []).extend(newest)
        else:
            groups[table, entity, field] = newest
    for (table, entity, field), writes in groups.items():
        whole = {each.change.id: each for each in writes}
        if field == table:
            for key, each in whole.items():
                whole[key] = _Write(each.change, dict((each.change.body or {})["set"]))
        yield _conflict(connection, table, entity, field, whole.values())


def _writes(connection: sqlite3.Connection, log: Knowledge, only: str) -> dict[_Field, list[_Write]]:
    """What was written into each field of each shared thing that several actors touched; `only` narrows the records."""
    own = " and ".join(f"kind not glob '{table}.*'" for table in (*_OWN, "act", "ruling", "output")) + only
    shared = (
        f"entity in (select entity from change where {own} group by entity"
        " having count(distinct coder || '/' || replica) > 1)"
    )
    found: dict[_Field, list[_Write]] = {}
    for change in changes(connection, f"{own} and {shared}"):
        if not log.counts(change):
            continue
        table, _dot, verb = change.kind.partition(".")
        if verb != "put":
            found.setdefault((table, change.entity, REMOVED), []).append(_Write(change, verb == "remove"))
            continue
        for field, value in (change.body or {})["set"].items():
            if field not in _APART and not (table == "turn" and field in _PLACE):
                found.setdefault((table, change.entity, field), []).append(_Write(change, value))
    for change in changes(connection, "kind = 'ruling.put'"):
        if log.counts(change):
            said = (change.body or {})["set"]
            key = (said.get("subject"), said.get("entity"), said.get("field"))
            values = said["value"] if key[0] == key[2] else {key[2]: said["value"]}
            for field, value in values.items():
                if (key[0], key[1], field) in found:
                    found[key[0], key[1], field].append(_Write(change, value))
    return found


def _used(connection: sqlite3.Connection, log: Knowledge) -> Iterator[Conflict]:
    """Codes that one side took away while another, who did not know, coded with them or merged others into them."""
    gone = connection.execute(
        "select id, removed from code where (removed = 1 or status = 'retired')"
        " and id in (select code_id from coding where removed = 0)"
    ).fetchall()
    for code, removed in gone:
        field = REMOVED if removed else "status"
        taken = True if removed else str(Status.RETIRED)
        writes = [
            _Write(change, _value(change, field))
            for change in changes(connection, "entity = ? and kind glob 'code.*'", (code,))
            if log.counts(change) and _value(change, field) is not None
        ]
        writes += [
            _Write(change, (change.body or {})["set"]["value"])
            for change in changes(connection, "kind = 'ruling.put'")
            if log.counts(change)
            and (change.body or {})["set"].get("entity") == code
            and (change.body or {})["set"].get("field") == field
        ]
        away = [each for each in _newest(log, writes) if each.value == taken]
        uses: dict[str, _Write] = {}
        for change in changes(
            connection,
            "(kind = 'coding.put' and entity in (select id from coding where code_id = ?1 and removed = 0))"
            " or (kind = 'code.put' and entity in (select id from code where merged_into = ?1 and removed = 0))",
            (code,),
        ):
            said = (change.body or {}).get("set", {})
            used = said.get("merged_into") == code if change.kind == "code.put" else "given_code_id" in said
            if not used or not log.counts(change):
                continue
            if away and not any(
                log.has_seen(each.change, change) or log.has_seen(change, each.change) for each in away
            ):
                uses[change.coder] = _Write(change, False if removed else str(Status.ACTIVE))
        if uses:
            yield _conflict(connection, "code", code, field, [*away, *uses.values()])


def _value(change: Change, field: str) -> Any:
    verb = change.kind.partition(".")[2]
    if verb != "put":
        return (verb == "remove") if field == REMOVED else None
    return (change.body or {})["set"].get(field)


def _same_refs(connection: sqlite3.Connection, log: Knowledge) -> Iterator[Conflict]:
    """Codes that bear one ref: nobody who knew of one would have made the other."""
    refs = connection.execute(
        "select ref from code where removed = 0 and kind = 'code' and status = 'active'"
        " group by ref having count(*) > 1"
    ).fetchall()
    for (ref,) in refs:
        ids = connection.execute(
            "select id from code where removed = 0 and kind = 'code' and status = 'active' and ref = ? order by id",
            (ref,),
        ).fetchall()
        writes = []
        for (code,) in ids:
            named = [
                change
                for change in changes(connection, "entity = ? and kind = 'code.put'", (code,))
                if change.body is not None and change.body["set"].get("ref") == ref
            ]
            writes += [_Write(change, ref) for change in named[-1:]]
        if len(writes) > 1:
            yield _conflict(connection, "code", str(ids[0][0]), "ref", writes)


def _rings(connection: sqlite3.Connection, log: Knowledge) -> Iterator[Conflict]:
    """Codes merged into each other: which one was to take over the others is not known."""
    into = dict(
        connection.execute("select id, merged_into from code where status = 'merged' and removed = 0 order by id")
    )
    done: set[str] = set()
    for code in into:
        ring = [code]
        while into.get(ring[-1]) in into and into[ring[-1]] not in ring:
            ring.append(into[ring[-1]])
        if into[ring[-1]] != code or done.intersection(ring):
            continue
        done.update(ring)
        writes = []
        for each in ring:
            made = changes(connection, "entity = ? and kind = 'code.put'", (each,))
            merged = [change for change in made if log.counts(change) and _value(change, "merged_into") == into[each]]
            writes += [_Write(change, into[each]) for change in merged[-1:]]
        yield _conflict(connection, "code", code, _RING, writes)


def _texts(connection: sqlite3.Connection, log: Knowledge) -> Iterator[Conflict]:
    """Texts of a transcript of which one would vanish silently."""
    for transcript_id, made in texts_apart(connection, log):
        writes = [_Write(change, change.entity) for change in made]
        yield _conflict(connection, "transcript", transcript_id, TEXT, writes)


def _conflict(
    connection: sqlite3.Connection, table: str, entity: str, field: str, writes: Iterable[_Write]
) -> Conflict:
    listed = sorted(
        writes, key=lambda each: (each.change.clock, each.change.coder, each.change.replica, each.change.seq)
    )
    values = tuple(ConflictValue(each.change.id, each.change.coder, each.change.at, each.value) for each in listed)
    key = derived_id("conflict", table, entity, field, *sorted(value.record for value in values))
    return Conflict(key, table, entity, _name(connection, table, entity), field, values)


def _name(connection: sqlite3.Connection, table: str, entity: str) -> str:
    """What people call the thing; its id where it has no name."""
    fields = ENTITIES[table].fields if table in ENTITIES else ()
    column = next((name for name in ("name", "ref", "label") if name in fields), None)
    if column is None:
        return entity
    row = connection.execute(f"select {column} from {table} where id = ?", (entity,)).fetchone()
    return row[0] if row and row[0] else entity
