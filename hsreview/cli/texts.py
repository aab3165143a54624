"""`turns`, `text`, `show`: read a transcript."""

from __future__ import annotations

import hashlib
import shutil
import sys
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, current_language, ngettext
from hsreview.base.terminal import visible_block
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit_json, emit_lines, say
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hsreview.cli.answers.texts import ShownCoding, TurnEntry
    from hsreview.model.text import Turn
    from hsreview.project.project import Project
    from hsreview.workflows.reading import Coding, OpenText
    from hsreview.workflows.showing import ShownCoding as Shown

WIDEST = 100


@command(
    "turns",
    N_(
        "Print the turns of a transcript.\n\n"
        "With --json each turn has its offsets into the stored text, in Unicode code points."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@as_json
@pass_world
def turns(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.reading import find_transcript, open_text

    with world.reading() as project:
        text = open_text(project, find_transcript(project, name))
    if as_json:
        emit_json({**_which(text), "turns": [_turn(text, turn) for turn in text.turns]})
    else:
        emit_lines(_turn_lines(text))


def _turn_lines(text: OpenText) -> Iterator[str]:
    from hsreview.workflows.showing import clock

    for turn in text.turns:
        parts = [str(turn.number), clock(turn.time) if turn.time is not None else "", turn.speaker or ""]
        first, *others = turn.said(text.text).split("\n")
        yield " ".join(part for part in parts if part) + f": {first}"
        yield from (f"    {line}" for line in others)


def _which(text: OpenText) -> dict[str, str]:
    return {
        "transcript_id": text.transcript.id,
        "transcript": text.transcript.name,
        "version_id": text.version.id,
    }


def _turn(text: OpenText, turn: Turn) -> TurnEntry:
    speaker = text.speakers.get(turn.speaker) if turn.speaker is not None else None
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "role": speaker.role.value if speaker else None,
        "start": turn.start,
        "label_end": turn.label_end,
        "end": turn.end,
        "time": turn.time,
        "text": turn.said(text.text),
    }


@command(
    "text",
    N_(
        "Print the stored text of a transcript, exactly.\n\n"
        "UTF-8, with nothing added: offsets of codings count its code points. In a terminal, control characters are "
        "shown as signs; a file or a program gets them as they are."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@as_json
@pass_world
def text(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.reading import find_transcript, open_text

    with world.reading() as project:
        found = open_text(project, find_transcript(project, name))
    if as_json:
        digest = hashlib.sha256(found.text.encode("utf-8")).hexdigest()
        emit_json({**_which(found), "length": len(found.text), "sha256": digest, "text": found.text})
        return
    shown = visible_block(found.text) if sys.stdout.isatty() else found.text
    sys.stdout.flush()
    sys.stdout.buffer.write(shown.encode("utf-8"))
    sys.stdout.buffer.flush()


@command(
    "show",
    N_(
        "Read a transcript with its codings.\n\n"
        "The text is wrapped, and numbers in brackets say where a coding begins and ends. With --plain one thing "
        "stands on each line, in the order in which it is best heard: turn, sentence (12.3 is the third one of turn "
        "12), the codes on it. While you code blind you see your own codings only."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@option("--plain", is_flag=True, text=N_("For screen readers: one thing a line, no marks in the text."))
@option("--layer", metavar=N_("NAME"), text=N_("Only this layer: the name of a coder, or consensus."))
@as_json
@pass_world
def show(world: World, name: str, plain: bool, layer: str | None, as_json: bool) -> None:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.reading import codebook, find_transcript, open_text
    from hsreview.workflows.showing import by_turn, marked_lines, plain_lines, shown_codings

    with world.reading() as project:
        opened = open_text(project, find_transcript(project, name))
        codings, hidden = _codings(world, project, opened, layer)
        names = {coder.id: coder.name for coder in coders(project)}
        shown = shown_codings(opened, codings, codebook(project), names, current_language())
    if as_json:
        at = by_turn(opened, shown)
        entries = [
            {**_turn(opened, turn), "codings": [_coding(each) for each in at.get(turn.number, ())]}
            for turn in opened.turns
        ]
        emit_json({**_which(opened), "hidden": hidden, "turns": entries})
    elif plain:
        emit_lines(plain_lines(opened, shown))
    else:
        emit_lines(marked_lines(opened, shown, min(WIDEST, shutil.get_terminal_size().columns)))
    tell_hidden(hidden)


def _codings(world: World, project: Project, text: OpenText, layer: str | None) -> tuple[list[Coding], int]:
    """The codings that the reader may see, and 1 when others are at work there that they may not see."""
    from hsreview.workflows.reading import codings_of, hidden_transcripts, sight

    coder_id, kind, reading = layer_of(project, layer)
    # Without a layer, first readings: a second reading stands in a layer of its own.
    codings = codings_of(project, text.version.id, coder_id=coder_id, layer=kind, reading=reading or "")
    reader = world.reader(project)
    seeing = sight(project, reader)
    here = text.transcript.id
    if kind == "consensus":
        seen = codings if seeing.transcript(here) else []
    else:
        seen = [c for c in codings if seeing.work(here, c.coder_id, c.pass_)]
    return seen, hidden_transcripts(project, reader, here)


def layer_of(project: Project, wish: str | None) -> tuple[str | None, str, str | None]:
    """`(coder id or null for all, kind of layer, reading or null for all)` of a layer named as `layers` names it."""
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.exporting import choose_layer, layers

    if wish is None:
        return None, "own", None
    if wish == "consensus":
        return None, "consensus", None
    if any(each.pass_ and wish in (each.id, each.name) for each in layers(project)):
        again = choose_layer(project, wish)
        return again.coder_id, "own", again.pass_
    return known_coder(project, wish).id, "own", ""


def tell_hidden(hidden: int) -> None:
    """Say that the work of others is not shown on so many transcripts; how much it is would tell too much."""
    if hidden:
        said = ngettext(
            "What others coded and noted on {n} transcript is not shown: you code blind until you mark it as reviewed.",
            "What others coded and noted on {n} transcripts is not shown: you code blind until you mark them as "
            "reviewed.",
            hidden,
        )
        say(said.format(n=hidden))


def _coding(shown: Shown) -> ShownCoding:
    coding = shown.coding
    return {
        "id": coding.id,
        "start": coding.start,
        "end": coding.end,
        "place": shown.place,
        "code": shown.code,
        "label": shown.label,
        "coder": shown.coder,
        "layer": "consensus" if coding.layer == "consensus" else "own",
        "modifiers": dict(coding.modifiers),
        "flags": list(coding.flags),
        "text": shown.text,
    }
