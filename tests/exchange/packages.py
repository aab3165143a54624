"""Packages of small projects, made without encryption."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.ids import new_id, now
from hsreview.model.exchange import Content, Manifest, Package
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.project.schema import SCHEMA_VERSION


def whole(project: Project, *, made_by: str = "") -> Package:
    """Everything of a project."""
    records = tuple(changes(project.connection))
    contents = tuple(Content(*row) for row in project.connection.execute("select hash, kind, data, state from content"))
    return Package(manifest(project.id, heads(project), made_by=made_by), records, contents)


def heads(project: Project) -> dict[str, int]:
    """The newest number of each actor."""
    return dict(project.connection.execute("select coder || '/' || replica, seq from head").fetchall())


def manifest(project_id: str, known: Mapping[str, int], *, made_by: str = "") -> Manifest:
    """A manifest without digests."""
    return Manifest(
        new_id(), project_id, "Revue", SCHEMA_VERSION, "hsreview", now(), made_by, "", known, known, "test 1.0", {}
    )
