"""`encrypt`, `decrypt`, `change-passphrase`: the project file at rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, HsreviewError, UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.answers.care import Protected
from hsreview.cli.asking import insist
from hsreview.cli.kit import as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.passphrases import PROJECT, choose_new, new_passphrase_file
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.encrypting import Converted, Protection

_LISTED = 10

_yes = option("--yes", is_flag=True, text=N_("Do not ask."))


@command(
    "encrypt",
    N_(
        "Encrypt the project file and its backups with a passphrase.\n\n"
        "Everything works as before; the passphrase is asked for once per run. Whoever loses it loses the project: "
        "nobody can recover it. Encrypt the whole disk first, where you can; this is for a stick or a laptop where "
        "that is not possible, or on top of it. Files beside the project stay as they are and are listed. On a project "
        "that is encrypted already, what an interrupted run left is finished."
    ),
)
@option(
    "--check", is_flag=True, text=N_("Only say what is encrypted and what is not; exit code 1 when something is not.")
)
@new_passphrase_file
@_yes
@as_json
@pass_world
def encrypt(world: World, check: bool, new_file: int | None, yes: bool, as_json: bool) -> int:
    from hsreview.workflows.encrypting import encrypt, protection
    from hsreview.workflows.unlocking import is_encrypted

    root = world.root()
    if check:
        found = protection(root)
        _show(found, as_json)
        return EXIT_DONE if found.encrypted and not (found.plain_backups or found.plain_files) else EXIT_FOUND
    fresh = not is_encrypted(root)
    if fresh:
        say(
            _(
                "Without the passphrase nobody can read the project any more: not you, not the makers of hsreview. "
                "Keep it in two safe places, such as a password manager and a sealed envelope at your lead's."
            )
        )
        _insist(_("Encrypt the project in {folder}?").format(folder=root), yes)
    done = encrypt(root, lambda: choose_new(new_file, _(PROJECT)), _tell_progress)
    _tell(done)
    if fresh:
        _record(world, "encrypted")
    say(_("The project is encrypted. Do not lose the passphrase: nobody can recover it."))
    if fresh or done.backups:
        say(
            _(
                "The old files were overwritten and removed. On flash memory (SSD, USB stick) the disk may keep old "
                "copies which this cannot reach; only encryption of the whole disk covers those."
            )
        )
    _show(protection(root), as_json)
    return EXIT_DONE


@command(
    "decrypt",
    N_(
        "Make an encrypted project file plain again.\n\n"
        "Anybody who has the file can read it then. Its backups stay encrypted, with the passphrase that they have."
    ),
)
@_yes
@as_json
@pass_world
def decrypt(world: World, yes: bool, as_json: bool) -> None:
    from hsreview.workflows.encrypting import decrypt, protection

    root = world.root()
    _insist(_("Anybody who has the file can read the interviews then. Go on?"), yes)
    decrypt(root, _tell_progress)
    _record(world, "decrypted")
    say(_("The project is not encrypted any more. Its backups still are: keep their passphrase."))
    _show(protection(root), as_json)


@command(
    "change-passphrase",
    N_(
        "Give an encrypted project and its backups another passphrase.\n\n"
        "Copies elsewhere (a stick, another computer) keep the earlier one."
    ),
)
@new_passphrase_file
@as_json
@pass_world
def change_passphrase(world: World, new_file: int | None, as_json: bool) -> None:
    from hsreview.workflows.encrypting import change_passphrase, protection

    root = world.root()
    done = change_passphrase(root, lambda: choose_new(new_file, _(PROJECT)), _tell_progress)
    _tell(done)
    _record(world, "passphrase")
    say(_("The project has its new passphrase. Do not lose it: nobody can recover it."))
    _show(protection(root), as_json)


def _record(world: World, word: str) -> None:
    """Put on record what was done, when that can be; it is done already, so whatever is in the way is only told."""
    from hsreview.workflows.file_acts import FileAct, record_file_act

    try:
        with world.reading() as project:
            told = record_file_act(project, world.reader(project), FileAct(word))
    except HsreviewError as error:
        say(error.message)
        told = _("This is not on record.")
    if told:
        say(told)


def _insist(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageProblem(_("Nobody can be asked here: add --yes."))
    insist(question)


def _tell_progress(name: str) -> None:
    say(_("{name} …").format(name=name))


def _tell(done: Converted) -> None:
    n = len(done.backups)
    if n:
        say(ngettext("{n} backup was converted too.", "{n} backups were converted too.", n).format(n=n))
    for path, reason in done.left:
        say(labelled(str(path), reason))


def _show(found: Protection, as_json: bool) -> None:
    """Say what anybody can read, on stderr, or print all as JSON."""
    if as_json:
        answer: Protected = {
            "encrypted": found.encrypted, "plain_backups": [str(path) for path in found.plain_backups],
            "other_backups": [str(path) for path in found.other_backups],
            "plain_files": [str(path) for path in found.plain_files],
        }  # fmt: skip
        emit_json({**answer})
        return
    emit(_("The project file is encrypted.") if found.encrypted else _("The project file is not encrypted."))
    _list(_("Backups that anybody can read:"), found.plain_backups)
    _list(_("Backups with another passphrase, as a rule an earlier one:"), found.other_backups)
    _list(_("Files in the folder that anybody can read:"), found.plain_files)


def _list(title: str, paths: Sequence[Path]) -> None:
    if not paths:
        return
    emit(title)
    for path in paths[:_LISTED]:
        emit(f"  {path}")
    if len(paths) > _LISTED:
        emit("  " + _("… and {count} more.").format(count=len(paths) - _LISTED))
