"""Beginning a framework with the outcomes that were named before the review."""

from __future__ import annotations

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _
from hsreview.framework.samples import OUTCOMES, STRATEGY, Sample
from hsreview.model.framework import STATUSES, Row, RowKind
from hsreview.model.people import Coder
from hsreview.project import framework as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import check_sees, find_row, framework


def start(project: Project, coder: Coder, *, under: str = "") -> list[Row]:
    """Put the programme outcomes and the objective into the project as drafts, as one act; the rows that are new.

    They stand under the strategy `under`, else under the only one of the project, else under one that is made. Rows
    that were made so before are left as they are. Raises UsageProblem when the project has several strategies and none
    is named, and InputRefused while `coder` codes blind.
    """
    with project.act(coder.id) as act:
        check_sees(project, coder)
        found = framework(project, links=False)
        parent = find_row(found, under, RowKind.STRATEGY).id if under else ""
        there = {row.derived_from for row in found.rows}
        missing = [each for each in OUTCOMES if each.id not in there]
        if not missing:
            return []
        strategies = found.of(RowKind.STRATEGY)
        if not parent and len(strategies) > 1:
            refs = ", ".join(row.ref for row in strategies)
            raise UsageProblem(_("Under which strategy? Name it with --under: {refs}").format(refs=refs))
        parent = parent or (strategies[0].id if strategies else "")
        made = [] if parent else [_add(project, act, STRATEGY, None)]
        made += [_add(project, act, each, parent or made[0]) for each in missing]
    by_id = {row.id: row for row in stored.rows(project.connection)}
    return [by_id[identity] for identity in made]


def _add(project: Project, act: Act, sample: Sample, parent: str | None) -> str:
    return stored.add_row(
        project.connection, act, sample.kind, sample.data, status=STATUSES[sample.kind][0], parent_id=parent,
        derived_from=sample.id,
    )  # fmt: skip
