"""`framework start`, `check` and `thresholds`: rows to begin with, what rows lack, and what grades ask for."""

from __future__ import annotations

from dataclasses import asdict

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.answers.framework import RowProblemEntry
from hsreview.cli.framework_print import row_names
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.world import World, pass_world


@command(
    "start",
    N_(
        "Begin a framework with outcomes that were named before the review, as drafts.\n\n"
        "Three are the outcomes of another programme than the strategy, one is an objective; each says so in its "
        "column source. They stand under the strategy of the project, or under one that is made. Rows that were made "
        "so before are left as they are; one undo takes all of it back."
    ),
)
@option("--under", metavar=N_("ROW"), default="", text=N_("The strategy under which they are to stand."))
@as_json
@pass_world
def start(world: World, under: str, as_json: bool) -> None:
    from hsreview.workflows.framework_start import start as begin

    with world.writing() as (project, coder):
        made = begin(project, coder, under=under)
    if as_json:
        emit_json({"rows": row_names(made)})
    else:
        for row in row_names(made):
            emit(f"{row['ref']} {row['text']}")
    n = len(made)
    say(ngettext("{n} row made.", "{n} rows made.", n).format(n=n) if n else _("These rows are there already."))


@command(
    "check",
    N_(
        "Tell what rows of the framework lack: all of them, or those that are named.\n\n"
        "Errors have to be mended before a row goes to partners (exit code 1); warnings are what a careful editor "
        "would ask about. Each comes with its column and what to do. Rows that are rejected, retired, refused or "
        "lapsed are not looked at."
    ),
)
@argument("refs", N_("[ROW]..."), nargs=-1)
@as_json
@pass_world
def check(world: World, refs: tuple[str, ...], as_json: bool) -> int:
    from hsreview.workflows.evidence import grounds
    from hsreview.workflows.framework_lint import Level, in_numbers, level_name, row_problems
    from hsreview.workflows.framework_rows import find_row, framework

    with world.reading() as project:
        found = framework(project, viewer=world.reader(project))
        rows = [find_row(found, ref) for ref in refs] or None
        problems = row_problems(grounds(project, found, rows), rows)
    if as_json:
        entries: list[RowProblemEntry] = [
            {
                "row_id": each.row.id, "ref": each.row.ref, "kind": each.row.kind.value, "column": each.column,
                "code": each.code, "level": each.level.value, "message": each.message, "remedy": each.remedy,
            }
            for each in problems
        ]  # fmt: skip
        emit_json({"problems": entries})
    else:
        for each in problems:
            place = f"{each.row.ref} · {each.column}" if each.column else each.row.ref
            emit(labelled(place, labelled(level_name(each.level), f"{each.message} {each.remedy}")))
    say(in_numbers(problems) or _("Nothing is lacking."))
    return EXIT_FOUND if any(each.level is Level.ERROR for each in problems) else EXIT_DONE


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
