"""Rows of the framework taken over as drafts: from a version of it, or from the framework of another state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.model.framework import PARENTS, STATUSES, Row, RowKind
from hsreview.model.framework_columns import COLUMNS, ValueKind
from hsreview.project import framework as stored
from hsreview.project.log import Act
from hsreview.project.project import Project

_ORDER = list(RowKind)
"""What others name or stand under comes first."""


def copy_rows(
    project: Project, act: Act, rows: Sequence[Row], *, under: Row | None = None,
    known: Mapping[str, str] | None = None, cells: Callable[[Row], Mapping[str, Any]] | None = None,
) -> dict[str, str]:  # fmt: skip
    """Make a new row of each, with the status of a new one, a ref of its own and `derived_from`: id → id of its copy.

    A copy stands under the copy of what the row stands under; else under what `known` names (id there → id of a row of
    this project that is the same thing); else under `under`, where its kind may. A column that names a row names its
    copy, else what is known, else nothing. `cells` says what the columns of a copy hold, where that is not what the
    row holds. Evidence stays with the rows that it was linked to. Call it inside an act.
    """
    there, made = dict(known or {}), dict[str, str]()
    for row in sorted(rows, key=lambda each: (_ORDER.index(each.kind), each.position)):
        data = dict(cells(row) if cells else row.data)
        for column in COLUMNS[row.kind]:
            if column.kind is ValueKind.ROW and column.key in data:
                data[column.key] = there.get(data[column.key])
        parent = there.get(row.parent_id or "")
        if parent is None and under is not None and under.kind in PARENTS[row.kind]:
            parent = under.id
        there[row.id] = made[row.id] = stored.add_row(
            project.connection, act, row.kind, {key: value for key, value in data.items() if value is not None},
            status=STATUSES[row.kind][0], parent_id=parent, derived_from=row.id,
        )  # fmt: skip
    return made
