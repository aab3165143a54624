"""`validation ballots`: what a meeting votes on, to be printed."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.messages import N_, ngettext
from hsreview.cli.export_public import tell_unrecorded
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world


@command(
    "ballots",
    N_(
        "Write the ballots of a meeting to be printed, and a tally sheet for each table (.docx, .html).\n\n"
        "They hold the rows in plain words with the strength of their evidence, boxes to tick and lines for words; no "
        "names. Without MEETING, the one that is open is meant. The path is printed."
    ),
)
@argument("name", N_("[MEETING]"), default="", required=False)
@option(
    "-o", "--output", "path", metavar=N_("FILE"), type=PATH, required=True,
    text=N_("Where to write them; a file that is there is not overwritten."),
)  # fmt: skip
@option("--round", "round_", type=int, default=None, metavar="N", text=N_("Which round (else the last one)."))
@option(
    "--language", type=click.Choice(["fr", "en", "both"]), default=None,
    text=N_("Language of the ballots (else that of the meeting)."),
)  # fmt: skip
@option("--per-table", is_flag=True, text=N_("A ballot for each table, with its label, in place of one to be copied."))
@as_json
@pass_world
def ballots(
    world: World, name: str, path: Path, round_: int | None, language: str | None, per_table: bool, as_json: bool
) -> None:  # fmt: skip
    from hsreview.workflows.ballots import write_ballots

    with world.reading() as project:
        viewer = world.reader(project)
        made = write_ballots(
            project, name, path, round_=round_, language=language, per_table=per_table, viewer=viewer
        )  # fmt: skip
        tell_unrecorded(project, viewer, path)
    target = str(made.path.resolve())
    told = (
        ngettext("{n} row to vote on.", "{n} rows to vote on.", made.rows).format(n=made.rows),
        ngettext("{n} tally sheet.", "{n} tally sheets.", made.sheets).format(n=made.sheets),
    )
    say(" ".join(told))
    if as_json:
        emit_json(
            {
                "path": target, "meeting": made.meeting, "round": made.round, "rows": made.rows,
                "ballots": made.ballots, "tally_sheets": made.sheets,
            }
        )  # fmt: skip
    else:
        emit(target)
