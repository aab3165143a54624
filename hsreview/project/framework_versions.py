"""Versions of the framework, as they are stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hsreview.base.ids import new_id
from hsreview.model.framework import FrameworkVersion, FrozenRow, Row, RowKind, RowStatus, Stance, VersionState
from hsreview.model.localized import Localized
from hsreview.project.framework import readable
from hsreview.project.log import Act

_SELECT = (
    "select id, number, name, state, rows, reason, validation_id, from_id, coder_id, at from framework_version"
    " where removed = 0 and number is not null and state is not null and rows is not null order by number, at, id"
)


def versions(connection: sqlite3.Connection) -> list[FrameworkVersion]:
    """Every version, the oldest first; of two that were made apart with one number, the later one ends on a letter."""
    found = [
        FrameworkVersion(
            id_, str(number), name or "", VersionState(state), tuple(_rows(json.loads(rows))), reason or "",
            validation_id or "", from_id or "", coder or "", at or "",
        )
        for id_, number, name, state, rows, reason, validation_id, from_id, coder, at in connection.execute(_SELECT)
    ]  # fmt: skip
    times: dict[str, int] = {}
    named = []
    for each in found:
        times[each.number] = nth = times.get(each.number, 0) + 1
        letter = "" if nth == 1 else chr(ord("a") + nth - 1) if nth <= 26 else f"-{nth}"
        named.append(replace(each, number=each.number + letter))
    return named


def add_version(
    connection: sqlite3.Connection, act: Act, rows: Sequence[FrozenRow], *, name: str = "",
    state: VersionState = VersionState.FROZEN, reason: str = "", validation_id: str = "", from_id: str = "",
) -> str:  # fmt: skip
    """Store a version with the next number; its id."""
    identity = new_id()
    last = connection.execute("select max(number) from framework_version").fetchone()[0]
    act.put(
        "framework_version", identity, number=(last or 0) + 1, name=name, state=str(state), reason=reason,
        validation_id=validation_id or None, from_id=from_id or None, rows=[_stored(each) for each in rows],
        coder_id=act.coder_id, at=act.at,
    )  # fmt: skip
    return identity


def _stored(each: FrozenRow) -> dict[str, Any]:
    row = each.row
    return {
        "id": row.id, "kind": str(row.kind), "ref": row.ref, "parent_id": row.parent_id, "position": row.position,
        "status": str(row.status), "derived_from": row.derived_from, "data": dict(row.data),
        "badge": each.badge.to_json(), "links": {str(stance): n for stance, n in each.links.items()},
    }  # fmt: skip


def _rows(stored: Iterable[Mapping[str, Any]]) -> Iterable[FrozenRow]:
    """The rows that can be read; what this version of the program does not know is left out."""
    for each in stored:
        kind, status = each.get("kind"), each.get("status")
        if not (_is_text(each, "id", "ref") and kind in _KINDS and status in _STATUSES):
            continue
        data, parent, links = each.get("data"), each.get("parent_id"), each.get("links")
        yield FrozenRow(
            Row(
                each["id"], _KINDS[kind], each["ref"], _STATUSES[status], parent if isinstance(parent, str) else None,
                _whole(each.get("position")), readable(_KINDS[kind], data if isinstance(data, Mapping) else {}),
                str(each.get("derived_from") or ""),
            ),
            Localized.from_json(each.get("badge")),
            {s: _whole(links.get(str(s))) for s in Stance if s in links} if isinstance(links, Mapping) else {},
        )  # fmt: skip


_KINDS: Mapping[object, RowKind] = {each.value: each for each in RowKind}
_STATUSES: Mapping[object, RowStatus] = {each.value: each for each in RowStatus}


def _is_text(found: Mapping[str, Any], *names: str) -> bool:
    return all(isinstance(found.get(name), str) for name in names)


def _whole(value: object) -> int:
    return value if type(value) is int else 0
