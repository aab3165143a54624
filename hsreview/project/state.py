"""From change records to tables: what each kind of record does, live and at replay."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from hsreview.base.ids import derived_id
from hsreview.model.change import Change
from hsreview.project import content
from hsreview.project.entities import ENTITIES, Entity

LASTING = frozenset({"coder", "setting", "output", "act"})
"""What is not taken back by undo: who is in the team, settings, what was sent, acts that were let stand."""

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
        """Carry out one record. One whose body is withheld or erased leaves at most a removed row without values."""
        self._note_act(change)
        table, _, verb = change.kind.partition(".")
        if table == "act":
            self._execute("update act set state = 'closed' where id = ?", change.entity)
        elif table == "turn":
            if change.body is not None:
                self._put_turn(change.body["set"])
        elif verb == "put":
            self._put(ENTITIES[table], change)
        else:
            self._stub(table, change.entity)
            self._execute(f"update {table} set removed = ? where id = ?", int(verb == "remove"), change.entity)
        if table == "code":
            self._resolve_codings(change.entity)
        if table in ("code", "codebook"):
            self._count_edit(change)

    def row(self, entity: Entity, entity_id: str) -> tuple[dict[str, Any], bool] | None:
        """The flat fields of one row and whether it is removed; null when there is none."""
        names = ", ".join(f'"{name}"' for name in entity.fields)
        found = self.connection.execute(
            f"select {names}, removed from {entity.table} where id = ?", (entity_id,)
        ).fetchone()
        if found is None:
            return None
        fields = {n: entity.decode(n, v) for n, v in zip(entity.fields, found, strict=False)}
        return entity.flat(fields), bool(found[-1])

    def _execute(self, sql: str, *values: Any) -> None:
        self.connection.execute(sql, values)

    def _exists(self, table: str, entity_id: str) -> bool:
        return self.connection.execute(f"select 1 from {table} where id = ?", (entity_id,)).fetchone() is not None

    def _stub(self, table: str, entity_id: str) -> None:
        """A thing whose creation is not known: a removed row that others may point at."""
        if not self._exists(table, entity_id):
            self._execute(f"insert into {table}(id, removed) values (?, 1)", entity_id)

    def _put(self, entity: Entity, change: Change) -> None:
        if change.body is None or "was" in change.body:
            self._stub(entity.table, change.entity)
        if change.body is None:
            return
        exists = self._exists(entity.table, change.entity)
        values = self._columns(entity, change.entity, change.body["set"])
        if entity.table == "coding" and "given_code_id" in values:
            values["code_id"] = self.resolve_code(values["given_code_id"])
        self._point(entity.table, values)
        names = list(values)
        if exists:
            assignments = ", ".join(f'"{name}" = ?' for name in names)
            self._execute(f"update {entity.table} set {assignments} where id = ?", *values.values(), change.entity)
        else:
            columns = ", ".join(f'"{name}"' for name in names)
            self._execute(
                f"insert into {entity.table}(id, {columns}) values (?{', ?' * len(names)})",
                change.entity,
                *values.values(),
            )
        if entity.table == "text_version" and "was" not in change.body:
            self._fill_turns(change.entity, values)

    def _columns(self, entity: Entity, entity_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Flat fields as columns; the keys of an object are put into what is there, null takes a key away."""
        columns: dict[str, Any] = {}
        parts: dict[str, dict[str, Any]] = {}
        for name, value in fields.items():
            column, dot, key = name.partition(".")
            if dot:
                parts.setdefault(column, {})[key] = value
            else:
                columns[name] = entity.encode(name, value)
        for column, changes in parts.items():
            row = self.connection.execute(f"select {column} from {entity.table} where id = ?", (entity_id,)).fetchone()
            whole = (entity.decode(column, row[0]) or {}) if row else {}
            whole |= changes
            columns[column] = entity.encode(column, {key: value for key, value in whole.items() if value is not None})
        return columns

    def _point(self, table: str, values: Mapping[str, Any]) -> None:
        """Make sure that what a row points at exists, if only as a removed row."""
        for column, target in _POINTERS.get(table, {}).items():
            if values.get(column) is not None:
                self._stub(target, values[column])

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

    def _put_turn(self, fields: Mapping[str, Any]) -> None:
        self._execute(
            "update turn set speaker_id = ? where version_id = ? and number = ?",
            fields["speaker_id"],
            fields["version_id"],
            fields["number"],
        )

    def _count_edit(self, change: Change) -> None:
        """Every act that touches the codebook is a version of it; a file with another version starts a new base."""
        self._execute(
            "update codebook set number = number + 1, last_act = ? where last_act <> ?", change.act, change.act
        )
        if change.kind == "codebook.put" and change.body is not None and "version" in change.body["set"]:
            self._execute("update codebook set base_number = number")

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
        given = self.connection.execute(
            "with recursive merged(id) as (values (?) union select code.id from code join merged"
            " on code.merged_into = merged.id) select id from merged",
            (code_id,),
        ).fetchall()
        for (each,) in given:
            target = self.resolve_code(each)
            self._execute(
                "update coding set code_id = ? where given_code_id = ? and code_id <> ?", target, each, target
            )

    def _note_act(self, change: Change) -> None:
        if self.connection.execute("select 1 from act where id = ?", (change.act,)).fetchone():
            return
        lasting = change.kind.partition(".")[0] in LASTING
        toggled = change.undoes or change.redoes
        if toggled is not None:
            state, kind = "closed", "toggle"
            self._execute(
                "update act set state = ? where id = ? and state in ('done', 'undone')",
                "undone" if change.undoes else "done",
                toggled,
            )
        else:
            state, kind = "lasting" if lasting else "done", change.kind
            if not lasting:
                self._execute("update act set state = 'closed' where coder = ? and state = 'undone'", change.coder)
        self._execute(
            "insert into act(id, coder, clock, kind, state) values (?, ?, ?, ?, ?)",
            change.act,
            change.coder,
            change.clock,
            kind,
            state,
        )


_POINTERS = {
    "respondent": {"organisation_id": "organisation"},
    "text_version": {"transcript_id": "transcript"},
    "speaker": {"transcript_id": "transcript", "respondent_id": "respondent"},
    "coding": {"version_id": "text_version", "code_id": "code", "coder_id": "coder"},
    "memo": {"coder_id": "coder"},
    "assignment": {"transcript_id": "transcript", "coder_id": "coder"},
    "reviewed": {"transcript_id": "transcript", "coder_id": "coder"},
    "asked": {"transcript_id": "transcript"},
}
"""Table → its columns with a foreign key, and the table that each points at."""
