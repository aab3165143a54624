"""What the codebook of another state took from its base: what it added, set aside, reworded, and how codes compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hsreview.model.localized import Localized


class Relation(StrEnum):
    """How a code that a state added stands to a code of the base."""

    SAME = "same"
    NARROWER = "narrower"
    """It means a part of the other one: its codings count there too."""
    BROADER = "broader"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CodeMap:
    """One added code and the code of the base that it is compared with."""

    code_id: str
    to: str
    """Id of a code; empty where the relation is `none`."""
    relation: Relation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a codebook comes from; codes are named by their ids, in a file by their refs."""

    base: str
    """Ref of the codebook that stands under all overlays."""
    base_version: str
    overlays: tuple[str, ...] = ()
    """`ref@version` of each overlay, the one nearest to the base first."""
    added: tuple[str, ...] = ()
    deactivated: Mapping[str, str] = field(default_factory=dict)
    """Code → the reason."""
    reworded: Mapping[str, Localized] = field(default_factory=dict)
    """Code → the definition that it has in the base."""
    maps: tuple[CodeMap, ...] = ()
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`places`, `actors`, `languages` → words of the state."""

    def renamed(self, name: Callable[[str], str]) -> Derivation:
        """The same with every code called by another name, as from ref to id and back."""
        return Derivation(
            self.base,
            self.base_version,
            self.overlays,
            tuple(map(name, self.added)),
            {name(code): reason for code, reason in self.deactivated.items()},
            {name(code): text for code, text in self.reworded.items()},
            tuple(CodeMap(name(m.code_id), name(m.to) if m.to else "", m.relation, m.note) for m in self.maps),
            self.lexicon,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; also the block `derived` of a codebook file."""
        return {
            "base": self.base,
            "base_version": self.base_version,
            "overlays": list(self.overlays),
            "added": list(self.added),
            "deactivated": [{"id": code, "reason": reason} for code, reason in self.deactivated.items()],
            "reworded": [{"id": code, "definition": text.to_json()} for code, text in self.reworded.items()],
            "map": [{"from": m.code_id, "to": m.to, "relation": str(m.relation), "note": m.note} for m in self.maps],
            "lexicon": {name: list(words) for name, words in self.lexicon.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Derivation:
        """Of `to_json`; keys that are missing are empty. Raises KeyError and ValueError for what cannot be read."""
        return cls(
            base=str(value["base"]),
            base_version=str(value["base_version"]),
            overlays=tuple(value.get("overlays", ())),
            added=tuple(value.get("added", ())),
            deactivated={each["id"]: each["reason"] for each in value.get("deactivated", ())},
            reworded={each["id"]: Localized.from_json(each["definition"]) for each in value.get("reworded", ())},
            maps=tuple(
                CodeMap(each["from"], each.get("to", ""), Relation(each["relation"]), each.get("note", ""))
                for each in value.get("map", ())
            ),
            lexicon={name: tuple(words) for name, words in value.get("lexicon", {}).items()},
        )
