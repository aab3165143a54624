"""The rows of the framework and what they stand on, as they are stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hsreview.base.ids import new_id
from hsreview.model.framework import (
    PARENTS,
    PREFIXES,
    Evidence,
    EvidenceRole,
    Row,
    RowKind,
    RowStatus,
    SourceKind,
    Stance,
)
from hsreview.model.framework_columns import COLUMNS, fits
from hsreview.project.log import Act

_ROWS = (
    "select id, kind, ref, status, parent_id, position, data, derived_from, coder_id, created from framework_row"
    " where removed = 0 and kind is not null and ref is not null and status is not null"
    f" order by instr('{' '.join(RowKind)}', kind), position, created, id"
)
_REFS = (
    "select id, ref from framework_row where kind is not null and ref is not null and status is not null"
    " order by created, id"
)
_EVIDENCE = (
    "select id, row_id, source_kind, source, stance, role, note, coder_id, created from evidence"
    " where removed = 0 and row_id is not null and source is not null and source_kind is not null"
    " and stance is not null"
)


def rows(connection: sqlite3.Connection) -> list[Row]:
    """Every row, by kind and in its order.

    Two people who make a row apart from each other may give it the same ref; the later one then ends on a letter, and
    keeps it when the other row is removed.
    A row stands under nothing where its parent is of a kind under which it cannot stand, so that there are no rings.
    """
    found = [
        Row(
            id_, RowKind(kind), ref, RowStatus(status), parent_id, position or 0,
            readable(RowKind(kind), json.loads(data or "{}")), derived or "", coder or "", created or "",
        )
        for id_, kind, ref, status, parent_id, position, data, derived, coder, created in connection.execute(_ROWS)
    ]  # fmt: skip
    kinds = {row.id: row.kind for row in found}
    refs = _refs(connection.execute(_REFS).fetchall())
    return [
        replace(row, ref=refs[row.id], parent_id=row.parent_id if _may_stand(row, kinds) else None) for row in found
    ]


def ref_of(connection: sqlite3.Connection, row_id: str) -> str:
    """What a row is called or, when it was removed, was called; an empty text for no such row."""
    twins = connection.execute(
        "select id, ref from framework_row where ref = (select ref from framework_row where id = ?)", (row_id,)
    ).fetchall()
    found = twins if len(twins) < 2 else connection.execute(_REFS).fetchall()
    return _refs(found).get(row_id, "")


def data_of(connection: sqlite3.Connection, row_id: str) -> dict[str, Any] | None:
    """All that the cells of a row hold, also what this version of the program cannot read; null for no such row."""
    found = connection.execute("select data from framework_row where id = ? and removed = 0", (row_id,)).fetchone()
    return None if found is None else dict(json.loads(found[0]))


def evidence(connection: sqlite3.Connection, row_ids: Iterable[str] | None = None) -> list[Evidence]:
    """What the rows stand on (those with these ids, or all), in the order in which it was linked."""
    wanted = None if row_ids is None else json.dumps(list(row_ids))
    found = connection.execute(
        f"{_EVIDENCE} and (?1 is null or row_id in (select value from json_each(?1))) order by created, id", (wanted,)
    )
    return [_link(row) for row in found]


def evidence_around(connection: sqlite3.Connection, source: str) -> list[Evidence]:
    """The links on which a row stands, and those that rest on a row or a coding, through findings."""
    found = connection.execute(
        "with recursive down(id) as (values(?1) union select e.source from evidence e join down on e.row_id = down.id"
        " where e.removed = 0 and e.source_kind = 'finding'),"
        " up(id) as (values(?1) union select e.row_id from evidence e join up on e.source = up.id where e.removed = 0)"
        f" {_EVIDENCE} and (row_id in (select id from down) or source in (select id from up)) order by created, id",
        (source,),
    )
    return [_link(row) for row in found]


def next_ref(connection: sqlite3.Connection, kind: RowKind) -> str:
    """A ref that no row of the kind has or had."""
    prefix = PREFIXES[kind]
    used = (row[0] or "" for row in connection.execute("select ref from framework_row where kind = ?", (kind,)))
    numbers = (ref.removeprefix(prefix) for ref in used)
    return f"{prefix}{max((int(each) for each in numbers if each.isdecimal() and len(each) < 10), default=0) + 1}"


def add_row(
    connection: sqlite3.Connection, act: Act, kind: RowKind, data: Mapping[str, Any], *, status: RowStatus,
    parent_id: str | None = None, derived_from: str = "",
) -> str:  # fmt: skip
    """Store a new row behind the others of its kind; its id."""
    last = connection.execute("select max(position) from framework_row where kind = ?", (kind,)).fetchone()[0]
    identity = new_id()
    act.put(
        "framework_row", identity, kind=str(kind), ref=next_ref(connection, kind), parent_id=parent_id,
        position=(last or 0) + 1, status=str(status), derived_from=derived_from or None, coder_id=act.coder_id,
        created=act.at, data=dict(data),
    )  # fmt: skip
    return identity


def add_evidence(
    act: Act, row_id: str, kind: SourceKind, source: str, stance: Stance, role: EvidenceRole = EvidenceRole.NONE,
    note: str = "",
) -> str:  # fmt: skip
    """Link a row to what it stands on; the id of the link."""
    identity = new_id()
    act.put(
        "evidence", identity, row_id=row_id, source_kind=str(kind), source=source, stance=str(stance), role=str(role),
        note=note, coder_id=act.coder_id, created=act.at,
    )  # fmt: skip
    return identity


def readable(kind: RowKind, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values that fit their columns; whatever else came from elsewhere is not read."""
    columns = _BY_KEY[kind]
    return {
        key: value
        for key, value in stored.items()
        if value is not None and key in columns and fits(columns[key], value)
    }


_BY_KEY = {kind: {key: column for column in COLUMNS[kind] for key in column.keys} for kind in COLUMNS}


def _link(row: tuple[Any, ...]) -> Evidence:
    id_, row_id, kind, source, stance, role, note, coder, created = row
    return Evidence(
        id_, row_id, _KINDS[kind], source, _STANCES[stance], _ROLES[role or ""], note or "", coder or "", created or ""
    )


# Of thousands of links: looking up a word is faster than making it.
_KINDS = {each.value: each for each in SourceKind}
_STANCES = {each.value: each for each in Stance}
_ROLES = {each.value: each for each in EvidenceRole}


def _may_stand(row: Row, kinds: Mapping[str, RowKind]) -> bool:
    """Whether its parent may be one, as far as the parent is there."""
    parent = kinds.get(row.parent_id or "")
    return parent is None or parent in PARENTS[row.kind]


def _refs(found: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Id of a row → the ref that is its alone, of rows with their refs in the order in which they were made."""
    numbers: dict[str, int] = {}
    refs: dict[str, str] = {}
    taken = {ref for _id, ref in found}
    for id_, given in found:
        ref, number = given, numbers.get(given, 0) + 1
        while number > 1 and (ref := f"{given}{_letters(number)}") in taken:
            number += 1
        numbers[given] = number
        taken.add(ref)
        refs[id_] = ref
    return refs


def _letters(number: int) -> str:
    """`b` for the second, `c` for the third; then `2`, `3` …"""
    return "abcdefghijklmnopqrstuvwxyz"[number - 1] if number <= 26 else f"-{number}"
