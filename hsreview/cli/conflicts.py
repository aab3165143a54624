"""`conflicts`: what was changed in two ways at once, and the decision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.answers.exchange import ConflictEntry
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit_json, emit_lines, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.conflicts import ShownConflict

conflicts = group(
    "conflicts",
    N_(
        "List and decide conflicts: what two people changed without knowledge of each other.\n\n"
        "They are the same on every computer that has the same packages. Until somebody decides, the last change "
        "counts."
    ),
    default="list",
)


@sub(conflicts, "list", N_("List the conflicts that wait for a decision."))
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.conflicts import open_conflicts

    with world.reading() as project:
        found = open_conflicts(project, viewer=world.reader(project))
    if as_json:
        emit_json({"conflicts": [conflict_entry(each) for each in found]})
        return
    for each in found:
        say(f"{each.conflict.id}  {each.thing} – {each.field}")
        emit_table(
            [_("record"), _("coder"), _("date"), _("value")],
            [(value.record, value.coder, value.at[:10], shortened(value.said, 24)) for value in each.values],
        )
        for value in each.values:
            emit_lines(f"    {value.coder}  {turn}" for turn in value.turns)
    n = len(found)
    say(ngettext("{n} open conflict.", "{n} open conflicts.", n).format(n=n))


@sub(
    conflicts,
    "decide",
    N_(
        "Decide a conflict for one of its records, with a reason.\n\n"
        "ID and RECORD stand in the list; the beginning of an id is enough. A lead decides; undo opens it again."
    ),
)
@argument("conflict", N_("ID"))
@option("--take", required=True, metavar=N_("RECORD"), text=N_("The record whose value counts from now on."))
@option("--because", required=True, metavar=N_("TEXT"), text=N_("The reason, which is recorded."))
@pass_world
def decide(world: World, conflict: str, take: str, because: str) -> None:
    from hsreview.workflows.conflicts import decide_conflict

    with world.writing() as (project, by):
        told = decide_conflict(project, by, conflict, take, because)
    [taken] = [value for value in told.values if value.record.startswith(take)]
    say(_("Decided: {thing} – {field}: {value}").format(thing=told.thing, field=told.field, value=taken.said))


def conflict_entry(shown: ShownConflict) -> ConflictEntry:
    """A conflict as its JSON answer."""
    conflict = shown.conflict
    return {
        "id": conflict.id,
        "table": conflict.table,
        "entity": conflict.entity,
        "field": conflict.field,
        "thing": shown.thing,
        "field_said": shown.field,
        "values": [
            {
                "record": value.record,
                "coder_id": value.coder_id,
                "coder": value.coder,
                "at": value.at,
                "value": json.dumps(value.value, ensure_ascii=False),
                "said": value.said,
                "turns": list(value.turns),
            }
            for value in shown.values
        ],
    }
