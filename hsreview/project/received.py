"""Records and contents that come from elsewhere: what may be believed of them before anything is stored."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from hsreview.base.errors import InputRefused
from hsreview.base.ids import derived_id
from hsreview.base.messages import _
from hsreview.base.surrogates import check_json
from hsreview.model.change import BodyState, Change
from hsreview.model.codebook import Status
from hsreview.model.exchange import Content
from hsreview.model.framework import RowStatus
from hsreview.model.people import CoderRole
from hsreview.model.text import Role
from hsreview.model.transcript import Kind
from hsreview.project import content
from hsreview.project.entities import ENTITIES, dump
from hsreview.project.erasing import CONTENT, WITHDRAWAL
from hsreview.project.erasing import KINDS as ERASURES
from hsreview.project.log import body_digest, record_digest
from hsreview.project.migrations import empty_database
from hsreview.project.values_checked import SHAPES, is_ruling, is_setting

LARGEST = 200_000_000
"""Bytes that one content may have when it is unpacked."""
_LONGEST = 500
"""Characters that an id may have."""
_GREATEST = 2**53
_HASH = re.compile("[0-9a-f]{64}")

_OTHERS = frozenset({"turn.put", "act.keep", *ERASURES - {WITHDRAWAL}})
"""Kinds of records that are not about a thing with a table of its own."""
_FIXED = {
    **{table: frozenset(ENTITIES[table].fields) for table in ("text_version", "ruling")},
    **{table: frozenset({"coder_id"}) for table in ("coding", "memo", "recheck", "reviewed")},
    "framework_version": frozenset(ENTITIES["framework_version"].fields) - {"behind"},
}
"""Fields that no edit changes: what a text is, what was ruled, whose work it is, and how rows stood in a version."""
_DERIVED = {"summary": ("case_kind", "case_id", "theme_id"), "vote": ("ballot_id", "party_id")}
"""Tables whose ids follow from what a row is about (two people make the same one), and the fields that say it."""
_REQUIRED = {
    "coder": ("name", "role"),
    "transcript": ("name", "kind"),
    "text_version": ("transcript_id", "number", "text_hash", "turns_hash", "length"),
    "speaker": ("transcript_id", "role"),
    "code": ("kind", "ref", "status"),
    "coding": (
        "version_id", "start", "end", "given_code_id", "coder_id", "layer", "pass", "origin", "modifiers", "flags",
        "created",
    ),
    "memo": ("coder_id", "text", "created"),
    "reviewed": ("transcript_id", "coder_id", "pass"),
    "assignment": ("transcript_id", "coder_id", "pass"),
    "turn": ("version_id", "number"),
    **_DERIVED,
    "framework_row": ("kind", "ref", "status"),
    "evidence": ("row_id", "source_kind", "source", "stance"),
    "framework_version": ("number", "state", "rows"),
    "validation": ("name", "rule"),
    "party": ("validation_id", "label", "side", "size"),
    "ballot": ("validation_id", "row_id", "round", "kind", "text"),
    "comment": ("ballot_id", "kind", "text"),
    "amendment": ("ballot_id", "before", "after", "decision"),
    "observation": ("row_id", "date"),
    "ruling": ("conflict", "subject", "entity", "field", "takes"),
    "output": ("name", "kind", "at", "digest"),
    "masking": ("transcript_id", "version_id", "items"),
    "translation": ("version_id", "start", "end", "text"),
    "withdrawal": ("respondent_id", "things", "stretches", "contents", "records", "at"),
}  # fmt: skip
"""Fields without which the tables could not be read; what is made must have them, and no edit takes them away."""

_TOLD_TWICE = frozenset({*_DERIVED, "assignment"})
"""Tables of which two people make the same row.

