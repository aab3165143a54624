"""`carried`: codings and memos that wait after a correction of their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say, shortened
from hsreview.cli.texts import tell_hidden
from hsreview.cli.values import CODER, TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.correcting import CarriedCounts, CarriedEntry
    from hsreview.project.project import Project
    from hsreview.workflows.carrying import Piece, Pieces

STATE_WORDS = {
    "unchanged": N_("unchanged"),
    "moved": N_("moved"),
    "changed": N_("changed"),
    "lost": N_("lost"),
}

carried = group(
    "carried",
    N_(
        "Decide about codings and memos whose words were changed or lost by a correction of the text.\n\n"
        "Each coder decides about their own: keep it where it was placed, place it anew, or take it away. Without a "
        "further word, they are listed."
    ),
    default="list",
)


@dataclass(frozen=True)
class Names:
    """What ids are called."""

    coders: Mapping[str, str]
    codes: Mapping[str, str]


def namer(project: Project) -> Names:
    """Names of coders and refs of codes."""
    from hsreview.workflows.coders import coders
    from hsreview.workflows.reading import codebook

    codes = {place.code.id: place.code.ref for place in codebook(project).codes()}
    return Names({each.id: each.name for each in coders(project)}, codes)


@sub(
    carried,
    "list",
    N_("List what waits, with the words before and after.\n\nThat of others only where you may see it."),
)
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only of this coder."))
@option("--transcript", "name", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only in this transcript."))
@as_json
@pass_world
def list_(world: World, coder: str | None, name: str | None, as_json: bool) -> None:
    from hsreview.workflows.carrying import waiting
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.reading import find_transcript

    with world.reading() as project:
        names = namer(project)
        found = waiting(
            project, world.reader(project), coder_id=known_coder(project, coder).id if coder else None,
            transcript_id=find_transcript(project, name).id if name else None,
        )  # fmt: skip
    if as_json:
        emit_json({"hidden": found.hidden, "pieces": [entry(each, names) for each in found.entries]})
        return
    for each in found.entries:
        emit_piece(each, names)
    n = len(found.entries)
    said = ngettext("{n} waits after a correction.", "{n} wait after a correction.", n).format(n=n)
    say(said if n else _("Nothing waits after a correction."))
    tell_hidden(found.hidden)


@sub(carried, "keep", N_("Keep changed codings and memos of your own where they were placed."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def keep(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.carrying import keep as store

    with world.writing() as (project, coder):
        n = store(project, coder, ids)
    say(ngettext("{n} kept.", "{n} kept.", n).format(n=n))


@sub(
    carried,
    "place",
    N_(
        "Place a coding or memo of your own anew in the corrected text.\n\n"
        "The place is a turn or a sentence of it (12, 12.3), or the offsets START END, as in codings add."
    ),
)
@argument("piece", N_("ID"))
@argument("place", N_("PLACE | START END"), nargs=-1, required=True)
@pass_world
def place_(world: World, piece: str, place: tuple[str, ...]) -> None:
    from hsreview.workflows.carrying import place as store
    from hsreview.workflows.carrying import waiting_one
    from hsreview.workflows.places import find_place
    from hsreview.workflows.reading import open_text, present_transcript

    offsets = [int(each) for each in place if each.isascii() and each.isdigit()]
    if len(place) > 2 or (len(place) == 2 and len(offsets) < 2):
        raise UsageProblem(_("Name one place, such as 12.3, or the offsets START END."))
    with world.writing() as (project, coder):
        found = waiting_one(project, coder, piece)
        text = open_text(project, present_transcript(project, found.transcript_id))
        start, end = offsets if len(place) == 2 else find_place(text, place[0])
        store(project, coder, piece, start, end)
    say(labelled(_("Placed anew"), shortened(text.text[start:end], 90)))


@sub(carried, "remove", N_("Take away codings and memos of your own that wait; undo brings them back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def remove(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.carrying import take_away

    with world.writing() as (project, coder):
        n = take_away(project, coder, ids)
    say(ngettext("{n} taken away.", "{n} taken away.", n).format(n=n))


def emit_piece(each: Piece, names: Names) -> None:
    """Print one, with its words before and after."""
    what = names.codes.get(each.code_id, "?") if each.kind == "coding" else _("memo")
    coder = names.coders.get(each.coder_id, each.coder_id)
    emit(f"{each.transcript} {each.where_before}  {what}  {coder}  {_(STATE_WORDS[each.state])}  [{each.id}]")
    emit("    " + labelled(_("before"), shortened(each.before, 90)))
    if each.waits:
        emit("    " + labelled(_("now"), f"{each.where} {shortened(each.after, 90)}" if each.after else "–"))
    if each.is_doubtful:
        emit("    " + _("The same words stand in several places: are these the ones?"))


def counted(found: Pieces) -> CarriedCounts:
    """How many are in each state."""
    counts = {str(state): n for state, n in found.counts().items()}
    return {
        "unchanged": counts["unchanged"],
        "moved": counts["moved"],
        "changed": counts["changed"],
        "lost": counts["lost"],
    }


def entry(each: Piece, names: Names, version: str = "") -> CarriedEntry:
    """One as JSON; `version` is the text that was stored just now."""
    start, end = each.place
    return {
        "kind": "coding" if each.kind == "coding" else "memo",
        "id": each.id,
        "transcript_id": each.transcript_id,
        "transcript": each.transcript,
        "code_id": each.code_id,
        "code": names.codes.get(each.code_id, ""),
        "coder_id": each.coder_id,
        "coder": names.coders.get(each.coder_id, ""),
        "pass": each.pass_,
        "state": each.state.value,
        "before": {
            "version_id": each.given_version,
            "start": each.given[0],
            "end": each.given[1],
            "place": each.where_before,
            "text": each.before,
        },
        "after": None
        if each.is_lost
        else {
            "version_id": each.version or version,
            "start": start,
            "end": end,
            "place": each.where,
            "text": each.after,
        },
    }
