"""How far a withdrawal reaches: it erases what is a person's, and single records that repeat their words; nothing else.

A withdrawal comes from elsewhere and could name anything: a coder, a setting, a whole codebook. What it may not name is
left as it is on every replica, whatever came first, for it is judged by the headers of records alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from hsreview.model.change import Change
from hsreview.model.settings import DRAW_SETTING
from hsreview.project.erasing import BELONGS, Erased

THINGS = frozenset({"respondent", "transcript", "text_version", "speaker", "saved_search"})
"""Tables whose things go as a whole: people, what they said, and what somebody searched for in their words."""
ERASED_WITH = frozenset({*THINGS, *BELONGS})
"""Tables of which every record may go: those, and what belongs to them."""
_SINGLE = frozenset({"summary", "ruling"})
"""Tables of which single records may go."""
_TOLD_ANEW = frozenset({"code", "output", "setting", "masking"})
"""Tables of which single records may go where the same act tells the thing again, without the words."""

_Header = tuple[str, str, str, str]
"""Id, act, kind and entity of a record."""


def bounded(connection: sqlite3.Connection, said: Erased, more: Iterable[Change] = ()) -> Erased:
    """What records say is erased, as far as withdrawals reach, among the records of the log and `more` ones."""
    return said.without(*_left(connection, said, more)) if said.stamps else said.copy()


def beyond(connection: sqlite3.Connection, said: Erased, more: Sequence[Change] = ()) -> int:
    """How many things and records that are here withdrawals name although they are no person's."""
    things, records = _left(connection, said, more)
    known = {row[0] for row in _stored(connection, "id", records)} | {each.id for each in more if each.id in records}
    return len(things) + len(records & known)


def _left(connection: sqlite3.Connection, said: Erased, more: Iterable[Change]) -> tuple[set[str], set[str]]:
    """The things and the single records that stay; a record that is not here yet waits until it comes."""
    new = [(each.id, each.act, each.kind, each.entity) for each in more]
    tables: dict[str, set[str]] = {}
    for _id, _act, kind, entity in (*_stored(connection, "entity", said.named), *new):
        if entity in said.named:
            tables.setdefault(entity, set()).add(kind.partition(".")[0])
    things = {entity for entity, found in tables.items() if found.isdisjoint(THINGS)}
    acts = {stamp.act for stamp in said.stamps.values()}
    again = {
        (act, kind.partition(".")[0], entity)
        for _id, act, kind, entity in (*_stored(connection, "act", acts), *new)
        if act in acts and kind.endswith(".put")
    }
    listed: set[str] = set().union(*(stamp.records for stamp in said.stamps.values()))
    headers = {each[0]: each for each in (*_stored(connection, "id", listed), *new) if each[0] in listed}
    reached = {
        record
        for stamp in said.stamps.values()
        for record in stamp.records & headers.keys()
        if _is_reached(headers[record], stamp.act, again)
    }
    return things, listed - reached


def _stored(connection: sqlite3.Connection, column: str, keys: Collection[str]) -> list[_Header]:
    rows: list[_Header] = connection.execute(
        f"select id, act, kind, entity from change where {column} in (select value from json_each(?))",
        (json.dumps(sorted(keys)),),
    ).fetchall()
    return rows


def _is_reached(header: _Header, act: str, again: Collection[tuple[str, str, str]]) -> bool:
    _id, _act, kind, entity = header
    table = kind.partition(".")[0]
    if table in _SINGLE:
        return True
    if table == "setting" and not entity.startswith(DRAW_SETTING):
        return False
    return table in _TOLD_ANEW and (act, table, entity) in again
