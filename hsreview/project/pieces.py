"""Every piece of text that a project file holds, with where it stands: for searches that must not pass anything by."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hsreview.project import content
from hsreview.project.entities import ENTITIES

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{40,64}|age1[0-9a-z]+")
"""What looks like an id, a digest or a key holds no words."""
ATTRIBUTE = "attributes."
"""With what the key of an attribute begins in a record; the rest is the heading that somebody gave it."""
_NO_WORDS = frozenset({"coder", "turn", "coding", "text_version"})
"""Tables without words of their own (the name of an encoding, `cp1252`, is none); coders are the team, who stand in
the project by their names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text."""

    kind: str
    """`text`, `label`, `file_name`, a table, or `log` for a record."""
    thing: str
    """Id of what it belongs to."""
    text: str = field(repr=False)
    transcript: str = field(default="", repr=False)
    """Name of the transcript that it belongs to, where there is one."""
    coder_id: str = ""
    """Whose it is; empty for what is the team's."""
    table: str = ""
    """Of a record: the table that it is about."""


def pieces(connection: sqlite3.Connection) -> Iterator[Piece]:
    """Contents, rows and records of the log, in this order; what is erased or withheld is not there."""
    yield from _contents(connection)
    yield from _rows(connection)
    for coder, kind, entity, body in connection.execute(
        "select coder, kind, entity, body from change where body is not null order by clock, id"
    ):
        table = kind.partition(".")[0]
        if table not in _NO_WORDS:
            for text in _strings(json.loads(body)):
                yield Piece("log", entity, text, coder_id=coder, table=table)


def _contents(connection: sqlite3.Connection) -> Iterator[Piece]:
    rows = connection.execute(
        "select c.hash, c.kind, coalesce((select t.name from text_version v join transcript t on t.id = v.transcript_id"
        " where c.hash in (v.text_hash, v.turns_hash, v.file_name_hash) limit 1), '')"
        " from content c where c.state = 'present' and c.kind in ('text', 'turns', 'file_name')"
    ).fetchall()
    for key, kind, name in rows:
        if kind == "turns":
            found = content.turns(connection, key)
            for label in found.labels if found else ():
                yield Piece("label", key, label, name)
        else:
            text = content.text(connection, key) or ""
            yield Piece(kind, key, text.partition("\n")[2] if kind == "file_name" else text, name)


def _rows(connection: sqlite3.Connection) -> Iterator[Piece]:
    for table, entity in ENTITIES.items():
        if table in _NO_WORDS:
            continue
        owner = "coder_id" if "coder_id" in entity.fields else "''"
        columns = ", ".join(f'"{each}"' for each in entity.fields)
        rows = connection.execute(f"select id, {owner}, {columns} from {table} where removed = 0")
        for id_, coder, *values in rows:
            for field_, value in zip(entity.fields, values, strict=True):
                told = entity.decode(field_, value)
                for text in _strings(entity.flat({field_: told}) if isinstance(told, dict) else told):
                    yield Piece(table, id_, text, coder_id=coder or "")
    for key, value in connection.execute("select key, value from local"):
        for text in _strings(json.loads(value)):
            yield Piece("local", key, text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value and not ID.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key.startswith(ATTRIBUTE):
                yield key.removeprefix(ATTRIBUTE)
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
