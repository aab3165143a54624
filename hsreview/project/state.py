"""From change records to tables: what each kind of record does, live and at replay."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from hsreview.base.ids import derived_id
from hsreview.model.change import Change
from hsreview.project import content
from hsreview.project.entities import ENTITIES, Entity

LASTING = frozenset({"coder", "setting", "output"})
"""What is not taken back by undo: who is in the team, settings, what was sent."""

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def search_text(text: str) -> str:
    """`text` as it is indexed and asked for: ligatures opened; the index itself folds case and accents."""
    return text if text.isascii() else text.translate(_LIGATURES)


def speaker_id(transcript_id: str, index: int) -> str:
    """The id of the label with that place among a text's labels (in order of appearance).

    It is the same on every replica, and does not let anyone test a guess at an erased label.
    """
    return derived_id("speaker", transcript_id, str(index))


class State:
    """Applies change records to the tables of `connection`; texts come from `contents` (by default the same file)."""

    def __init__(self, connection: sqlite3.Connection, contents: sqlite3.Connection | None = None) -> None:
        self.connection = connection
        self.contents = contents or connection

    def apply(self, change: Change) -> None:
        """Carry out one record. A record whose body is withheld or erased changes nothing but its act."""
        self._note_act(change)
        if change.body is None:
            return
        table, _, verb = change.kind.partition(".")
        if table == "turn":
            self._put_turn(change.body["set"])
            return
        entity = ENTITIES[table]
        if verb == "put":
            self._put(entity, change.entity, change.body["set"])
        else:
            self._execute(f"update {table} set removed = ? where id = ?", int(verb == "remove"), change.entity)
        if table == "code":
            self._resolve_codings(change.entity)
        if table in ("code", "codebook"):
            self._count_edit(table, change.act)

    def row(self, entity: Entity, entity_id: str) -> tuple[dict[str, Any], bool] | None:
        """The fields of one row and whether it is removed; null when there is none."""
        names = ", ".join(f'"{name}"' for name in entity.fields)
        found = self.connection.execute(
            f"select {names}, removed from {entity.table} where id = ?", (entity_id,)
        ).fetchone()
        if found is None:
            return None
        return {n: entity.decode(n, v) for n, v in zip(entity.fields, found, strict=False)}, bool(found[-1])

    def _execute(self, sql: str, *values: Any) -> None:
        self.connection.execute(sql, values)

    def _put(self, entity: Entity, entity_id: str, fields: Mapping[str, Any]) -> None:
        values = {name: entity.encode(name, value) for name, value in fields.items()}
        if entity.table == "coding" and "given_code_id" in values:
            values["code_id"] = self.resolve_code(values["given_code_id"])
        names = list(values)
        if self.connection.execute(f"select 1 from {entity.table} where id = ?", (entity_id,)).fetchone():
            assignments = ", ".join(f'"{name}" = ?' for name in names)
            self._execute(f"update {entity.table} set {assignments} where id = ?", *values.values(), entity_id)
            return
        columns = ", ".join(f'"{name}"' for name in names)
        self._execute(
            f"insert into {entity.table}(id, {columns}) values (?{', ?' * len(names)})", entity_id, *values.values()
        )
        if entity.table == "text_version":
            self._fill_turns(entity_id, values)

    def _fill_turns(self, version_id: str, version: Mapping[str, Any]) -> None:
        stored = content.turns(self.contents, version["turns_hash"])
        text = content.text(self.contents, version["text_hash"])
        if stored is None or text is None:
            return
        speakers = [speaker_id(version["transcript_id"], index) for index in range(len(stored.labels))]
        first = self.connection.execute("select coalesce(max(rowid), 0) + 1 from turn").fetchone()[0]
        rows = []
        indexed = []
        for number, (label, start, label_end, end, time, time_end) in enumerate(stored.turns, 1):
            rowid = first + number - 1
            speaker = speakers[label] if label >= 0 else None
            rows.append((rowid, version_id, number, speaker, start, label_end, end, time, time_end))
            indexed.append((rowid, search_text(text[label_end:end])))
        self.connection.executemany("insert into turn values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.executemany("insert into turn_fts(rowid, folded) values (?, ?)", indexed)

    def _count_edit(self, table: str, act: str) -> None:
        """Every act that touches the codebook is a version of it; an imported file starts a new base."""
        self._execute("update codebook set number = number + 1, last_act = ? where last_act <> ?", act, act)
        if table == "codebook":
            self._execute("update codebook set base_number = number")

    def _put_turn(self, fields: Mapping[str, Any]) -> None:
        self._execute(
            "update turn set speaker_id = ? where version_id = ? and number = ?",
            fields["speaker_id"],
            fields["version_id"],
            fields["number"],
        )

    def resolve_code(self, code_id: str) -> str:
        """The code that stands for `code_id` after proposals were merged."""
        seen = {code_id}
        while True:
            row = self.connection.execute("select merged_into from code where id = ?", (code_id,)).fetchone()
            if row is None or row[0] is None or row[0] in seen:
                return code_id
            code_id = row[0]
            seen.add(code_id)

    def _resolve_codings(self, code_id: str) -> None:
        given = [
            row[0]
            for row in self.connection.execute(
                "with recursive merged(id) as (values (?) union select code.id from code join merged"
                " on code.merged_into = merged.id) select id from merged",
                (code_id,),
            )
        ]
        for each in given:
            self._execute(
                "update coding set code_id = ? where given_code_id = ? and code_id <> ?",
                target := self.resolve_code(each),
                each,
                target,
            )

    def _note_act(self, change: Change) -> None:
        if self.connection.execute("select 1 from act where id = ?", (change.act,)).fetchone():
            return
        kind = change.kind
        state = "closed"
        if change.undoes is None:
            if kind.partition(".")[0] not in LASTING:
                state = "done"
            self._execute("update act set state = 'closed' where coder = ? and state = 'undone'", change.coder)
        else:
            kind = "toggle"
            self._execute(
                "update act set state = case state when 'done' then 'undone' when 'undone' then 'done' else state end"
                " where id = ?",
                change.undoes,
            )
        self._execute(
            "insert into act(id, coder, clock, kind, state) values (?, ?, ?, ?, ?)",
            change.act,
            change.coder,
            change.clock,
            kind,
            state,
        )
