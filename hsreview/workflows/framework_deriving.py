"""Rows of a version of the framework taken over as drafts for another strategy of the same project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.model.framework import FrameworkVersion, Row, RowKind, RowStatus
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.framework_copying import copy_rows
from hsreview.workflows.framework_rows import find_row, framework
from hsreview.workflows.framework_versions import as_framework

KINDS = (RowKind.OUTCOME, RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION)
"""Rows that belong to a strategy; actors and findings are those of the whole project."""
_DROPPED = (RowStatus.REJECTED, RowStatus.RETIRED, RowStatus.REFUSED, RowStatus.LAPSED)


@dataclass(frozen=True, slots=True)
class Derived:
    """What was taken over."""

    rows: tuple[Row, ...]
    """The new rows."""
    there: tuple[Row, ...]
    """Rows of the version that were taken over for this strategy before; they were left out."""


def derive(
    project: Project, coder: Coder, version: FrameworkVersion, strategy: Row, refs: Iterable[str] = ()
) -> Derived:  # fmt: skip
    """Make drafts of the rows of a version under a strategy, as one act.

    Of those that are named with all that stands under them, or of all that stand under another strategy or none; not
    of rejected, retired, refused or lapsed ones. Raises UsageProblem for a row that is not in the version, InputRefused
    when there is nothing to take over.
    """
    found = as_framework(version)
    wanted = _wanted(found, strategy, list(refs))
    with project.write():
        now = framework(project, viewer=coder, links=False)
        # Row that was taken over for this strategy before → its draft; what stands under the one goes under the other.
        before = {
            row.derived_from: row.id for row in now.rows if row.derived_from and _strategy_of(now, row) == strategy.id
        }
        rows = [row for row in wanted if row.id not in before]
        if not rows:
            raise InputRefused(
                _("Version {number} has no row that could be taken over for {strategy}. Nothing was stored.").format(
                    number=version.number, strategy=strategy.ref
                )
            )
        with project.act(coder.id) as act:
            actors = {row.id: row.id for row in now.of(RowKind.ACTOR)}
            made = copy_rows(project, act, rows, under=strategy, known={**actors, **before}).values()
        new = framework(project, links=False).by_id
    return Derived(tuple(new[each] for each in made), tuple(row for row in wanted if row.id in before))


def _wanted(found: Framework, strategy: Row, refs: list[str]) -> list[Row]:
    chosen = {find_row(found, ref, *KINDS).id for ref in refs}
    return [
        row
        for row in found.of(*KINDS)
        if row.status not in _DROPPED
        and (_is_below(found, row, chosen) if refs else _strategy_of(found, row) != strategy.id)
    ]


def _is_below(found: Framework, row: Row, chosen: set[str]) -> bool:
    return any(each.id in chosen for each in _line(found, row))


def _strategy_of(found: Framework, row: Row) -> str:
    return next((each.id for each in _line(found, row) if each.kind is RowKind.STRATEGY), "")


def _line(found: Framework, row: Row) -> list[Row]:
    """The row and what it stands under, up to the top; there are no rings."""
    line = [row]
    while (above := found.by_id.get(line[-1].parent_id or "")) is not None:
        line.append(above)
    return line
