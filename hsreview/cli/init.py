"""`init`: create a project."""

from __future__ import annotations

import sys
from pathlib import Path

from hsreview.base.errors import EXIT_REFUSED
from hsreview.base.messages import N_, _
from hsreview.cli.asking import agreed
from hsreview.cli.kit import PATH, argument, command, option
from hsreview.cli.output import say
from hsreview.cli.passphrases import choose_key, encrypted, new_passphrase_file
from hsreview.cli.world import World, pass_world


@command(
    "init",
    N_(
        "Create a project in a folder.\n\n"
        "The folder gets the project file and the folders codebooks, transcripts and exports. A folder that is "
        "synchronised (OneDrive, Dropbox, …) or lies on a network share can damage a project: a safe local folder is "
        "proposed instead. With --coder, that person becomes the lead of the team. With --encrypt no plain text is "
        "ever written (see `encrypt`)."
    ),
)
@argument("folder", N_("DIR"), type=PATH)
@option(
    "--codebook",
    "book",
    metavar=N_("FILE"),
    text=N_("Codebook to begin with (.yaml or .xlsx); critical-review is the one that comes with hsreview."),
)
@option("--name", metavar=N_("NAME"), text=N_("Name of the project (else that of the folder)."))
@encrypted
@new_passphrase_file
@option("--here-anyway", is_flag=True, text=N_("Use the folder even if it is not a safe place."))
@pass_world
def init(
    world: World, folder: Path, book: str | None, name: str | None, encrypt: bool, new_file: int | None,
    here_anyway: bool,
) -> int:  # fmt: skip
    import os

    from hsreview.base.ids import new_id
    from hsreview.model.people import Coder, CoderRole
    from hsreview.workflows.codebooks import codebook_file
    from hsreview.workflows.coders import remember_coder
    from hsreview.workflows.projects import create_project

    place = folder if here_anyway else _safe(folder)
    if place is None:
        return EXIT_REFUSED
    wish = world.coder or os.environ.get("HSREVIEW_CODER")
    coder = Coder(new_id(), wish, CoderRole.LEAD) if wish else None
    key = choose_key(new_file) if encrypt else None
    file = codebook_file(book) if book else None
    with create_project(place, name=name, codebook=file, coder=coder, key=key) as project:
        if coder:
            remember_coder(project, coder)
        say(_("Project created: {folder}").format(folder=project.root.resolve()))
    if coder:
        say(_("{name} is the lead of the team.").format(name=coder.name))
    if not book:
        say(_("It has no codebook yet. For the one that comes with hsreview: hsreview codebook import critical-review"))
    return 0


def _safe(folder: Path) -> Path | None:
    """Where the project may go: `folder` when it is safe, else what the user says; null when it is nowhere."""
    from hsreview.workflows.projects import place_warnings, proposed_place

    warnings = place_warnings(folder)
    if not warnings:
        return folder
    for warning in warnings:
        say(_("Warning: {warning}").format(warning=warning))
    proposed = proposed_place(folder)
    if proposed is None:
        say(_("Nothing was created. Choose a folder on a local disk that is not synchronised."))
    elif sys.stdin.isatty() and agreed(
        _("Create the project in {folder} instead?").format(folder=proposed), default=True
    ):
        return proposed
    else:
        say(_("Nothing was created. A safe place would be: hsreview init {folder}").format(folder=proposed))
    say(_("To use this folder all the same, add --here-anyway."))
    return None
