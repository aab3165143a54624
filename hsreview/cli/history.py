"""`reviewed`, `undo`, `redo`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hsreview.base.errors import EXIT_DONE, EXIT_REFUSED
from hsreview.base.messages import N_, _
from hsreview.cli.asking import insist
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit_json, say
from hsreview.cli.passes import the_pass
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.undoing import UndoResult

LARGE = ("transcript", "text_version", "codebook")
"""Acts that are not taken back in a terminal without asking."""


@command(
    "reviewed",
    N_(
        "Mark transcripts as reviewed.\n\n"
        "It says that you read them to the end: a transcript in which you coded nothing is not one that you did not "
        "read. Until then you code blind and do not see the codings of others."
    ),
)
@argument("names", N_("TRANSCRIPT..."), nargs=-1, required=True, type=TRANSCRIPT)
@option("--undo", "take_back", is_flag=True, text=N_("Take the mark away."))
@option(
    "--pass", "pass_", metavar=N_("PASS"), text=N_("The pass that is finished (else that of your open assignment).")
)
@pass_world
def reviewed(world: World, names: tuple[str, ...], take_back: bool, pass_: str | None) -> None:
    from hsreview.workflows.assigning import current_pass
    from hsreview.workflows.coding import mark_reviewed
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, coder):
        found = [find_transcript(project, name) for name in names]
        chosen = None if pass_ is None else the_pass(project, pass_)
        with project.write():
            for transcript in found:
                which = current_pass(project, transcript.id, coder.id) if chosen is None else chosen
                mark_reviewed(project, coder, transcript.id, not take_back, which)
    sentence = _("{name}: no longer marked as reviewed.") if take_back else _("{name}: reviewed.")
    for transcript in found:
        say(sentence.format(name=transcript.name))


@command(
    "undo",
    N_(
        "Take back your last act.\n\n"
        "As often as you like, also after a restart. Nothing is taken back that the work of others depends on, and "
        "nothing that came before a merge or a setting, unless you say --skip (exit code 3). "
        "In a terminal you are asked before an import or a codebook is taken back."
    ),
)
@option("--skip", is_flag=True, text=N_("Let your last act stand and take back the one before it."))
@as_json
@pass_world
def undo(world: World, skip: bool, as_json: bool) -> int:
    from hsreview.workflows.undoing import next_undo, skip_undo
    from hsreview.workflows.undoing import undo as take_back

    with world.writing() as (project, coder):
        if skip:
            skip_undo(project, coder)
        following = next_undo(project, coder)
        if following is not None and following.table in LARGE and sys.stdin.isatty():
            insist(_("This takes back: {what}. Go on?").format(what=following.what))
        result = take_back(project, coder, following.act if following else None)
        code = _told(result, _("Undone: {what}."), as_json)
        if not result.done and following is not None:
            say(_("To let it stand and take back what came before: hsreview undo --skip"))
        return code


@command("redo", N_("Do again what was undone last."))
@as_json
@pass_world
def redo(world: World, as_json: bool) -> int:
    from hsreview.workflows.undoing import redo as again

    with world.writing() as (project, coder):
        return _told(again(project, coder), _("Done again: {what}."), as_json)


def _told(result: UndoResult, sentence: str, as_json: bool) -> int:
    if as_json:
        emit_json(
            {
                "done": result.done,
                "act": result.label,
                "kind": result.kind,
                "what": result.what,
                "reason": result.reason,
                "version_id": result.version_id,
                "start": result.start,
                "end": result.end,
            }
        )
    say(sentence.format(what=result.what) if result.done else result.reason)
    return EXIT_DONE if result.done else EXIT_REFUSED
