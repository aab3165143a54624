"""What changed between two codebooks, in lines that a team can read and discuss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.codebook import Code, Codebook, Json, Status
from hsreview.model.codebook_json import code_to_json, codebook_to_json


class ChangeKind(StrEnum):
    """What happened to a part of the codebook."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    REORDERED = "reordered"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """One difference."""

    kind: ChangeKind
    what: str
    """`codebook`, `question`, `group`, `pass`, `modifier`, `flag`, `guide`, `rule`, `theme` or `code`."""
    ref: str
    """Of the new codebook, except for what was removed."""
    field: str = ""
    """The key as in a codebook file; for moves `parent`; empty for what was added or removed."""
    language: str = ""
    """`en` or `fr` when a text of one language changed."""
    before: str = ""
    after: str = ""

    @property
    def thing(self) -> str:
        """What changed, in the interface language: `code D1`."""
        return f"{_(WHAT[self.what])} {visible(self.ref)}"

    @property
    def place(self) -> str:
        """The field, with its language where a text changed: `label.fr`."""
        return f"{self.field}.{self.language}" if self.language else self.field

    def describe(self) -> str:
        """One readable line in the interface language."""
        return _(_LINES[self.kind]).format(
            thing=self.thing, field=self.place, before=visible(self.before) or "–", after=visible(self.after) or "–"
        )

    def cells(self) -> tuple[str, str, str, str, str]:
        """What changed, how, where, before and after: a row of a table in the interface language."""
        field = _(FIELDS.get(self.field, self.field)) if self.field else ""
        place = f"{field} ({self.language})" if self.language else field
        return self.thing, _(_KINDS[self.kind]), place, self.before, self.after


WHAT = {
    "codebook": N_("codebook"),
    "question": N_("question"),
    "group": N_("group"),
    "pass": N_("pass"),
    "modifier": N_("modifier"),
    "flag": N_("flag"),
    "guide": N_("guide question"),
    "rule": N_("rule"),
    "theme": N_("theme"),
    "code": N_("code"),
}
"""The parts of a codebook, in words."""
FIELDS = {
    "label": N_("label"),
    "definition": N_("definition"),
    "use": N_("when to use"),
    "not_use": N_("when not to use"),
    "example": N_("example"),
    "status": N_("state"),
    "merged_into": N_("merged into"),
    "parent": N_("place"),
    "id": N_("reference"),
    "text": N_("text"),
    "questions": N_("review questions"),
    "groups": N_("groups"),
    "derived": N_("what it took from its base"),
}
"""The keys of a codebook file that change most → in words; the others stand as in the file."""
_LINES = {
    ChangeKind.ADDED: N_("+ {thing}: {after}"),
    ChangeKind.REMOVED: N_("- {thing}: {before}"),
    ChangeKind.MOVED: N_("{thing} moved from {before} to {after}"),
    ChangeKind.RENAMED: N_("{thing}: {field} renamed from “{before}” to “{after}”"),
    ChangeKind.CHANGED: N_("{thing}: {field} changed from “{before}” to “{after}”"),
    ChangeKind.REORDERED: N_("{thing}: order of {field} changed from {before} to {after}"),
    ChangeKind.MERGED: N_("{thing} merged into {after}"),
}
_KINDS = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.REMOVED: N_("removed"),
    ChangeKind.MOVED: N_("moved elsewhere"),
    ChangeKind.RENAMED: N_("renamed"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.REORDERED: N_("other order"),
    ChangeKind.MERGED: N_("merged"),
}
_PARTS = {
    "questions": "question",
    "groups": "group",
    "passes": "pass",
    "modifiers": "modifier",
    "flags": "flag",
    "guide": "guide",
    "themes": "theme",
}
_NAMES = ("label", "ref", "text", "title")


def diff_codebooks(old: Codebook, new: Codebook) -> list[CodebookChange]:
    """The changes that lead from `old` to `new`.

    Questions, themes and codes are the same when their ids are, else (two files that share nothing) when their refs
    are; everything else is matched by ref. Empty when the codebooks are equal.
    """
    before, after = _json(old), _json(new)
    changes: list[CodebookChange] = []
    whole = [key for key in after if key not in _PARTS and key != "rules"]
    changes += _fields("codebook", new.ref, _only(before, whole), _only(after, whole))
    for key, what in _PARTS.items():
        changes += _entries(what, before[key], after[key])
        changes += _order("codebook", new.ref, key, before[key], after[key])
    changes += _rules(before["rules"], after["rules"])
    changes += _codes(old, new)
    return changes


def _json(book: Codebook) -> Json:
    """As plain JSON; what was taken from a base names codes by their refs."""
    refs = {place.code.id: place.code.ref for place in book.codes()}
    derived = book.derived.renamed(lambda code: refs.get(code, code)).to_json() if book.derived else None
    return {**codebook_to_json(book), "derived": derived}


def _only(value: Json, keys: Iterable[str]) -> Json:
    return {key: value[key] for key in keys}


def _entries(what: str, old: Sequence[Json], new: Sequence[Json]) -> list[CodebookChange]:
    """Entries that came, went or changed; themes without their codes."""
    pairs, gone, come = _match(old, new, lambda entry: entry.get("id"), lambda entry: entry["ref"])
    changes = [CodebookChange(ChangeKind.REMOVED, what, e["ref"], before=_name(e)) for e in gone]
    changes += [CodebookChange(ChangeKind.ADDED, what, e["ref"], after=_name(e)) for e in come]
    for before, after in pairs:
        changes += _fields(what, after["ref"], before, after)
    return changes


def _match(
    old: Iterable[Any], new: Iterable[Any], identity: Callable[[Any], object], ref: Callable[[Any], object]
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Pairs, what is only in `old`, what is only in `new`."""
    old, new = list(old), list(new)
    pairs: list[tuple[Any, Any]] = []
    for name in (identity, ref):
        known = {name(entry): entry for entry in old if name(entry) is not None}
        rest = []
        for entry in new:
            other = known.pop(name(entry), None) if name(entry) is not None else None
            if other is None:
                rest.append(entry)
            else:
                pairs.append((other, entry))
                old.remove(other)
        new = rest
    return pairs, old, new


