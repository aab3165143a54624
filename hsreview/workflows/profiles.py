"""Profiles: choices of sheets that a team saved under names, so that every export is made the same way."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.project.saved import Saved, saved

KIND = "workbook"
LONGEST_NAME = 80


def profiles(project: Project) -> dict[str, tuple[str, ...]]:
    """Name → the stable names of its sheets."""
    return {each.name: tuple(each.text.split(",")) for each in saved(project.connection, KIND)}


def profile(project: Project, name: str) -> tuple[str, ...]:
    """The stable names of the sheets of a saved profile. Raises UsageProblem with the profiles there are."""
    found = _called(project, name)
    if found is None:
        names = ", ".join(each.name for each in saved(project.connection, KIND)) or _("none")
        raise UsageProblem(_("There is no profile {name}. There are: {names}").format(name=name, names=names))
    return tuple(found.text.split(","))


def sheet_names(sheets: Sequence[str]) -> tuple[str, ...]:
    """The stable names of the sheets that are meant. Raises UsageProblem that lists them all when one is unknown."""
    from hsreview.workbook.sheets import chosen

    return tuple(sheet.key for sheet in chosen(sheets))


def save_profile(project: Project, coder: Coder, name: str, sheets: Sequence[str]) -> bool:
    """Save a choice of sheets under a name, in place of the profile of that name; false when it is there already.

    Raises UsageProblem when a sheet is unknown, InputRefused for an empty or very long name.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputRefused(_("The name of a profile has 1 to {n} characters.").format(n=LONGEST_NAME))
    text = ",".join(sheet_names(sheets))
    with project.act(coder.id) as act:
        found = _called(project, name)
        if found is None:
            return act.put("saved_search", new_id(), name=name, kind=KIND, query=text)
        return act.put("saved_search", found.id, query=text)


def _called(project: Project, name: str) -> Saved | None:
    """Of two that people saved under one name apart from each other, the first by id: the same on every replica."""
    wanted = fold(" ".join(name.split()))
    return next((each for each in saved(project.connection, KIND) if fold(each.name) == wanted), None)
