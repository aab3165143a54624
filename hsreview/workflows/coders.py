"""Who codes: choose, add, rename, give a role."""

from __future__ import annotations

import os
from dataclasses import dataclass

from hsreview.base.errors import UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.settings import read_json, state_dir, write_json
from hsreview.base.terminal import visible
from hsreview.model.coding import CONSENSUS
from hsreview.model.people import Coder as Coder
from hsreview.model.people import CoderRole as CoderRole
from hsreview.project import queries
from hsreview.project.project import Project


@dataclass(frozen=True, slots=True)
class ChosenCoder:
    """Who codes now, and whether this choice made them."""

    coder: Coder
    created: bool = False


def coders(project: Project) -> list[Coder]:
    """The team, by name."""
    return queries.coders(project.connection)


def find_coder(project: Project, wish: str) -> Coder | None:
    """The coder with that id or name; null when there is none.

    Raises UsageProblem when several bear the name.
    """
    team = coders(project)
    found = [c for c in team if c.id == wish] or [c for c in team if c.name.casefold() == wish.casefold()]
    if len(found) > 1:
        ids = ", ".join(c.id for c in found)
        raise UsageProblem(_("Several coders are called {name}; give an id: {ids}").format(name=wish, ids=ids))
    return found[0] if found else None


def known_coder(project: Project, wish: str) -> Coder:
    """The coder with that id or name. Raises UsageProblem, with the names of the team, when there is none."""
    found = find_coder(project, wish)
    if found is None:
        raise UsageProblem(
            _("There is no coder called {name}. Coders: {names}").format(
                name=wish, names=", ".join(c.name for c in coders(project)) or "–"
            )
        )
    return found


def choose_coder(project: Project, wish: str | None = None, *, create: bool = True) -> ChosenCoder | None:
    """Who codes: `wish`, else `HSREVIEW_CODER`, else whoever was chosen last on this machine.

    An unknown name becomes a new coder when `create` is true. Null when nobody was named.
    """
    wish = wish or os.environ.get("HSREVIEW_CODER") or _remembered(project)
    if not wish:
        return None
    if not create:
        return ChosenCoder(known_coder(project, wish))
    found = find_coder(project, wish)
    if found is not None:
        return ChosenCoder(found)
    with project.write():
        # Another program may have added them since.
        found = find_coder(project, wish)
        if found is not None:
            return ChosenCoder(found)
        return ChosenCoder(store_coder(project, Coder(new_id(), _good_name(wish))), created=True)


def _remembered(project: Project) -> str | None:
    wish = read_json(state_dir() / "coders.json").get(project.id)
    return wish if wish and any(c.id == wish for c in coders(project)) else None


def remember_coder(project: Project, coder: Coder) -> None:
    """Make `coder` the default of this project on this machine."""
    path = state_dir() / "coders.json"
    write_json(path, read_json(path) | {project.id: coder.id})


def store_coder(project: Project, coder: Coder, by: str | None = None) -> Coder:
    """Add a member of the team; a newcomer signs in as themselves. The first one is the lead."""
    with project.act(by or coder.id) as act:
        if not coders(project):
            coder = Coder(coder.id, coder.name, CoderRole.LEAD)
        act.put("coder", coder.id, name=coder.name, role=str(coder.role))
    return coder


def _good_name(name: str) -> str:
    """Raises UsageProblem for a name that is empty, or that is a layer's."""
    if not name.strip():
        raise UsageProblem(_("A coder needs a name."))
    if name.strip().casefold() == CONSENSUS:
        raise UsageProblem(_("“{name}” is the name of the agreed layer; a coder needs another one.").format(name=name))
    return name.strip()


def add_coder(project: Project, by: str | None, name: str, role: CoderRole = CoderRole.CODER) -> Coder:
    """Add a member of the team. Raises UsageProblem when the name is taken, empty, or a layer's."""
    name = _good_name(name)
    with project.write():
        if find_coder(project, name) is not None:
            raise UsageProblem(_("There is already a coder called {name}.").format(name=visible(name)))
        return store_coder(project, Coder(new_id(), name, role), by)


def rename_coder(project: Project, by: str, coder: Coder, name: str) -> Coder:
    """Give a coder another name; the id stays."""
    name = _good_name(name)
    with project.act(by) as act:
        other = find_coder(project, name)
        if other is not None and other.id != coder.id:
            raise UsageProblem(_("There is already a coder called {name}.").format(name=visible(name)))
        act.put("coder", coder.id, name=name)
        return next(c for c in coders(project) if c.id == coder.id)


def set_role(project: Project, by: str, coder: Coder, role: CoderRole) -> Coder:
    """Change what a member of the team may do."""
    with project.act(by) as act:
        act.put("coder", coder.id, role=str(role))
        return next(c for c in coders(project) if c.id == coder.id)
