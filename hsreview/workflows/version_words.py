"""What differs between two versions of the framework, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.base.messages import _, current_language, ngettext
from hsreview.framework.chain import Framework
from hsreview.framework.version_diff import BADGE, LINKS, CellChange, RowChange, VersionDiff
from hsreview.model.framework import FrozenRow
from hsreview.model.framework import VersionState as VersionState
from hsreview.model.framework_columns import COLUMNS
from hsreview.workflows.framework_rows import stance_name, status_name
from hsreview.workflows.framework_values import heading, show_value


@dataclass(frozen=True, slots=True)
class ToldCell:
    """One cell that differs, as a reader sees it."""

    field: str
    """See `CellChange.field`."""
    label: str
    before: str
    """Empty where nothing stood."""
    after: str


def told_cells(
    change: RowChange, before: Framework, after: Framework, language: str | None = None
) -> list[ToldCell]:  # fmt: skip
    """What differs in a row: its status and place, its columns in their order, its evidence.

    `before` and `after`: the rows of both versions, among which other rows are named.
    """
    found = {cell.field: cell for cell in change.cells}
    kind = change.after.row.kind
    columns = [f"data.{key}" for column in COLUMNS[kind] for key in column.keys]
    order = ["ref", "kind", "status", "parent_id", "position", *columns, BADGE, LINKS, "derived_from"]
    speech = language or current_language()
    return [
        ToldCell(
            name, _label(change, name, speech), _shown(change.before, before, found[name], speech, old=True),
            _shown(change.after, after, found[name], speech, old=False),
        )
        for name in (*(each for each in order if each in found), *(each for each in found if each not in order))
    ]  # fmt: skip


def _label(change: RowChange, field: str, language: str) -> str:
    for column in COLUMNS[change.after.row.kind]:
        for key in column.keys:
            if field == f"data.{key}":
                return heading(column, key, language)
    return {
        "ref": _("Row"), "kind": _("Kind"), "status": _("Status"), "parent_id": _("Under"), "position": _("Place"),
        BADGE: _("Evidence"), LINKS: _("Segments"), "derived_from": _("Derived from"),
    }.get(field, field)  # fmt: skip


def _shown(frozen: FrozenRow, among: Framework, cell: CellChange, language: str, *, old: bool) -> str:
    value = cell.before if old else cell.after
    if value is None:
        return ""
    match cell.field:
        case "status":
            return status_name(frozen.row.status)
        case "parent_id":
            parent = among.by_id.get(value)
            return parent.ref if parent else "?"
        case "badge":
            return frozen.badge.get(language)
        case "links":
            return links_in_words(frozen)
    for column in COLUMNS[frozen.row.kind]:
        if cell.key in column.keys:
            return show_value(among, column, value, language)
    return str(value)


def links_in_words(frozen: FrozenRow) -> str:
    """`supports 3 · contradicts 1`: on how many segments a row stood."""
    return " · ".join(f"{stance_name(stance)} {n}" for stance, n in frozen.links.items() if n)


def change_name(change: str) -> str:
    """What became of a row (`added`, `removed` or `changed`), in the user's language."""
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[change]


def state_name(state: VersionState) -> str:
    """What a version is, in the user's language."""
    return {VersionState.FROZEN: _("frozen"), VersionState.SIGNED: _("signed off")}[state]


def summary(found: VersionDiff) -> str:
    """`2 rows added, 3 rows changed.`"""
    if not found:
        return _("Nothing differs.")
    n = len(found.added)
    added = ngettext("{n} row added", "{n} rows added", n).format(n=n) if n else ""
    n = len(found.removed)
    removed = ngettext("{n} row removed", "{n} rows removed", n).format(n=n) if n else ""
    n = len(found.changed)
    changed = ngettext("{n} row changed", "{n} rows changed", n).format(n=n) if n else ""
    return ", ".join(filter(None, (added, removed, changed))) + "."
