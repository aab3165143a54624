"""`agreement` in a project: how far the coders of the project agree, and the measure that it fixed beforehand."""

from __future__ import annotations

from typing import Any

import click

from hsreview.base.messages import N_, _
from hsreview.cli.comparison import comparison_options, selection_of
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.world import World, pass_world
from hsreview.model.agreement import Unit


@command(
    "project",
    N_(
        "Compare the coders of the project.\n\n"
        "Only transcripts that two coders or more marked as reviewed. A turn, sentence, word or document counts as "
        "coded when a segment touches it; interviewers' turns do not count unless they are asked for. Codes come by "
        "their share of all disagreement; differences are counted in every turn, and one between two codes counts for "
        "both. --all prints every coefficient, pairs, transcripts, drift and more."
    ),
)
@comparison_options
@option("--all", "everything", is_flag=True, text=N_("Print everything that is calculated."))
@option("--scales", is_flag=True, text=N_("Print what others called good agreement, and what is wrong with it."))
@as_json
@pass_world
def project_agreement(world: World, /, everything: bool, scales: bool, as_json: bool, **options: Any) -> None:
    from hsreview.cli.agreement_answer import agreement_answer
    from hsreview.cli.agreement_print import emit_report, scale_lines
    from hsreview.workflows.coders import coders
    from hsreview.workflows.comparing import compare
    from hsreview.workflows.reading import transcripts

    with world.reading() as project:
        report = compare(project, selection_of(project, options), viewer=world.reader(project))
        people = {each.id: each.name for each in coders(project)}
        titles = {each.id: each.name for each in transcripts(project)}
    if as_json:
        emit_json({**agreement_answer(report, people, titles)})
    else:
        emit_report(report, people, titles, everything)
    if scales and as_json:
        for line in scale_lines():
            say(line)
    elif scales:
        emit_lines(scale_lines())


@command(
    "primary",
    N_(
        "Show or fix the project's primary measure, beforehand.\n\n"
        "Every change is recorded and printed with each comparison. Measures: percent_agreement, "
        "krippendorff_alpha_nominal, gwet_ac1, cohen_kappa_mean_pairwise, brennan_prediger, fleiss_kappa_gwet, "
        "alpha_set_jaccard, alpha_set_masi, u_alpha_binary, f1_0.5."
    ),
)
@argument("measure", N_("[MEASURE]"), required=False)
@option(
    "--unit", type=click.Choice([each.value for each in Unit]), default=Unit.TURN.value, show_default=True,
    text=N_("What is counted."),
)  # fmt: skip
@as_json
@pass_world
def primary(world: World, measure: str | None, unit: str, as_json: bool) -> None:
    from hsreview.workflows.primary_measure import primary as read
    from hsreview.workflows.primary_measure import set_primary

    if measure is None:
        with world.reading() as project:
            found = read(project)
    else:
        with world.writing() as (project, coder):
            found = set_primary(project, coder, measure, Unit(unit))
    if as_json:
        emit_json({"measure": found.measure, "unit": found.unit, "history": list(found.history)})
        return
    if not found.measure:
        emit(_("No primary measure was fixed (hsreview agreement primary MEASURE)."))
    for line in found.history:
        emit(line)
