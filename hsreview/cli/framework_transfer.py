"""`framework transfer`: rows of another state's framework, taken over or dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.framework_print import flat, kind_word
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.transfer import TransferAnswer, TransferSegment
    from hsreview.workflows.transfer import Offers, Reason

_REASON = N_("ROW=REASON")


@command(
    "transfer",
    N_(
        "Take over rows of another state's framework, or drop them with a reason.\n\n"
        "PROJECT is the other project's folder; nothing in it is changed, and no finding, evidence or word of an "
        "interview comes along. Without a decision, its rows are listed, with what became of each and with what people "
        "here said about it. An indicator that is taken over has no baseline: it needs one of its own. Decisions are "
        "one act, which undo takes back."
    ),
)
@argument("source", N_("PROJECT"), type=PATH)
@option("--adopt", metavar=N_("ROWS"), multiple=True, text=N_("Take these rows over as they are."))
@option("--adapt", metavar=_REASON, multiple=True, text=N_("Take a row over to be reworded, and why."))
@option("--drop", metavar=_REASON, multiple=True, text=N_("Do not take a row over, and why."))
@option("--under", metavar=N_("ROW"), text=N_("The row here under which rows without a parent here stand."))
@option("--sheet", type=PATH, metavar=N_("FILE.csv"), text=N_("Write the rows as a sheet on which to decide."))
@option("--decisions", type=PATH, metavar=N_("FILE.csv"), text=N_("Store the decisions of a sheet."))
@option("--version", metavar=N_("VERSION"), default="", text=N_("A version of the other framework, by number or name."))
@option("--layer", metavar=N_("NAME"), text=N_("Whose T1 and T2 segments of this project are shown beside the rows."))
@as_json
@pass_world
def transfer(
    world: World, source: Path, adopt: tuple[str, ...], adapt: tuple[str, ...], drop: tuple[str, ...],
    under: str | None, sheet: Path | None, decisions: Path | None, version: str, layer: str | None, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_rows import find_row, framework
    from hsreview.workflows.states import other_project
    from hsreview.workflows.transfer import decide, not_offered, offers, read_origin, remarks
    from hsreview.workflows.transfer_sheet import named_decisions, read_sheet, told, write_sheet

    if decisions is not None and (adopt or adapt or drop or sheet):
        raise UsageProblem(_("Decide by a sheet or row by row, not both at once."))
    with other_project(source) as other:
        origin = read_origin(other, version, viewer=world.reader_elsewhere(other))
    wanted = read_sheet(decisions, origin) if decisions else named_decisions(origin, adopt, adapt, drop)
    if decisions or adopt or adapt or drop:
        with world.writing() as (project, coder):
            offers(project, origin, viewer=coder)  # Refused here before anything is decided.
            here = framework(project, viewer=coder, links=False)
            done = decide(project, coder, origin, wanted, under=find_row(here, under) if under else None)
            found = offers(project, origin, layer=layer, viewer=coder)
        say(told(len(done.taken), done.dropped, done.present))
        for line in remarks(origin, done.taken):
            say(line)
        if not as_json:
            for row in done.taken:
                emit(f"{origin.rows.by_id[row.derived_from or ''].ref} → {row.ref}")
    else:
        with world.reading() as project:
            found = offers(project, origin, layer=layer, viewer=world.reader(project))
        if not as_json and sheet is None:
            _emit(found)
        for line in not_offered(found):
            say(line)
    if sheet is not None:
        emit(str(write_sheet(found, sheet).resolve()))
    elif as_json:
        emit_json(_answer(found))


def _answer(found: Offers) -> TransferAnswer:
    from hsreview.workflows.framework_rows import RowKind, said

    origin = found.origin
    return {
        "project": origin.name, "project_id": origin.project_id, "state": origin.state, "version": origin.version,
        "layer": found.layer,
        "rows": [
            {
                "id": each.row.id, "ref": each.row.ref, "kind": each.row.kind.value,
                "text": said(each.row, current_language()), "choice": each.choice.value if each.choice else None,
                "reason": each.reason, "taken_id": each.taken.id if each.taken else None,
                "taken": each.taken.ref if each.taken else "",
                "needs_new_baseline": each.row.kind is RowKind.INDICATOR,
                "segments": [_segment(segment) for segment in each.segments], "comments": list(each.comments),
            }
            for each in found.offers
        ],
        "segments": [_segment(each) for each in found.segments],
    }  # fmt: skip


def _segment(each: Reason) -> TransferSegment:
    return {"id": each.coding_id, "code": each.code, "place": each.place, "text": each.text}


def _emit(found: Offers) -> None:
    from hsreview.workflows.framework_rows import said
    from hsreview.workflows.transfer_sheet import CHOICES

    language, origin = current_language(), found.origin
    about = _("Framework of {project}").format(project=origin.name) + (f" ({origin.state})" if origin.state else "")
    emit(f"{about}, {_('version {number}').format(number=origin.version)}" if origin.version else about)
    emit_table(
        [_("row"), _("kind"), _("says"), _("decision"), _("here"), _("T1, T2"), _("comments")],
        [
            (
                each.row.ref, kind_word(each.row.kind.value), shortened(flat(said(each.row, language)), 40),
                CHOICES[each.choice].get(language) if each.choice else "", each.taken.ref if each.taken else "",
                len(each.segments), len(each.comments),
            )
            for each in found.offers
        ],
    )  # fmt: skip
    for each in found.offers:
        notes = [each.reason] if each.reason else []
        notes += [f"{segment.code} {segment.place}: {shortened(flat(segment.text), 60)}" for segment in each.segments]
        notes += [labelled(_("meeting"), flat(text)) for text in each.comments]
        for note in notes:
            emit(f"  {each.row.ref} · {note}")
    apart = len(found.segments) - len({s.coding_id for each in found.offers for s in each.segments})
    if apart:
        told = ngettext(
            "{n} segment under T1 or T2 touches no code of these rows; --json lists it.",
            "{n} segments under T1 or T2 touch no code of these rows; --json lists them.", apart,
        )  # fmt: skip
        say(told.format(n=apart))
    n = len(found.offers)
    say(ngettext("{n} row.", "{n} rows.", n).format(n=n))
