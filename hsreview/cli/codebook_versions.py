"""`codebook versions|name|diff`: how the codebook came to be what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.answers.codebook import CodebookDifference
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_lines, emit_table, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.codebook_versions import Compared
    from hsreview.workflows.codebooks import CodebookChange


@command(
    "versions",
    N_(
        "List the versions of the project's codebook: one for every act that changed it.\n\n"
        "A version is named by what stands in the first column (the newest, where several have it), by v and its "
        "number, or by the name that a lead gave it."
    ),
)
@as_json
@pass_world
def versions(world: World, as_json: bool) -> None:
    from hsreview.workflows.codebook_versions import coder_names
    from hsreview.workflows.codebook_versions import versions as read

    with world.reading() as project:
        found, names = read(project), coder_names(project)
    if as_json:
        entries = [
            {
                "version": each.label,
                "number": each.number,
                "name": each.name,
                "at": each.at,
                "coder_id": each.coder_id,
                "coder": names.get(each.coder_id, ""),
                "what": each.what,
                "taken_back": each.taken_back,
                "reason": each.reason,
            }
            for each in found
        ]
        emit_json({"versions": entries})
        return
    emit_table(
        [_("version"), _("no."), _("name"), _("date"), _("by"), _("what"), _("reason")],
        [
            (
                each.label, f"v{each.number}", each.name, each.at[:10], names.get(each.coder_id, ""),
                labelled(_("taken back"), each.what) if each.taken_back else each.what, each.reason,
            )
            for each in found
        ],
    )  # fmt: skip


@command(
    "name",
    N_("Give a version of the codebook a name, such as “after the pilot”; undo takes it back.\n\nOnly a lead does."),
)
@argument("version", N_("VERSION"))
@argument("name", N_("[NAME]"), default="")
@pass_world
def name(world: World, version: str, name: str) -> None:
    from hsreview.workflows.codebook_versions import find_version, name_version

    with world.writing() as (project, coder):
        found = find_version(project, version)
        name_version(project, coder, found, name)
    if name.strip():
        say(_("Version {version} is called “{name}” now.").format(version=found.label, name=name.strip()))
    else:
        say(_("Version {version} has no name any more.").format(version=found.label))


@command(
    "diff",
    N_(
        "Compare two codebooks.\n\n"
        "With two files, from the first to the second; with one file, from the project's codebook to the file. With "
        "--from (and --to), two versions of the project's codebook: see codebook versions."
    ),
)
@argument("first", N_("[FILE]"), required=False)
@argument("second", N_("[FILE]"), required=False)
@option("--from", "old", metavar=N_("VERSION"), text=N_("The earlier version of the project's codebook."))
@option("--to", "new", metavar=N_("VERSION"), text=N_("The later version; without it, the codebook as it is now."))
@option("-o", "--output", "path", metavar=N_("FILE"), type=PATH, text=N_("Write the differences as .docx or .xlsx."))
@as_json
@pass_world
def diff(
    world: World, first: str | None, second: str | None, old: str | None, new: str | None, path: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.codebook_versions import write_comparison

    compared, ref = _compared(world, first, second, old, new)
    if path is not None:
        emit(str(write_comparison(compared, path).resolve()))
        return
    if as_json:
        emit_json({"codebook": ref, "version": compared.new, "changes": list(differences(compared.changes))})
        return
    emit_lines(change.describe() for change in compared.changes)
    n = len(compared.changes)
    say(ngettext("{n} difference.", "{n} differences.", n).format(n=n) if n else _("The codebooks are the same."))


def _compared(
    world: World, first: str | None, second: str | None, old: str | None, new: str | None
) -> tuple[Compared, str]:
    from hsreview.workflows.codebook_versions import compare_codebooks, compare_versions, find_version, versions
    from hsreview.workflows.codebooks import codebook_file, read_codebook_file
    from hsreview.workflows.reading import codebook

    if (first is None) == (old is None) or (new is not None and old is None):
        raise UsageProblem(_("Name one or two codebook files, or a version of the project's codebook with --from."))
    if old is not None:
        with world.reading() as project:
            earlier = find_version(project, old)
            later = find_version(project, new) if new is not None else versions(project)[-1]
            return compare_versions(project, earlier, later), codebook(project).ref
    assert first is not None
    after = read_codebook_file(codebook_file(second or first))
    if second:
        return compare_codebooks(read_codebook_file(codebook_file(first)), after), after.ref
    with world.reading() as project:
        return compare_codebooks(codebook(project), after), after.ref


def differences(changes: Iterable[CodebookChange]) -> Iterator[CodebookDifference]:
    """Changes as JSON has them."""
    for each in changes:
        yield {
            "kind": each.kind.value,
            "what": each.what,
            "ref": each.ref,
            "field": each.field,
            "language": each.language,
            "before": each.before,
            "after": each.after,
        }
