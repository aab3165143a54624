"""`codings`: list, add, import, remove."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.passes import pass_of
from hsreview.cli.texts import layer_of, tell_hidden
from hsreview.cli.values import AT_LEAST_ONE, CODE, CODER, NOT_NEGATIVE, TRANSCRIPT, pairs
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.codings import AddedCoding, Coding
    from hsreview.model.text import Span
    from hsreview.project.project import Project
    from hsreview.workflows.reading import CodedSegment, Transcript
    from hsreview.workflows.reading import Coding as StoredCoding

_MODIFIER = N_("A modifier, such as stance=positive; may be repeated.")
_FLAG = N_("A flag, such as quote; may be repeated.")

codings = group(
    "codings",
    N_("List, add, import and remove codings.\n\nWithout a further word, the codings are listed."),
    default="list",
)


@sub(
    codings,
    "list",
    N_(
        "List codings, in the order of transcripts and places.\n\n"
        "Each row names its coder: codings of several coders are listed together, never added up. While you code "
        "blind, those of others are left out until you mark the transcript as reviewed."
    ),
)
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only this transcript."))
@option("--code", "codes", metavar=N_("CODE"), type=CODE, multiple=True, text=N_("Only this code; may be repeated."))
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only this coder."))
@option("--layer", metavar=N_("NAME"), text=N_("Only this layer: the name of a coder, or consensus."))
@option("--flag", metavar=N_("FLAG"), text=N_("Only with this flag: quote for the starred quotes."))
@option("--context", metavar=N_("N"), type=NOT_NEGATIVE, text=N_("Tell also up to N characters before and after."))
@option("--lost", is_flag=True, text=N_("Those whose words a corrected text no longer has, as they stood before."))
@option("--limit", metavar=N_("N"), type=AT_LEAST_ONE, text=N_("At most so many codings."))
@as_json
@pass_world
def list_(
    world: World, transcript: str | None, codes: tuple[str, ...], coder: str | None, layer: str | None,
    flag: str | None, context: int | None, lost: bool, limit: int | None, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coders import coders, known_coder
    from hsreview.workflows.coding import check_marks
    from hsreview.workflows.in_context import around
    from hsreview.workflows.reading import (
        codebook,
        find_code,
        find_transcript,
        hidden_transcripts,
        segments,
        transcripts,
    )

    with world.reading() as project:
        book, reader = codebook(project), world.reader(project)
        wanted = find_transcript(project, transcript).id if transcript else None
        coder_id, kind, reading = layer_of(project, layer)
        check_marks(book, {}, [flag] if flag else [])
        found = segments(
            project,
            code_ids=[find_code(book, code).id for code in codes],
            coder_id=known_coder(project, coder).id if coder else coder_id,
            layer=kind,
            reading=reading,
            transcript_id=wanted,
            viewer=reader,
            lost=lost,
            flag=flag,
        )
        hidden = hidden_transcripts(project, reader, wanted)
        names = {each.id: each.name for each in coders(project)}
        titles = {each.id: each.name for each in transcripts(project)}
        shown = [
            (s, around(project, s.coding.version_id, s.coding.start, s.coding.end, context) if context else ("", ""))
            for s in found[:limit]
        ]
    refs = {place.code.id: place.code.ref for place in book.codes()}
    if as_json:
        entries = [_entry(segment, beside, titles, refs, names) for segment, beside in shown]
        emit_json({"total": len(found), "hidden": hidden, "codings": entries})
        return
    rows = [
        (
            titles[s.transcript_id], f"{s.turn}.{s.sentence}", refs.get(s.coding.code_id, "?"),
            f"{names.get(s.coding.coder_id, '')} {s.coding.pass_}".strip(), shortened(s.text, 50), s.coding.id,
        )
        for s, _beside in shown
    ]  # fmt: skip
    if context:
        for row, (s, (before, after)) in zip(rows, shown, strict=True):
            emit(", ".join(each for each in row[:4] if each) + f"  [{s.coding.id}]")
            emit(f"    {before}[{' '.join(s.text.split())}]{after}")
    else:
        emit_table([_("transcript"), _("place"), _("code"), _("coder"), _("words"), _("id")], rows)
    say(ngettext("{n} coding.", "{n} codings.", len(found)).format(n=len(found)))
    tell_hidden(hidden)


def _entry(
    segment: CodedSegment, beside: tuple[str, str], transcripts: dict[str, str], refs: dict[str, str],
    coders: dict[str, str],
) -> Coding:  # fmt: skip
    coding = segment.coding
    return {
        "id": coding.id,
        "transcript_id": segment.transcript_id,
        "transcript": transcripts[segment.transcript_id],
        "version_id": coding.version_id,
        "number": segment.number,
        "start": coding.start,
        "end": coding.end,
        "turn": segment.turn,
        "sentence": segment.sentence,
        "speaker": segment.speaker,
        "role": segment.role,
        "respondent_id": segment.respondent_id,
        "text": segment.text,
        "before": beside[0],
        "after": beside[1],
        "code_id": coding.code_id,
        "code": refs.get(coding.code_id, ""),
        "coder_id": coding.coder_id,
        "coder": coders.get(coding.coder_id, ""),
        "layer": "consensus" if coding.layer == "consensus" else "own",
        "pass": coding.pass_,
        "origin": coding.origin.value,
        "modifiers": dict(coding.modifiers),
        "flags": list(coding.flags),
        "memo": segment.memo,
        "created": coding.created,
    }


@sub(
    codings,
    "add",
    N_(
        "Put codes on a segment; their ids are printed.\n\n"
        "\b\n"
        "hsreview codings add cso-1 12.3 D1        sentence 3 of turn 12\n"
        "hsreview codings add cso-1 12.3-5 D1 K4   sentences 3 to 5\n"
        "hsreview codings add cso-1 12 D1          the whole turn\n"
        "hsreview codings add cso-1 880 1286 D1    characters 880 to 1286\n\n"
        "A code is named by its id, its reference or its label. A code that you already put on exactly this segment "
        "is left as it is."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("words", N_("PLACE|START END CODE..."), nargs=-1, required=True, type=CODE)
@option("--modifier", "modifiers", metavar=N_("NAME=VALUE"), multiple=True, text=_MODIFIER)
@option("--flag", "flags", metavar=N_("NAME"), multiple=True, text=_FLAG)
@option("--pass", "pass_", metavar=N_("PASS"), text=N_("Your pass (else that of your open assignment)."))
@as_json
@pass_world
def add(
    world: World, name: str, words: tuple[str, ...], modifiers: tuple[str, ...], flags: tuple[str, ...],
    pass_: str | None, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coding import add_codings, check_marks
    from hsreview.workflows.reading import codebook, find_code, find_transcript

    marks = pairs(modifiers, "--modifier")
    with world.writing() as (project, coder):
        world.warn_of_consent(project)
        book = codebook(project)
        check_marks(book, marks, flags)
        transcript = find_transcript(project, name)
        (start, end), codes = _segment(project, transcript, words)
        wanted = [find_code(book, code) for code in codes]
        stored = add_codings(
            project, coder, transcript.version_id, start, end, [code.id for code in wanted], modifiers=marks,
            flags=flags, pass_=pass_of(project, pass_, transcript.id, coder.id),
        )  # fmt: skip
    refs = {code.id: code.ref for code in wanted}
    if as_json:
        emit_json({"codings": [_added(each, transcript, refs) for each in stored]})
        return
    for each in stored:
        say(_said(each, transcript, refs))
        emit(each.id)


def _segment(project: Project, transcript: Transcript, words: tuple[str, ...]) -> tuple[Span, tuple[str, ...]]:
    """The segment and the codes that `PLACE CODE…` or `START END CODE…` name."""
    from hsreview.workflows.places import find_place
    from hsreview.workflows.reading import open_text

    if len(words) > 2 and re.fullmatch(r"\d{1,12}", words[0]) and re.fullmatch(r"\d{1,12}", words[1]):
        return (int(words[0]), int(words[1])), words[2:]
    if len(words) < 2:
        raise UsageProblem(_("Name a place and a code, such as: 12.3 D1"))
    return find_place(open_text(project, transcript), words[0]), words[1:]


def _added(coding: StoredCoding, transcript: Transcript, refs: dict[str, str]) -> AddedCoding:
    return {
        "id": coding.id,
        "transcript_id": transcript.id,
        "version_id": coding.version_id,
        "start": coding.start,
        "end": coding.end,
        "code_id": coding.code_id,
        "code": refs.get(coding.code_id, ""),
        "coder_id": coding.coder_id,
        "modifiers": dict(coding.modifiers),
        "flags": list(coding.flags),
        "created": coding.created,
    }


@sub(
    codings,
    "change",
    N_(
        "Change a coding of your own: its place, code, modifiers or flags.\n\n"
        "What is not named stays. --modifier and --flag replace all that the coding had; --clear takes them away."
    ),
)
@argument("coding_id", N_("ID"))
@option("--at", "place", metavar=N_("PLACE"), text=N_("The place, such as 12.3-5 (turn.sentence)."))
@option("--start", metavar=N_("N"), type=NOT_NEGATIVE, text=N_("The first character."))
@option("--end", metavar=N_("N"), type=NOT_NEGATIVE, text=N_("The character after the last one."))
@option("--code", metavar=N_("CODE"), type=CODE, text=N_("The code."))
@option("--modifier", "modifiers", metavar=N_("NAME=VALUE"), multiple=True, text=_MODIFIER)
@option("--flag", "flags", metavar=N_("NAME"), multiple=True, text=_FLAG)
@option("--clear", is_flag=True, text=N_("Take all modifiers and flags away first."))
@as_json
@pass_world
def change(
    world: World, coding_id: str, place: str | None, start: int | None, end: int | None, code: str | None,
    modifiers: tuple[str, ...], flags: tuple[str, ...], clear: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coding import change_coding, check_marks, get_coding
    from hsreview.workflows.places import find_place
    from hsreview.workflows.reading import codebook, find_code, open_text, transcripts

    marks = pairs(modifiers, "--modifier")
    if place and (start is not None or end is not None):
        raise UsageProblem(_("Give a place or characters, not both."))
    with world.writing() as (project, coder):
        book = codebook(project)
        check_marks(book, marks, flags)
        old = get_coding(project, coding_id)
        transcript = next((each for each in transcripts(project) if each.version_id == old.version_id), None)
        if transcript is None:
            raise InputRefused(_("The transcript of this coding is no longer in the project."))
        if place:
            start, end = find_place(open_text(project, transcript), place)
        new = change_coding(
            project, coder, coding_id, start=start, end=end, modifiers=marks if marks or clear else None,
            flags=flags if flags or clear else None, code_id=find_code(book, code).id if code else None,
        )  # fmt: skip
    refs = {each.code.id: each.code.ref for each in book.codes()}
    if as_json:
        emit_json({"codings": [_added(new, transcript, refs)]})
    say(_said(new, transcript, refs))


def _said(coding: StoredCoding, transcript: Transcript, refs: dict[str, str]) -> str:
    return _("{code} on {transcript} {start}–{end}").format(
        code=refs.get(coding.code_id, "?"), transcript=transcript.name, start=coding.start, end=coding.end
    )


@sub(
    codings,
    "import",
    N_(
        "Import codings from a CSV file.\n\n"
        "Columns: transcript, start, end, code, and optionally quote, coder, memo, created, flags (quote;unsure) and "
        "modifiers (stance=positive;voice=first_hand). start and end count code points of the stored text; a quote "
        "must equal the text there. One bad row refuses the whole file, with a list of all bad rows."
    ),
)
@argument("path", N_("FILE.csv"), type=PATH)
@option(
    "--map",
    "columns",
    metavar=N_("THEIRS=OURS,..."),
    multiple=True,
    text=N_("Names of the file's columns, such as doc=transcript,text=quote."),
)
@option("--delimiter", metavar=N_("CHARACTER"), text=N_("What separates columns (else it is found out)."))
@as_json
@pass_world
def import_(world: World, path: Path, columns: tuple[str, ...], delimiter: str | None, as_json: bool) -> None:
    from hsreview.workflows.codings_file import import_codings

    mapping = pairs([each for part in columns for each in part.split(",") if each], "--map")
    separator = {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter)
    with world.writing() as (project, coder):
        world.warn_of_consent(project)
        done = import_codings(project, coder, path, mapping=mapping, delimiter=separator)
    if as_json:
        counts = [
            {"coder": name, "stored": n, "new": name in done.new_coders} for name, n in sorted(done.by_coder.items())
        ]
        emit_json({"stored": done.stored, "present": done.present, "added_to": done.added_to, "coders": counts})
    for name in done.new_coders:
        say(_("New coder: {name}").format(name=name))
    for name, n in sorted(done.by_coder.items()):
        say(ngettext("{name}: {n} coding stored", "{name}: {n} codings stored", n).format(name=name, n=n))
    if done.present:
        n = done.present
        say(ngettext("{n} coding was there already.", "{n} codings were there already.", n).format(n=n))
    if done.added_to:
        n = done.added_to
        text = ngettext("{n} coding got a memo, flags or modifiers.", "{n} codings got memos, flags or modifiers.", n)
        say(text.format(n=n))
    for sentence in done.left:
        say(sentence)
    if not done.stored and not done.present and not done.added_to:
        say(_("The file holds no codings."))


@sub(codings, "remove", N_("Remove codings of your own; undo brings them back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def remove(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.coding import remove_coding

    with world.writing() as (project, coder), project.write():
        for each in ids:
            remove_coding(project, coder, each)
    n = len(ids)
    say(ngettext("{n} coding removed.", "{n} codings removed.", n).format(n=n))
