"""The acts of the change log as an audit lists them: who, when, what kind, which thing; never a word of anybody.

Of a record's body only fields are read that hold ids, states and keys of settings; names, texts, memos, labels, reasons
and names of files are not looked at, so that they cannot be told.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from hsreview.model.material import AuditRow
from hsreview.model.settings import FILE_ACT, file_act
from hsreview.project.log import ORDER
from hsreview.project.versions import version_labels

_BATCH = 400
"""Acts whose things are looked up together."""
_READ = ("quote", "output", "respondent", "translation", "coder")
"""Tables of whose records the body says what kind of act it was."""
_OF_TRANSCRIPT = "select id, '', transcript_id from {table}"
_OF_VERSION = (
    "select x.id, '', v.transcript_id from {table} x left join text_version v on v.id = x.version_id where true"
)
_OF_ROW = "select x.id, r.ref, '' from {table} x left join framework_row r on r.id = x.row_id where true"
_OF_BALLOT = "select x.id, b.ref, '' from {table} x left join ballot b on b.id = x.ballot_id where true"
_CODED = (
    "select x.id, d.ref, v.transcript_id from {table} x left join coding c on c.id = {coding}"
    " left join code d on d.id = c.code_id left join text_version v on v.id = c.version_id where true"
)
_THINGS: Mapping[str, str] = {
    "coding": _CODED.format(table="coding", coding="x.id"),
    "recheck": _CODED.format(table="recheck", coding="x.coding_id"),
    "quote": _CODED.format(table="quote", coding="x.coding_id"),
    "memo": "select x.id, d.ref, coalesce(x.transcript_id, v.transcript_id) from memo x left join coding c"
    " on c.id = x.coding_id left join code d on d.id = coalesce(x.code_id, c.code_id) left join text_version v"
    " on v.id = coalesce(x.version_id, c.version_id) where true",
    "code": "select x.id, x.ref, '' from code x where true",
    "framework_row": "select x.id, x.ref, '' from framework_row x where true",
    "ballot": "select x.id, x.ref, '' from ballot x where true",
    "framework_version": "select x.id, x.number, '' from framework_version x where true",
    "summary": "select x.id, d.ref, '' from summary x left join code d on d.id = x.theme_id where true",
    "output": "select x.id, x.kind, '' from output x where true",
    **{
        table: (_OF_TRANSCRIPT + " x where true").format(table=table)
        for table in ("text_version", "speaker", "assignment", "reviewed", "asked", "adoption", "masking")
    },
    **{table: _OF_VERSION.format(table=table) for table in ("decision", "translation")},
    **{table: _OF_ROW.format(table=table) for table in ("evidence", "observation")},
    **{table: _OF_BALLOT.format(table=table) for table in ("vote", "comment", "amendment")},
}
"""Table → how its things are called without anybody's words (ref of a code or row, kind of a file), and in which
transcript they are."""
_NAMELESS = frozenset({"content", "setting"})
"""Things whose id is a digest of words, or may hold words that somebody typed."""


@dataclass(frozen=True, slots=True)
class AuditThing:
    """One record of an act."""

    kind: str
    """`coding.put`, `coding.remove` …"""
    id: str
    """Of the thing that it is about; empty where that could tell words."""
    ref: str
    """Ref of its code or row, kind of a file …; may be empty."""
    transcript_id: str
    state: str
    """`present`, `withheld` or `erased`: whether the body is there."""
    digest: str
    """Of the record, by which it can be compared with the project's log."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act of the change log, with the records that belong to it."""

    act: str
    at: str
    coder_id: str
    others: tuple[str, ...]
    """Ids of those who took part: who checked a quote that is released, who confirmed an archive."""
    replica: str
    kind: str
    """The kind of act: `coding`, `consent`, `release`, `withdrawal` … (see `KINDS`)."""
    verb: str
    """`put` (made), `change`, `remove`, `restore`, `undo`, `redo`, or a word of the log."""
    things: tuple[AuditThing, ...]
    of: str
    """The act that it takes back or does again."""
    stands: bool
    codebook: str
    """Version of the codebook at that time; empty before there was one."""
    framework: str
    """Version of the framework that was frozen last; empty before there was one."""

    def bodies(self, state: str) -> int:
        """How many of its records have a body in that state."""
        return sum(thing.state == state for thing in self.things)


