"""`doctor`, `backup`, `restore`: keep a project sound."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, ProjectUnavailable, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.answers.care import BackupEntry
from hsreview.cli.asking import insist
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.checking import Since


@command(
    "doctor",
    N_(
        "Check the project file.\n\n"
        "Its integrity, the hashes of all texts, the offsets of all codings, and whether the log of changes gives the "
        "same tables; also whether the project lies in a safe place. Exit code 1 when something is wrong."
    ),
)
@as_json
@pass_world
def doctor(world: World, as_json: bool) -> int:
    from hsreview.workflows.checking import doctor as examine
    from hsreview.workflows.checking import finding_sentence

    with world.reading() as project:
        findings = [(each, finding_sentence(each)) for each in examine(project)]
    if as_json:
        entries = [{"code": each.code, "details": each.details, "message": said} for each, said in findings]
        emit_json({"findings": entries})
    else:
        for _each, said in findings:
            emit(said)
    n = len(findings)
    say(ngettext("{n} problem found.", "{n} problems found.", n).format(n=n) if n else _("The project is sound."))
    return EXIT_FOUND if findings else EXIT_DONE


@command(
    "backup",
    N_(
        "Make a verified copy of the project file.\n\n"
        "It goes into the project's folder backups, or to FILE. Its path is printed. The copy can be restored, or "
        "opened as a project of its own when it is called project.hsreview."
    ),
)
@argument("target", N_("[FILE]"), required=False, type=PATH)
@as_json
@pass_world
def backup(world: World, target: Path | None, as_json: bool) -> None:
    from hsreview.workflows.checking import backup as make

    with world.reading() as project:
        made = make(project, target).resolve()
    if as_json:
        emit_json({"backups": [_entry(made)]})
    else:
        emit(str(made))


def _entry(path: Path) -> BackupEntry:
    return {"path": str(path), "bytes": path.stat().st_size}


@command(
    "restore",
    N_(
        "Put a backup in the project's place.\n\n"
        "FILE is a backup; without it the newest one of the project's folder backups is taken. The present state is "
        "kept as a backup too."
    ),
)
@argument("source", N_("[FILE]"), required=False, type=PATH)
@option("--list", "list_them", is_flag=True, text=N_("Only list the backups, newest first."))
@option("--other-project", is_flag=True, text=N_("Take the backup even if it is of another project."))
@option("--yes", is_flag=True, text=N_("Do not ask."))
@as_json
@pass_world
def restore(
    world: World, source: Path | None, list_them: bool, other_project: bool, yes: bool, as_json: bool
) -> int | None:  # fmt: skip
    from hsreview.workflows.checking import backups, since
    from hsreview.workflows.checking import restore as put_back
    from hsreview.workflows.unlocking import is_encrypted

    root = _root(world)
    if list_them:
        found = [_entry(path) for path in backups(root)]
        if as_json:
            emit_json({"backups": found})
        else:
            emit_table([_("backup"), _("bytes")], [(each["path"], each["bytes"]) for each in found])
        return None
    lacks = _lacks(since(root, source))
    if not yes:
        if not sys.stdin.isatty():
            raise UsageProblem(
                _("This replaces the project in {folder}, and nobody can be asked here: add --yes.").format(folder=root)
            )
        if lacks:
            say(lacks)
        insist(_("This replaces the project in {folder}. Go on?").format(folder=root))
    was_encrypted = is_encrypted(root)
    done = put_back(root, source, other_project=other_project)
    if as_json:
        emit_json({"backups": [_entry(done.backup)] if done.backup.exists() else []})
    say(_("Restored from {path}.").format(path=done.backup))
    if lacks:
        say(lacks)
    if done.withdrawn:
        n = done.withdrawn
        said = ngettext(
            "{n} respondent who withdrew after this backup was erased again.",
            "{n} respondents who withdrew after this backup were erased again.",
            n,
        )
        say(said.format(n=n))
    if done.masked:
        n = done.masked
        said = ngettext(
            "Names that were masked after this backup were masked in it again, in {n} text or record.",
            "Names that were masked after this backup were masked in it again, in {n} texts and records.",
            n,
        )
        say(said.format(n=n))
    if (done.withdrawn or done.masked) and done.backup.exists():
        say(_("{path} still holds what was erased: delete it.").format(path=done.backup))
    if done.lost:
        say(_("The state before is not kept: it held what is erased, and what was done after this backup is lost."))
    if done.kept:
        say(_("The state before is kept in {path}.").format(path=done.kept))
    if was_encrypted and not is_encrypted(root):
        say(_("The project is not encrypted now: this backup was not. Encrypt it with: hsreview encrypt"))
    if done.unsure:
        say(
            _(
                "The state before could not be read: who withdrew and which names were masked after this backup is not "
                "known. Look for it with: hsreview withdraw --list, hsreview names check"
            )
        )
    for sentence in done.uncleared:
        say(sentence)
    return EXIT_FOUND if done.uncleared else None


def _lacks(found: Since | None) -> str:
    """That something was done since the backup was made; empty when nothing was, or nobody can count it."""
    if found is None or not found.acts:
        return ""
    said = ngettext(
        "{n} act done since this backup is not in it (codings that it lacks: {codings}).",
        "{n} acts done since this backup are not in it (codings that it lacks: {codings}).",
        found.acts,
    )
    return said.format(n=found.acts, codings=found.codings)


def _root(world: World) -> Path:
    """The project's folder; a folder that has lost its project file but has backups will do."""
    try:
        return world.root()
    except ProjectUnavailable:
        folder = world.folder or Path(os.environ.get("HSREVIEW_PROJECT") or Path.cwd())
        if (folder / "backups").is_dir():
            return folder
        raise
