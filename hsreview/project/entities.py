"""What change records may be about: each table's fields, and whose they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


def dump(value: object) -> str:
    """Canonical JSON: the same value always gives the same text."""
    if not value and type(value) in _EMPTY:
        return _EMPTY[type(value)]
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}
"""Most flags and modifiers: an encoder takes longer to set up than to write them."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of thing in the project. `fields` are its columns."""

    table: str
    fields: tuple[str, ...]
    values: frozenset[str] = frozenset()
    """Fields that hold any JSON value, changed as a whole."""
    objects: frozenset[str] = frozenset()
    """Fields that hold a JSON object, each key of which is changed on its own (`attributes.region`)."""
    own: bool = False
    """Whether a row belongs to one coder, who alone may change it."""

    def encode(self, name: str, value: Any) -> Any:
        """A value of a body as it is stored in its column."""
        return dump(value) if name in self.values or name in self.objects else value

    def columns(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a body as they are stored in their columns; none of them is a key of an object."""
        return {**fields, **{name: dump(fields[name]) for name in self.values if name in fields}}

    def decode(self, name: str, value: Any) -> Any:
        """A value of a column as it stands in a body."""
        if value is None or not (name in self.values or name in self.objects):
            return value
        return json.loads(value)

    def flat(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """`fields` with each object taken apart: `{"attributes.region": "Gao"}`."""
        return dict(self._flat(fields) if self.objects else fields)

    def _flat(self, fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in fields.items():
            if name in self.objects:
                yield from ((f"{name}.{key}", part) for key, part in value.items())
            else:
                yield name, value


def _entity(table: str, fields: str, *, values: str = "", objects: str = "", own: bool = False) -> Entity:
    names = (fields, values, objects)
    return Entity(
        table, tuple(" ".join(names).split()), frozenset(values.split()), frozenset(objects.split()), own
    )  # fmt: skip


ENTITIES: dict[str, Entity] = {
    entity.table: entity
    for entity in (
        _entity("setting", "", values="value"),
        _entity("coder", "name role"),
        _entity("organisation", "name grp", objects="attributes"),
        _entity("respondent", "name grp organisation_id", objects="consent attributes"),
        _entity("transcript", "name kind grp language date wave gated", objects="attributes"),
        _entity(
            "text_version",
            "transcript_id number text_hash turns_hash sentences_hash words_hash cues_hash file_name_hash"
            " original_hash length words splitter format encoding convention",
            values="doubts carries",
        ),
        _entity("speaker", "transcript_id label role respondent_id"),
        _entity("codebook", "ref version", objects="data"),
        _entity(
            "code",
            "kind ref parent_id position status merged_into codable reason coder_id created",
            objects="data",
        ),
        _entity(
            "coding",
            "version_id start end given_code_id coder_id layer pass origin created",
            values="modifiers flags",
            own=True,
        ),
        _entity("memo", "coder_id text transcript_id coding_id code_id version_id start end created", own=True),
        _entity("assignment", "transcript_id coder_id pass blind reason"),
        _entity("reviewed", "transcript_id version_id coder_id pass at"),
        _entity("asked", "transcript_id guide_ref answer version_id turn"),
        _entity("quote", "coding_id version_id start end state checked_by released_by reason", objects="translation"),
        _entity("saved_search", "name kind query"),
        _entity("output", "name kind recipient at digest", objects="details"),
        _entity("decision", "version_id outcome taken because coder_id at", values="basis result"),
        _entity("adoption", "transcript_id version_id source_coder_id pass because coder_id at"),
        _entity("recheck", "coding_id code_id edit outcome coder_id at", own=True),
        _entity("summary", "case_kind case_id theme_id text status coder_id at", values="segments"),
        _entity("framework_row", "kind ref parent_id position status derived_from coder_id created", objects="data"),
        _entity("evidence", "row_id source_kind source stance role note coder_id created"),
        _entity(
            "framework_version", "number name state reason validation_id from_id coder_id at", values="rows behind"
        ),
        _entity("validation", "name date place state language version_id closed coder_id created", values="rule"),
        _entity("party", "validation_id label side size position", values="composition"),
        _entity("ballot", "validation_id row_id round position ref kind outcome reason", values="text badge"),
        _entity("vote", "ballot_id party_id agree amend reject abstain not_understood"),
        _entity("comment", "ballot_id party_id kind text answer answered position"),
        _entity("amendment", "ballot_id party_id decision reason coder_id at", values="before after taken"),
        _entity(
            "observation",
            "row_id date level status kind frequency quality description source verified_by who coder_id created",
            values="value parts",
        ),
        _entity("masking", "transcript_id version_id coder_id at", values="items undecided engines"),
        _entity("translation", "version_id start end language text translator checked_by coder_id created"),
        _entity("withdrawal", "respondent_id reason coder_id at", values="things stretches contents records"),
        _entity("ruling", "conflict subject entity field takes because coder_id at", values="value"),
    )
}
