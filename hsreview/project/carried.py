"""Where codings and memos on an older text of a transcript stand in the newest one: derived, not recorded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from hsreview.model.carrying import Alignment, Carried, RecordedAlignment
from hsreview.model.text import Span
from hsreview.project import content

PLACE = {"version_id": "given_version_id", "start": "given_start", "end": "given_end"}
"""Columns of the present place of a row → those of the place where its coder put it, which records speak of."""

PLACED = ("coding", "memo", "translation")
"""Tables whose rows stand on a stretch of a text. A memo may stand on something else: then it has no place."""

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


class GivenPlaces(NamedTuple):
    """Rows of one table that were put on one text, with their places there."""

    table: str
    version: str
    newest: str
    """The newest text of the transcript."""
    rows: list[tuple[str, Span]]


def given_places(connection: sqlite3.Connection, version_id: str) -> Iterator[GivenPlaces]:
    """What was put on each text of the transcript of a text; a transcript with one text has nothing to carry."""
    versions = connection.execute(
        "select v.id from text_version given join text_version v on v.transcript_id = given.transcript_id"
        " where given.id = ? order by v.id",
        (version_id,),
    ).fetchall()
    if len(versions) < 2:
        return
    newest = newest_version(connection, version_id)
    for (version,) in versions:
        for table in PLACED:
            rows = connection.execute(
                f"select id, given_start, given_end from {table} where given_version_id = ? and given_end is not null",
                (version,),
            ).fetchall()
            if rows:
                yield GivenPlaces(table, version, newest, [(entity, (start, end)) for entity, start, end in rows])


def outcomes(connection: sqlite3.Connection, table: str) -> dict[tuple[str, str], int]:
    """`(transcript id, what became of it)` → how many rows of `table` were put on an older text of the transcript."""
    rows = connection.execute(
        f"select v.transcript_id, p.carried, count(*) from {table} p join text_version v on v.id = p.given_version_id"
        " join transcript t on t.id = v.transcript_id where p.carried is not null and p.removed = 0 and t.removed = 0"
        " group by 1, 2 order by 1, 2"
    )
    return {(transcript, state): count for transcript, state, count in rows}


class Given(NamedTuple):
    """A coding or memo that stands on words of a transcript."""

    table: str
    id: str
    coder_id: str
    pass_: str
    code_id: str
    """Empty for a memo."""
    given_version: str
    given: Span
    """Where its coder put it."""
    version: str
    place: Span
    """Where it stands now; where it is lost, as `given`."""
    carried: str
    """What became of it; empty on the text on which it was put."""


def given_in(connection: sqlite3.Connection, transcript_id: str | None = None) -> list[Given]:
    """The codings and memos on words of one transcript (or of all), by transcript name and place."""
    found: list[tuple[str, int, int, Given]] = []
    for table, who, code in (("coding", "p.pass", "p.code_id"), ("memo", "''", "''")):
        rows = connection.execute(
            f"select t.name, p.id, p.coder_id, {who}, {code}, p.given_version_id, p.given_start, p.given_end,"
            f" p.version_id, p.start, p.\"end\", coalesce(p.carried, '') from {table} p"
            " join text_version v on v.id = p.given_version_id join transcript t on t.id = v.transcript_id"
            " where p.removed = 0 and t.removed = 0 and p.given_end is not null and p.coder_id is not null"
            " and ? in ('', t.id)",
            (transcript_id or "",),
        )
        for name, key, coder, pass_, code_id, given, start, end, version, at, until, carried in rows:
            one = Given(
                table, key, coder, pass_ or "", code_id or "", given, (start, end), version, (at, until), carried
            )
            found.append((name, at, until, one))
    return [each for _name, _at, _until, each in sorted(found, key=lambda row: (*row[:3], row[3].id))]


class Carrying:
    """Carries places from text to text; texts are compared once, until `clear`."""

    def __init__(self, contents: sqlite3.Connection, connection: sqlite3.Connection) -> None:
        self._contents = contents
        self._connection = connection
        self._compared: dict[tuple[str, str], Alignment | None] = {}
        self._recorded: dict[str, tuple[str, RecordedAlignment] | None] = {}

    def clear(self) -> None:
        """Forget what was compared."""
        self._compared.clear()
        self._recorded.clear()

    def place(self, version: str, newest: str, span: Span) -> Place:
        """Where a stretch of one text stands in the newest one; a lost one stays on its own text.

        A later text may say itself where the stretches of an older one stand in it, because that one is erased.
        Where else a text is withheld or erased, nothing can be said: the stretch counts as lost.
        """
        if version == newest:
            return (version, *span, None)
        recorded = self._said_by_later(version)
        if recorded is None:
            return self._compare(version, newest, span)
        later, alignment = recorded
        *there, state = alignment.place(*span)
        if state is Carried.LOST:
            return (version, *span, str(state))
        where, start, end, then = self.place(later, newest, (there[0], there[1]))
        if then == Carried.LOST:
            return (version, *span, then)
        if Carried.CHANGED in (state, then):
            return (where, start, end, str(Carried.CHANGED))
        return (where, start, end, str(Carried.UNCHANGED if start == span[0] else Carried.MOVED))

    def _said_by_later(self, version: str) -> tuple[str, RecordedAlignment] | None:
        """The newest later text that says where the stretches of a text stand in it, and what it says."""
        if version not in self._recorded:
            row = self._connection.execute(
                "select later.id, later.carries from text_version older join text_version later"
                " on later.transcript_id = older.transcript_id where older.id = ? and later.removed = 0"
                " and later.carries is not null and (later.number, later.id) > (coalesce(older.number, 0), older.id)"
                " and json_type(later.carries, '$.' || json_quote(older.id)) = 'object'"
                " order by later.number desc, later.id desc limit 1",
                (version,),
            ).fetchone()
            said = json.loads(row[1])[version] if row else None
            self._recorded[version] = (row[0], RecordedAlignment(said["blocks"], said["replaced"])) if said else None
        return self._recorded[version]

    def _compare(self, version: str, newest: str, span: Span) -> Place:
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
