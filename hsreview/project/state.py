"""From change records to tables: what each kind of record does, live and at replay."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from hsreview.base.ids import derived_id
from hsreview.model.change import BodyState, Change
from hsreview.model.text import Span
from hsreview.project import content
from hsreview.project.carried import PLACE, PLACED, Carrying, given_places, newest_version
from hsreview.project.entities import ENTITIES, Entity
from hsreview.project.erasing import KINDS as ERASURES
from hsreview.project.erasing import WITHDRAWAL
from hsreview.project.rows import Rows, upsert
from hsreview.project.takebacks import standing

LASTING = frozenset({"coder", "setting", "output", "act", "content", "change", "withdrawal"})
"""What is not taken back by undo: who is in the team, settings, what was sent, acts that were let stand, erasing."""

OF_THE_CODEBOOK = "codebook."
"""What settings begin with that are acts on the codebook (a split, the name of a version), and undone as such."""
TAKEN_BACK = (OF_THE_CODEBOOK, "framework.")
"""What settings begin with that undo takes back all the same."""

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def search_text(text: str) -> str:
    """`text` as it is indexed and asked for: ligatures opened; the index itself folds case and accents."""
    return text if text.isascii() else text.translate(_LIGATURES)


def _ordered(start: int, end: int) -> Span:
    """A stretch from left to right: on two computers its coder may have moved its ends past each other unknowingly."""
    return min(start, end, max(start, end) - 1), max(start, end)


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
        self._rows = Rows(connection)
        self._known: set[tuple[str, str]] = set()
        self._resolved: dict[str, str] = {}
        self._settled: set[str] = set()
        self._newest: dict[str, str] = {}
        self._carrying = Carrying(self.contents, connection)

    def apply(self, change: Change) -> None:
        """Carry out one record. One whose body is withheld or erased leaves at most a removed row without values."""
        self.apply_all((change,))

    def apply_all(self, changes: Iterable[Change]) -> None:
        """Carry out records in their order, inside one transaction.

        The outcome is that of `apply` on each in turn; what was looked up is looked up once, and rows that no rule
        reads are written together. `changes` must not read the tables that follow from them.
        """
        try:
            for change in changes:
                self._apply(change)
            self._rows.flush()
        finally:
            # Another transaction may find other rows: this one may be rolled back, other programs write too.
            self._rows.clear()
            self._known.clear()
            self._resolved.clear()
            self._settled.clear()
            self._newest.clear()
            self._carrying.clear()

    def _apply(self, change: Change) -> None:
        self._note_act(change)
        if change.kind in ERASURES and change.kind != WITHDRAWAL:
            return  # Its consequence is what the log and the contents no longer hold.
        table, _, verb = change.kind.partition(".")
        if table in _LEAVES:
            self._write(ENTITIES[table], verb, change)
            return
        self._rows.flush()
        if table == "act":
            self._execute("update act set state = 'closed' where id = ?", change.entity)
        elif table == "turn":
            if change.body is not None:
                self._put_turn(standing(self.contents, change)["set"])
        else:
            self._write(ENTITIES[table], verb, change)
            self._rows.flush()
        if table == "text_version" and verb == "put" and change.body is not None and "was" not in change.body:
            self._fill_turns(change.entity, change.body["set"])
        if table == "text_version":
            self._newest.clear()
            self._carrying.clear()
            self._carry_all(change.entity)
        if table == "code":
            self._resolved.clear()
            self._resolve_codings(change.entity)
        if table in ("code", "codebook"):
            self._count_edit(change)

    def row(self, entity: Entity, entity_id: str) -> tuple[dict[str, Any], bool] | None:
        """The flat fields of one row and whether it is removed; null when there is none."""
        given = PLACE if entity.table in PLACED else {}
        names = ", ".join(f'"{given.get(name, name)}"' for name in entity.fields)
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
        """Whether there is a row; rows never go, so what was found once in a transaction stays found."""
        key = (table, entity_id)
        if key not in self._known:
            if self.connection.execute(f"select 1 from {table} where id = ?", (entity_id,)).fetchone() is None:
                return False
            self._known.add(key)
        return True

    def _write(self, entity: Entity, verb: str, change: Change) -> None:
        """Make or change the row of a thing. Where its creation is not known, it begins as a removed row."""
        values: dict[str, Any] = {}
        stub = True
        body = standing(self.contents, change)
        if verb != "put":
            if change.state is not BodyState.ERASED:  # What is erased as a whole is not brought back by its records.
                values["removed"] = int(body.get("removed", verb == "remove"))
        elif change.body is not None:
            stub = "was" in change.body
            values = self._columns(entity, change.entity, body["set"])
            if "given_code_id" in values:
                values["code_id"] = self._resolve(values["given_code_id"])
            if entity.table in PLACED:
                self._place(entity.table, change.entity, values)
            self._point(entity.table, values)
        statement = upsert(entity.table, tuple(values), stub=stub)
        self._rows.add(statement, (change.entity, *values.values()))

    def _place(self, table: str, entity_id: str, values: dict[str, Any]) -> None:
        """Keep the place that was given, and add where that is in the newest text, if it was given in an older one."""
        if not values.keys() & PLACE.keys():
            return
        if not values.keys() >= PLACE.keys():
            self._rows.flush()
            found = self.connection.execute(
                f"select given_version_id, given_start, given_end from {table} where id = ?", (entity_id,)
            ).fetchone()
            values |= {name: old for name, old in zip(PLACE, found or (), strict=False) if name not in values}
        version, start, end = (values.get(name) for name in PLACE)
        values |= {column: values.get(name) for name, column in PLACE.items()}
        values["carried"] = None
        if version is None or start is None or end is None:
            return
        place = self._carrying.place(version, self._newest_of(version), _ordered(start, end))
        values |= dict(zip((*PLACE, "carried"), place, strict=True))

    def _newest_of(self, version_id: str) -> str:
        if version_id not in self._newest:
            self._newest[version_id] = newest_version(self.connection, version_id)
        return self._newest[version_id]

    def _carry_all(self, version_id: str) -> None:
        """Place all codings and memos of a transcript anew: another of its texts is the newest one, or may be."""
        self._rows.flush()
        for table, version, newest, rows in given_places(self.connection, version_id):
            places = [(*self._carrying.place(version, newest, place), entity) for entity, place in rows]
            self.connection.executemany(
                f'update {table} set version_id = ?, start = ?, "end" = ?, carried = ? where id = ?',
                places,
            )

    def _columns(self, entity: Entity, entity_id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Flat fields as columns; the keys of an object are put into what is there, null takes a key away."""
        if not entity.objects:
            return entity.columns(fields)
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
            if values.get(column) is not None and not self._exists(target, values[column]):
                self._execute(upsert(target, (), stub=True).insert, values[column])

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
        """The code that stands for `code_id` after codes were merged.

        Codes merged into each other, on two computers, stand for themselves until somebody decides.
        """
        seen = {code_id}
        while True:
            row = self.connection.execute(
                "select merged_into from code where id = ? and status = 'merged'", (code_id,)
            ).fetchone()
            if row is None or row[0] is None:
                return code_id
            code_id = row[0]
            if code_id in seen:
                return code_id
            seen.add(code_id)

    def _resolve(self, code_id: str) -> str:
        if code_id not in self._resolved:
            self._resolved[code_id] = self.resolve_code(code_id)
        return self._resolved[code_id]

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
        if self._exists("act", change.act):
            return
        self._known.add(("act", change.act))
        lasting = change.kind.partition(".")[0] in LASTING and not change.entity.startswith(TAKEN_BACK)
        toggled = change.undoes or change.redoes
        if toggled is not None:
            self._rows.flush()
            self._settled.clear()
            self._execute(
                "update act set state = ? where id = ? and state in ('done', 'undone')",
                "undone" if change.undoes else "done",
                toggled,
            )
        elif not lasting and change.coder not in self._settled:
            self._execute("update act set state = 'closed' where coder = ? and state = 'undone'", change.coder)
            self._settled.add(change.coder)
        kind = change.kind if toggled is None else "toggle"
        state = "closed" if toggled is not None else "lasting" if lasting else "done"
        statement = upsert("act", ("coder", "clock", "kind", "state"))
        self._rows.add(statement, (change.act, change.coder, change.clock, kind, state))


_POINTERS = {
    "respondent": {"organisation_id": "organisation"},
    "text_version": {"transcript_id": "transcript"},
    "speaker": {"transcript_id": "transcript", "respondent_id": "respondent"},
    "coding": {"version_id": "text_version", "code_id": "code", "coder_id": "coder"},
    "memo": {"coder_id": "coder"},
    "assignment": {"transcript_id": "transcript", "coder_id": "coder"},
    "reviewed": {"transcript_id": "transcript", "coder_id": "coder"},
    "asked": {"transcript_id": "transcript"},
    "decision": {"version_id": "text_version"},
    "adoption": {"transcript_id": "transcript"},
}
"""Table → its columns with a foreign key, and the table that each points at."""

_LEAVES = frozenset(name for name, entity in ENTITIES.items() if not entity.objects) - {
    target for pointers in _POINTERS.values() for target in pointers.values()
}
"""Tables whose rows no rule reads: nothing points at them, and their fields are changed as a whole."""
