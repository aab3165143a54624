"""`retention`: until when the material of a project is kept."""

from __future__ import annotations

from hsreview.base.messages import N_, _
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world

retention = group(
    "retention",
    N_(
        "Say until when the material is kept, and what is to be done then.\n\n"
        "From 60 days before the date, commands that write and the workbench remind once a day; after it, every "
        "command does. Nothing is ever deleted by itself."
    ),
    default="show",
)


@sub(retention, "show", N_("Tell until when the material is kept, why, and what is to be done then."))
@as_json
@pass_world
def show(world: World, as_json: bool) -> None:
    from hsreview.workflows import retention as kept

    with world.reading() as project:
        found, todo = kept.retention(project), kept.steps(project)
    if as_json:
        emit_json(
            {
                "date": found.until.isoformat() if found else None,
                "because": found.because if found else "",
                "days_left": found.days_left() if found else None,
                "steps": [{"step": each.what, "text": each.said, "done": each.done} for each in todo],
            }
        )
        return
    if found is None:
        say(_("Nobody said until when the material is kept: hsreview retention set DATE --because …"))
        return
    emit(kept.told(found))
    if found.because:
        emit(_("Because: {reason}").format(reason=found.because))
    emit(_("Then, by people and not by the program:"))
    for number, each in enumerate(todo, 1):
        done = " " + _("[done on {day}]").format(day=each.done[:10]) if each.done else ""
        emit(f"  {number}. {each.said}{done}")


@sub(
    retention,
    "set",
    N_("Set the day until which the material is kept, such as 2031-12-31. It is for an archivist or a lead."),
)
@argument("day", N_("DATE"))
@option("--because", default="", metavar=N_("REASON"), text=N_("Why until then: the consent form, the funder, a law."))
@pass_world
def set_(world: World, day: str, because: str) -> None:
    from hsreview.workflows import retention as kept

    with world.writing() as (project, coder):
        found = kept.set_retention(project, coder, day, because)
    say(kept.told(found))


@sub(retention, "clear", N_("Take the date away. It is for an archivist or a lead."))
@pass_world
def clear(world: World) -> None:
    from hsreview.workflows.retention import clear_retention

    with world.writing() as (project, coder):
        gone = clear_retention(project, coder)
    say(_("There is no date any more.") if gone else _("There was no date."))
