"""`framework thresholds`: what the grades of evidence ask for."""

from __future__ import annotations

from dataclasses import asdict

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.kit import as_json, command, option
from hsreview.cli.output import emit_json, emit_table, say
from hsreview.cli.world import World, pass_world


@command(
    "thresholds",
    N_(
        "Show or set what the grades of evidence ask for.\n\n"
        "Very low: fewer respondents than low_respondents, or second hand only. High and moderate ask for respondents, "
        "organisations and groups; everything else is low. Undo brings back what was set before."
    ),
)
@option("--set", "wishes", metavar=N_("NAME=NUMBER"), multiple=True, text=N_("Set a threshold."))
@option("--reset", is_flag=True, text=N_("Go back to the usual thresholds."))
@as_json
@pass_world
def thresholds(world: World, wishes: tuple[str, ...], reset: bool, as_json: bool) -> None:
    from hsreview.workflows.grade_thresholds import (
        MEANINGS,
        Thresholds,
        read_thresholds,
        reset_thresholds,
        set_thresholds,
    )
    from hsreview.workflows.grade_thresholds import thresholds as read

    if wishes and reset:
        raise UsageProblem(_("Give either --set or --reset."))
    if wishes or reset:
        changed = read_thresholds(wishes)
        with world.writing() as (project, coder):
            done = set_thresholds(project, coder, changed) if changed else reset_thresholds(project, coder)
            limits = read(project)
        say(_("The thresholds were changed.") if done else _("The thresholds are these already."))
    else:
        with world.reading() as project:
            limits = read(project)
    usual = asdict(Thresholds())
    found = [
        {"name": name, "value": value, "usual": usual[name], "meaning": _(MEANINGS[name])}
        for name, value in asdict(limits).items()
    ]
    if as_json:
        emit_json({"thresholds": found})
        return
    emit_table(
        [_("threshold"), _("asks for"), _("usually"), _("what")],
        [(each["name"], str(each["value"]), str(each["usual"]), str(each["meaning"])) for each in found],
    )
