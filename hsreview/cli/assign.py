"""`assign`: who should read which transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.passes import the_pass
from hsreview.cli.values import CODER, NOT_NEGATIVE, TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.assigning import AssignmentEntry, DrawEntry
    from hsreview.workflows.assigning import Assignment, Draw

assign = group(
    "assign",
    N_(
        "Give transcripts to coders, one by one or by a random draw.\n\n"
        "\b\n"
        "hsreview assign cso-1 cso-2 --coder Awa,Daan\n"
        "hsreview assign --draw 20% --by group --seed 7 --coder Awa,Daan\n"
        "hsreview assign --methods\n\n"
        "Coders work blind unless --open is given: they see the codings of others only after they have marked their "
        "own pass as reviewed; the lead sees everything. A second reading by the same coder is a pass of another "
        "name (--pass second) and is kept apart everywhere. Without a further word, the assignments are listed."
    ),
    default="give",
)


@sub(assign, "give", N_("Give transcripts to coders, or draw them at random.\n\nThe word may be left out."))
@argument("names", N_("[TRANSCRIPT...]"), nargs=-1, type=TRANSCRIPT)
@option(
    "--coder", "coders", metavar=N_("NAME,NAME"), type=CODER, multiple=True,
    text=N_("Who should read; several between commas."),
)  # fmt: skip
@option("--pass", "pass_", metavar=N_("PASS"), default="", text=N_("The pass: one of the codebook, or a name."))
@option("--open", "open_", is_flag=True, text=N_("Not blind: these coders see the codings of others at once."))
@option("--because", metavar=N_("TEXT"), default="", text=N_("Why, for the record."))
@option("--draw", "size", metavar=N_("N|N%"), text=N_("Draw so many at random, from those named or from all."))
@option(
    "--by", "stratify", metavar=N_("FIELD"), default="",
    text=N_("Strata of the draw: group, language, wave, kind, date or an attribute."),
)  # fmt: skip
@option("--seed", metavar=N_("N"), type=NOT_NEGATIVE, text=N_("Seed of the draw: the same one draws the same."))
@option("--methods", is_flag=True, text=N_("Print the draws made so far as a paragraph for the methods text."))
@as_json
@pass_world
def give(
    world: World, names: tuple[str, ...], coders: tuple[str, ...], pass_: str, open_: bool, because: str,
    size: str | None, stratify: str, seed: int | None, methods: bool, as_json: bool,
) -> None:  # fmt: skip
    if methods:
        _methods(world, as_json)
        return
    if size is None and (seed is not None or stratify):
        raise UsageProblem(_("--by and --seed belong to a random draw: add --draw N or --draw N%."))
    if size is not None:
        if seed is None:
            raise UsageProblem(_("Give the seed of the draw, such as --seed 7: the same seed draws the same."))
        _draw(world, names, coders, size, seed, stratify, pass_, not open_, as_json)
    elif names:
        _give(world, names, coders, pass_, not open_, because, as_json)
    elif coders or pass_ or open_ or because:
        raise UsageProblem(_("Name the transcripts to give, or draw them with --draw."))
    else:
        _list(world, None, as_json)


def _give(
    world: World, names: tuple[str, ...], coders: tuple[str, ...], pass_: str, blind: bool, because: str, as_json: bool
) -> None:
    from hsreview.workflows.assigning import assign, assignments, coders_named
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, by):
        found = [find_transcript(project, name) for name in names]
        who, pass_ = coders_named(project, coders), the_pass(project, pass_)
        done = assign(project, by, found, who, pass_=pass_, blind=blind, reason=because)
        ids = {each.id for each in found}, {each.id for each in who}
        now = [each for each in assignments(project) if each.transcript_id in ids[0] and each.coder_id in ids[1]]
    if as_json:
        emit_json({"new": done.new, "present": done.present, "assignments": [_entry(each) for each in now]})
    say(ngettext("{n} assignment stored.", "{n} assignments stored.", done.new).format(n=done.new))
    if done.present:
        n = done.present
        say(ngettext("{n} was there already.", "{n} were there already.", n).format(n=n))


def _draw(
    world: World, names: tuple[str, ...], coders: tuple[str, ...], size: str, seed: int, stratify: str, pass_: str,
    blind: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.assigning import coders_named, draw
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, by):
        made = draw(
            project, by, coders_named(project, coders), size=size, seed=seed, stratify=stratify,
            pass_=the_pass(project, pass_), blind=blind,
            transcripts=[find_transcript(project, name) for name in dict.fromkeys(names)],
        )  # fmt: skip
    if as_json:
        emit_json({"draws": [_drawn(made)]})
        return
    rows = [
        (stratum.name or "–", stratum.size, len(stratum.drawn), ", ".join(stratum.drawn)) for stratum in made.strata
    ]
    emit_table([_("stratum"), _("transcripts"), _("drawn"), _("names")], rows)
    said = ngettext(
        "{n} of {all} transcripts drawn and assigned.", "{n} of {all} transcripts drawn and assigned.", made.size
    )
    say(said.format(n=made.size, all=made.population))


def _methods(world: World, as_json: bool) -> None:
    from hsreview.workflows.assigning import draws, methods

    with world.reading() as project:
        found, paragraphs = draws(project), methods(project)
    if as_json:
        emit_json({"draws": [{**_drawn(each), "text": text} for each, text in zip(found, paragraphs, strict=True)]})
        return
    for paragraph in paragraphs:
        emit(paragraph)
    if not paragraphs:
        say(_("No transcripts were drawn yet."))


@sub(assign, "list", N_("List the assignments."))
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only this coder."))
@as_json
@pass_world
def list_(world: World, coder: str | None, as_json: bool) -> None:
    _list(world, coder, as_json)


def _list(world: World, coder: str | None, as_json: bool) -> None:
    from hsreview.workflows.assigning import assignments
    from hsreview.workflows.coders import known_coder

    with world.reading() as project:
        rows = assignments(project, known_coder(project, coder).id if coder else None)
    if as_json:
        emit_json({"assignments": [_entry(each) for each in rows]})
        return
    emit_table(
        [_("transcript"), _("coder"), _("pass"), _("blind"), _("state"), _("reason")],
        [(e.transcript, e.coder, e.pass_, _("yes") if e.blind else _("no"), _state(e), e.reason) for e in rows],
    )


def _state(each: Assignment) -> str:
    if each.reviewed:
        return _("reviewed")
    return _("started") if each.started else _("assigned")


@sub(
    assign,
    "remove",
    N_("Take assignments back.\n\nCodings and reviewed marks stay. Without --coder, those of all coders."),
)
@argument("names", N_("TRANSCRIPT..."), nargs=-1, required=True, type=TRANSCRIPT)
@option("--coder", "coders", metavar=N_("NAME,NAME"), type=CODER, multiple=True, text=N_("Only of these coders."))
@option("--pass", "pass_", metavar=N_("PASS"), text=N_("Only of this pass."))
@pass_world
def remove(world: World, names: tuple[str, ...], coders: tuple[str, ...], pass_: str | None) -> None:
    from hsreview.workflows.assigning import coders_named, unassign
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, by):
        found = [find_transcript(project, name) for name in names]
        which = None if pass_ is None else the_pass(project, pass_)
        n = unassign(project, by, found, coders_named(project, coders), which)
    say(ngettext("{n} assignment taken back.", "{n} assignments taken back.", n).format(n=n))


def _entry(each: Assignment) -> AssignmentEntry:
    return {
        "id": each.id,
        "transcript_id": each.transcript_id,
        "transcript": each.transcript,
        "coder_id": each.coder_id,
        "coder": each.coder,
        "pass": each.pass_,
        "blind": each.blind,
        "reason": each.reason,
        "started": each.started,
        "reviewed": each.reviewed,
    }


def _drawn(draw: Draw) -> DrawEntry:
    return {
        "id": draw.id,
        "at": draw.at,
        "by": draw.by,
        "seed": draw.seed,
        "size": draw.wish,
        "stratified_by": draw.stratified_by,
        "drawn": draw.size,
        "population": draw.population,
        "strata": [{"name": s.name, "size": s.size, "drawn": list(s.drawn)} for s in draw.strata],
        "coder_ids": list(draw.coders),
        "pass": draw.pass_,
        "blind": draw.blind,
    }
