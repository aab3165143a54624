"""What readers of codebooks and of overlays share: the text of a file, entries checked against a format, refusals."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.codebook.yaml_tree import Finding, Unquoted, YamlTree
from hsreview.model.codebook_rules import Path, did_you_mean, more_problems

MAX_BYTES = 2_000_000
MAX_PROBLEMS = 200
_Entry = TypeVar("_Entry", bound=BaseModel)


def file_text(path: FilePath, name: str) -> str:
    """The text of a file of ours; raises InputRefused when it cannot be read, is too big or no UTF-8 or UTF-16."""
    try:
        if path.stat().st_size > MAX_BYTES:
            text = _("{name} is too big for a codebook: more than {n} bytes.")
            raise InputRefused(text.format(name=visible(name), n=MAX_BYTES))
        data = path.read_bytes()
    except OSError as error:
        text = _("The codebook {name} cannot be read: {reason}.")
        raise InputRefused(text.format(name=visible(name), reason=os_reason(error))) from None
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1)
        message = _("This is not UTF-8. Save the file in the encoding UTF-8.")
        raise refused(name, [Finding((line, column), "encoding", message)]) from None


def refused(name: str, findings: list[Finding], *, overlay: bool = False) -> InputRefused:
    """The refusal of a codebook (or an overlay), with every problem in the order of its lines."""
    ordered = sorted(findings, key=lambda finding: finding.mark or (-1, -1))
    problems = list(dict.fromkeys(finding.problem() for finding in ordered))
    count = len(problems)
    if count > MAX_PROBLEMS:
        problems = problems[:MAX_PROBLEMS]
        problems.append(Problem(more_problems(count - MAX_PROBLEMS), "", "more"))
    if overlay:
        text = ngettext("The overlay {name} has {n} problem:", "The overlay {name} has {n} problems:", count)
    elif name:
        text = ngettext("The codebook {name} has {n} problem:", "The codebook {name} has {n} problems:", count)
    else:
        text = ngettext("The codebook has {n} problem:", "The codebook has {n} problems:", count)
    return InputRefused(text.format(name=visible(name), n=count), problems)


def known_format(tree: YamlTree, schema: object, known: str) -> bool:
    """Whether a file says that it has the format `known`, or says nothing; else the finding is in the tree."""
    if not isinstance(schema, str) or schema == known:
        return True
    text = _("This file has the format “{schema}”; this version of hsreview reads “{known}”.")
    message = text.format(schema=visible(schema), known=known)
    tree.findings.append(Finding(tree.mark(("schema",)), "unknown_schema", message))
    return False


def validated(tree: YamlTree, data: dict[str, Any], model: type[_Entry], needed: Mapping[str, Any]) -> _Entry | None:
    """The entries of the file, with stand-ins for what does not keep to the format (and a finding for each).

    `needed` is what may stand in for keys that must be there. None when the file is too far from the format for its
    references to be checked.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        known = {finding.mark for finding in tree.findings}
        for number, detail in enumerate(error.errors(include_url=False)):
            finding = _finding(tree, detail, model)
            if finding.mark not in known:
                tree.findings.append(finding)
            _stand_in(tree, data, tuple(detail["loc"]), f"?{number}", needed)
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _stand_in(tree: YamlTree, data: Any, path: Path, word: str, needed: Mapping[str, Any]) -> None:
    """Put something well-formed where `path` leads, so that the rest of the file can still be checked."""
    for part in path[:-1]:
        data = data[part]
    last = path[-1]
    needed = {"id": word, "version": word, **needed}
    if isinstance(data, list):
        data[int(last)] = tree.unquoted[path].raw if path in tree.unquoted else word
    elif path in tree.unquoted and last in ("id", "version", "primary_group", "merged_into"):
        data[last] = tree.unquoted[path].raw
    elif last in needed:
        data[last] = needed[str(last)]
    elif last in ("label", "text", "title"):
        data[last] = {}
    else:
        data.pop(last, None)


def _finding(tree: YamlTree, detail: Any, model: type[BaseModel]) -> Finding:
    path: Path = tuple(detail["loc"])
    kind: str = detail["type"]
    if kind == "extra_forbidden":
        key = str(path[-1])
        text = _("The key “{key}” is not known here.").format(key=visible(key))
        return Finding(tree.mark(path, key=True), "unknown_key", text + did_you_mean(key, _keys_at(model, path[:-1])))
    if kind == "missing":
        text = _("“{key}” is missing here.").format(key=path[-1])
        return Finding(tree.mark(path), "missing_key", text)
    word = "unquoted" if path in tree.unquoted else "unknown_value" if kind == "literal_error" else "wrong_value"
    return Finding(tree.mark(path), word, _type_message(tree, path, detail))


def _type_message(tree: YamlTree, path: Path, detail: Any) -> str:
    kind: str = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    unquoted = tree.unquoted.get(path)
    if kind in ("string_type", "literal_error") and unquoted:
        return _unquoted(unquoted)
    if kind == "string_type":
        return _("A text is expected here.")
    if kind == "list_type":
        return _("A list is expected here: one entry a line, each after “- ”.")
    if kind == "model_type" and context.get("class_name") in ("TextEntry", "CuesEntry"):
        return _("Write the languages below each other here, as {example}.").format(example="en: … fr: …")
    if kind in ("model_type", "dict_type"):
        return _("A block of keys is expected here, such as {example}.").format(example="id: …")
    if kind == "literal_error":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").removeprefix(", ")
        value = visible(str(detail.get("input", ""))[:60])
        text = _("“{value}” is not possible here; choose one of: {allowed}.")
        return text.format(value=value, allowed=allowed)
    messages = {
        "string_too_short": _("This must not be empty."),
        "string_too_long": _("This is too long: at most 64 characters."),
        "too_short": _("At least one entry is needed here."),
        "string_pattern_mismatch": _("A key is one letter (without accent), digit or sign."),
        "bool_type": _("Write true or false here."),
        "int_type": _("Write a whole number here."),
        "greater_than_equal": _("Write a whole number here."),
    }
    return messages.get(kind) or _("This value does not fit here.")


def _unquoted(value: Unquoted) -> str:
    text = {
        "number": _("Without quotes, {raw} is a number and not a text. Write {quoted}."),
        "date": _("Without quotes, {raw} is a date and not a text. Write {quoted}."),
    }.get(value.kind) or _("Without quotes, {raw} means true or false and is not a text. Write {quoted}.")
    raw = visible(value.raw[:60])
    return text.format(raw=raw, quoted=f'"{raw}"')


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the format knows at `path`."""
    for part in path:
        if isinstance(part, str):
            inner = next((f.annotation for name, f in model.model_fields.items() if (f.alias or name) == part), None)
            model = _model_in(inner) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
