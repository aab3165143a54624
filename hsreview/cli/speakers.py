"""`speakers`: who speaks in a transcript, and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.cli.correcting import join, split
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit_json, emit_table, say, shortened
from hsreview.cli.values import AT_LEAST_ONE, ROLE, TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.model.text import Role

speakers = group(
    "speakers",
    N_(
        "List and correct who speaks in a transcript.\n\n"
        "Corrections never touch the text or its offsets. `speakers TRANSCRIPT` lists."
    ),
    default="list",
)

speakers.add_command(split)
speakers.add_command(join)


@sub(speakers, "list", N_("List the speakers of a transcript, in the order in which they first speak."))
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@as_json
@pass_world
def list_(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.people import speaker_rows
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.showing import ROLE_WORDS

    with world.reading() as project:
        transcript = find_transcript(project, name)
        rows = speaker_rows(project, transcript.id)
    if not as_json:
        emit_table(
            [_("speaker"), _("role"), _("respondent"), _("turns"), _("first words")],
            [
                (r.speaker.label, _(ROLE_WORDS[r.speaker.role]), r.respondent, r.turns, shortened(r.sample, 50))
                for r in rows
            ],
        )
        return
    entries = [
        {
            "id": row.speaker.id,
            "label": row.speaker.label,
            "role": row.speaker.role.value,
            "respondent_id": row.speaker.respondent_id,
            "respondent": row.respondent,
            "turns": row.turns,
            "sample": row.sample,
        }
        for row in rows
    ]
    emit_json({"transcript_id": transcript.id, "transcript": transcript.name, "speakers": entries})


@sub(
    speakers,
    "set",
    N_(
        "Correct the role of a speaker, or say who it is.\n\n"
        "LABEL is the speaker's label as written in the transcript. A respondent is named by a pseudonym; an unknown "
        "one joins the project, and an empty one means nobody."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("label", N_("LABEL"))
@option("--role", type=ROLE, text=N_("What the speaker does."))
@option("--respondent", metavar=N_("NAME"), text=N_("Pseudonym of the person behind the label."))
@pass_world
def set_(world: World, name: str, label: str, role: Role | None, respondent: str | None) -> None:
    from hsreview.workflows.people import set_speaker
    from hsreview.workflows.reading import find_transcript

    if role is None and respondent is None:
        raise UsageProblem(_("Nothing to change: name at least one of the options."))
    with world.writing() as (project, coder):
        transcript = find_transcript(project, name)
        set_speaker(project, coder, transcript.id, label, role=role, respondent=respondent)
    say(_("{name} was changed.").format(name=label))


@sub(
    speakers,
    "turn",
    N_(
        "Say that a turn was spoken by somebody else.\n\n"
        "NUMBER is the turn's number (see hsreview turns). A new label is allowed; an empty one means nobody."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@argument("number", N_("NUMBER"), type=AT_LEAST_ONE)
@argument("label", N_("LABEL"))
@pass_world
def turn(world: World, name: str, number: int, label: str) -> None:
    from hsreview.workflows.people import relabel_turn
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, coder):
        now = relabel_turn(project, coder, find_transcript(project, name).version_id, number, label or None)
    if now.created:
        say(_("{label} is a new speaker of this transcript.").format(label=now.label))
    say(_("Turn {number}: {label}").format(number=number, label=now.label or "–"))
