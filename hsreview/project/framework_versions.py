"""Versions of the framework, as they are stored.

A version is two records: its rows as they may be shown to anybody, and what stays in the team (how many links each row
had, its internal columns). So a project file for a meeting can hold the one without the other. What a meeting signs off
rests on the evidence of the version that was brought to it: it is read with the second record of that one.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hsreview.base.ids import new_id
from hsreview.model.framework import FrameworkVersion, FrozenRow, Row, RowKind, RowStatus, Stance, VersionState
from hsreview.model.framework_columns import internal_keys
from hsreview.model.localized import Localized
from hsreview.project.framework import readable
from hsreview.project.log import Act

_SELECT = (
    "select id, number, name, state, rows, reason, validation_id, from_id, coder_id, at, removed from framework_version"
    " where number is not null and state is not null and rows is not null order by number, at, id"
)
_BEHIND = "select id, from_id, behind from framework_version where behind is not null or from_id is not null"


def versions(connection: sqlite3.Connection) -> list[FrameworkVersion]:
    """Every version, the oldest first; of two that were made apart with one number, the later one ends on a letter.

    It does so too when the other one was taken away again: what a version is called stands on paper.
    """
    behind = _all_behind(connection)
    times: Counter[int] = Counter()
    found = []
    for id_, number, name, state, rows, reason, validation_id, from_id, coder, at, gone in connection.execute(_SELECT):
        times[number] += 1
        if not gone:
            frozen = tuple(_rows(json.loads(rows), behind.get(id_, {})))
            found.append(
                FrameworkVersion(
                    id_, f"{number}{_letter(times[number])}", name or "", VersionState(state), frozen, reason or "",
                    validation_id or "", from_id or "", coder or "", at or "",
                )
            )  # fmt: skip
    return found


def withdrawn(connection: sqlite3.Connection) -> list[str]:
    """What the versions were called that were taken away again."""
    times: Counter[int] = Counter()
    found = []
    for _id, number, *_others, gone in connection.execute(_SELECT):
        times[number] += 1
        found += [f"{number}{_letter(times[number])}"] if gone else []
    return found


def _letter(nth: int) -> str:
    return "" if nth == 1 else chr(ord("a") + nth - 1) if nth <= 26 else f"-{nth}"


def add_version(
    connection: sqlite3.Connection, act: Act, rows: Sequence[FrozenRow], *, name: str = "",
    state: VersionState = VersionState.FROZEN, reason: str = "", validation_id: str = "", from_id: str = "",
) -> str:  # fmt: skip
    """Store a version with the next number; its id. With `from_id`, its evidence is that of the other version."""
    identity = new_id()
    last = connection.execute("select max(number) from framework_version").fetchone()[0]
    act.put(
        "framework_version", identity, number=(last or 0) + 1, name=name, state=str(state), reason=reason,
        validation_id=validation_id or None, from_id=from_id or None, rows=[_shown(each) for each in rows],
        coder_id=act.coder_id, at=act.at,
    )  # fmt: skip
    if not from_id:
        act.put("framework_version", identity, behind={each.row.id: _behind(each) for each in rows})
    return identity


def _shown(each: FrozenRow) -> dict[str, Any]:
    """What of a row may be shown to anybody."""
    row, internal = each.row, internal_keys(each.row.kind)
    return {
        "id": row.id, "kind": str(row.kind), "ref": row.ref, "parent_id": row.parent_id, "position": row.position,
        "status": str(row.status), "derived_from": row.derived_from, "badge": each.badge.to_json(),
        "data": {key: value for key, value in row.data.items() if key not in internal},
    }  # fmt: skip


def _behind(each: FrozenRow) -> dict[str, Any]:
    """What of a row stays in the team."""
    internal = internal_keys(each.row.kind)
    return {
        "links": {str(stance): n for stance, n in each.links.items()},
        "data": {key: value for key, value in each.row.data.items() if key in internal},
    }


def _all_behind(connection: sqlite3.Connection) -> dict[str, Mapping[str, Any]]:
    """Id of a version → what stays in the team, by the id of the row; that of a signed one is what it was made from."""
    own: dict[str, Mapping[str, Any]] = {}
    made_from = {}
    for id_, from_id, behind in connection.execute(_BEHIND):
        told = json.loads(behind) if behind else None
        if isinstance(told, dict):
            own[id_] = told
        elif from_id:
            made_from[id_] = from_id
    for id_ in made_from:
        seen, source = {id_}, made_from[id_]
        while source in made_from and source not in seen:
            seen.add(source)
            source = made_from[source]
        if source in own:
            own[id_] = own[source]
    return own


def _rows(stored: Iterable[Mapping[str, Any]], behind: Mapping[str, Any]) -> Iterable[FrozenRow]:
    """The rows that can be read; what this version of the program does not know is left out."""
    for each in stored:
        kind, status = each.get("kind"), each.get("status")
        if not (_is_text(each, "id", "ref", "kind", "status") and kind in _KINDS and status in _STATUSES):
            continue
        inner = _map(behind.get(each["id"]))
        data = {**_map(each.get("data")), **_map(inner.get("data"))}
        parent, links = each.get("parent_id"), _map(inner.get("links"))
        yield FrozenRow(
            Row(
                each["id"], _KINDS[kind], each["ref"], _STATUSES[status], parent if isinstance(parent, str) else None,
                _whole(each.get("position")), readable(_KINDS[kind], data),
                str(each.get("derived_from") or ""),
            ),
            Localized.from_json(each.get("badge")),
            {stance: _whole(links.get(str(stance))) for stance in Stance if stance in links},
        )  # fmt: skip


_KINDS: Mapping[object, RowKind] = {each.value: each for each in RowKind}
_STATUSES: Mapping[object, RowStatus] = {each.value: each for each in RowStatus}


def _is_text(found: Mapping[str, Any], *names: str) -> bool:
    return all(isinstance(found.get(name), str) for name in names)


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _whole(value: object) -> int:
    return value if type(value) is int else 0
