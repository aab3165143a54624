"""What a difference between coders rests on: its key, and the digests of the codings it is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from hsreview.base.ids import derived_id
from hsreview.model.review import Difference, Mark, Settled


def digest(mark: Mark) -> str:
    """SHA-256 of what a coding says: code, place, modifiers and flags."""
    said = [mark.code_id, mark.start, mark.end, dict(mark.modifiers), sorted(mark.flags)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def basis_of(marks: Sequence[Mark]) -> tuple[tuple[str, str], ...]:
    """What a decision on these marks rests on."""
    return tuple(sorted((mark.coding_id, digest(mark)) for mark in marks))


def key_of(version_id: str, marks: Sequence[Mark]) -> str:
    """The id of a difference: the same on every replica, as long as it rests on the same codings."""
    return derived_id("difference", version_id, *sorted(mark.coding_id for mark in marks))


def stamp_of(difference: Difference) -> str:
    """The key of a difference with a digest of what its codings say: it differs once one of them was changed."""
    said = json.dumps(basis_of(difference.marks))
    return f"{difference.key}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def common_modifiers(marks: Sequence[Mark | Settled]) -> dict[str, str]:
    """The modifiers on which all agree."""
    first = dict(marks[0].modifiers)
    return {name: value for name, value in first.items() if all(m.modifiers.get(name) == value for m in marks)}


def all_flags(marks: Sequence[Mark | Settled]) -> tuple[str, ...]:
    """The flags that any of them has."""
    return tuple(sorted({flag for mark in marks for flag in mark.flags}))
