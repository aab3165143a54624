"""Find, create and open projects, and say where they should not lie."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import ProjectUnavailable
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.settings import read_json, state_dir, write_json
from hsreview.base.surrogates import check_text, readable
from hsreview.model.people import Coder as Coder
from hsreview.project import queries
from hsreview.project.places import Danger, danger, safe_place
from hsreview.project.project import FILE_NAME
from hsreview.project.project import Project as Project

if TYPE_CHECKING:
    from hsreview.model.codebook import Codebook
    from hsreview.project.cipher import Key

_RECENT = 10


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was opened on this machine."""

    path: Path
    name: str
    opened: str


def find_project(start: Path | None = None, explicit: Path | None = None) -> Path:
    """The project folder: `explicit`, else `HSREVIEW_PROJECT`, else `start` (the current folder) or a parent of it.

    Raises ProjectUnavailable when there is none.
    """
    named = explicit or (Path(os.environ["HSREVIEW_PROJECT"]) if os.environ.get("HSREVIEW_PROJECT") else None)
    if named is not None:
        folder = named.parent if named.name == FILE_NAME else named
        try:
            if (folder / FILE_NAME).is_file():
                return folder.resolve()
        except OSError as error:
            raise ProjectUnavailable(
                _("{name} cannot be read: {reason}.").format(name=folder, reason=os_reason(error))
            ) from error
        raise ProjectUnavailable(
            _("There is no project in {folder}. Create one with: hsreview init {folder}").format(folder=named)
        )
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if os.path.isfile(folder / FILE_NAME):  # Unlike Path.is_file, it passes by what may not be looked at.
            return folder
    raise ProjectUnavailable(
        _("There is no project here ({folder}) or in a folder above. Create one with: hsreview init FOLDER").format(
            folder=here
        )
    )


def open_project(root: Path, *, patience: int | None = None) -> Project:
    """Open the project in `root` and remember it among the recent ones.

    `patience` is how many milliseconds a write waits while another program writes, before it is refused.
    """
    project = Project.open(root, patience=patience)
    _remember(project)
    return project


def create_project(
    root: Path, *, name: str | None = None, codebook: Path | None = None, coder: Coder | None = None,
    key: Key | None = None,
) -> Project:  # fmt: skip
    """Make a project in `root` with its name, first coder and codebook, in one step; encrypted with a `key`.

    Raises InputRefused when there is a project already, the codebook has errors, or the folder cannot be written.
    """
    book = None
    if codebook is not None:
        from hsreview.workflows.codebooks import read_codebook_file

        book = read_codebook_file(codebook)
    if name is not None:
        check_text(name)

    def fill(project: Project) -> None:
        _store_beginning(project, name or readable(root.resolve().name), book, coder)

    project = Project.create(root, fill, key=key)
    _remember(project)
    return project


def _store_beginning(project: Project, name: str, book: Codebook | None, coder: Coder | None) -> None:
    by = project.id
    if coder is not None:
        from hsreview.workflows.coders import store_coder

        by = store_coder(project, coder).id
    with project.act(by) as act:
        act.put("setting", "name", value=name)
    if book is not None:
        from hsreview.workflows.codebooks import store_codebook

        store_codebook(project, by, book)


def project_name(project: Project) -> str:
    """The project's name, else that of its folder."""
    return str(queries.setting(project.connection, "name", project.root.name))


def place_warnings(root: Path) -> list[str]:
    """Sentences about a place that is not safe for a project; empty when it is."""
    found = danger(root.resolve())
    return [_danger_sentence(found)] if found else []


def _danger_sentence(found: Danger) -> str:
    if found.kind == "synchronised":
        return _(
            "This folder is synchronised by {name}, which can damage a project or make two copies of it. "
            "Keep the project in a local folder and share packages or backups instead."
        ).format(name=found.name)
    if found.kind == "windows_drive":
        return _(
            "This folder lies on a Windows drive ({name}); under WSL, keep the project in the Linux file system."
        ).format(name=found.name)
    return _("This folder lies on a network share ({name}); keep the project on a local disk.").format(name=found.name)


def proposed_place(root: Path) -> Path | None:
    """A safe local folder instead of `root`; null when `root` is safe, or no safe place is known."""
    return safe_place(root.resolve().name) if danger(root.resolve()) else None


def recent_projects() -> list[RecentProject]:
    """Projects opened on this machine that still exist, newest first."""
    entries = read_json(state_dir() / "recent.json").get("projects", [])
    found = [RecentProject(Path(e["path"]), e["name"], e["opened"]) for e in entries if isinstance(e, dict)]
    return [entry for entry in found if os.path.isfile(entry.path / FILE_NAME)]


def _remember(project: Project) -> None:
    path = str(project.root.resolve())
    others: Sequence[RecentProject] = [r for r in recent_projects() if str(r.path) != path][: _RECENT - 1]
    entries = [{"path": path, "name": project_name(project), "opened": now()}]
    entries += [{"path": str(r.path), "name": r.name, "opened": r.opened} for r in others]
    write_json(state_dir() / "recent.json", {"projects": entries})
