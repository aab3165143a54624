"""`suggest`: codes that are proposed for turns and sentences, with their reasons; how good proposals are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, first_printed, say, shortened
from hsreview.cli.search import found_turn
from hsreview.cli.values import AT_LEAST_ONE, CODE, TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.suggestions import SuggestionReason, UnitSuggestions, WaitingPassage
    from hsreview.model.codebook import CodePlace
    from hsreview.model.people import Coder
    from hsreview.model.transcript import Transcript
    from hsreview.project.project import Project
    from hsreview.workflows.suggesting import Helper, Reason
    from hsreview.workflows.suggestions import Passage, Suggested

_layer = option(
    "--layer", metavar=N_("NAME"),
    text=N_("Whose codings are learned from: a coder or consensus (else your own, else the consensus)."),
)  # fmt: skip
_unit = option(
    "--unit", type=click.Choice(["turn", "sentence"]), default="turn", show_default=True,
    text=N_("What codes are suggested for."),
)  # fmt: skip

suggest = group(
    "suggest",
    N_(
        "Propose codes for turns, and say why; nothing is coded by itself.\n\n"
        "A code is proposed where a cue of it from the codebook stands, or words that are typical of it in the "
        "codings of one layer. `suggest evaluate` says how often such proposals were right."
    ),
    default="show",
)


@sub(
    suggest,
    "show",
    N_(
        "Propose codes for the turns of a transcript.\n\n"
        "Without --turn and --all, for what respondents say and you have not coded. With --accept, the code is put on "
        "the turn for which it is proposed; the coding says that it was suggested, and undo takes it back.\n\n"
        "--uncoded lists passages of all transcripts in which cues of a code stand and that you have not coded with "
        "it."
    ),
)
@argument("name", N_("[TRANSCRIPT]"), required=False, type=TRANSCRIPT)
@option("--turn", metavar=N_("N"), type=AT_LEAST_ONE, text=N_("Only this turn."))
@option("--all", "everything", is_flag=True, text=N_("All turns: interviewers' and coded ones too."))
@option("--uncoded", is_flag=True, text=N_("Passages that wait for a code; needs --code."))
@option("--code", "code", metavar=N_("CODE"), type=CODE, text=N_("Only this code."))
@_unit
@_layer
@option("--accept", metavar=N_("CODE"), type=CODE, text=N_("Put this code on the turn as suggested; needs --turn."))
@option("--limit", metavar=N_("N"), type=AT_LEAST_ONE, default=50, show_default=True, text=N_("How many to print."))
@as_json
@pass_world
def show(
    world: World, name: str | None, turn: int | None, everything: bool, uncoded: bool, code: str | None, unit: str,
    layer: str | None, accept: str | None, limit: int, as_json: bool,
) -> None:  # fmt: skip
    _check(turn is not None and everything, _("Choose one of --turn and --all."))
    _check(accept is not None and turn is None, _("Look at a turn before you accept: --accept needs --turn."))
    if uncoded:
        _check(code is None, _("Say which code is meant: --uncoded needs --code."))
        _check(everything or turn is not None, _("--uncoded looks at every turn: leave --turn and --all out."))
        _uncoded(world, name, code or "", layer, limit, as_json=as_json)
        return
    if name is None:
        raise UsageProblem(_("Name a transcript, or ask for --uncoded --code CODE."))
    if accept is not None:
        with world.writing() as (project, me):
            _accept(project, me, name, turn or 0, unit, layer, accept, as_json=as_json)
        return
    with world.reading() as project:
        _show(project, world.reader(project), name, turn, everything, unit, layer, code, limit, as_json=as_json)


def _check(wrong: bool, told: str) -> None:
    if wrong:
        raise UsageProblem(told)


def _helper(project: Project, layer: str | None, me: Coder | None) -> Helper:
    from hsreview.workflows.suggesting import Helper, taught_by

    helper = Helper(taught_by(project, layer, me), me)
    helper.refresh(project)
    return helper


def _show(
    project: Project, me: Coder | None, name: str, turn: int | None, everything: bool, unit: str, layer: str | None,
    code: str | None, limit: int, *, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.model.agreement import Unit
    from hsreview.workflows.reading import codebook, find_code, find_transcript
    from hsreview.workflows.suggestions import suggest

    transcript = find_transcript(project, name)
    only = find_code(codebook(project), code).id if code else None
    helper = _helper(project, layer, me)
    found = suggest(
        project, helper, transcript, viewer=me, turn=turn, everything=everything, unit=Unit(unit), only=only
    )
    if as_json:
        emit_json(
            {
                "transcript_id": transcript.id,
                "transcript": transcript.name,
                "version_id": transcript.version_id,
                "unit": unit,
                "layer": helper.taught.name if helper.taught else None,
                "texts": helper.typical.texts,
                "models": dict(helper.models),
                "units": [_unit_entry(helper, each) for each in found],
            }
        )
    else:
        for each in found[:limit]:
            _print_unit(helper, transcript, each)
        n = len(found)
        said = ngettext("{n} unit with a suggestion.", "{n} units with suggestions.", n).format(n=n)
        say(said + (" " + first_printed(limit) if n > limit else ""))
    _say_sources(helper)


def _print_unit(helper: Helper, transcript: Transcript, each: Suggested) -> None:
    from hsreview.workflows.suggestion_words import why

    place = f"{each.stretch.turn}.{each.stretch.sentence}" if each.stretch.sentence else str(each.stretch.turn)
    emit(f"{transcript.name} {place}: {shortened(each.text, 100)}")
    for proposal in each.proposals:
        emit(f"  {_name(helper.codes[proposal.code_id])} – {why(proposal.reasons)}")


def _name(place: CodePlace) -> str:
    return f"{place.code.ref} {place.code.label.get(current_language())}"


def _say_sources(helper: Helper) -> None:
    from hsreview.workflows.suggestion_words import sources

    for line in sources(helper):
        say(line)


def _unit_entry(helper: Helper, each: Suggested) -> UnitSuggestions:
    return {
        "turn": each.stretch.turn,
        "sentence": each.stretch.sentence or None,
        "start": each.stretch.start,
        "end": each.stretch.end,
        "language": each.language,
        "text": each.text,
        "coded": [helper.codes[code].code.ref for code in each.codes if code in helper.codes],
        "suggestions": [
            {
                "code_id": proposal.code_id,
                "code": helper.codes[proposal.code_id].code.ref,
                "label": helper.codes[proposal.code_id].code.label.get(current_language()),
                "weight": round(proposal.weight, 2),
                "reasons": [_reason(each.stretch.start, reason) for reason in proposal.reasons],
            }
            for proposal in each.proposals
        ],
    }


def _reason(start: int, reason: Reason) -> SuggestionReason:
    return {
        "source": reason.source.value,
        "phrase": reason.phrase,
        "language": reason.language,
        "other_form": reason.other_form,
        "segments": reason.segments,
        "places": [[start + s, start + e] for s, e in reason.places],
    }


def _accept(
    project: Project, me: Coder, name: str, turn: int, unit: str, layer: str | None, wish: str, *, as_json: bool
) -> None:
    from hsreview.model.agreement import Unit
    from hsreview.workflows.reading import codebook, find_code, find_transcript
    from hsreview.workflows.suggestions import accept, suggest

    transcript, code = find_transcript(project, name), find_code(codebook(project), wish)
    helper = _helper(project, layer, me)
    found = suggest(project, helper, transcript, viewer=me, turn=turn, unit=Unit(unit), only=code.id)
    done = accept(project, me, transcript, found, code.id)
    if as_json:
        emit_json({"code_id": code.id, "code": code.ref, "made": done.made, "present": done.present})
        return
    said = ngettext("{n} coding made with {code}.", "{n} codings made with {code}.", done.made)
    say(said.format(n=done.made, code=code.ref))
    say(_("To take all of it back: hsreview undo"))


def _uncoded(world: World, name: str | None, wish: str, layer: str | None, limit: int, *, as_json: bool) -> None:
    from hsreview.workflows.reading import codebook, find_code
    from hsreview.workflows.search_scopes import scope_of
    from hsreview.workflows.suggestions import passages

    with world.reading() as project:
        me = world.reader(project)
        code = find_code(codebook(project), wish)
        scope = scope_of(project, transcript=name, uncoded=code.id, coder=me.id if me else None)
        helper = _helper(project, layer, me)
        found = passages(project, helper, code.id, scope, me)
    if as_json:
        emit_json(
            {
                "code_id": code.id,
                "code": code.ref,
                "layer": helper.taught.name if helper.taught else None,
                "total": len(found),
                "passages": [_passage(each) for each in found],
            }
        )
    else:
        for each in found[:limit]:
            _print_passage(each)
        said = ngettext("{n} passage waits for {code}.", "{n} passages wait for {code}.", len(found))
        said = said.format(n=len(found), code=code.ref)
        say(said + (" " + first_printed(limit) if len(found) > limit else ""))
    _say_sources(helper)


def _print_passage(each: Passage) -> None:
    from hsreview.workflows.suggestion_words import why

    emit(f"{each.hit.transcript} {each.hit.turn}: {shortened(each.hit.text, 100)}")
    emit(f"  {why(each.proposal.reasons)}")


def _passage(each: Passage) -> WaitingPassage:
    reasons = [_reason(each.hit.start, reason) for reason in each.proposal.reasons]
    return {**found_turn(each.hit), "reasons": reasons}


@sub(
    suggest,
    "evaluate",
    N_(
        "Say how often suggestions would have been right, code by code.\n\n"
        "Each transcript of the layer is suggested for as if it were not coded, with what the other ones teach, and "
        "compared with its codings. Precision: of what was proposed, how much is coded so. Recall: of what is coded, "
        "how much was proposed. The share of units with a code stands beside it: so often a blind guess is right. "
        "Ctrl+C stops."
    ),
)
@_unit
@_layer
@as_json
@pass_world
def evaluate(world: World, unit: str, layer: str | None, as_json: bool) -> None:
    from hsreview.cli.suggest_evaluate import as_answer, clear_progress, print_evaluation, show_progress
    from hsreview.model.agreement import Unit
    from hsreview.workflows.suggesting import taught_by
    from hsreview.workflows.suggestion_check import evaluate as check

    with world.reading() as project:
        me = world.reader(project)
        taught = taught_by(project, layer, me)
        if taught is None:
            raise InputRefused(_("There is no layer to check suggestions with. Name one: --layer NAME"))
        try:
            found = check(project, taught, me, Unit(unit), show_progress)
        finally:
            clear_progress()
    if as_json:
        emit_json(as_answer(found))
    else:
        print_evaluation(found)
