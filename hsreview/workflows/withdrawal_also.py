"""What a withdrawal erases or tells anew beside what is the person's own: codes in their words, queries, names of
files, drafts; and what it leaves for a person to look at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.model.settings import DRAW_SETTING
from hsreview.project.entities import ENTITIES
from hsreview.project.log import ORDER
from hsreview.project.state import State
from hsreview.project.withdrawal import MARK, Also, Remade, Theirs
from hsreview.workflows.withdrawal_places import author, place
from hsreview.workflows.withdrawal_words import PersonWords, Why, texts_in

_WORDED = frozenset(ENTITIES) - {
    "code", "coding", "text_version", "speaker", "assignment", "reviewed", "asked", "recheck", "vote",
    "masking", "withdrawal", "coder",
}  # fmt: skip
"""Tables in whose records others' words stand that do not go with a text; of codes it is asked apart."""
_EXAMPLE = "data.example"
_FIXED = frozenset(
    {"kind", "status", "state", "language", "role", "stance", "source_kind", "outcome", "decision", "side", "case_kind",
     "consent.status", "consent.scope", "consent.attribution", "digest", "at", "created"}
)  # fmt: skip
"""Fields that hold words of the program, ids and dates."""


@dataclass(frozen=True, slots=True)
class CodeTold:
    """A code whose label or example is in the person's words, or whose reason tells of them."""

    id: str
    ref: str
    label: str
    """As it is now."""
    in_vivo: bool
    """Whether the label goes."""
    example: bool
    """Whether the example goes."""
    reason: bool
    """Whether the reason that was given for it names them: a mark stands there then."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that others wrote and that tells of the person: it stays, and somebody looks at it."""

    table: str
    id: str
    name: str
    """Its ref or name, or that of what it is about, where it has one."""
    by: str
    """Name of who wrote it, where it is known."""
    look: str
    """The command that shows it; empty where there is none."""
    why: Why


@dataclass(frozen=True, slots=True)
class Beside:
    """What of a project tells of a person beside what is theirs."""

    codes: tuple[CodeTold, ...]
    queries: tuple[str, ...]
    """Names of saved queries."""
    named: int
    """Records in which names are replaced by a mark: files that were written, random draws."""
    drafts: int
    """Values of this copy alone: words that were not stored yet, places where somebody stopped reading."""
    summaries: Mapping[str, Why | None]
    """Summaries of other cases that rest on what is erased (null) or tell of the person."""
    mentions: tuple[Mention, ...]
    also: Also
    """What follows for the withdrawal."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A record that is still there once what is theirs is erased."""

    id: str
    kind: str
    entity: str
    act: str
    clock: int
    fields: Mapping[str, Any]
    was: Mapping[str, Any] | None

    @property
    def table(self) -> str:
        return self.kind.partition(".")[0]


