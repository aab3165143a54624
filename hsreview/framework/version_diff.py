"""What differs between two versions of the framework: rows that came, rows that went, and cells that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hsreview.model.framework import FrozenRow

FIELDS = ("ref", "kind", "status", "parent_id", "position", "derived_from")
"""What of a row is compared beside its columns; whose it is and when it was made does not stand in a version."""
BADGE, LINKS, DATA = "badge", "links", "data."


@dataclass(frozen=True, slots=True)
class CellChange:
    """One thing about a row that differs. Null: it was, or is, empty."""

    field: str
    """One of `FIELDS`, `badge`, `links`, or `data.` and the key of a column."""
    before: Any
    after: Any

    @property
    def key(self) -> str:
        """The key of the column; empty for what is no column."""
        return self.field.removeprefix(DATA) if self.field.startswith(DATA) else ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is in both versions, and differs."""

    before: FrozenRow
    after: FrozenRow
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """What leads from one version to another; rows are matched by id, never by ref or words."""

    added: tuple[FrozenRow, ...]
    removed: tuple[FrozenRow, ...]
    changed: tuple[RowChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff(before: Iterable[FrozenRow], after: Iterable[FrozenRow]) -> VersionDiff:
    """What leads from `before` to `after`; in the order of the version in which a row stands, `after` where in both."""
    old, new = _by_id(before), _by_id(after)
    changed = ((old[id_], each, tuple(_cells(old[id_], each))) for id_, each in new.items() if id_ in old)
    return VersionDiff(
        tuple(each for id_, each in new.items() if id_ not in old),
        tuple(each for id_, each in old.items() if id_ not in new),
        tuple(RowChange(*each) for each in changed if each[2]),
    )


def applied(rows: Iterable[FrozenRow], change: VersionDiff) -> dict[str, FrozenRow]:
    """The rows after the change, by id. Only what `change` tells of a row that stays is changed in it."""
    found = _by_id(rows)
    for gone in change.removed:
        del found[gone.row.id]
    for each in change.changed:
        found[each.before.row.id] = _changed(found[each.before.row.id], each.cells)
    return found | _by_id(change.added)


def _changed(frozen: FrozenRow, cells: Iterable[CellChange]) -> FrozenRow:
    row, badge, links = frozen.row, frozen.badge, frozen.links
    data = dict(row.data)
    fields = {}
    for cell in cells:
        if cell.field == BADGE:
            badge = cell.after
        elif cell.field == LINKS:
            links = cell.after
        elif cell.key:
            data[cell.key] = cell.after
        else:
            fields[cell.field] = cell.after
    data = {key: value for key, value in data.items() if value is not None}
    return FrozenRow(replace(row, **fields, data=data), badge, links)


def _cells(before: FrozenRow, after: FrozenRow) -> Iterable[CellChange]:
    pairs = [(name, getattr(before.row, name), getattr(after.row, name)) for name in FIELDS]
    old, new = before.row.data, after.row.data
    pairs += [(DATA + key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]
    pairs += [(BADGE, before.badge, after.badge), (LINKS, _counted(before.links), _counted(after.links))]
    return (CellChange(*each) for each in pairs if each[1] != each[2])


def _counted(links: Mapping[Any, int]) -> dict[Any, int]:
    return {stance: n for stance, n in links.items() if n}


def _by_id(rows: Iterable[FrozenRow]) -> dict[str, FrozenRow]:
    return {each.row.id: each for each in rows}
