"""Who codes: choose, add, rename, give a role."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.settings import read_json, state_dir, write_json
from hsreview.base.terminal import visible
from hsreview.model.coding import CONSENSUS
from hsreview.model.people import Coder as Coder
from hsreview.model.people import CoderRole as CoderRole
from hsreview.privacy.roles import ROLE_WORDS as ROLE_WORDS
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.undo import has_work

_LONG = 3
"""Letters of a name from which on one slip of the keys is noticed; shorter names differ by so little."""
_INITIAL = re.compile(r"\s([^\W\d_])\.?$")


class UnknownCoder(UsageProblem):
    """Nobody of the team has this id or name."""


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
    """The coder with that id or name. Raises UnknownCoder, with the names of the team, when there is none."""
    found = find_coder(project, wish)
    if found is None:
        raise UnknownCoder(
            _("There is no coder called {name}. Coders: {names}").format(
                name=wish, names=", ".join(c.name for c in coders(project)) or "–"
            )
        )
    return found


def member(project: Project, wish: str) -> Coder:
    """The coder for whom something is done. Raises UnknownCoder, with what to do, when there is none of that name."""
    found = find_coder(project, wish)
    if found is None:
        raise _unknown(
            wish, next((c.name for c in coders(project) if _may_be_misspelt(fold(wish), fold(c.name))), None)
        )
    return found


def choose_coder(
    project: Project, wish: str | None = None, *, create: bool = True, joined: Callable[[Coder], object] | None = None
) -> ChosenCoder | None:
    """Who codes: `wish`, else `HSREVIEW_CODER`, else whoever was chosen last on this machine.

    In a file for a meeting it is its rapporteur. An unknown name becomes a new coder when `create` is true: at once,
    or with `joined`, which then hears of it, together with the first thing that is written. Null when nobody was
    named. Raises UsageProblem when an unknown name differs from that of a coder by accents only, or by one slip of the
    keys.
    """
    if project.kit_coder is not None:
        return ChosenCoder(_of_kit(project, project.kit_coder, wish))
    wish = wish or os.environ.get("HSREVIEW_CODER") or _remembered(project)
    if not wish:
        return None
    if not create:
        return ChosenCoder(known_coder(project, wish))
    found = find_coder(project, wish)
    if found is not None:
        return ChosenCoder(found)
    name = usable_name(wish)
    if joined is not None:
        return ChosenCoder(_joins(project, name, joined), created=True)
    with project.write():  # Another program may have added the same newcomer meanwhile.
        found = find_coder(project, name)
        if found is not None:
            return ChosenCoder(found)
        _check_spelling(project, name)
        return ChosenCoder(store_coder(project, Coder(new_id(), name)), created=True)


def _joins(project: Project, name: str, joined: Callable[[Coder], object]) -> Coder:
    """A newcomer who is stored with the first thing that they write: what is refused makes nobody a coder."""
    _check_spelling(project, name)
    newcomer = Coder(new_id(), name, CoderRole.CODER if coders(project) else CoderRole.LEAD)

    def join() -> None:
        _check_free(project, name)  # Another program may have added somebody meanwhile.
        store_coder(project, newcomer)

    project.before_first_write(join, lambda: joined(newcomer))
    return newcomer


def _of_kit(project: Project, coder_id: str, wish: str | None) -> Coder:
    """Who writes in a project file for a meeting, whoever was chosen elsewhere."""
    found = known_coder(project, coder_id)
    if wish and wish != found.id and fold(wish) != fold(found.name):
        raise UsageProblem(
            _("This project file is for a validation meeting: {name} writes in it, and nobody else.").format(
                name=found.name
            )
        )
    return found


def _check_spelling(project: Project, name: str) -> None:
    """A slip of the keys must not make a second layer for one person."""
    near = next((c.name for c in coders(project) if _may_be_misspelt(fold(name), fold(c.name))), None)
    if near is not None:
        raise _unknown(name, near)


def _unknown(name: str, near: str | None) -> UnknownCoder:
    said = [_("There is no coder called {name}.").format(name=visible(name))]
    if near is not None:
        said.append(_("Did you mean {near}?").format(near=visible(near)))
    if near is None or fold(name) != fold(near):
        said.append(
            _("To add a new coder: {command}").format(command=f"hsreview coders add {shlex.quote(visible(name))}")
        )
    return UnknownCoder(" ".join(said))


def _may_be_misspelt(one: str, other: str) -> bool:
    """Whether two folded names are equal, or one slip apart and neither of them very short.

    Names that differ in their digits or in the initial at their end are told apart on purpose: Coder 1, Coder 2.
    """
    if one == other:
        return True
    if any(sum(char.isalpha() for char in name) < _LONG for name in (one, other)):
        return False
    initials = {found.group(1) for found in map(_INITIAL.search, (one, other)) if found}
    return re.findall(r"\d", one) == re.findall(r"\d", other) and len(initials) < 2 and _one_slip_apart(one, other)


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether one character is missing, added or another one, or two neighbours have changed places."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or other[at + 1 :] in (one[at:], one[at + 1 :]) or other[at:] == one[at + 1 :]


def _remembered(project: Project) -> str | None:
    wish = read_json(state_dir() / "coders.json").get(project.id)
    return wish if wish and any(c.id == wish for c in coders(project)) else None


def remember_coder(project: Project, coder: Coder) -> None:
    """Make `coder` the default of this project on this machine; a file for a meeting knows its own."""
    if project.kit_coder is not None:
        return
    path = state_dir() / "coders.json"
    write_json(path, read_json(path) | {project.id: coder.id})


def store_coder(project: Project, coder: Coder, by: str | None = None) -> Coder:
    """Add a member of the team; a newcomer signs in as themselves. The first one is the lead.

    Raises UsageProblem when the name is empty or means something else.
    """
    name = usable_name(coder.name)
    with project.act(by or coder.id) as act:
        role = coder.role if coders(project) else CoderRole.LEAD
        act.put("coder", coder.id, name=name, role=str(role))
    return Coder(coder.id, name, role)


def add_coder(project: Project, by: str | None, name: str, role: CoderRole = CoderRole.CODER) -> Coder:
    """Add a member of the team. Raises UsageProblem when the name is taken, empty or means something else.

    Only a lead adds somebody who is more than a coder.
    """
    name = usable_name(name)
    with project.write():
        if role is not CoderRole.CODER:
            _check_gives_roles(project, by)
        _check_free(project, name)
        return store_coder(project, Coder(new_id(), name, role), by)


def rename_coder(project: Project, by: str, coder: Coder, name: str) -> Coder:
    """Give a coder another name; the id stays. Raises UsageProblem as `add_coder` does."""
    name = usable_name(name)
    with project.act(by) as act:
        _check_free(project, name, coder.id)
        found = known_coder(project, coder.id)
        act.put("coder", coder.id, name=name)
    return replace(found, name=name)


def set_role(project: Project, by: str, coder: Coder, role: CoderRole) -> Coder:
    """Change what a member of the team may do.

    Raises UsageProblem when the project has a lead and `by` is none, or when nobody would lead it any more.
    """
    with project.act(by) as act:
        _check_gives_roles(project, by)
        found = known_coder(project, coder.id)
        if role is not CoderRole.LEAD and [each.id for each in _leads(project)] == [coder.id]:
            raise UsageProblem(
                _(
                    "{name} is the only lead, and a project needs one. Make somebody else a lead first: "
                    "hsreview coders role NAME lead"
                ).format(name=visible(found.name))
            )
        act.put("coder", coder.id, role=str(role))
    return replace(found, role=role)


def _leads(project: Project) -> list[Coder]:
    return [each for each in coders(project) if each.role is CoderRole.LEAD]


def _check_gives_roles(project: Project, by: str | None) -> None:
    """Somebody whom nobody knows is as a coder."""
    team = coders(project)
    giver = next((each for each in team if each.id == by), Coder(by or "", _("nobody")))
    check(Duty.ROLES, giver, team)


def remove_coder(project: Project, by: str, coder: Coder) -> None:
    """Take somebody out of the team. Raises InputRefused when they did anything, or anything was done for them."""
    with project.act(by) as act:
        if has_work(project.connection, coder.id):
            raise InputRefused(
                _(
                    "{name} has work in the project (acts, codings, assignments or a draw) and stays in the team."
                ).format(name=visible(coder.name))
            )
        act.remove("coder", coder.id)


def usable_name(name: str) -> str:
    """A coder's `name` without blanks around it. Raises UsageProblem when nobody can be called that."""
    name = name.strip()
    if not name:
        raise UsageProblem(_("A coder needs a name."))
    if "," in name:
        raise UsageProblem(_("A coder’s name has no comma: commas stand between several coders."))
    if fold(name) == CONSENSUS:
        raise UsageProblem(_("“{name}” is the name of the agreed layer; a coder needs another one.").format(name=name))
    return name


def _check_free(project: Project, name: str, but: str = "") -> None:
    key = fold(name)
    taken = next((c for c in coders(project) if c.id != but and (name == c.id or key == fold(c.name))), None)
    if taken is None:
        return
    if name.casefold() in (taken.name.casefold(), taken.id):
        raise UsageProblem(_("There is already a coder called {name}.").format(name=visible(taken.name)))
    raise UsageProblem(
        _("There is already a coder called {near}, and {name} differs by accents or capitals only.").format(
            near=visible(taken.name), name=visible(name)
        )
    )
