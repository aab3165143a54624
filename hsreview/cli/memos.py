"""`memos`: notes on transcripts, codings, places and codes."""

from __future__ import annotations

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.texts import tell_hidden
from hsreview.cli.values import CODE, CODER, TRANSCRIPT
from hsreview.cli.world import World, pass_world

memos = group(
    "memos",
    N_("List, write and remove memos.\n\nWithout a further word, the memos are listed."),
    default="list",
)


@sub(
    memos,
    "list",
    N_(
        "List the memos by time.\n\n--find searches their words as `search` does those of transcripts: words, "
        '"phrases", beginnings (secu*). While you code blind, memos of others on a transcript are left out until you '
        "mark it as reviewed."
    ),
)
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only memos on this transcript."))
@option("--code", metavar=N_("CODE"), type=CODE, text=N_("Only memos on this code or on codings with it."))
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only memos of this coder."))
@option(
    "--about", type=click.Choice(["transcript", "coding", "segment", "code", "project"]),
    text=N_("Only memos on things of this kind."),
)  # fmt: skip
@option("--find", "words", metavar=N_("WORDS"), text=N_("Only memos that hold these words."))
@as_json
@pass_world
def list_(
    world: World, transcript: str | None, code: str | None, coder: str | None, about: str | None, words: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.memos import memos as find_memos
    from hsreview.workflows.reading import codebook, find_code, find_transcript, hidden_transcripts, transcripts

    with world.reading() as project:
        reader = world.reader(project)
        names = {each.id: each.name for each in transcripts(project)}
        wanted = find_transcript(project, transcript).id if transcript else None
        ref = find_code(codebook(project), code).ref if code else None
        seen = find_memos(
            project, words=words or "", coder_id=known_coder(project, coder).id if coder else None,
            transcript_id=wanted, code_ref=ref, about=about, viewer=reader,
        )  # fmt: skip
        hidden = hidden_transcripts(project, reader, wanted)
    if as_json:
        entries = [
            {
                "id": row.memo_id,
                "coder": row.coder,
                "created": row.created,
                "about": row.about,
                "transcript_id": row.transcript_id,
                "transcript": names.get(row.transcript_id or "", ""),
                "code": row.code_ref,
                "place": row.place,
                "quote": row.quote,
                "text": row.text,
            }
            for row in seen
        ]
        emit_json({"hidden": hidden, "memos": entries})
        return
    for row in seen:
        where = " ".join(part for part in (names.get(row.transcript_id or "", ""), row.place, row.code_ref) if part)
        emit(", ".join(part for part in (where, row.coder, row.created[:10]) if part) + f"  [{row.memo_id}]")
        emit_lines(f"    {line}" for line in row.text.split("\n"))
    tell_hidden(hidden)


@sub(
    memos,
    "add",
    N_("Write a memo; its id is printed.\n\nOn a transcript, on a place in it (--at 12.3), on a coding or on a code."),
)
@argument("text", N_("TEXT"))
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("The transcript it is about."))
@option("--at", "place", metavar=N_("PLACE"), text=N_("The place in the transcript, such as 12.3 (turn.sentence)."))
@option("--coding", metavar=N_("ID"), text=N_("The coding it is about."))
@option("--code", metavar=N_("CODE"), type=CODE, text=N_("The code it is about."))
@pass_world
def add(
    world: World, text: str, transcript: str | None, place: str | None, coding: str | None, code: str | None
) -> None:
    from hsreview.workflows.coding import get_coding, write_memo
    from hsreview.workflows.places import find_place
    from hsreview.workflows.reading import codebook, find_code, find_transcript, open_text

    if place and not transcript:
        raise UsageProblem(_("--at is a place in a transcript: name it with --transcript."))
    if sum(each is not None for each in (transcript, coding, code)) > 1:
        raise UsageProblem(_("A memo is about one thing: a transcript, a coding or a code."))
    if not text.strip():
        raise UsageProblem(_("The memo is empty."))
    with world.writing() as (project, coder):
        found = find_transcript(project, transcript) if transcript else None
        start = end = None
        if found and place:
            start, end = find_place(open_text(project, found), place)
        memo = write_memo(
            project, coder, text,
            transcript_id=found.id if found and not place else None,
            version_id=found.version_id if found and place else None,
            start=start, end=end,
            coding_id=get_coding(project, coding).id if coding else None,
            code_id=find_code(codebook(project), code).id if code else None,
        )  # fmt: skip
    say(_("Memo stored."))
    if memo:
        emit(memo.id)


@sub(memos, "remove", N_("Remove memos of your own; undo brings them back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def remove(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.coding import remove_memo
    from hsreview.workflows.reading import memos_of

    with world.writing() as (project, coder):
        known = {memo.id for memo in memos_of(project)}
        for each in ids:
            if each not in known:
                raise UsageProblem(_("There is no memo {id}.").format(id=each))
        with project.write():
            for each in ids:
                remove_memo(project, coder, each)
    say(_("Removed. To bring it back: hsreview undo"))
