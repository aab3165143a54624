"""The register of names as JSON: what stands in the key file under its encryption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hsreview.model.naming import ModelSpan, NameClass
from hsreview.privacy.register import Given, Name, Register, Seen, Step

FORMAT = 1
"""Raised when a key file holds what older programs cannot read."""


def as_json(register: Register) -> dict[str, Any]:
    """A register as it is written into the key file."""
    return {
        "format": FORMAT, "project": register.project, "next_number": register.next_number, "acts": register.acts,
        "language": register.language, "spent": list(register.spent),
        "names": [asdict(name) for name in register.names],
        "given": [asdict(each) for each in register.given],
        "marked": {
            key: [[each.start, each.end, each.name_class.value, each.engine] for each in some]
            for key, some in register.marked.items()
        },
        "steps": [_step_json(step) for step in register.steps],
    }  # fmt: skip


def _step_json(step: Step) -> dict[str, Any]:
    before = [[number, asdict(name) if name else None] for number, name in step.before.items()]
    return {"number": step.number, "at": step.at, "by": step.by, "before": before}


def from_json(value: Mapping[str, Any]) -> Register:
    """A register as it was written. Raises KeyError, TypeError or ValueError when it is none."""
    if value["format"] != FORMAT:
        raise ValueError
    steps = (
        Step(int(s["number"]), s["at"], s["by"], {n: _name(name) if name else None for n, name in s["before"]})
        for s in value["steps"]
    )
    return Register(
        str(value["project"]), tuple(map(_name, value["names"])), tuple(map(str, value["spent"])), tuple(steps),
        int(value["next_number"]), int(value["acts"]), str(value["language"]),
        tuple(Given(str(each["original"]), str(each["called"]), str(each["table"])) for each in value.get("given", ())),
        {
            str(key): tuple(ModelSpan(int(at), int(end), NameClass(kind), str(by)) for at, end, kind, by in some)
            for key, some in value.get("marked", {}).items()
        },
    )  # fmt: skip


def _name(value: Mapping[str, Any]) -> Name:
    seen = value["seen"]
    places = tuple((str(before), str(form), str(after)) for before, form, after in seen["contexts"])
    return Name(
        **{
            **value, "variants": tuple(value["variants"]), "capital": tuple(value.get("capital", ())),
            "seen": Seen(
                int(seen["count"]), tuple(seen["files"]), tuple(seen["engines"]), places, str(seen["language"]),
                tuple(map(int, seen.get("counts", ()))),
                tuple((str(form), str(file), int(n)) for form, file, n in seen.get("small", ())),
            ),
        }
    )  # fmt: skip
