"""Answers checked against the schema of docs/json.schema.json (the part of JSON Schema that it uses)."""

from __future__ import annotations

from functools import cache
from typing import Any

from scripts import cli_docs

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


@cache
def schema() -> dict[str, Any]:
    """As it is written to the docs (another test sees that it is)."""
    return cli_docs.json_schema()


def check_answer(command: str, answer: object) -> None:
    """Fail unless `answer` has the documented shape of the command's answer."""
    found = list(_faults(answer, schema()["commands"][command], command))
    assert not found, found


def _faults(value: object, shape: dict[str, Any], place: str) -> list[str]:
    if "$ref" in shape:
        shape = schema()["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        return [] if any(not _faults(value, each, place) for each in shape["anyOf"]) else [f"{place}: {value!r}"]
    if "enum" in shape:
        return [] if value in shape["enum"] else [f"{place}: {value!r} is none of {shape['enum']}"]
    kinds = _KINDS[shape["type"]]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return [f"{place}: {value!r} is no {shape['type']}"]
    if isinstance(value, list):
        return [fault for i, each in enumerate(value) for fault in _faults(each, shape["items"], f"{place}[{i}]")]
    if isinstance(value, dict):
        return _object_faults(value, shape, place)
    return []


def _object_faults(value: dict[str, object], shape: dict[str, Any], place: str) -> list[str]:
    known, other = shape.get("properties", {}), shape["additionalProperties"]
    found = [f"{place}.{name} is missing" for name in shape.get("required", ()) if name not in value]
    for name, each in value.items():
        if name in known:
            found += _faults(each, known[name], f"{place}.{name}")
        elif other:
            found += _faults(each, other, f"{place}.{name}")
        else:
            found.append(f"{place}.{name} is not documented")
    return found
