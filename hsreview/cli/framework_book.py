"""`framework export` and `import`: the framework as files for partners, and what they filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.values import parts_of
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_book import FrameworkCellChange
    from hsreview.workflows.framework_import import BookChange, BookDiff


@command(
    "export",
    N_(
        "Write the framework as an Excel file that partners fill in (.xlsx), or as a document (.docx).\n\n"
        "The internal file tells on what every row stands, with the words; with --public it holds only what may leave "
        "the team: the strength of evidence in words and bands. The path is printed."
    ),
)
@argument("path", N_("FILE"), type=PATH)
@option(
    "--in", "language", type=click.Choice(["fr", "en", "both"]), default=None,
    text=N_("Language of the file (else that of the interface)."),
)  # fmt: skip
@option("--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, text=N_("Paper of the sheets."))
@option("--public", is_flag=True, text=N_("Only what may leave the team."))
@option(
    "--version", metavar=N_("VERSION"),
    text=N_("The rows as they stood in a version: its number, its name, or `last`."),
)  # fmt: skip
@to_whom
@as_json
@pass_world
def export(
    world: World, path: Path, language: str | None, paper: str, public: bool, version: str | None, to_whom: str,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_export import export_framework

    with world.reading() as project:
        viewer = world.reader(project)
        made = export_framework(
            project, path, lang=language or current_language(), public=public, paper=paper, version=version,
            viewer=viewer, recipient=to_whom,
        )  # fmt: skip
        tell_unrecorded(project, viewer, path)
    target = str(made.path.resolve())
    if not public and made.sheets:
        say(_("It contains testimony: send it by a safe way. Read it back with: hsreview framework import FILE"))
    for warning in made.warnings:
        say(_("Warning: {warning}").format(warning=warning))
    if as_json:
        emit_json(
            {
                "path": target, "rows": made.rows, "public": public, "sheets": list(made.sheets),
                "warnings": list(made.warnings),
            }
        )  # fmt: skip
    else:
        emit(target)


@command(
    "import",
    N_(
        "Compare an Excel file of the framework that came back with the project, and store what is accepted.\n\n"
        "Every cell that says something else is listed, with new rows and rows that are no longer there; nothing is "
        "stored unless you say so. Every change has a name: IN1.unit is a cell, IN+1 a new row, IN1.removed a row that "
        "is gone; IN1 stands for all cells of that row. --all takes new rows and what was filled in or changed; what "
        "would empty a cell, what was changed in the project since, and what would remove a row are left unless you "
        "ask for it. What is accepted is one act, under the name of whoever reads the file."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option("--accept", metavar=N_("NAMES"), multiple=True, text=N_("Store these changes, such as IN1.unit,IN+1."))
@option("--all", "everything", is_flag=True, text=N_("Store new rows, and cells that were filled in or changed."))
@option("--emptied", is_flag=True, text=N_("Also empty the cells that the file has empty."))
@option("--clashes", is_flag=True, text=N_("Also replace what was changed in the project since."))
@option("--removed", is_flag=True, text=N_("Also remove the rows that are no longer in the file."))
@option("--except", "without", metavar=N_("NAMES"), multiple=True, text=N_("Do not store these changes."))
@option("--as-new", is_flag=True, text=N_("Take rows whose hidden id is not known, gone or there twice as new rows."))
@option("--dry-run", is_flag=True, text=N_("Only say what would be stored."))
@as_json
@pass_world
def import_(
    world: World, path: Path, accept: tuple[str, ...], everything: bool, emptied: bool, clashes: bool, removed: bool,
    without: tuple[str, ...], as_new: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_import import TAKEN, ChangeKind, choose_changes, compare_book, take_changes

    asked = {ChangeKind.EMPTIED: emptied, ChangeKind.CLASH: clashes, ChangeKind.REMOVED: removed}
    kinds = [*(TAKEN if everything else ()), *(kind for kind, wanted in asked.items() if wanted)]
    named, refused = parts_of(accept), parts_of(without)
    if dry_run or not (kinds or named):
        if refused and not kinds and not named:
            raise UsageProblem(_("--except goes with --all or --accept."))
        with world.reading() as project:
            diff = compare_book(project, path, viewer=world.reader(project), as_new=as_new)
        chosen = choose_changes(diff, accept=named, without=refused, kinds=kinds)
        stored = 0
    else:
        with world.writing() as (project, coder):
            diff = compare_book(project, path, viewer=coder, as_new=as_new)
            chosen = choose_changes(diff, accept=named, without=refused, kinds=kinds)
            stored = take_changes(project, coder, chosen)
    answer_changes(diff, chosen, stored, path.name, dry_run=dry_run, as_json=as_json)


def answer_changes(
    diff: BookDiff, chosen: Sequence[BookChange], stored: int, name: str, *, dry_run: bool, as_json: bool
) -> None:  # fmt: skip
    """Answer what a file that came back says, and what of it was stored. Raises InputRefused for what was not read."""
    _tell(diff, name)
    if as_json:
        emit_json(
            {
                "stored": stored, "changes": [_entry(each, each in chosen) for each in diff.changes],
                "faults": [{"cell": each.cell, "code": each.code, "message": each.message} for each in diff.faults],
                "notices": [str(each) for each in diff.notices],
            }
        )  # fmt: skip
    else:
        _print(diff.changes, chosen)
    _tell_stored(diff, stored, dry_run)
    if diff.faults:
        raise InputRefused(_("What could not be read is listed above."))


def _tell(diff: BookDiff, name: str) -> None:
    from hsreview.workflows.framework_import import told

    n = len(diff.faults)
    if n:
        text = ngettext(
            "{n} place of {name} could not be read and is left out:",
            "{n} places of {name} could not be read and are left out:",
            n,
        )
        say(text.format(n=n, name=name))
        for fault in diff.faults:
            say("  " + labelled(fault.cell, fault.message))
    for notice in diff.notices:
        say(str(notice))
    say(_("Written on {date}.").format(date=diff.made[:10]) + " " + told(diff))


def _tell_stored(diff: BookDiff, stored: int, dry_run: bool) -> None:
    if stored:
        say(ngettext("{n} change stored.", "{n} changes stored.", stored).format(n=stored))
    elif diff.changes and not dry_run:
        say(_("Nothing was stored. Accept changes with --all, or by name with --accept."))
    else:
        say(_("Nothing was stored."))


def _entry(each: BookChange, taken: bool) -> FrameworkCellChange:
    return {
        "name": each.name, "cell": each.cell, "kind": each.kind.value, "row": each.row.ref if each.row else "",
        "row_kind": each.of.value, "column": each.key, "was": each.was, "now": each.now, "after": each.after,
        "taken": taken,
    }  # fmt: skip


def _print(changes: Sequence[BookChange], chosen: Sequence[BookChange]) -> None:
    from hsreview.workflows.framework_import import ChangeKind, change_name

    for each in changes:
        sign = "+" if each in chosen else "–"
        parts = (each.name, each.label, change_name(each.kind), each.cell)
        emit(f"{sign} {' · '.join(part for part in parts if part)}")
        if each.kind is ChangeKind.CLASH:
            emit_lines(f"    {line}" for line in labelled(_("when it was written"), each.was or "–").split("\n"))
        emit_lines(f"    - {line}" for line in each.now.split("\n") if each.now)
        emit_lines(f"    + {line}" for line in each.after.split("\n") if each.after)
