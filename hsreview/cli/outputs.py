"""`outputs`: what went out of the project, to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hsreview.base.messages import N_, _
from hsreview.cli.kit import as_json, command, option
from hsreview.cli.output import emit_json, emit_table
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.public import OutputEntry


@command(
    "outputs",
    N_(
        "List what went out of the project: exports and packages.\n\n"
        "Each with who made it and when, of which layer, for whom, and the beginning of the file's digest, by which it "
        "can be recognised."
    ),
)
@option("--kind", metavar=N_("KIND"), text=N_("Only of this kind, such as excel, public, transcript or package."))
@as_json
@pass_world
def outputs(world: World, kind: str | None, as_json: bool) -> None:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.outputs import KINDS
    from hsreview.workflows.outputs import outputs as read

    if kind is not None and kind not in KINDS:
        raise click.BadParameter(
            _("There is no kind {name}. Kinds: {names}").format(name=kind, names=", ".join(KINDS)), param_hint="--kind"
        )
    with world.reading() as project:
        names = {coder.id: coder.name for coder in coders(project)}
        found = read(project, kind)
    entries: list[OutputEntry] = [
        {
            "id": each.id,
            "kind": each.kind,
            "at": each.at,
            "name": each.name,
            "digest": each.digest,
            "by_id": each.coder_id,
            "by": names.get(each.coder_id, each.coder_id),
            "recipient": names.get(each.recipient, each.recipient),
            "layer": str(each.details.get("layer", "")),
        }
        for each in found
    ]
    if as_json:
        emit_json({"outputs": entries})
        return
    emit_table(
        [_("when"), _("what"), _("file"), _("layer"), _("by"), _("for"), _("digest")],
        [
            (
                each["at"][:16].replace("T", " "),
                _(KINDS[each["kind"]]) if each["kind"] in KINDS else each["kind"],
                each["name"],
                each["layer"],
                each["by"],
                each["recipient"],
                each["digest"][:12],
            )
            for each in entries
        ],
    )
