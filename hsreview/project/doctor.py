"""The check of a project file: integrity, keys, contents, offsets, numbering, and the log replayed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from hsreview.project import content
from hsreview.project.entities import dump
from hsreview.project.log import body_digest, digested, record_digest, replay
from hsreview.project.schema import STATE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a stable `code` and what it concerns (ids and numbers, never text)."""

    code: str
    details: str


def examine(connection: sqlite3.Connection, progress: Callable[[str], None] | None = None) -> list[Finding]:
    """Everything that is wrong with the project file; empty when it is sound."""
    findings: list[Finding] = []
    for name, check in _CHECKS.items():
        if progress:
            progress(name)
        findings.extend(check(connection))
        if name == "integrity" and findings:
            break
    return findings


def _integrity(connection: sqlite3.Connection) -> list[Finding]:
    rows = connection.execute("pragma integrity_check").fetchall()
    return [Finding("integrity", str(row[0])) for row in rows if row[0] != "ok"]


def _foreign_keys(connection: sqlite3.Connection) -> list[Finding]:
    return [
        Finding("foreign_key", f"{table} {rowid} -> {parent}")
        for table, rowid, parent, _ in connection.execute("pragma foreign_key_check")
    ]


def _contents(connection: sqlite3.Connection) -> list[Finding]:
    return [Finding("content_hash", key) for key in content.damaged(connection)]


def _offsets(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    lengths = {}
    for version, key, length in connection.execute("select id, text_hash, length from text_version"):
        text = content.text(connection, key)
        lengths[version] = length
        if text is not None and len(text) != length:
            findings.append(Finding("text_length", version))
        turns = connection.execute(
            'select number, start, "end" from turn where version_id = ? order by number', (version,)
        ).fetchall()
        position = 0
        for expected, (number, start, end) in enumerate(turns, 1):
            if number != expected or start != position:
                findings.append(Finding("turns", f"{version} {number}"))
                break
            position = end
        if turns and position != length:
            findings.append(Finding("turns", f"{version} end"))
    for coding, version, end in connection.execute('select id, version_id, "end" from coding'):
        if end > lengths.get(version, -1):
            findings.append(Finding("coding_offsets", coding))
    return findings


def _numbering(connection: sqlite3.Connection) -> list[Finding]:
    rows = connection.execute("select coder, replica, count(*), max(seq) from change group by 1, 2")
    return [Finding("missing_records", f"{coder} {replica}") for coder, replica, n, last in rows if n != last]


def _digests(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    for change, stored in digested(connection):
        sound = record_digest(change) == stored
        if change.body is not None:
            sound = sound and change.salt is not None
            sound = sound and body_digest(change.salt or "", dump(change.body)) == change.body_digest
        if not sound:
            findings.append(Finding("record_digest", change.id))
    return findings


def _replay(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    fresh = replay(connection)
    try:
        for table in STATE:
            if _rows(fresh, table) != _rows(connection, table):
                findings.append(Finding("replay", table))
        words = "select count(*) from turn_fts"
        if fresh.execute(words).fetchone() != connection.execute(words).fetchone():
            findings.append(Finding("replay", "turn_fts"))
    finally:
        fresh.close()
    return findings


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    names = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] != "rowid"]
    columns = ", ".join(f'"{name}"' for name in names)
    order = "version_id, number" if table == "turn" else "id"
    return connection.execute(f"select {columns} from {table} order by {order}").fetchall()


_CHECKS: dict[str, Callable[[sqlite3.Connection], list[Finding]]] = {
    "integrity": _integrity,
    "foreign_keys": _foreign_keys,
    "contents": _contents,
    "offsets": _offsets,
    "numbering": _numbering,
    "digests": _digests,
    "replay": _replay,
}
