"""`withdraw`: take a respondent out of the project for good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import EXIT_FOUND, UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.asking import agreed
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit_json, emit_lines, emit_table, say
from hsreview.cli.values import RESPONDENT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.withdrawing import Plan

REASONS = ("request", "consent", "harm", "error", "other", "none")
SUMMARIES = ("ask", "keep", "erase")


@command(
    "withdraw",
    N_(
        "Take a respondent out of the project for good.\n\n"
        "First it is told what goes: words, codings, memos, quotes, cells of matrices, what findings lose, and what "
        "was handed over already. Then the pseudonym is asked for, and all of it is erased: in the project file, in "
        "its search index, in backups. A trace without any words stays, so that no package brings anything back. "
        "Nothing undoes it."
    ),
)
@argument("name", N_("[RESPONDENT]"), type=RESPONDENT, required=False)
@option("--dry-run", is_flag=True, text=N_("Only tell what would go."))
@option("--list", "list_them", is_flag=True, text=N_("Only list the withdrawals that there were."))
@option(
    "--because",
    type=click.Choice(REASONS),
    text=N_("Why, in one word that stays on record; else it is asked, or with --yes no reason is on record."),
)
@option(
    "--summaries",
    type=click.Choice(SUMMARIES),
    default="ask",
    text=N_("What becomes of summaries of other cases that rest on the person's words."),
)
@option("--exports", is_flag=True, text=N_("Delete also the files in exports that hsreview wrote since."))
@option("--write", "target", type=PATH, metavar=N_("FILE"), text=N_("Write the list of what is left to FILE too."))
@option("--yes", is_flag=True, text=N_("Do not ask."))
@as_json
@pass_world
def withdraw(
    world: World, name: str | None, dry_run: bool, list_them: bool, because: str | None, summaries: str, exports: bool,
    target: Path | None, yes: bool, as_json: bool,
) -> int | None:  # fmt: skip
    if list_them:
        _list(world, as_json=as_json)
        return None
    if name is None:
        raise UsageProblem(_("Name the respondent: hsreview withdraw RESPONDENT (see: hsreview consent)"))
    from hsreview.cli.withdraw_print import done_entry, plan_entry
    from hsreview.workflows.clearing import not_cleared
    from hsreview.workflows.withdrawal_told import done_lines, plan_lines
    from hsreview.workflows.withdrawing import Summaries, find, listing, plan
    from hsreview.workflows.withdrawing import withdraw as carry_out

    with world.writing() as (project, coder):
        person = find(project, name)
        planned = plan(project, coder, person, summaries=Summaries(summaries))
        if dry_run:
            if as_json:
                emit_json({**plan_entry(project, planned)})
            else:
                emit_lines(plan_lines(project, planned))
                say(_("This was a dry run: nothing was erased."))
            return None
        if not yes and not as_json:
            emit_lines(plan_lines(project, planned))
        planned = _settled(project, coder, planned, Summaries(summaries), yes=yes)
        if not yes:
            _insist(planned)
            because = because or _why()
        with listing(target) as write_list:
            done = carry_out(project, coder, planned, because or "none", exports=exports)
            write_list(done_lines(project, done))
        if as_json:
            emit_json({**done_entry(project, done)})
        else:
            emit_lines(done_lines(project, done))
        say(_("Erased. The trace is listed by: hsreview withdraw --list"))
        if as_json and not done.cleared.done:
            say(not_cleared(done.cleared))
        return EXIT_FOUND if done.residue.files or done.undeleted or not done.cleared.done else None


def _list(world: World, *, as_json: bool) -> None:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.withdrawn import REASONS as reasons
    from hsreview.workflows.withdrawn import listed
    from hsreview.workflows.withdrawn_files import holding_lines, still_holding

    with world.reading() as project:
        names = {coder.id: coder.name for coder in coders(project)}
        found, left = listed(project), still_holding(project)
        lines = holding_lines(project)
    if as_json:
        emit_json(
            {
                "withdrawals": [
                    {
                        "id": each.id, "respondent_id": each.respondent_id, "at": each.at, "because": each.reason,
                        "by_id": each.coder_id, "by": names.get(each.coder_id, each.coder_id),
                    }
                    for each in found
                ],
                "still_holding": [str(path) for path in left],
            }
        )  # fmt: skip
        return
    emit_table(
        [_("when"), _("trace"), _("why"), _("by")],
        [
            (
                each.at[:10], each.id, _(reasons[each.reason]) if each.reason in reasons else each.reason,
                names.get(each.coder_id, each.coder_id),
            )
            for each in found
        ],
    )  # fmt: skip
    for line in lines:
        say(line)


def _settled(project: Project, coder: Coder, planned: Plan, choice: str, *, yes: bool) -> Plan:
    """The plan with a decision about summaries of other cases, where there are any."""
    from hsreview.workflows.withdrawing import Summaries, plan

    if choice != Summaries.ASK or not planned.beside.summaries:
        return planned
    if yes or not sys.stdin.isatty():
        raise UsageProblem(
            _(
                "Summaries of other cases rest on these words. Look at them (--dry-run), then say what becomes of "
                "them: --summaries keep or --summaries erase. Nothing was erased."
            )
        )
    wanted = agreed(_("Erase the summaries of other cases that are listed above too?"))
    return plan(project, coder, planned.person, summaries=Summaries.ERASE if wanted else Summaries.KEEP)


def _why() -> str:
    """Ask for the reason; none is made up."""
    typed: str = click.prompt(
        _("Why, in one word"), default="none", show_choices=True, err=True, type=click.Choice(REASONS)
    )
    return typed


def _insist(planned: Plan) -> None:
    """Have the pseudonym typed. Raises UsageProblem when it is another, or nobody can be asked."""
    from hsreview.workflows.withdrawing import same_name

    if not sys.stdin.isatty():
        raise UsageProblem(_("This cannot be undone, and nobody can be asked here: add --yes. Nothing was erased."))
    typed: str = click.prompt(
        _("This cannot be undone. Type the pseudonym to erase all of this"), default="", show_default=False, err=True
    )
    if not same_name(planned.person, typed):
        raise UsageProblem(_("That is not the pseudonym. Nothing was erased."))
