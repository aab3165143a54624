"""`transcripts correct|versions|changes`, `speakers split|join`: correct a text, and look at the texts there were."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.carried import counted, emit_piece, entry, namer
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.names_kit import KeyPlace, key_options, replacing
from hsreview.cli.output import emit, emit_json, emit_lines, emit_table, say, shortened
from hsreview.cli.texts import tell_hidden
from hsreview.cli.values import AT_LEAST_ONE, TRANSCRIPT, known_encoding
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.carrying import Pieces
    from hsreview.workflows.correcting import NewText

_dry_run = option("--dry-run", is_flag=True, text=N_("Say what would change; store nothing."))
_everything = option("--all", "everything", is_flag=True, text=N_("List what is unchanged or moved too."))


@command(
    "correct",
    N_(
        "Put a corrected text in the place of a transcript's text.\n\n"
        "FILE is the whole corrected transcript, in any format that is imported; --turn and --text correct one turn "
        "instead (an empty text takes the turn out). The old text stays as a version. Codings and memos on words "
        "follow their words: each is unchanged, moved, changed or lost. Changed and lost ones wait for their coders "
        "(hsreview carried). Undo takes the correction back."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("file", N_("[FILE]"), type=PATH, required=False)
@option("--turn", "number", metavar=N_("NUMBER"), type=AT_LEAST_ONE, text=N_("Correct this turn only."))
@option("--text", "said", metavar=N_("WORDS"), text=N_("What is said in that turn, without its label."))
@option("--encoding", metavar=N_("NAME"), callback=known_encoding, text=N_("Encoding of the file, such as cp1252."))
@option("--anyway", is_flag=True, text=N_("Take the file though less than half of the words are in it."))
@option("--pseudonymise", is_flag=True, text=N_("Replace names in the file by what is decided in the key file."))
@key_options
@_dry_run
@_everything
@as_json
@pass_world
def correct(
    world: World, name: str, file: Path | None, number: int | None, said: str | None, encoding: str | None,
    anyway: bool, pseudonymise: bool, key_file: Path | None, secret_file: Path | None, dry_run: bool, everything: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.correcting import from_file, with_turn
    from hsreview.workflows.reading import find_transcript, open_text

    if (number is None) != (said is None) or (file is None) == (number is None):
        raise UsageProblem(_("Name a corrected FILE, or --turn NUMBER with --text WORDS."))

    def make(project: Project) -> NewText:
        transcript = find_transcript(project, name)
        if file is not None:
            names = replacing(world, project, KeyPlace(key_file, secret_file)) if pseudonymise else None
            return from_file(project, transcript, file, encoding=encoding, anyway=anyway, names=names)
        return with_turn(project, open_text(project, transcript), number or 0, said or "")

    _run(world, make, dry_run=dry_run, everything=everything, as_json=as_json)


@command(
    "split",
    N_(
        "Say that a turn ends before some of its words, and another one begins.\n\n"
        "WORDS are those with which the new turn begins; with --speaker it is somebody else's. The text stays as it "
        "is, and codings keep their places. Undo takes it back."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("number", N_("NUMBER"), type=AT_LEAST_ONE)
@argument("words", N_("WORDS"))
@option("--speaker", metavar=N_("LABEL"), text=N_("Who says the new turn; empty: nobody."))
@as_json
@pass_world
def split(world: World, name: str, number: int, words: str, speaker: str | None, as_json: bool) -> None:
    from hsreview.workflows.correcting import offset_in, with_split
    from hsreview.workflows.reading import find_transcript, open_text

    def make(project: Project) -> NewText:
        base = open_text(project, find_transcript(project, name))
        return with_split(project, base, offset_in(base, number, words), speaker)

    _run(world, make, as_json=as_json)


@command(
    "join",
    N_(
        "Say that the turn after turn NUMBER belongs to it.\n\n"
        "A label of that turn then counts as said. The text stays as it is, and codings keep their places. Undo takes "
        "it back."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("number", N_("NUMBER"), type=AT_LEAST_ONE)
@as_json
@pass_world
def join(world: World, name: str, number: int, as_json: bool) -> None:
    from hsreview.workflows.correcting import with_joined
    from hsreview.workflows.reading import find_transcript, open_text

    def make(project: Project) -> NewText:
        return with_joined(project, open_text(project, find_transcript(project, name)), number)

    _run(world, make, as_json=as_json)


def _run(
    world: World, make: Callable[[Project], NewText], *, dry_run: bool = False, everything: bool = False, as_json: bool
) -> None:
    from hsreview.workflows.carrying import correct as store
    from hsreview.workflows.carrying import correction

    if dry_run:
        with world.reading() as project:
            viewer = world.reader(project)
            new = make(project)
            _answer(project, viewer, new, correction(project, new, viewer), None, everything, as_json)
        return
    with world.writing() as (project, coder):
        new = make(project)
        found, version = store(project, coder, new)
        _answer(project, coder, new, found, version, everything, as_json)


def _answer(
    project: Project, viewer: Coder | None, new: NewText, found: Pieces, version: str | None, everything: bool,
    as_json: bool,
) -> None:  # fmt: skip
    names = namer(project)
    if as_json:
        emit_json(
            {
                "transcript_id": new.transcript.id,
                "transcript": new.transcript.name,
                "stored": version is not None,
                "version_id": version,
                "characters_before": len(new.base.text),
                "characters": len(new.text),
                "turns_before": len(new.base.turns),
                "turns": len(new.turns),
                "new_speakers": list(new.roles),
                "counts": counted(found),
                "hidden": found.hidden,
                "pieces": [entry(each, names, version or "") for each in found.entries],
            }
        )
        return
    for doubt in new.doubts:
        say(_("Warning: {warning}").format(warning=doubt.message))
    for each in found.entries:
        if everything or each.waits:
            emit_piece(each, names)
    for label in new.roles:
        say(_("{label} is a new speaker of this transcript.").format(label=label))
    states = counted(found)
    said = _("Codings and memos: {unchanged} unchanged, {moved} moved, {changed} changed, {lost} lost.")
    say(said.format(**states))
    tell_hidden(found.hidden)
    if version is None:
        say(_("Nothing was stored."))
        return
    said = _("{name} has a corrected text: {before} → {after} characters, {turns_before} → {turns} turns.")
    say(
        said.format(
            name=new.transcript.name, before=len(new.base.text), after=len(new.text),
            turns_before=len(new.base.turns), turns=len(new.turns),
        )
    )  # fmt: skip
    n = states["changed"] + states["lost"]
    if n:
        say(
            ngettext(
                "{n} waits for its coder. See: hsreview carried", "{n} wait for their coders. See: hsreview carried", n
            ).format(n=n)
        )


@command("versions", N_("List the texts of a transcript: the imported one and its corrections."))
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@as_json
@pass_world
def versions(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.conflicts import texts_in_conflict
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.text_history import VERSION_WORDS
    from hsreview.workflows.text_history import versions as read

    with world.reading() as project:
        transcript = find_transcript(project, name)
        found = read(project, transcript)
        undecided = transcript.id in texts_in_conflict(project)
        names = namer(project)
    if as_json:
        entries = [
            {
                "id": row.id,
                "number": row.number,
                "at": row.at,
                "coder_id": row.coder_id,
                "coder": names.coders.get(row.coder_id, ""),
                "what": what,
                "characters": row.length,
                "words": row.words,
                "turns": row.turns,
                "newest": row.newest,
                "sha256": row.text_hash,
            }
            for row, what in found
        ]
        emit_json({"transcript_id": transcript.id, "transcript": transcript.name, "versions": entries})
        return
    emit_table(
        [_("no."), _("date"), _("by"), _("what"), _("characters"), _("words"), _("turns"), _("read now")],
        [
            (
                row.number, row.at[:10], names.coders.get(row.coder_id, ""), _(VERSION_WORDS[what]), row.length,
                row.words, row.turns, _("yes") if row.newest else "",
            )
            for row, what in found
        ],
    )  # fmt: skip
    if undecided:
        told = _(
            "Two people corrected the text apart from each other; what is in one only is not in the text that is read. "
            "Compare and decide: hsreview conflicts"
        )
        say(labelled(_("Note"), told))


@command(
    "changes",
    N_(
        "Show what a correction of the text changed, and what became of what stood on the texts before it.\n\n"
        "NUMBER is that of the text (hsreview transcripts versions); without it, it is the text that is read now."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("number", N_("NUMBER"), type=AT_LEAST_ONE, required=False)
@as_json
@pass_world
def changes(world: World, name: str, number: int | None, as_json: bool) -> None:
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.text_history import HOW, became, changed_turns, two_texts

    with world.reading() as project:
        transcript = find_transcript(project, name)
        old, new = two_texts(project, transcript, number)
        turns = changed_turns(project, old.id, new.id)
        found = became(project, transcript, new, world.reader(project))
        names = namer(project)
    if as_json:
        told = [{"how": t.how.value, "turn": t.number, "before": t.before, "after": t.after} for t in turns]
        emit_json(
            {
                "transcript_id": transcript.id, "transcript": transcript.name, "old": old.number, "new": new.number,
                "changes": told, "counts": counted(found), "hidden": found.hidden,
                "pieces": [entry(each, names) for each in found.entries],
            }
        )  # fmt: skip
        return
    for turn in turns:
        emit(f"{_('turn {n}').format(n=turn.number)}  {_(HOW[turn.how])}")
        emit_lines(
            f"    {sign} {shortened(words, 90)}" for sign, words in (("-", turn.before), ("+", turn.after)) if words
        )
    for each in found.entries:
        if each.waits:
            emit_piece(each, names)
    said = _("Codings and memos: {unchanged} unchanged, {moved} moved, {changed} changed, {lost} lost.")
    say(said.format(**counted(found)))
    tell_hidden(found.hidden)
