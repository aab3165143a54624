"""Versions of the framework: set aside as it stands, named, shown again, and compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, ngettext
from hsreview.framework.chain import Framework as Framework
from hsreview.framework.version_diff import RowChange as RowChange
from hsreview.framework.version_diff import VersionDiff as VersionDiff
from hsreview.framework.version_diff import diff as diff
from hsreview.model.framework import FrameworkVersion as FrameworkVersion
from hsreview.model.framework import FrozenRow as FrozenRow
from hsreview.model.framework import Row, SourceKind, Stance
from hsreview.model.framework import VersionState as VersionState
from hsreview.model.people import Coder
from hsreview.project import framework as rows_stored
from hsreview.project import framework_versions as stored
from hsreview.project.project import Project
from hsreview.workflows.badges import badge
from hsreview.workflows.evidence import Grounds, grounds
from hsreview.workflows.framework_rows import check_sees

LAST = frozenset({"last", "derniere"})
"""What the newest version may be called, folded."""
_NUMBER = re.compile(r"\d+([a-z]|-\d+)?")


def frozen_versions(project: Project, viewer: Coder | None = None) -> list[FrameworkVersion]:
    """Every version, the oldest first. Raises InputRefused while `viewer` codes blind somewhere."""
    check_sees(project, viewer)
    return stored.versions(project.connection)


def withdrawn_versions(project: Project, viewer: Coder | None = None) -> list[str]:
    """The numbers of the versions that were taken back by undo. Raises as above."""
    check_sees(project, viewer)
    return stored.withdrawn(project.connection)


def find_version(project: Project, wish: str, viewer: Coder | None = None) -> FrameworkVersion:
    """The version of that number, name or id; `last` is the newest one. Raises UsageProblem, and as above."""
    return chosen_version(frozen_versions(project, viewer), wish)


def chosen_version(there: list[FrameworkVersion], wish: str) -> FrameworkVersion:
    """As `find_version`, among versions that were read already."""
    wanted = fold(wish.strip())
    found = [each for each in there if each.id == wish or each.number == wanted]
    found = found or [each for each in there if each.name and fold(each.name) == wanted]
    if not found and wanted in LAST:
        found = there[-1:]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(each.number for each in found)
        raise UsageProblem(
            _("Several versions are called “{name}”: {numbers}. Give a number.").format(name=wish, numbers=numbers)
        )
    if not there:
        raise UsageProblem(_("The framework has no version yet. Make one with: hsreview framework freeze"))
    raise UsageProblem(
        _("There is no version {wish} of the framework. There are: {versions}").format(
            wish=wish, versions=", ".join(map(version_name, there))
        )
    )


def version_name(version: FrameworkVersion) -> str:
    """`2 (Bamako)`: its number, and its name if it has one."""
    return _("{number} ({name})").format(number=version.number, name=version.name) if version.name else version.number


def freeze(project: Project, coder: Coder, name: str = "", because: str = "") -> FrameworkVersion:
    """Set the framework aside as it stands, with the badge of each row; one act.

    Raises InputRefused when there is no row or while `coder` codes blind, UsageProblem when the name is taken, or is
    one by which another version could be meant.
    """
    name = name.strip()
    with project.write():
        check_sees(project, coder)
        _check_name(name, stored.versions(project.connection))
        frozen = frozen_rows(project)
        if not frozen:
            raise InputRefused(_("The framework has no row yet. Nothing was set aside."))
        with project.act(coder.id) as act:
            made = stored.add_version(project.connection, act, frozen, name=name, reason=because.strip())
        return next(each for each in stored.versions(project.connection) if each.id == made)


def retold(there: Iterable[FrameworkVersion], made: FrameworkVersion) -> str:
    """A caution where evidence is told otherwise than in an earlier version; empty where nothing is.

    Whoever lays two badges of a row side by side may work out what somebody said who was interviewed in between.
    """
    before = {
        each.row.id: (each.badge, version.number) for version in there if version.id != made.id for each in version.rows
    }
    found = [
        (each.row.ref, before[each.row.id][1])
        for each in made.rows
        if each.row.id in before and before[each.row.id][0] != each.badge
    ]
    if not found:
        return ""
    told = ngettext(
        "Evidence of {rows} is told otherwise than in version {versions}: who sees both may work out what one person "
        "said. Give out both only when three people or more make the difference.",
        "Evidence of {rows} is told otherwise than in versions {versions}: who sees both may work out what one person "
        "said. Give out both only when three people or more make the difference.",
        len({number for _ref, number in found}),
    )
    return told.format(
        rows=", ".join(ref for ref, _number in found), versions=", ".join(sorted({number for _ref, number in found}))
    )


def frozen_rows(project: Project) -> list[FrozenRow]:
    """The rows as they stand now, as a version would hold them."""
    with project.snapshot():
        connection = project.connection
        behind = grounds(project, Framework(rows_stored.rows(connection), rows_stored.evidence(connection)))
        return [FrozenRow(row, badge(behind, row), links_of(behind, row)) for row in behind.framework.rows]


def links_of(behind: Grounds, row: Row) -> dict[Stance, int]:
    """On how many segments that are there a row stands, by what they do to it; through findings too."""
    codings = {
        (ground.stance, ground.link.source)
        for ground in behind.framework.down(row.id)
        if ground.link.source_kind is SourceKind.CODING and ground.link.source in behind.segments
    }
    found = Counter(stance for stance, _coding in codings)
    return {stance: found[stance] for stance in Stance if found[stance]}


def as_framework(version: FrameworkVersion) -> Framework:
    """The rows of a version, in their order, without their evidence, which is not in it."""
    return framework_of(version.rows)


def framework_of(rows: Iterable[FrozenRow]) -> Framework:
    """As `as_framework`, of rows as they would stand in a version."""
    return Framework([each.row for each in rows], ())


def _check_name(name: str, there: list[FrameworkVersion]) -> None:
    wanted = fold(name)
    if _NUMBER.fullmatch(wanted) or wanted in LAST:
        raise UsageProblem(
            _("A version cannot be called “{name}”: another one could be meant by it.").format(name=name)
        )
    for each in there:
        if name and fold(each.name) == wanted:
            raise UsageProblem(
                _("Version {number} is called “{name}” already. Give another name.").format(
                    number=each.number, name=each.name
                )
            )
