"""`translations`: what segments say in another language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.texts import tell_hidden
from hsreview.cli.values import NOT_NEGATIVE, TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.translations import Placed

translations = group(
    "translations",
    N_(
        "Keep what segments say in another language, with who translated and who checked it.\n\n"
        "A translation stands on a stretch of the text beside its codings, and follows its words when a transcript is "
        "corrected. Without a further word, the translations are listed."
    ),
    default="list",
)
_language = option("--language", required=True, metavar="fr|en|…", text=N_("The language translated into."))


@sub(
    translations,
    "list",
    N_(
        "List the translations by transcript and place, each under its original.\n\n"
        "You see those of others as you see their codings."
    ),
)
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only of this transcript."))
@as_json
@pass_world
def list_(world: World, transcript: str | None, as_json: bool) -> None:
    from hsreview.workflows.reading import find_transcript, hidden_transcripts
    from hsreview.workflows.translations import translations as read

    with world.reading() as project:
        reader = world.reader(project)
        wanted = find_transcript(project, transcript) if transcript else None
        found = read(project, viewer=reader, transcript=wanted)
        hidden = hidden_transcripts(project, reader, wanted.id if wanted else None)
    if as_json:
        emit_json({"hidden": hidden, "translations": [_entry(each) for each in found]})
        return
    for each in found:
        _show(each)
    tell_hidden(hidden)


@sub(
    translations,
    "set",
    N_(
        "Store what a stretch of a transcript says in another language; its id is printed.\n\n"
        "The stretch is given by its offsets START and END, or as a place with --at. A translation of just that "
        "stretch into that language is changed, and has to be checked again. An empty text takes it away."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("start", N_("[START]"), required=False, type=NOT_NEGATIVE)
@argument("end", N_("[END]"), required=False, type=NOT_NEGATIVE)
@option("--at", "place", metavar=N_("PLACE"), text=N_("The place in the transcript, such as 12.3 (turn.sentence)."))
@_language
@option("--text", required=True, metavar=N_("TEXT"), text=N_("What it says in that language."))
@option("--by", default="", metavar=N_("NAME"), text=N_("Who translated it, or machine (else you)."))
@pass_world
def set_(
    world: World, name: str, start: int | None, end: int | None, place: str | None, language: str, text: str, by: str
) -> None:
    from hsreview.workflows.places import find_place
    from hsreview.workflows.reading import find_transcript, open_text
    from hsreview.workflows.translations import store_translation

    if (place is None) == (end is None):
        raise UsageProblem(_("Give the offsets START and END, or a place with --at."))
    with world.writing() as (project, coder):
        found = find_transcript(project, name)
        if place is not None:
            start, end = find_place(open_text(project, found), place)
        assert start is not None and end is not None
        made = store_translation(project, coder, found.version_id, start, end, language, text, by=by)
    say(_("Translation stored.") if made else _("There is no translation there any more."))
    if made:
        emit(made.id)


@sub(
    translations,
    "check",
    N_("Say that you compared a translation with its original. Whoever made or stored it cannot check it."),
)
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def check(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.translations import check_translation

    with world.writing() as (project, coder), project.write():
        for each in ids:
            check_translation(project, coder, each)
    say(ngettext("{n} translation is checked.", "{n} translations are checked.", len(ids)).format(n=len(ids)))


@sub(translations, "remove", N_("Remove translations; undo brings them back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def remove(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.translations import remove_translation

    with world.writing() as (project, coder), project.write():
        for each in ids:
            remove_translation(project, coder, each)
    say(_("Removed. To bring it back: hsreview undo"))


@sub(
    translations,
    "out",
    N_(
        "Write a table for a translator: starred passages, and what is translated into a language already.\n\n"
        "One row per passage, with its original and an empty column where nothing is translated yet. The file holds "
        "testimony; it is put on record. The path is printed."
    ),
)
@argument("path", N_("FILE.csv"), type=PATH)
@_language
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only of this transcript."))
@to_whom
@pass_world
def out(world: World, path: Path, language: str, transcript: str | None, to_whom: str) -> None:
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.translation_sheet import write_sheet

    if path.suffix.lower() != ".csv":
        raise UsageProblem(_("The name of the table ends in .csv; {name} does not.").format(name=path.name))
    with world.reading() as project:
        viewer = world.reader(project)
        wanted = find_transcript(project, transcript) if transcript else None
        n = write_sheet(project, viewer, path, language, transcript=wanted, recipient=to_whom)
        tell_unrecorded(project, viewer, path)
    say(ngettext("{n} passage.", "{n} passages.", n).format(n=n))
    emit(str(path.resolve()))


@sub(
    translations,
    "in",
    N_(
        "Take in a table that a translator filled in.\n\n"
        "Rows whose translation is empty are passed over. When the words of a passage changed since, or a row cannot "
        "be read, every bad row is listed and nothing is stored (exit code 3). All is one act."
    ),
)
@argument("path", N_("FILE.csv"), type=PATH)
@option("--by", default="", metavar=N_("NAME"), text=N_("Who translated, where a row does not say it (else you)."))
@pass_world
def in_(world: World, path: Path, by: str) -> None:
    from hsreview.workflows.translation_sheet import read_sheet

    with world.writing() as (project, coder):
        done = read_sheet(project, coder, path, by=by)
    said = ngettext("{n} translation is stored.", "{n} translations are stored.", done.stored).format(n=done.stored)
    say(" ".join([said, _("There already: {n}. Empty: {empty}.").format(n=done.present, empty=done.empty)]))


def _show(each: Placed) -> None:
    said = each.translation
    emit(f"{each.transcript} {each.place}  {said.language}  {each.credit}  [{said.id}]")
    emit_lines(f"    {visible(line)}" for line in each.original.split("\n"))
    emit_lines(f"  → {visible(line)}" for line in said.text.split("\n"))


def _entry(each: Placed) -> dict[str, object]:
    said = each.translation
    return {
        "id": said.id,
        "transcript_id": each.transcript_id,
        "transcript": each.transcript,
        "version_id": said.version_id,
        "start": said.start,
        "end": said.end,
        "place": each.place,
        "original": each.original,
        "language": said.language,
        "text": said.text,
        "translator": said.translator,
        "stored_by_id": said.coder_id,
        "checked_by_id": said.checked_by,
        "checked_by": each.checker,
        "created": said.created,
    }
