"""`disagreements`: where and how coders differ, and which code of one meets which code of another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.comparison import comparison_options, how_to_begin, number, selection_of, unit_word
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, emit_table, say, shortened
from hsreview.cli.world import World, pass_world
from hsreview.model.review import DifferenceKind, Outcome, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hsreview.cli.answers.review import DecisionAnswer, Disagreement
    from hsreview.workflows.comparing import Confusion, Decision, PlacedDifference

STANDING_WORDS = {Standing.OPEN: N_("still open"), Standing.DECIDED: N_("decided"), Standing.REOPENED: N_("reopened")}
OUTCOME_WORDS = {
    Outcome.TAKE: N_("taken from {coder}"),
    Outcome.BOTH: N_("both"),
    Outcome.NEITHER: N_("neither"),
    Outcome.EDITED: N_("other boundaries"),
    Outcome.OTHER: N_("another code"),
}

disagreements = group(
    "disagreements",
    N_("List where and how coders differ.\n\nWithout a further word, the differences are listed."),
    default="list",
)


@sub(
    disagreements,
    "list",
    N_(
        "List differences with their words, by transcript and place.\n\n"
        "Only transcripts that two coders or more marked as reviewed. Each place has one kind, the first that fits: "
        "split (one segment against several), boundary (overlap below the project's rule), extra (one code more), "
        "different (another code), missed (the other put nothing there). Segments are compared whatever the unit."
    ),
)
@comparison_options
@option(
    "--kind", "kinds", metavar=N_("KIND"), type=click.Choice([each.value for each in DifferenceKind]), multiple=True,
    text=N_("Only this kind: missed, boundary, different, split or extra; may be repeated."),
)  # fmt: skip
@option("--confusion", is_flag=True, text=N_("Print which code of one coder meets which code of another instead."))
@as_json
@pass_world
def list_(world: World, /, kinds: tuple[str, ...], confusion: bool, as_json: bool, **options: Any) -> None:
    from hsreview.workflows.adjudicating import consensus_of
    from hsreview.workflows.coders import coders
    from hsreview.workflows.comparing import confusion as confuse
    from hsreview.workflows.comparing import differences
    from hsreview.workflows.reading import transcripts

    with world.reading() as project:
        selection = selection_of(project, options)
        viewer = world.reader(project)
        names = {each.id: each.name for each in coders(project)}
        if confusion:
            confused = confuse(project, selection, viewer=viewer)
            titles = {each.id: each.name for each in transcripts(project)}
        else:
            wanted = [DifferenceKind(kind) for kind in kinds]
            found = differences(project, selection, kinds=wanted, viewer=viewer)
            begun = bool(found) or any(len(each.coders) > 1 for each in consensus_of(project, viewer=viewer))
    if confusion:
        _emit_confusion(confused, names, titles, as_json)
    elif as_json:
        emit_json({"disagreements": [_entry(each, names) for each in found]})
    else:
        _emit_list(found, names)
        if not begun:
            say(_("No transcript was marked as reviewed by two coders yet."))
            say(how_to_begin())


def _emit_list(found: Sequence[PlacedDifference], names: Mapping[str, str]) -> None:
    from hsreview.workflows.reasons import KINDS

    emit_table(
        [_("transcript"), _("place"), _("kind"), _("codes"), _("state"), _("words"), _("id")],
        [
            (
                each.transcript, each.place, _(KINDS[each.difference.kind]), said_codes(each, names),
                _state(each, names), shortened(each.quote, 40), each.difference.key,
            )
            for each in found
        ],
    )  # fmt: skip
    say(ngettext("{n} difference.", "{n} differences.", len(found)).format(n=len(found)))


def said_codes(placed: PlacedDifference, names: Mapping[str, str]) -> str:
    """`Awa D1 · Binta –`: what each coder put there."""
    return " · ".join(
        f"{names.get(coder, coder)} {'+'.join(refs) if refs else '–'}" for coder, refs in placed.codes.items()
    )


def _state(placed: PlacedDifference, names: Mapping[str, str]) -> str:
    difference = placed.difference
    state = _(STANDING_WORDS[difference.standing])
    if difference.decision is None:
        return state
    return f"{state}: {said_outcome(difference.decision, names)}"


def said_outcome(decision: Decision, names: Mapping[str, str]) -> str:
    """What was decided, in a few words."""
    return _(OUTCOME_WORDS[decision.outcome]).format(coder=names.get(decision.taken, ""))


def _entry(placed: PlacedDifference, names: Mapping[str, str]) -> Disagreement:
    difference = placed.difference
    return {
        "id": difference.key,
        "kind": difference.kind.value,
        "same_parent": difference.same_parent,
        "transcript_id": difference.transcript_id,
        "transcript": placed.transcript,
        "start": difference.start,
        "end": difference.end,
        "turn": placed.turn,
        "place": placed.place,
        "text": placed.quote,
        "coders": [
            {"coder_id": coder, "coder": names.get(coder, ""), "codes": list(refs)}
            for coder, refs in placed.codes.items()
        ],
        "standing": difference.standing.value,
        "decision": decision_answer(difference.decision, names) if difference.decision else None,
    }


def decision_answer(decision: Decision, names: Mapping[str, str]) -> DecisionAnswer:
    """A decision as `--json` gives it."""
    return {
        "outcome": decision.outcome.value,
        "taken": names.get(decision.taken, ""),
        "because": decision.because,
        "by": names.get(decision.coder_id, ""),
        "at": decision.at,
    }


def _emit_confusion(
    found: Confusion, names: Mapping[str, str], titles: Mapping[str, str], as_json: bool
) -> None:  # fmt: skip
    from hsreview.cli.agreement_answer import basis_answer
    from hsreview.cli.agreement_print import basis_lines, nothing_to_compare

    if as_json:
        emit_json(
            {
                "basis": basis_answer(found.basis, titles),
                "confusion": [
                    {
                        "coders": [names.get(coder, "") for coder in table.coders if coder],
                        "codes": list(table.refs),
                        "counts": [list(row) for row in table.counts],
                    }
                    for table in found.tables
                ],
            }
        )
        return
    emit_lines(basis_lines(found.basis))
    emit()
    if not any(table.refs for table in found.tables):
        emit(nothing_to_compare(found.basis))
        return
    unit = unit_word(found.basis.unit)
    for table in found.tables:
        rows, columns = (names.get(coder, "") for coder in table.coders)
        if rows:
            emit(_("{rows} (rows) against {columns} (columns), {unit}").format(rows=rows, columns=columns, unit=unit))
        else:
            emit(_("All pairs together, {unit}").format(unit=unit))
        heads = [*table.refs, _("uncoded")]
        used = [at for at in range(len(heads)) if any(table.counts[at]) or any(row[at] for row in table.counts)]
        emit_table(
            ["", *(heads[at] for at in used)],
            [(heads[row], *(_cell(table.counts[row][at]) for at in used)) for row in used],
        )
        emit()


def _cell(value: float) -> str:
    return "" if not value else str(int(value)) if value == int(value) else number(value, 1)


@sub(
    disagreements,
    "read",
    N_(
        "Read decisions back from the workbook's sheet of disagreements.\n\n"
        "The decision column takes the name of a coder, both, neither, or a code (put on the whole stretch); the "
        "reason is needed. Empty cells change nothing. One bad cell refuses the file, with a list of all bad cells."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option("--dry-run", is_flag=True, text=N_("Only say what it would bring."))
@as_json
@pass_world
def read(world: World, path: Path, dry_run: bool, as_json: bool) -> None:
    from hsreview.workflows.decision_sheet import read_decision_sheet

    with world.writing() as (project, coder):
        done = read_decision_sheet(project, coder, path, dry_run=dry_run)
    if as_json:
        emit_json({"dry_run": dry_run, "stored": done.stored, "present": done.present})
    say(ngettext("{n} decision is new.", "{n} decisions are new.", done.stored).format(n=done.stored))
    if done.present:
        n = done.present
        say(ngettext("{n} decision stood already.", "{n} decisions stood already.", n).format(n=n))
    if dry_run:
        say(_("Nothing was stored."))
