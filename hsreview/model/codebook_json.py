"""The codebook as plain JSON and back, without loss: bodies of change records and `codebook show --json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from hsreview.model.codebook import (
    Code,
    Codebook,
    Flag,
    Group,
    GuideQuestion,
    Json,
    Modifier,
    ModifierValue,
    Pass,
    Question,
    Status,
    Theme,
)
from hsreview.model.derivation import Derivation
from hsreview.model.localized import Localized

T = TypeVar("T")


def code_to_json(code: Code) -> Json:
    """One code with the codes below it (`codes`)."""
    return {
        "id": code.id,
        "ref": code.ref,
        "label": code.label.to_json(),
        "definition": code.definition.to_json(),
        "use": code.use.to_json(),
        "not_use": code.not_use.to_json(),
        "example": code.example.to_json(),
        "questions": list(code.questions),
        "groups": list(code.groups),
        "primary_group": code.primary_group,
        "origin": code.origin,
        "cues": {language: list(cues) for language, cues in code.cues.items()},
        "codable": code.codable,
        "hue": code.hue,
        "status": str(code.status),
        "merged_into": code.merged_into,
        "codes": [code_to_json(child) for child in code.children],
    }


def code_from_json(value: Mapping[str, Any]) -> Code:
    """The code of `code_to_json`; keys that are missing take their defaults, unknown ones are left aside.

    Raises KeyError without `id` or `ref`, ValueError for a status that does not exist.
    """
    return Code(
        id=str(value["id"]),
        ref=str(value["ref"]),
        label=_text(value, "label"),
        definition=_text(value, "definition"),
        use=_text(value, "use"),
        not_use=_text(value, "not_use"),
        example=_text(value, "example"),
        questions=_names(value, "questions"),
        groups=_names(value, "groups"),
        primary_group=str(value.get("primary_group", "")),
        origin=str(value.get("origin", "")),
        cues={language: tuple(cues) for language, cues in value.get("cues", {}).items()},
        codable=bool(value.get("codable", True)),
        hue=str(value.get("hue", "")),
        status=Status(value.get("status", Status.ACTIVE)),
        merged_into=value.get("merged_into"),
        children=_all(code_from_json, value, "codes"),
    )


def theme_to_json(theme: Theme) -> Json:
    """One theme with its codes."""
    return {
        "id": theme.id,
        "ref": theme.ref,
        "label": theme.label.to_json(),
        "definition": theme.definition.to_json(),
        "questions": list(theme.questions),
        "codes": [code_to_json(code) for code in theme.codes],
    }


def theme_from_json(value: Mapping[str, Any]) -> Theme:
    """The theme of `theme_to_json`."""
    return Theme(
        id=str(value["id"]),
        ref=str(value["ref"]),
        label=_text(value, "label"),
        definition=_text(value, "definition"),
        questions=_names(value, "questions"),
        codes=_all(code_from_json, value, "codes"),
    )


def question_to_json(question: Question) -> Json:
    """One review question."""
    return {
        "id": question.id,
        "ref": question.ref,
        "text": question.text.to_json(),
        "short": question.short.to_json(),
        "kind": question.kind,
        "source": question.source,
        "hue": question.hue,
        "step": question.step,
    }


def question_from_json(value: Mapping[str, Any]) -> Question:
    """The question of `question_to_json`."""
    return Question(
        id=str(value["id"]),
        ref=str(value["ref"]),
        text=_text(value, "text"),
        short=_text(value, "short"),
        kind=str(value.get("kind", "review_question")),
        source=str(value.get("source", "")),
        hue=str(value.get("hue", "")),
        step=value.get("step"),
    )


def codebook_to_json(codebook: Codebook) -> Json:
    """The whole codebook; every key is always there, but for `derived` of a codebook without a base."""
    return {
        "ref": codebook.ref,
        "version": codebook.version,
        "status": codebook.status,
        "languages": list(codebook.languages),
        "base_state": codebook.base_state,
        "title": codebook.title.to_json(),
        "provenance": codebook.provenance,
        "questions": [question_to_json(question) for question in codebook.questions],
        "groups": [_group_to_json(group) for group in codebook.groups],
        "passes": [_pass_to_json(pass_) for pass_ in codebook.passes],
        "modifiers": [_modifier_to_json(modifier) for modifier in codebook.modifiers],
        "flags": [{"ref": f.ref, "label": f.label.to_json(), "key": f.key} for f in codebook.flags],
        "guide": [_guide_to_json(question) for question in codebook.guide],
        "rules": {name: rule.to_json() for name, rule in codebook.rules.items()},
        "themes": [theme_to_json(theme) for theme in codebook.themes],
        **({"derived": codebook.derived.to_json()} if codebook.derived else {}),
    }


def codebook_from_json(value: Mapping[str, Any]) -> Codebook:
    """The codebook of `codebook_to_json`.

    Raises KeyError when an id is missing and ValueError for a status that does not exist.
    """
    return Codebook(
        ref=str(value["ref"]),
        version=str(value["version"]),
        title=_text(value, "title"),
        languages=tuple(value.get("languages", ("en", "fr"))),
        status=str(value.get("status", "")),
        provenance=str(value.get("provenance", "")),
        base_state=str(value.get("base_state", "")),
        questions=_all(question_from_json, value, "questions"),
        themes=_all(theme_from_json, value, "themes"),
        modifiers=_all(_modifier_from_json, value, "modifiers"),
        flags=_all(lambda f: Flag(f["ref"], _text(f, "label"), f.get("key", "")), value, "flags"),
        passes=_all(_pass_from_json, value, "passes"),
        groups=_all(_group_from_json, value, "groups"),
        guide=_all(_guide_from_json, value, "guide"),
        rules={name: Localized.from_json(rule) for name, rule in value.get("rules", {}).items()},
        derived=Derivation.from_json(value["derived"]) if value.get("derived") else None,
    )


def _modifier_to_json(modifier: Modifier) -> Json:
    return {
        "ref": modifier.ref,
        "label": modifier.label.to_json(),
        "question": modifier.question.to_json(),
        "key": modifier.key,
        "values": [{"ref": v.ref, "label": v.label.to_json(), "key": v.key} for v in modifier.values],
        "applies_to": list(modifier.applies_to),
    }


def _modifier_from_json(value: Mapping[str, Any]) -> Modifier:
    return Modifier(
        ref=value["ref"],
        label=_text(value, "label"),
        question=_text(value, "question"),
        key=value.get("key", ""),
        values=_all(lambda v: ModifierValue(v["ref"], _text(v, "label"), v.get("key", "")), value, "values"),
        applies_to=tuple(value.get("applies_to", ("*",))),
    )


def _pass_to_json(pass_: Pass) -> Json:
    return {
        "ref": pass_.ref,
        "label": pass_.label.to_json(),
        "groups": list(pass_.groups),
        "themes": list(pass_.themes),
        "then": list(pass_.then),
    }


def _pass_from_json(value: Mapping[str, Any]) -> Pass:
    return Pass(
        value["ref"], _text(value, "label"), _names(value, "groups"), _names(value, "themes"), _names(value, "then")
    )


def _group_to_json(group: Group) -> Json:
    return {
        "ref": group.ref,
        "label": group.label.to_json(),
        "subgroups": list(group.subgroups),
        "subgroup_labels": {ref: label.to_json() for ref, label in group.subgroup_labels.items()},
        "step": group.step,
    }


def _group_from_json(value: Mapping[str, Any]) -> Group:
    labels = value.get("subgroup_labels", {})
    return Group(
        ref=value["ref"],
        label=_text(value, "label"),
        subgroups=_names(value, "subgroups"),
        step=value.get("step"),
        subgroup_labels={ref: Localized.from_json(label) for ref, label in labels.items()},
    )


def _guide_to_json(question: GuideQuestion) -> Json:
    return {
        "ref": question.ref,
        "text": question.text.to_json(),
        "questions": list(question.questions),
        "groups": list(question.groups),
    }


def _guide_from_json(value: Mapping[str, Any]) -> GuideQuestion:
    return GuideQuestion(value["ref"], _text(value, "text"), _names(value, "questions"), _names(value, "groups"))


def _text(value: Mapping[str, Any], key: str) -> Localized:
    return Localized.from_json(value.get(key))


def _names(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(value.get(key, ()))


def _all(read: Callable[[Mapping[str, Any]], T], value: Mapping[str, Any], key: str) -> tuple[T, ...]:
    items: Iterable[Mapping[str, Any]] = value.get(key, ())
    return tuple(read(item) for item in items)
