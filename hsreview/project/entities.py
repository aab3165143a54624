"""What change records may be about: each table's fields, what depends on its rows, and who may change them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def dump(value: object) -> str:
    """Canonical JSON: the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of thing in the project. `fields` are its columns; JSON columns hold any value."""

    table: str
    fields: tuple[str, ...]
    json_fields: frozenset[str] = frozenset()
    dependents: Mapping[str, str] = field(default_factory=dict)
    """Table → its column that points here; only tables with a `coder_id` count as somebody's work."""
    own: bool = False
    """Whether a row belongs to one coder, who alone may change it."""

    def encode(self, name: str, value: Any) -> Any:
        """The value of a body as it is stored in its column."""
        if name in self.json_fields:
            return dump(value)
        return int(value) if isinstance(value, bool) else value

    def decode(self, name: str, value: Any) -> Any:
        """The value of a column as it stands in a body."""
        return json.loads(value) if name in self.json_fields and value is not None else value


def _entity(table: str, fields: str, json_fields: str = "", **more: Any) -> Entity:
    return Entity(table, tuple((fields + " " + json_fields).split()), frozenset(json_fields.split()), **more)


ENTITIES: dict[str, Entity] = {
    entity.table: entity
    for entity in (
        _entity("setting", "", "value"),
        _entity("coder", "name role", dependents={"coding": "coder_id", "memo": "coder_id"}),
        _entity("organisation", "name grp", "attributes"),
        _entity("respondent", "name grp organisation_id", "consent attributes"),
        _entity(
            "transcript",
            "name kind grp language date wave",
            "attributes",
            dependents={"memo": "transcript_id", "assignment": "transcript_id", "reviewed": "transcript_id"},
        ),
        _entity(
            "text_version",
            "transcript_id number text_hash turns_hash sentences_hash words_hash cues_hash file_name_hash"
            " original_hash length words splitter format encoding convention",
            "doubts",
            dependents={"coding": "version_id"},
        ),
        _entity("speaker", "transcript_id label role respondent_id"),
        _entity("codebook", "ref version", "data"),
        _entity(
            "code",
            "kind ref parent_id position status merged_into codable reason coder_id created",
            "data",
            dependents={"coding": "given_code_id", "memo": "code_id"},
        ),
        _entity(
            "coding",
            "version_id start end given_code_id coder_id layer pass origin created",
            "modifiers flags",
            dependents={"memo": "coding_id"},
            own=True,
        ),
        _entity("memo", "coder_id text transcript_id coding_id code_id version_id start end created", own=True),
        _entity("assignment", "transcript_id coder_id pass blind reason"),
        _entity("reviewed", "transcript_id version_id coder_id pass at"),
        _entity("asked", "transcript_id guide_ref answer version_id turn"),
        _entity("quote", "coding_id version_id start end state checked_by released_by reason", "translation"),
        _entity("saved_search", "name kind query"),
        _entity("output", "name kind recipient at digest", "details"),
    )
}
