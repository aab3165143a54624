"""`framework export` and `import`: the framework as files for partners, and what they filled in."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.messages import N_, _, current_language
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world


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
@to_whom
@as_json
@pass_world
def export(
    world: World, path: Path, language: str | None, paper: str, public: bool, to_whom: str, as_json: bool
) -> None:  # fmt: skip
    from hsreview.workflows.framework_export import export_framework

    with world.reading() as project:
        viewer = world.reader(project)
        made = export_framework(
            project, path, lang=language or current_language(), public=public, paper=paper, viewer=viewer,
            recipient=to_whom,
        )  # fmt: skip
        tell_unrecorded(project, viewer, path)
    target = str(made.path.resolve())
    if not public and made.sheets:
        say(_("It contains testimony: send it by a safe way. Read it back with: hsreview framework import FILE"))
    if as_json:
        emit_json({"path": target, "rows": made.rows, "public": public, "sheets": list(made.sheets)})
    else:
        emit(target)
