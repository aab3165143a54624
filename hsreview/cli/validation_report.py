"""`validation report`: what was said and done at a meeting, for those who took part."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.messages import N_, current_language
from hsreview.cli.export_public import tell_unrecorded
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json
from hsreview.cli.world import World, pass_world


@command(
    "report",
    N_(
        "Write the report of a meeting for those who took part (.xlsx, .docx, .md).\n\n"
        "What was said and what was done, with the words before and after; the rows that were signed off, those that "
        "were rejected with the reasons, the results by row, side and round with the votes that they rest on, and what "
        "was said about other states. Tables of fewer than three people are told by their side only. Without MEETING, "
        "the one that is open is meant. The path is printed."
    ),
)
@argument("name", N_("[MEETING]"), default="", required=False)
@option(
    "-o", "--output", "path", metavar=N_("FILE"), type=PATH, required=True,
    text=N_("Where to write it; a file that is there is not overwritten."),
)  # fmt: skip
@option(
    "--in", "language", type=click.Choice(["fr", "en"]), default=None,
    text=N_("Language of the report (else that of the interface)."),
)  # fmt: skip
@as_json
@pass_world
def report(world: World, name: str, path: Path, language: str | None, as_json: bool) -> None:
    from hsreview.workflows.validation_report import write_report

    with world.reading() as project:
        viewer = world.reader(project)
        made = write_report(project, name, path, language=language or current_language(), viewer=viewer)
        tell_unrecorded(project, viewer, path)
    target = str(made.path.resolve())
    if as_json:
        emit_json(
            {"path": target, "meeting": made.meeting, "language": made.language, "chapters": list(made.chapters)}
        )  # fmt: skip
    else:
        emit(target)
