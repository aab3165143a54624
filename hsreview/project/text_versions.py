"""The texts of a transcript, from the imported one to the newest."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from hsreview.project import content
from hsreview.project.carried import newest_version
from hsreview.project.log import ORDER
from hsreview.project.queries import version as present_version

_INHERITED = ("file_name_hash", "original_hash", "format", "encoding", "convention")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One text of a transcript."""

    id: str
    number: int
    length: int
    words: int
    turns: int
    text_hash: str
    turns_hash: str
    format: str
    coder_id: str
    """Who brought it."""
    at: str
    newest: bool
    """Whether it is the one that is read and coded now."""


def text_versions(connection: sqlite3.Connection, transcript_id: str) -> list[VersionRow]:
    """The texts of a transcript that were not taken back, the oldest first.

    Two of one number were made on two computers, neither of whose coders knew of the other.
    """
    rows = connection.execute(
        "select v.id, v.number, v.length, v.words, (select count(*) from turn t where t.version_id = v.id),"
        " v.text_hash, v.turns_hash, coalesce(v.format, '') from text_version v where v.transcript_id = ?"
        " and v.removed = 0 and v.number is not null order by v.number, v.id",
        (transcript_id,),
    ).fetchall()
    newest = newest_version(connection, rows[0][0]) if rows else ""
    found = []
    for row in rows:
        made = connection.execute(
            f"select coder, at from change where entity = ? and kind = 'text_version.put' order by {ORDER} limit 1",
            (row[0],),
        ).fetchone()
        coder_id, at = made or ("", "")
        version, number, length, words, turns, text_hash, turns_hash, format_ = row
        is_read = version == newest
        found.append(
            VersionRow(version, number, length, words, turns, text_hash, turns_hash, format_, coder_id, at, is_read)
        )
    return found


def next_number(connection: sqlite3.Connection, transcript_id: str) -> int:
    """The number of the next text of a transcript; those that were taken back keep theirs."""
    (last,) = connection.execute(
        "select coalesce(max(number), 0) from text_version where transcript_id = ?", (transcript_id,)
    ).fetchone()
    return int(last) + 1


def inherited(connection: sqlite3.Connection, version_id: str) -> dict[str, Any]:
    """What a text that is corrected by hand takes over from the one before: the file it came from."""
    row = connection.execute(f"select {', '.join(_INHERITED)} from text_version where id = ?", (version_id,)).fetchone()
    return dict(zip(_INHERITED, row, strict=True))


def stored_labels(connection: sqlite3.Connection, version_id: str) -> tuple[str, ...]:
    """The labels that the turns of a text were stored with, in their order, which their speakers' ids rest on."""
    row = connection.execute("select turns_hash from text_version where id = ?", (version_id,)).fetchone()
    stored = content.turns(connection, row[0]) if row else None
    return stored.labels if stored else ()


def is_newest(connection: sqlite3.Connection, version_id: str) -> bool:
    """Whether a text is the one that is read and coded now."""
    return present_version(connection, version_id) is not None and newest_version(connection, version_id) == version_id
