"""Undo and redo: an act is taken back by compensating records, and refused when someone else's work rests on it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.model.change import Change
from hsreview.project.entities import ENTITIES
from hsreview.project.log import Act, changes
from hsreview.project.state import State
from hsreview.project.texts_apart import resting_on

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act cannot be taken back: `lasting`, `erased`, `others_work`, `has_work` or `changed_since`."""

    reason: str
    coders: tuple[str, ...] = ()
    """Ids of the coders whose work depends on it."""


@dataclass(frozen=True, slots=True)
class Toggled:
    """An act that was taken back or done again, with its records."""

    act: str
    kind: str
    changes: Sequence[Change]
    refusal: Refusal | None = None


def next_act(state: State, coder_id: str, *, forward: bool = False) -> tuple[str, str] | None:
    """Id and kind of the act that undo (`forward`: redo) would take; null when there is none.

    A lasting act that came after what can be taken back is the next one too: undo refuses it, so that nobody takes
    back older work unawares. A file that was written changed nothing here and is passed over.
    """
    if forward:
        row = state.connection.execute(
            "select id, kind from act where coder = ? and state = 'undone' order by clock limit 1", (coder_id,)
        ).fetchone()
        return (row[0], row[1]) if row else None
    rows = state.connection.execute(
        "select id, kind, state from act where coder = ? and kind not glob 'act.*' and kind not glob 'output.*'"
        " and (state = 'done' or (state = 'lasting' and not exists (select 1 from change where undoes = act.id)))"
        " order by clock desc",
        (coder_id,),
    )
    first: tuple[str, str] | None = None
    for act_id, kind, standing in rows:
        first = first or (act_id, kind)
        if standing == "done" or _is_of_the_team(state, act_id, kind):
            return first
    return None


def clock_of(state: State, act_id: str) -> int:
    """The logical time of an act; 0 when it is not known."""
    row = state.connection.execute("select clock from act where id = ?", (act_id,)).fetchone()
    return int(row[0]) if row else 0


def keep_next(act: Act, state: State) -> None:
    """Let the coder's next act stand for good, as a record of `act`; with it all lasting ones up to the one before."""
    found = next_act(state, act.coder_id)
    lasts = True
    while found is not None and lasts:
        lasts = _lasts(state, found[0])
        act.record("act.keep", found[0], {})
        found = next_act(state, act.coder_id)
        lasts = lasts and found is not None and _lasts(state, found[0])


def has_work(connection: sqlite3.Connection, coder_id: str) -> bool:
    """Whether a coder did anything, or anything was done for them, so that they have to stay in the team."""
    row = connection.execute(
        "select exists (select 1 from head where coder = ?1)"
        " or exists (select 1 from coding where coder_id = ?1 and removed = 0)"
        " or exists (select 1 from memo where coder_id = ?1 and removed = 0)"
        " or exists (select 1 from assignment where coder_id = ?1 and removed = 0)"
        " or exists (select 1 from reviewed where coder_id = ?1 and removed = 0)"
        " or exists (select 1 from setting where instr(value, ?1) and removed = 0)",
        (coder_id,),
    ).fetchone()
    return bool(row[0])


def toggle(state: State, coder_id: str, replica: str, *, forward: bool) -> Toggled | None:
    """Undo the coder's last act (`forward`: redo the act undone last) inside an open transaction.

    Null when there is nothing to undo or redo. A refused act is returned with its refusal, and nothing is written.
    """
    found = next_act(state, coder_id, forward=forward)
    if found is None:
        return None
    act_id, kind = found
    records = list(changes(state.connection, "act = ?", (act_id,)))
    steps = records if forward else records[::-1]
    refusal = _refusal(state, coder_id, act_id, steps, forward=forward)
    if refusal is None:
        act = Act(state, coder_id, replica, undoes=None if forward else act_id, redoes=act_id if forward else None)
        act.record_all(_step(change, forward=forward) for change in steps)
    return Toggled(act_id, kind, records, refusal)


def refusal(state: State, coder_id: str, act_id: str) -> Refusal | None:
    """Why undo would refuse this act of the coder's; null when it would not."""
    records = list(changes(state.connection, "act = ?", (act_id,)))
    return _refusal(state, coder_id, act_id, records[::-1], forward=False)


def transcripts_of(state: State, act_id: str) -> frozenset[str]:
    """Ids of the transcripts whose speakers or review marks an act changed."""
    rows = state.connection.execute(
        "with record as (select kind, entity, body from change where act = ?)"
        " select transcript_id from speaker where id in (select entity from record)"
        " union select transcript_id from reviewed where id in (select entity from record)"
        " union select v.transcript_id from record r join text_version v"
        " on v.id = json_extract(r.body, '$.set.version_id') where r.kind glob 'turn.*'",
        (act_id,),
    )
    return frozenset(row[0] for row in rows if row[0] is not None)