def _name(entry: Json) -> str:
    text = entry.get("label") or entry.get("text") or {}
    return str(text.get("en") or text.get("fr") or "")


def _fields(what: str, ref: str, old: Json, new: Json) -> list[CodebookChange]:
    changes: list[CodebookChange] = []
    for key in new:
        before, after = old[key], new[key]
        if before == after or key in ("id", "codes"):
            continue
        kind = ChangeKind.RENAMED if key in _NAMES else ChangeKind.CHANGED
        field = "id" if key == "ref" else key
        if _by_language(before) and _by_language(after):
            for language in ("en", "fr"):
                texts = (_shown(before.get(language, "")), _shown(after.get(language, "")))
                if texts[0] != texts[1]:
                    changes.append(CodebookChange(kind, what, ref, field, language, *texts))
        else:
            changes.append(CodebookChange(kind, what, ref, field, "", _shown(before), _shown(after)))
    return changes


def _by_language(value: object) -> bool:
    return isinstance(value, dict) and set(value) <= {"en", "fr"}


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        if "ref" in value:
            return " ".join(filter(None, (str(value["ref"]), _name(dict(value)), str(value.get("key", "")))))
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    return str(value)


def _order(what: str, ref: str, field: str, old: Sequence[Json], new: Sequence[Json]) -> list[CodebookChange]:
    """One change when entries that both have stand in another order."""
    key = "id" if old and "id" in old[0] else "ref"
    common = {entry[key] for entry in old} & {entry[key] for entry in new}
    before = [entry["ref"] for entry in old if entry[key] in common]
    ordered = [entry[key] for entry in old if entry[key] in common]
    if ordered == [entry[key] for entry in new if entry[key] in common]:
        return []
    after = [entry["ref"] for entry in new if entry[key] in common]
    return [CodebookChange(ChangeKind.REORDERED, what, ref, field, "", ", ".join(before), ", ".join(after))]


def _rules(old: Json, new: Json) -> list[CodebookChange]:
    changes = [
        CodebookChange(ChangeKind.REMOVED, "rule", name, before=_shown(old[name])) for name in old if name not in new
    ]
    changes += [
        CodebookChange(ChangeKind.ADDED, "rule", name, after=_shown(new[name])) for name in new if name not in old
    ]
    for name in new:
        if name in old:
            changes += _fields("rule", name, {"rule": old[name]}, {"rule": new[name]})
    return changes


@dataclass(frozen=True)
class _Placed:
    entry: Json
    parent_id: str
    parent_ref: str


def _placed(codebook: Codebook) -> list[_Placed]:
    refs = {place.code.id: place.code.ref for place in codebook.codes()}
    found = []
    for place in codebook.codes():
        parent = place.parents[-1] if place.parents else place.theme
        found.append(_Placed(_plain(place.code, refs), parent.id, parent.ref))
    return found


def _plain(code: Code, refs: Mapping[str, str]) -> Json:
    entry = {key: value for key, value in code_to_json(code).items() if key != "codes"}
    if code.merged_into is not None:
        entry["merged_into"] = refs.get(code.merged_into, code.merged_into)
    return entry


def _codes(old: Codebook, new: Codebook) -> list[CodebookChange]:
    pairs, gone, come = _match(_placed(old), _placed(new), lambda p: p.entry["id"], lambda p: p.entry["ref"])
    changes = [CodebookChange(ChangeKind.REMOVED, "code", p.entry["ref"], before=_name(p.entry)) for p in gone]
    changes += [CodebookChange(ChangeKind.ADDED, "code", p.entry["ref"], after=_name(p.entry)) for p in come]
    for before, after in pairs:
        if before.parent_id != after.parent_id and before.parent_ref != after.parent_ref:
            changes.append(
                CodebookChange(
                    ChangeKind.MOVED, "code", after.entry["ref"], "parent", "", before.parent_ref, after.parent_ref
                )
            )
        merged = after.entry["status"] == Status.MERGED != before.entry["status"]
        if merged:
            changes.append(
                CodebookChange(
                    ChangeKind.MERGED, "code", after.entry["ref"], "merged_into", "", "", after.entry["merged_into"]
                )
            )
        standing = {"status": after.entry["status"], "merged_into": after.entry["merged_into"]} if merged else {}
        changes += _fields("code", after.entry["ref"], before.entry | standing, after.entry)
    children_before, children_after = _families(_placed(old)), _families(_placed(new))
    for parent, family in children_after.items():
        if parent in children_before:
            ref = family[0].parent_ref
            what = "theme" if any(theme.id == parent for theme in new.themes) else "code"
            changes += _order(what, ref, "codes", *([p.entry for p in f] for f in (children_before[parent], family)))
    return changes


def _families(placed: Iterable[_Placed]) -> dict[str, list[_Placed]]:
    families: dict[str, list[_Placed]] = {}
    for code in placed:
        families.setdefault(code.parent_id, []).append(code)
    return families
