"""`originals`: files in the project's folder that hold what people said as they said it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, EXIT_REFUSED, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.asking import agreed
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.passphrases import asker
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.originals import Original
    from hsreview.workflows.originals_archive import Moved

originals = group(
    "originals",
    N_(
        "List the imported files that still lie in the project’s folder, and move them away.\n\n"
        "The folder is copied, packed and handed on. A file from which names were replaced in the project still has "
        "them; so has the file of somebody who withdrew. Files are known by what they hold, whatever they are called."
    ),
    default="list",
)
_secret = option(
    "--passphrase-file", "secret_file", type=PATH, metavar=N_("FILE"),
    text=N_("The passphrase of the archive is the first line of FILE (else HSREVIEW_PASSPHRASE, else asked for)."),
)  # fmt: skip
_all = option(
    "--all", "everything", is_flag=True, text=N_("Take files among the transcripts too that the project does not know.")
)
_yes = option("--yes", is_flag=True, text=N_("Do not ask."))


@sub(
    originals,
    "list",
    N_(
        "List the originals in the project’s folder, and what else lies among the transcripts.\n\n"
        "The exit code is 1 when there is one whose names or words are not in the project any more."
    ),
)
@as_json
@pass_world
def list_(world: World, as_json: bool) -> int:
    from hsreview.workflows.originals import STATES, State
    from hsreview.workflows.originals import originals as listed

    with world.reading() as project:
        found = listed(project)
    if as_json:
        emit_json(
            {
                "originals": [
                    {
                        "path": each.name, "bytes": each.size, "sha256": each.digest, "state": each.state.value,
                        "transcript_id": each.transcript_id or None, "transcript": each.transcript or None,
                    }
                    for each in found
                ]
            }
        )  # fmt: skip
    elif found:
        emit_table(
            [_("file"), _("transcript"), _("state")],
            [(each.name, each.transcript, _(STATES[each.state])) for each in found],
        )
        say(_("Into an encrypted archive outside of the project: hsreview originals archive FILE.age"))
    else:
        say(_("There is no original in the project’s folder."))
    return EXIT_FOUND if any(each.state in (State.REPLACED, State.ERASED) for each in found) else EXIT_DONE


@sub(
    originals,
    "archive",
    N_(
        "Move originals into an encrypted archive outside of the project.\n\n"
        "The archive is an age file with a zip archive in it: for a passphrase, or for public keys with --to. It is "
        "read back and compared first; then each file gets another name, is overwritten and removed. Without FILE, "
        "all originals are taken; files among the transcripts that the project does not know, such as a table of "
        "respondents, with --all. Whenever it is interrupted, each file "
        "is in the folder, in the archive, or in both. The archive’s path is printed."
    ),
)
@argument("target", N_("ARCHIVE.age"), type=PATH)
@argument("paths", N_("[FILE...]"), nargs=-1, type=PATH)
@option("--to", "recipients", metavar=N_("KEY"), multiple=True, text=N_("A public key (age1…); may be repeated."))
@_all
@_secret
@_yes
@pass_world
def archive(
    world: World, target: Path, paths: tuple[Path, ...], recipients: tuple[str, ...], everything: bool,
    secret_file: Path | None, yes: bool,
) -> int:  # fmt: skip
    from hsreview.workflows.originals import unknown
    from hsreview.workflows.originals_archive import archive as move

    with world.writing() as (project, coder):
        files = _taken(project, coder, paths, everything=everything)
        if not files:
            return EXIT_DONE
        _show(files, yes=yes, question=_("Move these files into the archive?"))
        moved = move(project, coder, files, target, asker(secret_file, confirm=True), recipients)
        rest = unknown(project)
    emit(str((Path.cwd() / target.expanduser()).resolve()))
    n = len(moved.files)
    said = ngettext("{n} file is in the archive and removed.", "{n} files are in the archive and removed.", n)
    return _tell(moved, said.format(n=n), rest)


@sub(
    originals,
    "remove",
    N_(
        "Overwrite and remove originals, without an archive.\n\n"
        "For copies of what is kept in a safe place already. Without FILE, all originals are taken; files among the "
        "transcripts that the project does not know with --all. Nothing undoes it."
    ),
)
@argument("paths", N_("[FILE...]"), nargs=-1, type=PATH)
@_all
@_yes
@pass_world
def remove(world: World, paths: tuple[Path, ...], everything: bool, yes: bool) -> int:
    from hsreview.workflows.originals import unknown
    from hsreview.workflows.originals_archive import remove as destroy

    with world.writing() as (project, coder):
        files = _taken(project, coder, paths, everything=everything)
        if not files:
            return EXIT_DONE
        _show(files, yes=yes, question=_("This cannot be undone. Remove these files?"))
        moved = destroy(project, coder, files)
        rest = unknown(project)
    n = len(moved.files)
    return _tell(moved, ngettext("{n} file is removed.", "{n} files are removed.", n).format(n=n), rest)


@sub(originals, "unpack", N_("Write the files of an archive into a new folder outside of the project."))
@argument("path", N_("ARCHIVE.age"), type=PATH)
@argument("folder", N_("FOLDER"), type=PATH)
@_secret
@pass_world
def unpack(world: World, path: Path, folder: Path, secret_file: Path | None) -> None:
    from hsreview.workflows.originals_archive import unpack as write

    with world.reading() as project:
        made = write(project, path, folder, asker(secret_file))
    emit(str(folder.resolve()))
    say(ngettext("{n} file is written.", "{n} files are written.", len(made)).format(n=len(made)))


def _taken(project: Project, coder: Coder, paths: Sequence[Path], *, everything: bool) -> Sequence[Original]:
    """The originals that are meant; where there is none, that is told. Raises UsageProblem for whoever may not."""
    from hsreview.workflows.originals import check_may, chosen, unknown

    check_may(project, coder)
    files = chosen(project, paths, everything=everything)
    if not files:
        say(_("There is no original in the project’s folder."))
        _tell_left(unknown(project))
    return files


def _show(files: Sequence[Original], *, yes: bool, question: str) -> None:
    """List what is moved and ask. Raises UsageProblem where nobody can be asked, Abort for a no."""
    for each in files:
        say(each.name)
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageProblem(_("This cannot be undone, and nobody can be asked here: add --yes. Nothing was changed."))
    if not agreed(question):
        raise click.Abort


def _tell_left(rest: Sequence[Original]) -> None:
    """What is still there, since the project does not know whether it names anybody."""
    if rest:
        names = ", ".join(visible(each.name) for each in rest)
        told = _(
            "Left where it is, since the project does not know it: {names}. It may name people; --all takes it too."
        )
        say(told.format(names=names))


def _tell(moved: Moved, said: str, rest: Sequence[Original]) -> int:
    from hsreview.workflows.originals_archive import limits

    say(said)
    for problem in moved.left:
        say(str(problem))
    if moved.left:
        n = len(moved.left)
        say(ngettext("{n} file is still there.", "{n} files are still there.", n).format(n=n))
    _tell_left(rest)
    say(limits())
    return EXIT_REFUSED if moved.left else EXIT_DONE
