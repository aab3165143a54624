"""The versions of the codebook: which there are, what a lead calls them, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, current_language, ngettext
from hsreview.model.codebook import Codebook
from hsreview.model.people import Coder
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project import versions as stored
from hsreview.project.project import Project
from hsreview.project.versions import Version as Version

if TYPE_CHECKING:
    from hsreview.codebook.diff import CodebookChange as CodebookChange

DIFF_SUFFIXES = (".docx", ".xlsx")
_WIDTHS = (18, 14, 16, 56, 56)
"""Of the columns of the sheet of differences."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two codebooks."""

    title: str
    """The codebook's, in the user's language."""
    old: str
    """What the earlier one is called: `1.0+2`, with its name and number where it is one of the project."""
    new: str
    changes: Sequence[CodebookChange]


def versions(project: Project) -> list[Version]:
    """Every version, the oldest first."""
    return stored.versions(project.connection)


def coder_names(project: Project) -> Mapping[str, str]:
    """Id → name, of everybody who may have changed the codebook."""
    return {each.id: each.name for each in queries.coders(project.connection)}


def find_version(project: Project, wish: str) -> Version:
    """The version with that name, label (`1.0+3`; the newest, where several have it) or number (`v12`).

    Raises InputRefused when there is none.
    """
    found = versions(project)
    for test in (
        lambda v: v.name and v.name.casefold() == wish.strip().casefold(),
        lambda v: v.label == wish,
        lambda v: f"v{v.number}" == wish.casefold(),
    ):
        fitting = [version for version in found if test(version)]
        if fitting:
            return fitting[-1]
    raise InputRefused(_("The codebook has no version {name}. See: hsreview codebook versions").format(name=wish))


def name_version(project: Project, coder: Coder, version: Version, name: str) -> None:
    """Call a version by a name; an empty one takes the name away. One act, which undo takes back.

    Raises UsageProblem when the coder does not lead the project, InputRefused when another version has that name.
    """
    check(Duty.VERSIONS, coder, queries.coders(project.connection))
    wanted = " ".join(name.split())
    with project.act(coder.id) as act:
        other = next((v for v in versions(project) if wanted and v.name.casefold() == wanted.casefold()), None)
        if other is not None and other.act != version.act:
            raise InputRefused(_("Version {label} is called {name} already.").format(label=called(other), name=wanted))
        act.put("setting", stored.VERSION_NAME + version.act, value=wanted or None)


def called(version: Version) -> str:
    """A version as people speak of it: `1.0+3 “after the pilot” (v4)`."""
    name = " " + _("“{words}”").format(words=version.name) if version.name else ""
    return f"{version.label}{name} (v{version.number})"


def compare_versions(project: Project, old: Version, new: Version) -> Compared:
    """What changed from one version of the project's codebook to another."""
    from hsreview.codebook.diff import diff_codebooks

    with project.snapshot():
        before, after = (stored.book_at(project.connection, each.number) for each in (old, new))
    if before is None or after is None:
        raise InputRefused(_("This version is no longer there: somebody else's records came between. Look again."))
    changes = [each for each in diff_codebooks(before, after) if (each.what, each.field) != ("codebook", "version")]
    return Compared(after.title.get(current_language()), called(old), called(new), changes)


def compare_codebooks(old: Codebook, new: Codebook) -> Compared:
    """What changed from one codebook to another."""
    from hsreview.codebook.diff import diff_codebooks

    return Compared(new.title.get(current_language()), old.version, new.version, diff_codebooks(old, new))


def write_comparison(compared: Compared, path: Path) -> Path:
    """Write what changed as a Word document or a workbook, by the file's suffix, in the user's language.

    Raises UsageProblem for another suffix, InputRefused when it cannot be written.
    """
    from hsreview.workflows.files import written

    if path.suffix.lower() not in DIFF_SUFFIXES:
        raise UsageProblem(
            _("Differences are written as {suffixes}; {name} has none of these endings.").format(
                suffixes=", ".join(DIFF_SUFFIXES), name=path
            )
        )
    title = _("Changes of the codebook: {title}").format(title=compared.title)
    count = len(compared.changes)
    facts = [
        _("from version {old} to version {new}").format(old=compared.old, new=compared.new),
        ngettext("{n} difference.", "{n} differences.", count).format(n=count)
        if count
        else _("The codebooks are the same."),
    ]
    headings = [_("What"), _("Change"), _("Field"), _("Before"), _("After")]
    rows = [change.cells() for change in compared.changes]
    with written(path) as spare:
        if path.suffix.lower() == ".docx":
            from hsreview.documents.codebook_diff_docx import write_diff_docx

            write_diff_docx(spare, title, facts, headings, rows, current_language())
        else:
            from hsreview.workbook.plain_tables import PlainTable, write_tables

            write_tables(spare, [PlainTable(_("Changes"), title, facts, headings, _WIDTHS, rows)])
    return path
