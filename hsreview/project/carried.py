"""Where a coding that was made on an older text of its transcript stands in the newest one: derived, not recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from hsreview.model.carrying import Alignment, Carried
from hsreview.model.text import Span
from hsreview.project import content

PLACE = {"version_id": "given_version_id", "start": "given_start", "end": "given_end"}
"""Columns of a coding's present place → those of the place where its coder put it, which records speak of."""

Place = tuple[str, int, int, str | None]
"""`(version id, start, end, what became of it)`; the last is null where it is as it was given."""


def newest_version(connection: sqlite3.Connection, version_id: str) -> str:
    """The newest text of the transcript that a text belongs to; itself when that is not known."""
    row = connection.execute(
        "select v.id from text_version given join text_version v on v.transcript_id = given.transcript_id"
        " where given.id = ? and v.removed = 0 and v.number is not null order by v.number desc, v.id desc limit 1",
        (version_id,),
    ).fetchone()
    return row[0] if row else version_id


def given_places(connection: sqlite3.Connection, version_id: str) -> Iterator[tuple[str, str, list[tuple[str, Span]]]]:
    """Each text of the same transcript on which codings were put, the newest text, and the codings with their places.

    A transcript with one text has nothing to carry.
    """
    versions = connection.execute(
        "select v.id from text_version given join text_version v on v.transcript_id = given.transcript_id"
        " where given.id = ? order by v.id",
        (version_id,),
    ).fetchall()
    if len(versions) < 2:
        return
    newest = newest_version(connection, version_id)
    for (version,) in versions:
        rows = connection.execute(
            "select id, given_start, given_end from coding where given_version_id = ? and given_end is not null",
            (version,),
        ).fetchall()
        if rows:
            yield version, newest, [(coding, (start, end)) for coding, start, end in rows]


class Carrying:
    """Carries places from text to text; texts are compared once, until `clear`."""

    def __init__(self, contents: sqlite3.Connection, connection: sqlite3.Connection) -> None:
        self._contents = contents
        self._connection = connection
        self._compared: dict[tuple[str, str], Alignment | None] = {}

    def clear(self) -> None:
        """Forget what was compared."""
        self._compared.clear()

    def place(self, version: str, newest: str, span: Span) -> Place:
        """Where a stretch of one text stands in the newest one; a lost one stays on its own text.

        Where one of the texts is withheld or erased, nothing can be said: the stretch counts as lost.
        """
        if version == newest:
            return (version, *span, None)
        if (version, newest) not in self._compared:
            old, new = (self._text(each) for each in (version, newest))
            self._compared[version, newest] = None if old is None or new is None else Alignment(old, new)
        alignment = self._compared[version, newest]
        if alignment is None:
            return (version, *span, str(Carried.LOST))
        start, end, state = alignment.place(*span)
        return (version if state is Carried.LOST else newest), start, end, str(state)

    def _text(self, version_id: str) -> str | None:
        row = self._connection.execute("select text_hash from text_version where id = ?", (version_id,)).fetchone()
        return content.text(self._contents, row[0]) if row and row[0] else None