Whoever did so without the other's, which was withheld, and undid it, left it without any of its fields.
"""

_WORDS: dict[tuple[str, str], frozenset[str]] = {
    ("coder", "role"): frozenset(CoderRole),
    ("transcript", "kind"): frozenset(Kind),
    ("speaker", "role"): frozenset(Role),
    ("code", "status"): frozenset(Status),
    ("framework_row", "status"): frozenset(RowStatus),
    ("observation", "status"): frozenset(RowStatus),
}
"""Fields whose words the tables themselves do not name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record on its way into the log."""

    change: Change
    body: str | None
    """Canonical JSON."""
    digest: str


class Unsound(Exception):
    """A record or content is not what it should be; says which rule it breaks, in a stable word."""


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def row(change: Change) -> Row:
    """Check one record by itself. Raises Unsound."""
    _check_header(change)
    if change.state is not BodyState.PRESENT:
        if change.body is not None:
            raise Unsound("body")
        return Row(replace(change, salt=None) if change.salt is not None else change, None, record_digest(change))
    if not _is_object(change.body) or not isinstance(change.salt, str) or not change.salt:
        raise Unsound("body")
    assert change.body is not None
    try:
        text = dump(change.body)
        check_json(text)
    except (TypeError, ValueError, RecursionError, InputRefused) as error:
        raise Unsound("body") from error
    if body_digest(change.salt, text) != change.body_digest:
        raise Unsound("body_digest")
    _check_body(change)
    return Row(change, text, record_digest(change))


def _check_header(change: Change) -> None:
    for name in (change.id, change.coder, change.replica, change.kind, change.entity, change.act, change.at):
        if not _is_name(name):
            raise Unsound("header")
    if "/" in change.coder or "/" in change.replica:
        raise Unsound("header")
    for act in (change.undoes, change.redoes):
        if act is not None and not _is_name(act):
            raise Unsound("header")
    if change.undoes is not None and change.redoes is not None:
        raise Unsound("header")
    if not (_is_count(change.seq) and _is_count(change.clock)):
        raise Unsound("header")
    if not isinstance(change.body_digest, str) or not _HASH.fullmatch(change.body_digest):
        raise Unsound("header")
    saw = change.saw
    if saw is not None and not (
        _is_object(saw) and all(isinstance(key, str) and _is_name(key) and _is_count(seq) for key, seq in saw.items())
    ):
        raise Unsound("header")
    table, _dot, verb = change.kind.partition(".")
    known = verb in ("put", "remove", "restore") if table in ENTITIES else change.kind in _OTHERS
    if not known:
        raise Unsound("unknown_kind")
    if change.kind == CONTENT and not _HASH.fullmatch(change.entity):
        raise Unsound("header")


def _is_name(value: object) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        return False
    return (value.isascii() and "\0" not in value) or _is_writable(value)


def _is_writable(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 < value < _GREATEST


def _check_body(change: Change) -> None:
    body = change.body or {}
    table, _dot, verb = change.kind.partition(".")
    if table == "withdrawal" and (verb != "put" or "was" in body):
        raise Unsound("fixed_field")
    if verb != "put":
        if body:
            raise Unsound("unknown_field")
        if change.kind == "framework_version.remove" and change.undoes is None:
            raise Unsound("fixed_field")
        return
    wanted = body.get("set")
    was = body.get("was", {})
    if not body.keys() <= {"set", "was"} or not isinstance(wanted, dict) or not isinstance(was, dict):
        raise Unsound("unknown_field")
    if "was" in body and was.keys() != wanted.keys():
        raise Unsound("unknown_field")
    for name, value in wanted.items():
        _check_field(table, name, value)
    for name, value in was.items():
        if value is not None:
            _check_field(table, name, value)
    if "was" in body and wanted.keys() & _FIXED.get(table, frozenset()):
        raise Unsound("fixed_field")
    if table == "framework_version" and was.get("behind") is not None and change.undoes is None:
        raise Unsound("fixed_field")  # It is written once, by a record of its own.
    if table == "code" and change.entity in (wanted.get("parent_id"), wanted.get("merged_into")):
        raise Unsound("field_value")
    _check_parts(table, change.entity, wanted, made="was" not in body)
    if table == "coding" and "start" in wanted and "end" in wanted and not 0 <= wanted["start"] < wanted["end"]:
        raise Unsound("coding_offsets")


def _check_parts(table: str, entity: str, wanted: Mapping[str, Any], *, made: bool) -> None:
    """Check what the fields of one record say together."""
    if table in _TOLD_TWICE and not made and all(wanted.get(name, 0) is None for name in _REQUIRED[table]):
        return
    for name in _REQUIRED.get(table, ()):
        if (name in wanted or made) and wanted.get(name) is None:
            raise Unsound("field_missing")
    about = _DERIVED.get(table, ())
    if wanted.keys() & set(about):
        _check_derived(table, about, entity, wanted)
    if (table == "ruling" and not is_ruling(wanted)) or (
        table == "setting" and "value" in wanted and not is_setting(entity, wanted["value"])
    ):
        raise Unsound("field_value")


def _check_derived(table: str, names: Sequence[str], entity: str, wanted: Mapping[str, Any]) -> None:
    """The id follows from what the row is about."""
    about = [wanted.get(name) for name in names]
    if not all(isinstance(each, str) for each in about) or derived_id(table, *map(str, about)) != entity:
        raise Unsound("field_value")


class _Field(NamedTuple):
    """What a field may hold."""

    shape: Callable[[Any], bool] | None
    kind: type | None
    """Of a plain value; null where any JSON value will do."""
    words: frozenset[str] | None


def _check_field(table: str, name: str, value: Any) -> None:
    field = _field(table, name)
    if field.shape is not None and not field.shape(value):
        raise Unsound("field_type")
    if value is None or field.kind is None:
        return
    if type(value) is not field.kind or (type(value) is int and abs(value) >= _GREATEST):
        raise Unsound("field_type")
    if field.words is not None and value not in field.words:
        raise Unsound("field_value")


@lru_cache(maxsize=4096)
def _field(table: str, name: str) -> _Field:
    """Raises Unsound when there is no such field."""
    shape = SHAPES.get((table, name))
    if table == "turn":
        if name not in ("version_id", "number", "speaker_id"):
            raise Unsound("unknown_field")
    else:
        entity = ENTITIES[table]
        column, dot, key = name.partition(".")
        if column not in entity.fields or bool(dot) != (column in entity.objects) or (dot and not key):
            raise Unsound("unknown_field")
        if column in entity.values or column in entity.objects:
            return _Field(shape, None, None)
    types, allowed = _columns(table)
    return _Field(
        shape, int if types.get(name) == "integer" else str, allowed.get(name) or _WORDS.get((table, name))
    )  # fmt: skip


@cache
def _columns(table: str) -> tuple[Mapping[str, str], Mapping[str, frozenset[str]]]:
    """Column → type, and column → the words it may hold, as the tables themselves say it."""
    with closing(empty_database()) as fresh:
        types = {name: kind.lower() for _n, name, kind, *_rest in fresh.execute(f"pragma table_info({table})")}
        sql = fresh.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
    words = re.findall(r"check\((\w+) in \(([^)]*)\)\)", sql)
    return types, {name: frozenset(re.findall("'([^']*)'", listed)) for name, listed in words}


def check_content(given: Content) -> None:
    """Check one content by itself. Raises Unsound."""
    if given.kind not in ("text", "turns", "sentences", "words", "cues", "file_name"):
        raise Unsound("unknown_kind")
    if given.state not in ("present", "withheld", "erased") or (given.data is None) == (given.state == "present"):
        raise Unsound("content")
    if not isinstance(given.hash, str) or not _HASH.fullmatch(given.hash):
        raise Unsound("content")
    if given.data is None:
        return
    raw = _unpacked(given)
    if content.digest(raw) != given.hash:
        raise Unsound("content_hash")
    try:
        if given.kind == "turns":
            _check_turns(json.loads(raw))
        elif given.kind == "cues":
            _check_cues(json.loads(raw))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unsound("content") from error
    if given.kind in ("sentences", "words") and len(raw) % 8:
        raise Unsound("content")


def _unpacked(given: Content) -> bytes:
    if given.kind in ("text", "file_name"):
        if not isinstance(given.data, str):
            raise Unsound("content")
        try:
            return given.data.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Unsound("content") from error
    if not isinstance(given.data, bytes):
        raise Unsound("content")
    packed = zlib.decompressobj()
    try:
        raw = packed.decompress(given.data, LARGEST)
    except zlib.error as error:
        raise Unsound("content_hash") from error
    if packed.unconsumed_tail or not packed.eof:
        raise Unsound("content_hash")
    return raw


def _check_turns(value: Any) -> None:
    labels, rows = value["labels"], value["turns"]
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("labels")
    position = 0
    for label, start, label_end, end, time, time_end in rows:
        whole = all(type(each) is int for each in (label, start, label_end, end))
        timed = all(each is None or type(each) is int for each in (time, time_end))
        if not (whole and timed and -1 <= label < len(labels) and start == position and start <= label_end <= end):
            raise ValueError("turn")
        if end <= start:
            raise ValueError("turn")
        position = end


def _check_cues(value: Any) -> None:
    for offset, time, time_end in value:
        if type(offset) is not int or type(time) is not int or not (time_end is None or type(time_end) is int):
            raise ValueError("cue")


def sentence(word: str) -> str:
    """What a broken rule means for the user."""
    return {
        "header": _("A record is damaged."),
        "body": _("A record is damaged."),
        "body_digest": _("A record was changed after it was written."),
        "unknown_kind": _("It holds a kind of record that this version of hsreview does not know."),
        "unknown_field": _("It holds a field that this version of hsreview does not know."),
        "field_missing": _("A record lacks a field."),
        "field_type": _("A record holds a value of the wrong kind."),
        "field_value": _("A record holds a value that this version of hsreview does not know."),
        "fixed_field": _("A record changes what is never changed: a text, or whose work something is."),
        "coding_offsets": _("A coding lies outside its text."),
        "content": _("A text or its units are damaged."),
        "content_hash": _("A text or its units were changed after they were stored."),
    }[word]
