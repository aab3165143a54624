"""`recode`: codings to look at again because the rules of their code have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say, shortened
from hsreview.cli.texts import tell_hidden
from hsreview.cli.values import CODER
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.assigning import RecodeEntry
    from hsreview.workflows.rechecking import Recheck

FIELDS = {
    "label": N_("label"),
    "definition": N_("definition"),
    "use": N_("use when"),
    "not_use": N_("do not use when"),
}

recode = group(
    "recode",
    N_(
        "Look again at codings whose code has other rules now.\n\n"
        "When the label, the definition, or the rules of use of a code change, or a code is split, the codings made "
        "before wait here until their coder keeps, changes or removes them. Without a further word, they are listed."
    ),
    default="list",
)


@sub(
    recode,
    "list",
    N_("List the codings that wait, each with what changed.\n\nThose of others only where you may see them."),
)
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only of this coder."))
@as_json
@pass_world
def list_(world: World, coder: str | None, as_json: bool) -> None:
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.reading import codebook
    from hsreview.workflows.rechecking import recode_queue

    with world.reading() as project:
        refs = {place.code.id: place.code.ref for place in codebook(project).codes()}
        found = recode_queue(project, world.reader(project), known_coder(project, coder).id if coder else None)
    if as_json:
        entries = [_entry(each, refs) for each in found.entries]
        emit_json({"hidden": found.hidden, "codings": entries})
        return
    for each in found.entries:
        segment, waiting = each.segment, each.waiting
        ref = refs.get(segment.coding.code_id, "?")
        emit(f"{each.transcript} {segment.place}  {ref}  {each.coder}  [{segment.coding.id}]")
        emit(f"    {shortened(segment.text, 90)}")
        for name in waiting.changed:
            before, now = _words(waiting.before.rules.get(name)), _words(waiting.now.rules.get(name))
            emit("    " + _("{field}: {before} → {now}").format(field=_(FIELDS[name]), before=before, now=now))
        for split in waiting.splits:
            emit("    " + _("split: {code} or {other}?").format(code=ref, other=refs.get(split.into, "?")))
    n = len(found.entries)
    say(ngettext("{n} coding waits to be looked at again.", "{n} codings wait to be looked at again.", n).format(n=n))
    tell_hidden(found.hidden)


def _words(texts: object) -> str:
    found = texts if isinstance(texts, dict) else {}
    return str(found.get(current_language()) or next(iter(found.values()), "") or "–")


@sub(recode, "keep", N_("Keep codings of your own under the rules as they are now; undo takes it back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def keep(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.rechecking import keep as store

    with world.writing() as (project, coder):
        n = store(project, coder, ids)
    say(ngettext("{n} coding kept.", "{n} codings kept.", n).format(n=n))


@sub(
    recode,
    "decide",
    N_(
        "Decide about codings of your own whose code was split: stays, goes (to the other code) or both.\n\n"
        "All of them get the same decision, as one act; undo takes it back."
    ),
)
@argument("decision", "stays|goes|both", type=click.Choice(["stays", "goes", "both"]))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def decide(world: World, decision: str, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.codebook_splitting import Choice, decide_splits

    with world.writing() as (project, coder):
        n = decide_splits(project, coder, dict.fromkeys(ids, Choice(decision)))
    say(ngettext("{n} coding decided on.", "{n} codings decided on.", n).format(n=n))


def _entry(each: Recheck, refs: dict[str, str]) -> RecodeEntry:
    segment, coding, waiting = each.segment, each.segment.coding, each.waiting
    return {
        "id": coding.id,
        "transcript_id": segment.transcript_id,
        "transcript": each.transcript,
        "version_id": coding.version_id,
        "start": coding.start,
        "end": coding.end,
        "turn": segment.turn,
        "sentence": segment.sentence,
        "text": segment.text,
        "code_id": coding.code_id,
        "code": refs.get(coding.code_id, ""),
        "coder_id": coding.coder_id,
        "coder": each.coder,
        "pass": coding.pass_,
        "changed": list(waiting.changed),
        "before": {name: waiting.before.rules.get(name) or {} for name in waiting.changed},
        "now": {name: waiting.now.rules.get(name) or {} for name in waiting.changed},
        "split_into": [refs.get(split.into, "") for split in waiting.splits],
        "changed_at": waiting.now.at,
        "changed_by": waiting.now.coder_id,
    }
