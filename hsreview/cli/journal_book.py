"""`journal export` and `import`: the journal as an Excel file for partners, and what they filled in."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.framework_book import answer_changes
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.values import parts_of
from hsreview.cli.world import World, pass_world


@command(
    "export",
    N_(
        "Write the journal as an Excel file that partners fill in: a sheet for each kind of row, and where things "
        "stand.\n\nBelow the entries are empty lines for new ones. The path is printed."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option(
    "--in", "language", type=click.Choice(["fr", "en", "both"]), default=None,
    text=N_("Language of the file (else that of the interface)."),
)  # fmt: skip
@to_whom
@as_json
@pass_world
def export(world: World, path: Path, language: str | None, to_whom: str, as_json: bool) -> None:
    from hsreview.workflows.journal_book import export_journal

    with world.reading() as project:
        viewer = world.reader(project)
        entries = export_journal(
            project, path, lang=language or current_language(), viewer=viewer, recipient=to_whom
        )  # fmt: skip
        tell_unrecorded(project, viewer, path)
    say(_("Read it back with: hsreview journal import FILE"))
    target = str(path.resolve())
    if as_json:
        emit_json({"path": target, "entries": entries})
    else:
        emit(target)


@command(
    "import",
    N_(
        "Compare an Excel file of the journal that came back with the project, and store what is accepted.\n\n"
        "Every cell that says something else is listed, with new entries and entries that are no longer there; nothing "
        "is stored unless you say so. Every change has a name: PM1@2016-02.level is a cell, PM1+1 a new entry, "
        "PM1@2016-02.removed an entry that is gone; PM1 stands for everything about that row but what is gone. What is "
        "accepted is one act, under the name of whoever reads the file."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option(
    "--accept", metavar=N_("NAMES"), multiple=True, text=N_("Store these changes, such as PM1+1,PM1@2016-02.level.")
)
@option("--all", "everything", is_flag=True, text=N_("Store new entries, and cells that were filled in or changed."))
@option("--emptied", is_flag=True, text=N_("Also empty the cells that the file has empty."))
@option("--clashes", is_flag=True, text=N_("Also replace what was changed in the project since."))
@option("--removed", is_flag=True, text=N_("Also remove the entries that are no longer in the file."))
@option("--except", "without", metavar=N_("NAMES"), multiple=True, text=N_("Do not store these changes."))
@option("--dry-run", is_flag=True, text=N_("Only say what would be stored."))
@as_json
@pass_world
def import_(
    world: World, path: Path, accept: tuple[str, ...], everything: bool, emptied: bool, clashes: bool, removed: bool,
    without: tuple[str, ...], dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_import import TAKEN, ChangeKind, choose_changes
    from hsreview.workflows.journal_import import compare_journal, take_journal

    asked = {ChangeKind.EMPTIED: emptied, ChangeKind.CLASH: clashes, ChangeKind.REMOVED: removed}
    kinds = [*(TAKEN if everything else ()), *(kind for kind, wanted in asked.items() if wanted)]
    named, refused = parts_of(accept), parts_of(without)
    stored = 0
    if dry_run or not (kinds or named):
        if refused and not kinds and not named:
            raise UsageProblem(_("--except goes with --all or --accept."))
        with world.reading() as project:
            diff = compare_journal(project, path, viewer=world.reader(project))
        chosen = choose_changes(diff.found, accept=named, without=refused, kinds=kinds)
    else:
        with world.writing() as (project, coder):
            diff = compare_journal(project, path, viewer=coder)
            chosen = choose_changes(diff.found, accept=named, without=refused, kinds=kinds)
            stored = take_journal(project, coder, diff, chosen)
    answer_changes(diff.found, chosen, stored, path.name, dry_run=dry_run, as_json=as_json)
