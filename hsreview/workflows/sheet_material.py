"""What the workbook's sheets need beside the layer itself, fetched only for the sheets that are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.model.material import Audit, Material
from hsreview.model.people import Coder
from hsreview.project import auditing
from hsreview.project.project import Project
from hsreview.review import blind


def material(project: Project, sheets: Sequence[str], *, viewer: Coder | None = None) -> Material:
    """The material of the sheets called `sheets` (stable names)."""
    return Material(audit=_audit(project, viewer) if "audit" in sheets else None)


def _audit(project: Project, viewer: Coder | None) -> Audit:
    """The acts in the log; of somebody who codes blind anywhere only their own, because every act tells of work."""
    own_only = viewer is not None and blind.anywhere(project.connection, viewer)
    rows = auditing.acts(project.connection, coder_id=viewer.id if own_only and viewer else None)
    return Audit(rows, own_only)