def beside(
    before: sqlite3.Connection, after: sqlite3.Connection, mine: Theirs, words: PersonWords, *, with_summaries: bool
) -> Beside:  # fmt: skip
    """What tells of the person in `after`, a copy of the project in which all that is theirs is erased.

    With `with_summaries`, summaries of other cases that rest on their words or repeat them are erased too.
    """
    told: dict[tuple[str, str], tuple[Why, list[_Said]]] = {}
    codes: dict[str, list[_Said]] = {}
    summaries: dict[str, Why | None] = {}
    records: dict[tuple[str, str], list[_Said]] = {}
    gone = _erased_codings(before, after)
    since = _since(before, mine)
    # A code in their own words would go with the coding that it was made for, unless it is told anew.
    for each in (*_readable(before, ["code"]), *_readable(after, _WORDED | {"masking"})):
        key = (each.table, each.entity)
        records.setdefault(key, []).append(each)
        if each.table == "code":
            codes.setdefault(each.entity, []).append(each)
        if each.table == "masking":
            continue
        if each.table == "summary" and not gone.isdisjoint(each.fields.get("segments") or ()):
            summaries.setdefault(each.entity, None)
        said = [value for part in (each.fields, each.was or {}) for key, value in part.items() if key not in _FIXED]
        why = words.told_in(said)
        if why is not None and (why is Why.NAME or each.clock > since):  # Nobody quotes what is not there yet.
            found = told.setdefault(key, (why, []))
            found[1].append(each)
    summaries |= {entity: why for (table, entity), (why, _records) in told.items() if table == "summary"}
    chosen = list(_codes(before, after, codes, words))
    named = [key for key in told if _is_named(*key)]
    state = State(after)
    maskings = list(_maskings(before, mine))
    again = [*(made for _code, made in chosen), *(_renamed(state, *key, words) for key in named), *maskings]
    searches = {entity for table, entity in told if table == "saved_search"}
    erased = {("code", code.id) for code, _made in chosen} | {*named} | {("masking", each.id) for each in maskings}
    erased |= {("ruling", entity) for table, entity in told if table == "ruling"}
    if with_summaries:
        erased |= {("summary", entity) for entity in summaries}
    local = _local(before, mine, words)
    also = Also(
        frozenset(searches),
        frozenset(each.id for key in erased for each in records.get(key, ()) if each.kind.endswith(".put")),
        tuple(again), frozenset(local),
    )  # fmt: skip
    mentions = [
        _mention(after, table, entity, why)
        for (table, entity), (why, _records) in told.items()
        if (table, entity) not in erased
        and table not in ("saved_search", "summary")
        and (why is not Why.WORD or table not in ("code", "codebook"))  # There it is mostly chance.
    ]
    names = tuple(place(after, "saved_search", each)[0] for each in sorted(searches))
    return Beside(
        tuple(code for code, _made in chosen), names, len(named), len(local), summaries, tuple(mentions), also,
    )  # fmt: skip


def _mention(connection: sqlite3.Connection, table: str, entity: str, why: Why) -> Mention:
    name, look = place(connection, table, entity)
    return Mention(table, entity, name, author(connection, table, entity), look, why)


def _readable(connection: sqlite3.Connection, tables: Iterable[str]) -> Iterator[_Said]:
    listed = ", ".join(f"'{table}.put'" for table in tables)
    for key, kind, entity, act, clock, body in connection.execute(
        "select id, kind, entity, act, clock, body from change where body is not null"
        f" and kind in ({listed}) order by {ORDER}"
    ):
        said = json.loads(body)
        yield _Said(key, kind, entity, act, clock, said.get("set", {}), said.get("was"))


def _since(connection: sqlite3.Connection, mine: Theirs) -> int:
    """The logical time at which the first of their interviews came."""
    found = connection.execute(
        "select min(clock) from change where kind = 'transcript.put' and entity in (select value from json_each(?))",
        (json.dumps(mine.transcripts),),
    ).fetchone()[0]
    return int(found or 0)


def _erased_codings(before: sqlite3.Connection, after: sqlite3.Connection) -> frozenset[str]:
    """Codings that are in use before and not after."""
    there = {row[0] for row in after.execute("select id from coding where removed = 0")}
    return frozenset(row[0] for row in before.execute("select id from coding where removed = 0")) - there


def _codes(
    before: sqlite3.Connection, after: sqlite3.Connection, codes: Mapping[str, list[_Said]], words: PersonWords
) -> Iterator[tuple[CodeTold, Remade]]:  # fmt: skip
    """The codes in whose records the person's words stand as label or example, as they are told anew."""
    acts = {row[0] for row in after.execute("select act from change where kind = 'coding.put' and state = 'erased'")}
    state = State(before)
    for entity, records in codes.items():
        row = state.row(ENTITIES["code"], entity)
        if row is not None:
            told = _told(records, words, acts)
            if told is not None:
                yield _told_anew(entity, *row, told, words)


@dataclass(frozen=True, slots=True)
class _Told:
    """How the records of a code tell of the person."""

    label: Any
    """The label that is their words; null where it is the example alone."""
    example: bool
    """Whether the example is, too."""
    reason: bool
    """Whether what was said for it names them or repeats their words."""


