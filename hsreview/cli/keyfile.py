"""`keyfile`: where the key file lies, and its end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import PATH, as_json, group, option, sub
from hsreview.cli.names_kit import KeyPlace, key_options
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.key_destroying import Loss

keyfile = group("keyfile", N_("Tell where the key file lies, and destroy it with a receipt."), default="show")


@sub(
    keyfile,
    "show",
    N_(
        "Tell where the key file of this project lies on this computer, and whether one was destroyed.\n\n"
        "It is not opened."
    ),
)
@option(
    "--key-file", "key_file", type=PATH, metavar=N_("FILE"),
    text=N_("The key file of this project (else where it was last on this computer)."),
)  # fmt: skip
@as_json
@pass_world
def show(world: World, key_file: Path | None, as_json: bool) -> None:
    from hsreview.workflows.key_destroying import destroyed
    from hsreview.workflows.key_files import place_of

    with world.reading() as project:
        path, gone = place_of(project, key_file), destroyed(project)
    if as_json:
        emit_json(
            {
                "path": str(path),
                "exists": path.is_file(),
                "destroyed": gone.at if gone else "",
                "digest": gone.digest if gone else "",
                "because": gone.because if gone else "",
            }
        )
        return
    if gone is not None:
        emit(_("A key file was destroyed on {day}, because: {reason}").format(day=gone.at[:10], reason=gone.because))
    there = _("The key file is {path}.") if path.is_file() else _("There is no key file in {path}.")
    emit(there.format(path=path))


@sub(
    keyfile,
    "destroy",
    N_(
        "Destroy the key file: overwrite and remove it, write a receipt, put it on record.\n\n"
        "From then on nobody can tell who is behind a pseudonym, and nobody can be found again to withdraw by name. "
        "First it is told how many names are lost; then the project's name has to be typed. It is for an archivist, or "
        "a lead where there is none. Nothing undoes it. The receipt's path is printed."
    ),
)
@option("--because", required=True, metavar=N_("REASON"), text=N_("Why; it stands on the receipt and on record."))
@option("--receipt", metavar=N_("FILE"), type=PATH, text=N_("Where the receipt goes (else into the project's folder)."))
@option("--unopened", is_flag=True, text=N_("Do not open it first, when its passphrase is lost."))
@option("--yes", is_flag=True, text=N_("Do not ask."))
@key_options
@pass_world
def destroy(
    world: World, because: str, receipt: Path | None, unopened: bool, yes: bool, key_file: Path | None,
    secret_file: Path | None,
) -> None:  # fmt: skip
    from hsreview.workflows.key_destroying import check_may, destroy, limits, loss
    from hsreview.workflows.projects import project_name

    with world.writing() as (project, coder):
        check_may(project, coder)
        lost = loss(project, None if unopened else KeyPlace(key_file, secret_file).ask(), key_file)
        _tell(lost)
        if not yes:
            _insist(project_name(project))
        target = receipt or project.root / f"key-file-destroyed-{lost.digest[:8]}.txt"
        destroy(project, coder, lost, because, target)
    say(_("The key file is destroyed."))
    say(limits())
    emit(str(target.resolve()))


def _tell(lost: Loss) -> None:
    from hsreview.workflows.key_destroying import gone_already, still_holding

    say(_("The key file is {path}.").format(path=lost.path))
    say(
        _(
            "What needs it has to be done before: look for names that remain (hsreview names check), make the archive "
            "(hsreview export archive), and note whom you still have to reach (hsreview names contacts)."
        )
    )
    if lost.others:
        say(still_holding())
    for line in lost.others:
        say(f"- {line}")
    if lost.gone:
        say(gone_already())
    for line in lost.gone:
        say(f"- {line}")
    if lost.names is None:
        say(_("It was not opened; how many names are lost is not known."))
        return
    n, people = lost.names, lost.people or 0
    say(ngettext("{n} name will be lost for ever.", "{n} names will be lost for ever.", n).format(n=n))
    if people:
        said = ngettext(
            "With it goes the contact or the consent form of {n} person.",
            "With it go the contacts or the consent forms of {n} people.",
            people,
        )
        say(said.format(n=people))


def _insist(name: str) -> None:
    """Have the project's name typed. Raises UsageProblem when it is another, or nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageProblem(_("This cannot be undone, and nobody can be asked here: add --yes. Nothing was destroyed."))
    typed: str = click.prompt(
        _("This cannot be undone. Type the project's name to destroy the key file"), default="", show_default=False,
        err=True,
    )  # fmt: skip
    if typed.strip().casefold() != name.strip().casefold():
        raise UsageProblem(_("That is not the project's name ({name}). Nothing was destroyed.").format(name=name))
