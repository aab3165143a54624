"""`framework-matrix export` and `read`: the framework matrix as an Excel sheet that partners fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.export_public import to_whom
from hsreview.cli.framework_matrix_kit import attributes_option, by, layer_option
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.values import parts_of
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_matrix import FrameworkChange
    from hsreview.workflows.framework_sheets import SheetChange, SheetDiff

LONGEST_PRINTED = 600
"""Characters of a summary that are printed of a change."""


@command(
    "export",
    N_(
        "Write the framework matrix as an Excel sheet that partners fill in.\n\n"
        "A second sheet has the words behind every cell. The path is printed."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@by
@layer_option
@attributes_option
@option("--lang", type=click.Choice(["fr", "en"]), text=N_("Language of the sheet (else that of the interface)."))
@to_whom
@as_json
@pass_world
def export(
    world: World, path: Path, by: str, layer: str | None, attributes: tuple[str, ...], lang: str | None, to_whom: str,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_matrix import kind_named
    from hsreview.workflows.framework_sheets import make_framework_sheet

    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The name of a workbook ends in .xlsx; {name} does not.").format(name=path.name))
    kind = kind_named(by)
    with world.reading() as project:
        made = make_framework_sheet(
            project, kind, path, layer=layer, lang=lang or current_language(), attributes=attributes,
            viewer=world.reader(project), recipient=to_whom,
        )  # fmt: skip
    target = str(made.path.resolve())
    if made.too_long:
        n = made.too_long
        text = ngettext(
            "{n} summary is longer than a cell: it is shown cut, and cannot be changed in the sheet.",
            "{n} summaries are longer than a cell: they are shown cut, and cannot be changed in the sheet.",
            n,
        )
        say(text.format(n=n))
    say(
        _("It contains testimony: send it by a safe way. Read it back with: hsreview framework-matrix read FILE")
    )  # fmt: skip
    if as_json:
        emit_json(
            {
                "path": target, "kind": str(kind), "cases": made.cases, "themes": made.themes,
                "too_long": made.too_long,
            }
        )  # fmt: skip
    else:
        emit(target)


@command(
    "read",
    N_(
        "Compare a sheet that came back with the project, and store its changes.\n\n"
        "Every cell that says something else is listed. New and changed summaries and states are stored as one act, "
        "under the name of whoever reads the sheet; what would empty a cell, and what was changed in the project since "
        "the sheet was written, is left unless you ask for it. Cells are named as in the sheet: E7. Rows are known by "
        "their hidden ids, so that sorting does no harm."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option(
    "--only",
    metavar=N_("CELLS"),
    multiple=True,
    text=N_("Store only these cells, such as E7,F9, whatever their change is."),
)
@option("--except", "without", metavar=N_("CELLS"), multiple=True, text=N_("Do not store these cells."))
@option("--emptied", is_flag=True, text=N_("Also empty the cells that the sheet has empty."))
@option("--conflicts", is_flag=True, text=N_("Also replace what was changed in the project since."))
@option("--dry-run", is_flag=True, text=N_("Only say what it would bring."))
@as_json
@pass_world
def read(
    world: World, path: Path, only: tuple[str, ...], without: tuple[str, ...], emptied: bool, conflicts: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_sheets import (
        TAKEN,
        ChangeKind,
        choose_changes,
        compare_sheet,
        faults_told,
        take_changes,
        told,
    )

    named, refused = parts_of(only), parts_of(without)
    kinds = [*TAKEN, *([ChangeKind.EMPTIED] if emptied else []), *([ChangeKind.CONFLICT] if conflicts else [])]
    if dry_run:
        with world.reading() as project:
            diff = compare_sheet(project, path, viewer=world.reader(project))
        chosen = choose_changes(diff, only=named, without=refused, kinds=kinds)
    else:
        with world.writing() as (project, coder):
            diff = compare_sheet(project, path, viewer=coder)
            chosen = choose_changes(diff, only=named, without=refused, kinds=kinds)
            take_changes(project, coder, diff.kind, chosen)
    for line in faults_told(diff, path.name):
        say(line)
    if as_json:
        emit_json(
            {
                "dry_run": dry_run,
                "stored": 0 if dry_run else len(chosen),
                "changes": [_change(each, each in chosen) for each in diff.changes],
                "faults": [{"cell": each.cell, "code": each.code, "message": each.message} for each in diff.faults],
                "missing": list(diff.missing),
                "notices": [str(each) for each in diff.notices],
            }
        )
    else:
        _print_changes(diff, chosen)
    for line in told(diff, len(chosen)):
        say(line)
    if dry_run:
        say(_("Nothing was stored."))
    else:
        n = len(chosen)
        say(ngettext("{n} cell stored.", "{n} cells stored.", n).format(n=n))
    if diff.faults:
        raise InputRefused(_("What could not be read is listed above."))


def _change(each: SheetChange, taken: bool) -> FrameworkChange:
    return {
        "cell": each.cell,
        "case_id": each.case.id,
        "case": each.case.name,
        "theme_id": each.theme.id,
        "theme": each.theme.ref,
        "kind": each.kind.value,
        "before": each.before,
        "after": each.after,
        "status_before": each.status_before.value,
        "status_after": each.status_after.value,
        "taken": taken,
    }


def _print_changes(diff: SheetDiff, chosen: Sequence[SheetChange]) -> None:
    from hsreview.workflows.framework_matrix import status_name
    from hsreview.workflows.framework_sheets import change_name

    for each in diff.changes:
        sign = "+" if each in chosen else "–"
        states = status_name(each.status_after)
        if each.status_before is not each.status_after:
            states = f"{status_name(each.status_before)} → {states}"
        emit(f"{sign} {each.cell}  {each.called} · {each.theme.ref} · {change_name(each.kind)} ({states})")
        if each.before != each.after:
            emit_lines(f"    - {line}" for line in _start(each.before))
            emit_lines(f"    + {line}" for line in _start(each.after))


def _start(text: str) -> list[str]:
    """The lines of a summary; of a very long one its start, and how long it is."""
    if len(text) <= LONGEST_PRINTED:
        return text.split("\n") if text else []
    said = ngettext("… ({n} character; --json has it whole)", "… ({n} characters; --json has it whole)", len(text))
    return [*text[:LONGEST_PRINTED].split("\n"), said.format(n=len(text))]