KINDS = (
    "withdrawal", "masking", "key", "retention", "encryption", "originals", "consent", "release", "archive", "erasure",
    "export", "package", "coding", "memo", "codebook", "transcript", "text", "speaker", "respondent", "assignment",
    "reviewed", "asked", "quote", "translation", "consensus", "conflict", "summary", "framework", "validation",
    "journal", "team", "saved", "setting", "undo",
)  # fmt: skip
"""Kinds of acts; an act whose records are of several kinds is of the first of them in this order up to `package`, else
of that of its first record."""
_FIRST = KINDS[: KINDS.index("coding")]
_KIND_OF: Mapping[str, str] = {
    **{kind: kind for kind in KINDS},
    "recheck": "coding",
    "code": "codebook",
    "text_version": "text",
    "turn": "speaker",
    "organisation": "respondent",
    "decision": "consensus",
    "adoption": "consensus",
    "ruling": "conflict",
    "framework_row": "framework",
    "evidence": "framework",
    "framework_version": "framework",
    **dict.fromkeys(("party", "ballot", "vote", "comment", "amendment"), "validation"),
    "observation": "journal",
    "coder": "team",
    "saved_search": "saved",
    "content": "erasure",
    "change": "erasure",
    "act": "undo",
    "output": "export",
}
_SETTINGS = (
    ("privacy.key", "key"), ("privacy.retention", "retention"), (f"{FILE_ACT}originals", "originals"),
    (FILE_ACT, "encryption"), ("codebook.", "codebook"),
)  # fmt: skip
"""How a setting's key begins → the kind of act that it was."""


def entries(
    connection: sqlite3.Connection, *, since: str = "", until: str = "", coder_id: str | None = None,
    kind: str | None = None, newest_first: bool = False,
) -> Iterator[AuditEntry]:  # fmt: skip
    """The acts of the log by their ids, which are ordered by time; read as they are asked for, however long the log.

    `since` and `until` are a year, a month or a day (ISO, UTC), both included; empty does not restrict.
    """
    where, values = ["at >= ?"], [since]
    if until:
        where.append("substr(at, 1, length(?2)) <= ?2")
        values.append(until)
    if coder_id is not None:
        where.append("coder = ?")
        values.append(coder_id)
    direction = "desc" if newest_first else "asc"
    read = ", ".join(f"'{table}.put'" for table in _READ)
    rows = connection.execute(
        "select act, at, coder, replica, kind, entity, state, digest, undoes, redoes, clock,"
        f" case when kind in ({read}) then body end, json_type(body, '$.was') from change where {' and '.join(where)}"
        f" order by act {direction}, clock, coder, replica, seq",
        values,
    )
    times = _Times(connection)
    grouped = (list(records) for _act, records in groupby(rows, key=lambda row: row[0]))
    fitting = ((records, found) for records in grouped if kind in (None, found := _kind(records)))
    while batch := list(islice(fitting, _BATCH)):
        yield from _entries(connection, batch, times)


