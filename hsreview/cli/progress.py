"""`progress` and `layers`: how far the team is, and whose codings there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _
from hsreview.cli.kit import as_json, command, option
from hsreview.cli.output import emit_json, emit_table
from hsreview.cli.values import CODER
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.reading import ProgressRow


@command(
    "progress",
    N_(
        "Show how far every coder is.\n\n"
        "A row for each transcript, coder and pass: who was given it, coded it or marked it as reviewed. Turns are "
        "those of respondents; the share is that of turns with a coding. While you code blind, how much others "
        "coded is left out."
    ),
)
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only this coder."))
@as_json
@pass_world
def progress(world: World, coder: str | None, as_json: bool) -> None:
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.reading import progress as read
    from hsreview.workflows.reading import transcripts

    with world.reading() as project:
        wanted = known_coder(project, coder).id if coder else None
        rows = [row for row in read(project, viewer=world.reader(project)) if wanted in (None, row.coder_id)]
        names = {transcript.id: transcript.name for transcript in transcripts(project)}
    if as_json:
        entries = [
            {
                "transcript_id": row.transcript_id,
                "transcript": names[row.transcript_id],
                "coder_id": row.coder_id,
                "coder": row.coder,
                "pass": row.pass_,
                "assigned": row.assigned,
                "started": row.started,
                "reviewed": row.reviewed,
                "corrected_since": row.corrected_since,
                "codings": row.codings,
                "coded_turns": row.coded_turns,
                "turns": row.turns,
                "share": row.share,
            }
            for row in rows
        ]
        emit_json({"progress": entries})
        return
    emit_table(
        [_("transcript"), _("coder"), _("codings"), _("coded turns"), _("turns"), _("share"), _("state")],
        [
            (
                names[row.transcript_id], " ".join(part for part in (row.coder, row.pass_) if part),
                _number(row.codings), _number(row.coded_turns), row.turns, _percent(row.share),
                _state(row),
            )
            for row in rows
        ],
    )  # fmt: skip


def _number(n: int | None) -> int | str:
    """A number, or a sign that it may not be seen."""
    return "–" if n is None else n


def _percent(share: float | None) -> str:
    return "" if share is None else _("{n}%").format(n=round(100 * share))


def _state(row: ProgressRow) -> str:
    if row.corrected_since:
        return _("reviewed; text corrected since")
    if row.reviewed:
        return _("reviewed")
    if row.started:
        return _("started")
    return _("assigned") if row.assigned else ""


@command("layers", N_("List the layers: whose codings there are.\n\nAn export or a number is always of one layer."))
@as_json
@pass_world
def layers(world: World, as_json: bool) -> None:
    from hsreview.workflows.exporting import layers as read

    with world.reading() as project:
        found = read(project, viewer=world.reader(project))
    if as_json:
        entries = [
            {"name": each.name, "coder_id": each.coder_id, "pass": each.pass_, "codings": each.codings}
            for each in found
        ]
        emit_json({"layers": entries})
    else:
        emit_table([_("layer"), _("codings")], [(each.name, _number(each.codings)) for each in found])
