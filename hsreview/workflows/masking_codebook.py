"""What a mask changes in the codebook, place by place: nothing undoes it, so it is shown before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hsreview.base.messages import _, labelled
from hsreview.base.terminal import visible
from hsreview.project.entities import ENTITIES
from hsreview.project.project import Project
from hsreview.project.withdrawal import Remade
from hsreview.workflows.shipped_words import TABLES

_BEFORE, _AFTER = 24, 36
"""Characters that are shown on both sides of where a text begins to differ."""


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """A text of the codebook that is told anew."""

    what: str
    """`codebook`, `question`, `theme` or `code`."""
    ref: str
    place: str
    """The key as in a codebook file (`example.fr`, `cues.fr`); empty for an earlier wording alone."""
    after: str = field(repr=False)
    """How it will read."""
    shown: str = field(repr=False)
    """The stretch of it that differs."""

    @property
    def line(self) -> str:
        """The part of the codebook, the field, and how it will read."""
        from hsreview.codebook.diff import FIELDS, WHAT

        thing = f"{_(WHAT.get(self.what, self.what))} {visible(self.ref)}"
        if not self.place:
            return labelled(thing, _("an earlier wording, which is erased"))
        key, dot, language = self.place.rpartition(".")
        name = f"{_(FIELDS.get(key, key))} ({language})" if dot else _(FIELDS.get(language, language))
        return labelled(f"{thing}, {name}", visible(self.shown))


def of_codebook(project: Project, remade: Iterable[Remade]) -> tuple[CodebookPlan, ...]:
    """Every text of the codebook that is told anew, as the project has it and as it will be."""
    found: list[CodebookPlan] = []
    for thing in remade:
        if thing.table not in TABLES:
            continue
        fields, _removed = project.state.row(ENTITIES[thing.table], thing.id) or ({}, True)
        what, ref = str(fields.get("kind") or thing.table), str(fields.get("ref") or "")
        new = list(_changed(fields, dict(thing.fields), ""))
        found += [CodebookPlan(what, ref, place, text, shown) for place, text, shown in new]
        if not new:
            found.append(CodebookPlan(what, ref, "", "", ""))
    return tuple(found)


def _changed(old: Any, new: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Where two JSON values of one shape differ: the place, the new text, and what of it is shown."""
    if isinstance(new, str):
        if old != new:
            yield place, new, _stretch(str(old or ""), new)
    elif isinstance(new, dict) and isinstance(old, dict):
        for key, each in new.items():
            yield from _changed(old.get(key), each, f"{place}.{key}".removeprefix(".").removeprefix("data."))
    elif isinstance(new, list) and isinstance(old, list):
        for before, each in zip(old, new, strict=False):
            yield from _changed(before, each, place)


def _stretch(old: str, new: str) -> str:
    """A text from just before where it begins to differ from another one, on one line."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start, end = max(0, at - _BEFORE), min(len(new), at + _AFTER)
    return ("…" if start else "") + " ".join(new[start:end].split()) + ("…" if end < len(new) else "")
