"""Undo and redo: an act is taken back by compensating records, and refused when someone else's work rests on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.model.change import Change
from hsreview.project.entities import ENTITIES
from hsreview.project.log import Act, changes
from hsreview.project.state import State

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act cannot be taken back: `erased`, `others_work` or `changed_since`."""

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
    """Id and kind of the act that undo (`forward`: redo) would take; null when there is none."""
    wanted, order = ("undone", "asc") if forward else ("done", "desc")
    row = state.connection.execute(
        f"select id, kind from act where coder = ? and state = ? order by clock {order} limit 1", (coder_id, wanted)
    ).fetchone()
    return (row[0], row[1]) if row else None


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
    refusal = _refusal(state, coder_id, steps, forward=forward)
    if refusal is None:
        act = Act(state, coder_id, replica, undoes=None if forward else act_id, redoes=act_id if forward else None)
        act.record_all(_step(change, forward=forward) for change in steps)
    return Toggled(act_id, kind, records, refusal)


def refusal(state: State, coder_id: str, act_id: str) -> Refusal | None:
    """Why undo would refuse this act of the coder's; null when it would not."""
    records = list(changes(state.connection, "act = ?", (act_id,)))
    return _refusal(state, coder_id, records[::-1], forward=False)


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


def _refusal(state: State, coder_id: str, steps: Sequence[Change], *, forward: bool) -> Refusal | None:
    if any(change.body is None for change in steps):
        return Refusal("erased")
    work = _others_work(state, {change.entity for change in steps}, coder_id, min(change.clock for change in steps))
    seen: set[tuple[str, str]] = set()
    for change in steps:
        kind, entity_id, body = _step(change, forward=forward)
        table, _, verb = kind.partition(".")
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
