"""The check of a project file: integrity, keys, contents, offsets, search index, numbering, and the log replayed."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hsreview.model.text import Span
from hsreview.project import content
from hsreview.project.connection import snapshot
from hsreview.project.entities import dump
from hsreview.project.log import body_digest, digested, record_digest, replay
from hsreview.project.migrations import empty_database
from hsreview.project.schema import STATE
from hsreview.project.state import search_text

_CONTENTS = ("text_hash", "turns_hash", "sentences_hash", "words_hash", "cues_hash", "file_name_hash")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a stable `code` and what it concerns (ids and numbers, never text)."""

    code: str
    details: str


def examine(connection: sqlite3.Connection, progress: Callable[[str], None] | None = None) -> list[Finding]:
    """Everything that is wrong with the project file; empty when it is sound."""
    findings: list[Finding] = []
    with snapshot(connection):
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
    findings = [Finding("content_hash", key) for key in content.damaged(connection)]
    for column in _CONTENTS:
        rows = connection.execute(
            f"select id from text_version where {column} is not null"
            f" and not exists (select 1 from content where hash = {column}) order by id"
        )
        findings += [Finding("content_lost", f"{version} {column.removesuffix('_hash')}") for (version,) in rows]
    return findings


def _offsets(connection: sqlite3.Connection) -> list[Finding]:
    findings = []
    lengths: dict[str, int] = {}
    rows = connection.execute(
        "select id, length, text_hash, sentences_hash, words_hash, cues_hash from text_version"
        " where length is not null order by id"
    ).fetchall()
    for version, length, text_hash, sentences_hash, words_hash, cues_hash in rows:
        lengths[version] = length
        text = content.text(connection, text_hash)
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
        starts = [start for _number, start, _end in turns]
        for kind, key in (("sentences", sentences_hash), ("words", words_hash)):
            if not _units_fit(content.spans(connection, key), starts, length):
                findings.append(Finding("units", f"{version} {kind}"))
        if not all(0 <= cue.offset <= length for cue in content.cues(connection, cues_hash)):
            findings.append(Finding("units", f"{version} cues"))
    for coding, version, end in connection.execute('select id, version_id, "end" from coding where "end" is not null'):
        if version in lengths and end > lengths[version]:
            findings.append(Finding("coding_offsets", coding))
    return findings


def _units_fit(units: Sequence[Span], turn_starts: Sequence[int], length: int) -> bool:
    """Whether every unit lies in the text and no unit reaches over the start of a turn. Stored units ascend."""
    if units and units[-1][1] > length:
        return False
    before = (bisect_left(units, (start, 0)) for start in turn_starts)
    return all(not n or units[n - 1][1] <= start for n, start in zip(before, turn_starts, strict=True))


def _search_index(connection: sqlite3.Connection) -> list[Finding]:
    """Compare the index, word by word, with one that is made anew from the turns and texts of the file."""
    fresh = empty_database()
    try:
        fresh.execute("begin")
        for version, key in connection.execute("select id, text_hash from text_version").fetchall():
            text = content.text(connection, key)
            if text is None:
                continue
            turns = connection.execute('select rowid, label_end, "end" from turn where version_id = ?', (version,))
            fresh.executemany(
                "insert into turn_fts(rowid, folded) values (?, ?)",
                [(rowid, search_text(text[start:end])) for rowid, start, end in turns],
            )
        return [] if _indexed(connection) == _indexed(fresh) else [Finding("search_index", "turn_fts")]
    finally:
        fresh.close()


def _indexed(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """For every word of the index how often it occurs and sums over the turns and places where it does."""
    connection.execute("create virtual table temp.indexed using fts5vocab(main, turn_fts, instance)")
    try:
        return connection.execute(
            "select term, count(*), sum(doc), sum(offset), sum(doc * offset) from temp.indexed group by term order by 1"
        ).fetchall()
    finally:
        connection.execute("drop table temp.indexed")


def _numbering(connection: sqlite3.Connection) -> list[Finding]:
    rows = connection.execute(
        "select coder, replica, count(*), max(seq) from change group by 1, 2 order by 1, 2"
    ).fetchall()
    findings = [Finding("missing_records", f"{coder} {replica}") for coder, replica, n, last in rows if n != last]
    heads = connection.execute("select coder, replica, seq from head order by 1, 2").fetchall()
    if heads != [(coder, replica, last) for coder, replica, _n, last in rows]:
        findings.append(Finding("replay", "head"))
    return findings


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
    "search_index": _search_index,
    "numbering": _numbering,
    "digests": _digests,
    "replay": _replay,
}