class _Times:
    """Which versions there were at a time of the log."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._books = version_labels(connection)
        self._frameworks = [
            (clock, str(number))
            for clock, number in connection.execute(
                "select c.clock, f.number from change c join framework_version f on f.id = c.entity"
                " where c.kind = 'framework_version.put' and f.number is not null"
                f" and json_extract(c.body, '$.was') is null order by {ORDER}"
            )
        ]

    def codebook(self, clock: int) -> str:
        return _before(self._books, clock)

    def framework(self, clock: int) -> str:
        return _before(self._frameworks, clock)


def _before(known: Sequence[tuple[int, str]], clock: int) -> str:
    at = bisect_right(known, clock, key=lambda each: each[0])
    return known[at - 1][1] if at else ""


def _kind(records: Sequence[Sequence[Any]]) -> str:
    found = [_kind_of(row[4], row[5], _set(row[11])) for row in records]
    return min(found, key=lambda kind: _FIRST.index(kind) if kind in _FIRST else len(_FIRST))


def _set(body: str | None) -> Mapping[str, Any]:
    return json.loads(body).get("set", {}) if body else {}


def _kind_of(record: str, entity: str, fields: Mapping[str, Any]) -> str:
    table = record.partition(".")[0]
    if table == "setting":
        return next((kind for start, kind in _SETTINGS if entity.startswith(start)), "setting")
    if table == "respondent" and any(name.startswith("consent.") for name in fields):
        return "consent"
    if table == "quote" and fields.get("state") == "released":
        return "release"
    if table == "output" and fields.get("kind") in ("package", "archive", "originals"):
        return str(fields["kind"])
    return _KIND_OF.get(table, "setting")


def _entries(
    connection: sqlite3.Connection, batch: Sequence[tuple[list[Sequence[Any]], str]], times: _Times
) -> Iterator[AuditEntry]:
    called = _called(connection, [row for records, _kind in batch for row in records])
    ids = json.dumps([records[0][0] for records, _kind in batch])
    taken = dict(  # What was done last to an act is what holds.
        connection.execute(
            "select coalesce(undoes, redoes), undoes is not null from change where undoes in (select value from"
            f" json_each(?1)) or redoes in (select value from json_each(?1)) order by {ORDER}",
            (ids,),
        )
    )
    for records, kind in batch:
        act, at, coder, replica, first, _entity, _state, _digest, undoes, redoes, clock, _body, was = records[0]
        verb = "undo" if undoes else "redo" if redoes else "change" if was else first.partition(".")[2]
        things = tuple(_thing(row, called) for row in records)
        others = dict.fromkeys(who for row in records for who in _others(connection, row) if who != coder)
        yield AuditEntry(
            act, at, coder, tuple(others), replica, kind, verb, things, undoes or redoes or "", not taken.get(act),
            times.codebook(clock), times.framework(clock),
        )  # fmt: skip


def _thing(row: Sequence[Any], called: Mapping[tuple[str, str], tuple[str, str]]) -> AuditThing:
    table, identity = row[4].partition(".")[0], row[5]
    ref, transcript = called.get((table, identity), ("", identity if table == "transcript" else ""))
    if table == "setting" and identity.startswith(FILE_ACT):
        ref = file_act(identity)
    return AuditThing(row[4], "" if table in _NAMELESS else identity, ref, transcript, row[6], row[7])


def _called(
    connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]
) -> Mapping[tuple[str, str], tuple[str, str]]:  # fmt: skip
    """`(table, id)` → what a thing may be called, and its transcript."""
    wanted: dict[str, dict[str, None]] = {}
    for row in rows:
        wanted.setdefault(row[4].partition(".")[0], {})[row[5]] = None
    return {
        (table, identity): (str(ref or ""), transcript or "")
        for table, ids in wanted.items()
        if table in _THINGS
        for identity, ref, transcript in connection.execute(
            f"{_THINGS[table]} and x.id in (select value from json_each(?))", (json.dumps(list(ids)),)
        )
    }


def _others(connection: sqlite3.Connection, row: Sequence[Any]) -> Iterator[str]:
    """Who took part in what a record says, beside who wrote it."""
    fields = _set(row[11])
    for name in ("checked_by", "details.confirmed_by", "details.prepared_by"):
        if fields.get(name):
            yield str(fields[name])
    if row[4] == "quote.put" and fields.get("state") == "released":
        found = connection.execute(
            "select json_extract(body, '$.set.checked_by') from change where entity = ? and kind = 'quote.put'"
            f" and clock < ? and json_extract(body, '$.set.checked_by') is not null order by {ORDER} desc limit 1",
            (row[5], row[10]),
        ).fetchone()
        if found is not None and found[0]:
            yield str(found[0])


def acts(connection: sqlite3.Connection, *, coder_id: str | None = None) -> list[AuditRow]:
    """Every act as the workbook's sheet lists them, oldest first; with `coder_id` those of one coder only."""
    rows = []
    for entry in entries(connection, coder_id=coder_id):
        verb = "put" if entry.verb == "change" else entry.verb
        table = entry.things[0].kind.partition(".")[0]
        rows.append(
            AuditRow(
                entry.act, entry.at, entry.coder_id, entry.replica, verb, table, len(entry.things), entry.of,
                entry.stands,
            )
        )  # fmt: skip
    return rows
