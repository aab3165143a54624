"""Undo and redo: an act is taken back by compensating records, and refused when someone else's work rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.model.change import Change
from hsreview.project.entities import ENTITIES
from hsreview.project.log import Act, changes
from hsreview.project.state import State


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


def toggle(state: State, coder_id: str, replica: str, *, forward: bool) -> Toggled | None:
    """Undo the coder's last act (`forward`: redo the act undone last) inside an open transaction.

    Null when there is nothing to undo or redo. A refused act is returned with its refusal, and nothing is written.
    """
    wanted, order = ("undone", "asc") if forward else ("done", "desc")
    row = state.connection.execute(
        f"select id, kind from act where coder = ? and state = ? order by clock {order} limit 1", (coder_id, wanted)
    ).fetchone()
    if row is None:
        return None
    act_id, kind = row
    records = list(changes(state.connection, "act = ?", (act_id,)))
    steps = records if forward else records[::-1]
    refusal = _refusal(state, coder_id, steps, forward=forward)
    if refusal is None:
        act = Act(state, coder_id, replica, undoes=act_id)
        for change in steps:
            assert change.body is not None
            act.record(*_step(change, forward=forward))
    return Toggled(act_id, kind, records, refusal)


def _step(change: Change, *, forward: bool) -> tuple[str, str, dict[str, Any]]:
    table, _, verb = change.kind.partition(".")
    assert change.body is not None
    if verb != "put":
        opposite = {"remove": "restore", "restore": "remove"}
        return f"{table}.{verb if forward else opposite[verb]}", change.entity, {}
    if "was" not in change.body:
        return f"{table}.{'restore' if forward else 'remove'}", change.entity, {}
    new, old = change.body["set"], change.body["was"]
    return change.kind, change.entity, {"set": new, "was": old} if forward else {"set": old, "was": new}


def _refusal(state: State, coder_id: str, steps: Sequence[Change], *, forward: bool) -> Refusal | None:
    if any(change.body is None for change in steps):
        return Refusal("erased")
    gone: set[tuple[str, str]] = set()
    seen: set[tuple[str, str, str]] = set()
    for change in steps:
        table, _, verb = change.kind.partition(".")
        assert change.body is not None
        kind, _entity, body = _step(change, forward=forward)
        if kind.endswith(".remove"):
            gone.add((table, change.entity))
            others = _others_work(state, table, change.entity, coder_id, gone)
            if others:
                return Refusal("others_work", others)
        elif verb == "put" and "was" in body and table != "turn":
            fields = {name for name in body["was"] if (table, change.entity, name) not in seen}
            seen.update((table, change.entity, name) for name in fields)
            found = state.row(ENTITIES[table], change.entity)
            if found is None or any(found[0][name] != body["was"][name] for name in fields):
                return Refusal("changed_since")
    return None


def _others_work(
    state: State, table: str, entity_id: str, coder_id: str, gone: set[tuple[str, str]]
) -> tuple[str, ...]:
    others: set[str] = set()
    for dependent, column in ENTITIES[table].dependents.items():
        rows = state.connection.execute(
            f"select id, coder_id from {dependent} where {column} = ? and removed = 0 and coder_id <> ?",
            (entity_id, coder_id),
        )
        others.update(owner for row_id, owner in rows if (dependent, row_id) not in gone)
    return tuple(sorted(others))