def _step(change: Change, *, forward: bool) -> tuple[str, str, dict[str, Any]]:
    table, _, verb = change.kind.partition(".")
    if verb != "put":
        opposite = {"remove": "restore", "restore": "remove"}
        return f"{table}.{verb if forward else opposite[verb]}", change.entity, {}
    body = change.body or {}
    if "was" not in body:
        return f"{table}.{'restore' if forward else 'remove'}", change.entity, {}
    new, old = body["set"], body["was"]
    return change.kind, change.entity, {"set": new, "was": old} if forward else {"set": old, "was": new}


def _lasts(state: State, act_id: str) -> bool:
    """Whether an act is none that undo takes back."""
    row = state.connection.execute("select kind, state from act where id = ?", (act_id,)).fetchone()
    return row is not None and row[1] == "lasting" and not _is_of_the_team(state, act_id, row[0])


def _is_of_the_team(state: State, act_id: str, kind: str) -> bool:
    """Whether an act on the team can be taken back: all but joining it oneself."""
    if not kind.startswith("coder."):
        return False
    joined = state.connection.execute(
        "select 1 from change where act = ? and kind = 'coder.put' and entity = coder"
        " and (body is null or json_type(body, '$.was') is null)",
        (act_id,),
    ).fetchone()
    return joined is None


def _refusal(state: State, coder_id: str, act_id: str, steps: Sequence[Change], *, forward: bool) -> Refusal | None:
    if not forward and _lasts(state, act_id):
        return Refusal("lasting")
    if any(change.body is None for change in steps):
        return Refusal("erased")
    work = _others_work(state, {change.entity for change in steps}, coder_id, min(change.clock for change in steps))
    seen: set[tuple[str, str]] = set()
    for change in steps:
        kind, entity_id, body = _step(change, forward=forward)
        table, _, verb = kind.partition(".")
        if table == "text_version" and (later := _later_texts(state, entity_id)):
            return Refusal("others_work", later) if verb == "remove" else Refusal("changed_since")
        if kind == "coder.remove" and has_work(state.connection, entity_id):
            return Refusal("has_work", (entity_id,))
        if verb == "remove":
            others = work.get(entity_id)
            if others:
                return Refusal("others_work", tuple(sorted(others)))
        elif verb == "put":
            fields = {name: value for name, value in body["was"].items() if (entity_id, name) not in seen}
            seen.update((entity_id, name) for name in fields)
            if _differs(state, table, entity_id, fields):
                return Refusal("changed_since", tuple(sorted(work.get(entity_id, ()))))
        if verb != "remove" and _points_nowhere(state, table, body.get("set", {})):
            return Refusal("changed_since")
    return None


def _later_texts(state: State, version_id: str) -> tuple[str, ...]:
    """The coders who corrected a text further, or corrected another one while it was taken back."""
    row = state.connection.execute("select transcript_id from text_version where id = ?", (version_id,)).fetchone()
    later = resting_on(state.connection, row[0], version_id) if row else []
    return tuple(sorted({made.coder for made in later}))


def _differs(state: State, table: str, entity_id: str, fields: dict[str, Any]) -> bool:
    """Whether a row no longer holds what the act had left in it."""
    if table == "turn":
        row = state.connection.execute(
            "select speaker_id from turn where version_id = ? and number = ?", (fields["version_id"], fields["number"])
        ).fetchone()
        return row is None or row[0] != fields["speaker_id"]
    found = state.row(ENTITIES[table], entity_id)
    return found is None or any(found[0].get(name) != value for name, value in fields.items())


def _points_nowhere(state: State, table: str, fields: dict[str, Any]) -> bool:
    """Whether doing the step would merge a code into one that is no longer in use, or hang it below such a one."""
    targets = [fields.get(name) for name in ("merged_into", "parent_id")] if table == "code" else []
    return any(
        state.connection.execute("select 1 from code where id = ? and removed = 0", (target,)).fetchone() is None
        for target in targets
        if target is not None
    )


def _others_work(state: State, entities: set[str], coder_id: str, since: int) -> dict[str, set[str]]:
    """Entity → coders other than `coder_id` with standing work on it, or that mentions it, since that logical time."""
    rows = state.connection.execute(
        "select c.coder, c.entity, c.body from change c join act a on a.id = c.act"
        " where c.clock > ? and c.coder <> ? and a.state in ('done', 'lasting')",
        (since, coder_id),
    )
    work: dict[str, set[str]] = {}
    for coder, entity_id, body in rows:
        for mentioned in entities.intersection((entity_id, *_ID.findall(body or ""))):
            work.setdefault(mentioned, set()).add(coder)
    return work
