"""What the workbook's sheets need beside the layer itself, fetched only for the sheets that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.dataset import Dataset
from hsreview.model.framework_matrix import CaseKind, FrameworkMatrix
from hsreview.model.material import Audit, Material
from hsreview.model.people import Coder
from hsreview.model.since import Changes
from hsreview.project import auditing
from hsreview.project.asked import asked
from hsreview.project.project import Project
from hsreview.project.summaries import summaries, withheld
from hsreview.review import blind
from hsreview.workflows.leaving import Leaving

CHANGES = ("changes", "changes_themes")
"""The sheets that an export since an earlier one has."""


def material(
    project: Project, dataset: Dataset, sheets: Sequence[str], *, viewer: Coder | None = None,
    since: Path | None = None, recipient: str = "",
) -> Material:  # fmt: skip
    """The material of the sheets called `sheets` (stable names), for an export of `dataset`.

    Raises InputRefused when `since` is no earlier workbook of this project.
    """
    return Material(
        framework=_framework(project, dataset, viewer, recipient) if "framework" in sheets else (),
        audit=_audit(project, viewer) if "audit" in sheets else None,
        changes=_changes(dataset, since) if since is not None else None,
    )


def _framework(
    project: Project, dataset: Dataset, viewer: Coder | None, recipient: str
) -> Sequence[FrameworkMatrix]:  # fmt: skip
    """The framework matrices of the layer in which there is a summary that `viewer` may see, as they may leave."""
    from hsreview.analysis.framework_matrix import framework_matrix

    known, seen = asked(project.connection), blind.sight(project.connection, viewer).transcript
    hidden = withheld(project.connection)
    found = [
        framework_matrix(dataset, kind, summaries(project.connection, kind), known, seen=seen, withheld=hidden)
        for kind in CaseKind
        if summaries(project.connection, kind)
    ]
    leaving = Leaving(project, recipient)
    return [leaving.matrix(each, dataset) for each in found if any(cell.text for cell in each.cells.values())]


def _changes(dataset: Dataset, path: Path) -> Changes:
    from hsreview.analysis.since import changes_since
    from hsreview.workbook.cells import Report, clean
    from hsreview.workbook.earlier import layer_named, read_earlier
    from hsreview.workbook.words import LANGUAGES, Words

    earlier = read_earlier(path)
    if earlier.project_id != dataset.basis.project_id:
        raise InputRefused(_("{name} is a workbook of another project.").format(name=visible(path.name)))
    if all(earlier.layer != Words(language).whose(dataset.basis) for language in LANGUAGES):
        text = _("{name} is of another layer ({layer}). Export that layer, or name an export of this one.")
        raise InputRefused(text.format(name=visible(path.name), layer=visible(layer_named(earlier.layer))))
    return changes_since(dataset, earlier, lambda text: clean(text, Report()))


def _audit(project: Project, viewer: Coder | None) -> Audit:
    """The acts in the log; of somebody who codes blind anywhere only their own, because every act tells of work."""
    own_only = viewer is not None and blind.anywhere(project.connection, viewer)
    rows = auditing.acts(project.connection, coder_id=viewer.id if own_only and viewer else None)
    return Audit(rows, own_only)
