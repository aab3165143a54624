"""`asked`: which questions of the interview guide were asked of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit_json, emit_table, say, shortened
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.matrices import AskedEntry
    from hsreview.model.transcript import Transcript
    from hsreview.project.project import Project


@command(
    "asked",
    N_(
        "Say which questions of the guide were asked in an interview.\n\n"
        "The matrix of gaps tells what was asked in vain from what was not asked. Without questions, the guide is "
        "listed with what is on record; without a transcript, for all of them. Where nothing is on record, the guide "
        "of the interview's group stands for it."
    ),
)
@argument("name", N_("[TRANSCRIPT]"), required=False, type=TRANSCRIPT)
@argument("refs", N_("[QUESTION...]"), nargs=-1)
@option("--no", "not_asked", is_flag=True, text=N_("These questions were not asked."))
@option("--forget", is_flag=True, text=N_("Take the record of these questions away."))
@as_json
@pass_world
def asked(world: World, name: str | None, refs: tuple[str, ...], not_asked: bool, forget: bool, as_json: bool) -> None:
    from hsreview.workflows.guide import mark_asked
    from hsreview.workflows.reading import find_transcript, transcripts

    if (not_asked or forget) and not refs:
        raise UsageProblem(_("Name the questions: hsreview asked TRANSCRIPT G1 G2 …"))
    if not_asked and forget:
        raise UsageProblem(_("Choose one of --no and --forget."))
    if name is not None and refs:
        with world.writing() as (project, coder):
            found = find_transcript(project, name)
            n = mark_asked(project, coder, found, refs, None if forget else not not_asked)
            entries = _entries(project, [found])
        said = ngettext("{name}: {n} record changed.", "{name}: {n} records changed.", n)
        say(said.format(name=found.name, n=n))
    else:
        with world.reading() as project:
            chosen = transcripts(project) if name is None else [find_transcript(project, name)]
            entries = _entries(project, chosen)
    if as_json:
        emit_json({"asked": entries})
        return
    states = {True: _("asked"), False: _("not asked"), None: ""}
    emit_table(
        [_("transcript"), _("question"), _("on record"), _("serves"), _("text")],
        [
            (each["transcript"], each["question"], states[each["asked"]], ", ".join(each["questions"]),
             shortened(_text(each), 50))
            for each in entries
        ],
    )  # fmt: skip


def _entries(project: Project, found: list[Transcript]) -> list[AskedEntry]:
    from hsreview.cli.answers.shared import text_in
    from hsreview.workflows.guide import asked_in

    return [
        {
            "transcript_id": transcript.id,
            "transcript": transcript.name,
            "question": row.question.ref,
            "text": text_in(row.question.text),
            "questions": list(row.question.questions),
            "asked": row.asked,
        }
        for transcript in found
        for row in asked_in(project, transcript)
    ]


def _text(entry: AskedEntry) -> str:
    texts = entry["text"]
    other = {"fr": "en", "en": "fr"}[current_language()]
    return str(texts.get(current_language()) or texts.get(other) or "")