def _told(records: list[_Said], words: PersonWords, acts: Collection[str]) -> _Told | None:
    parts = [part for each in records for part in (each.fields, each.was or {})]
    made = next((each for each in records if each.was is None), None)
    in_vivo = made is not None and made.fields.get("data.origin") == "in_vivo"
    # What the codebook's file says is its author's; somebody may have added what a person said, word for word.
    of_file = made is not None and made.fields.get("coder_id") is None and not in_vivo
    examples = [part.get(_EXAMPLE) for part in parts]
    example = any(words.repeated_in(each) if of_file else _is_told(words, each) for each in examples)
    reason = any(_is_told(words, part.get("reason")) for part in parts)
    if made is not None and made.act in acts and in_vivo:
        return _Told(
            made.fields.get("data.label"), example, reason
        )  # Whoever does not know of it loses it with the coding.
    for label in (part.get("data.label") for part in parts if not of_file):
        if _is_told(words, label):
            return _Told(label, example, reason)
    return _Told(None, example, reason) if example or reason else None


def _is_told(words: PersonWords, value: Any) -> bool:
    """Whether words of the codebook tell of the person; a single word that nobody else said may be chance there."""
    return words.told_in(value) not in (None, Why.WORD)


def _told_anew(
    entity: str, fields: dict[str, Any], removed: bool, told: _Told, words: PersonWords
) -> tuple[CodeTold, Remade]:  # fmt: skip
    now, ref = fields.get("data.label"), str(fields.get("ref") or "")
    if now and told.label is not None and (now == told.label or words.told_in(now)):
        fields["data.label"] = {"en": ref, "fr": ref}
    if told.example:
        fields.pop(_EXAMPLE, None)
    reason = words.without_names(fields.get("reason") or "")
    if reason:
        fields["reason"] = "" if words.told(reason) else reason
    return (
        CodeTold(entity, ref, next(texts_in(now), ""), told.label is not None, told.example, told.reason),
        Remade("code", entity, {key: value for key, value in fields.items() if value is not None}, not removed),
    )


def _is_named(table: str, entity: str) -> bool:
    return table == "output" or (table == "setting" and entity.startswith(DRAW_SETTING))


def _renamed(state: State, table: str, entity: str, words: PersonWords) -> Remade:
    """A file that was written, or a random draw, with a mark in the place of the names of interviews."""
    fields, removed = state.row(ENTITIES[table], entity) or ({}, True)
    if table == "output" and words.names.within(str(fields.get("name") or "")):
        _stem, dot, suffix = str(fields["name"]).rpartition(".")
        fields["name"] = f"{MARK}{dot}{suffix}"
    return Remade(table, entity, words.without_names(fields), not removed)


def _maskings(before: sqlite3.Connection, mine: Theirs) -> Iterator[Remade]:
    """What was replaced in interviews that others share, without what was replaced in the person's words."""
    state = State(before)
    for (entity,) in before.execute("select id from masking order by id"):
        fields, removed = state.row(ENTITIES["masking"], entity) or ({}, True)
        spans = mine.stretches.get(fields.get("version_id") or "", ())
        items = [each for each in fields.get("items") or () if not any(s < each[1] and each[0] < e for s, e in spans)]
        if len(items) < len(fields.get("items") or ()):
            yield Remade("masking", entity, fields | {"items": items}, not removed)


def _local(connection: sqlite3.Connection, mine: Theirs, words: PersonWords) -> list[str]:
    """Keys of values of this copy that speak of what is erased, or repeat it."""
    found = []
    ids = mine.things | set(mine.versions)
    for key, value in connection.execute("select key, value from local"):
        whole = f"{key} {value}"
        if any(each in whole for each in ids) or words.told_in(json.loads(value)):
            found.append(key)
    return found


def summary_cases(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Id of a summary → name of its case and ref of its theme."""
    rows = connection.execute(
        "select s.id, coalesce(r.name, o.name, t.name, s.case_id), coalesce(c.ref, '') from summary s"
        " left join respondent r on r.id = s.case_id left join organisation o on o.id = s.case_id"
        " left join transcript t on t.id = s.case_id left join code c on c.id = s.theme_id"
        " where s.id in (select value from json_each(?)) order by 2, 3",
        (json.dumps(sorted(ids)),),
    )
    return {key: (name or "", ref) for key, name, ref in rows}
