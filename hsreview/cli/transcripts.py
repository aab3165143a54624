"""`transcripts`: list, rename, describe, correct, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.correcting import changes, correct, versions
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.languages import languages
from hsreview.cli.output import emit_json, emit_table, say
from hsreview.cli.values import TRANSCRIPT, pairs
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.texts import TranscriptEntry
    from hsreview.workflows.reading import TranscriptRow

transcripts = group(
    "transcripts",
    N_(
        "List, rename, describe, correct and remove transcripts.\n\n"
        "A transcript is named by its name or its id. Without a further word, the transcripts are listed."
    ),
    default="list",
)

transcripts.add_command(correct)
transcripts.add_command(versions)
transcripts.add_command(changes)
transcripts.add_command(languages)


@sub(
    transcripts,
    "list",
    N_(
        "List the transcripts.\n\n"
        "With --coder the codings and the reviewed marks are those of that coder, else of all coders."
    ),
)
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.reading import transcript_rows
    from hsreview.workflows.withdrawn import withdrawn_notice

    with world.reading() as project:
        coder = world.reader(project)
        rows = transcript_rows(project, coder)
        withdrawn = withdrawn_notice(project)
    if as_json:
        emit_json({"coder": coder.id if coder else None, "transcripts": [_entry(row) for row in rows]})
        return
    headings = [_("name"), _("group"), _("language"), _("words"), _("turns"), _("codings"), _("coders"), _("reviewed")]
    emit_table(
        headings,
        [
            (
                row.transcript.name, row.transcript.group, row.transcript.language, row.words, row.turns, row.codings,
                ", ".join(row.coders), _("yes") if row.reviewed else "",
            )
            for row in rows
        ],
    )  # fmt: skip
    if coder:
        say(_("Codings and reviewed marks of {name}.").format(name=coder.name))
    if withdrawn:
        say(withdrawn)


def _entry(row: TranscriptRow) -> TranscriptEntry:
    transcript = row.transcript
    return {
        "id": transcript.id,
        "name": transcript.name,
        "kind": transcript.kind.value,
        "group": transcript.group,
        "language": transcript.language,
        "date": transcript.date,
        "wave": transcript.wave,
        "attributes": dict(transcript.attributes),
        "version_id": transcript.version_id,
        "words": row.words,
        "turns": row.turns,
        "speakers": row.speakers,
        "respondent_turns": row.respondent_turns,
        "codings": row.codings,
        "coded_turns": row.coded_turns,
        "coders": list(row.coders),
        "assigned": row.assigned,
        "reviewed": row.reviewed,
    }


@sub(transcripts, "rename", N_("Give a transcript another name."))
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("new_name", N_("NEW_NAME"))
@pass_world
def rename(world: World, name: str, new_name: str) -> None:
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.transcripts import change_transcript

    with world.writing() as (project, coder):
        change_transcript(project, coder, find_transcript(project, name), name=new_name)
    say(_("{name} is now called {new_name}.").format(name=name, new_name=new_name))


@sub(
    transcripts,
    "set",
    N_(
        "Say what a transcript is.\n\n"
        "Only what is named changes. An empty value (--date '') empties a field; --attribute NAME= removes an "
        "attribute."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@option("--group", metavar=N_("GROUP"), text=N_("Respondent group, such as cso."))
@option("--language", metavar="fr|en|mixed", text=N_("Language of the transcript; mixed: both are spoken."))
@option("--date", metavar=N_("DATE"), text=N_("Date of the interview, such as 2016-03-14."))
@option("--wave", metavar=N_("NAME"), text=N_("Wave of interviews."))
@option("--kind", type=click.Choice(["interview", "focus_group", "document"]), text=N_("What it is a record of."))
@option(
    "--attribute",
    "attributes",
    metavar=N_("NAME=VALUE"),
    multiple=True,
    text=N_("An attribute, such as region=Gao; may be repeated."),
)
@pass_world
def set_(
    world: World, name: str, group: str | None, language: str | None, date: str | None, wave: str | None,
    kind: str | None, attributes: tuple[str, ...],
) -> None:  # fmt: skip
    from hsreview.workflows.languages import RECORDED
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.transcripts import Kind, change_transcript

    if not attributes and all(each is None for each in (group, language, date, wave, kind)):
        raise UsageProblem(_("Nothing to change: name at least one of the options."))
    if language is not None and language not in RECORDED:
        raise UsageProblem(_("The language is fr, en, mixed or empty."))
    changed = {key: value or None for key, value in pairs(attributes, "--attribute").items()}
    with world.writing() as (project, coder):
        change_transcript(
            project, coder, find_transcript(project, name), group=group, language=language, date=date, wave=wave,
            kind=Kind(kind) if kind else None, attributes=changed or None,
        )  # fmt: skip
    say(_("{name} was changed.").format(name=name))


@sub(
    transcripts,
    "remove",
    N_(
        "Take a transcript out of the project.\n\n"
        "It leaves lists, search and exports; undo brings it back with your codings. A transcript that others coded "
        "stays. Its text remains in the project file."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@pass_world
def remove(world: World, name: str) -> None:
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.transcripts import remove_transcript

    with world.writing() as (project, coder):
        remove_transcript(project, coder, find_transcript(project, name))
    say(_("{name} was removed. To bring it back: hsreview undo").format(name=name))
