"""`transcripts languages`: which languages are spoken in transcripts, and in which turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import argument, as_json, command
from hsreview.cli.output import emit_json, emit_table, say, shortened
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.languages import SpokenLanguages
    from hsreview.workflows.languages import Spoken

_SAMPLE = 50
"""Cells of a turn that are printed."""


@command(
    "languages",
    N_(
        "Tell which languages are spoken: what is on record, and what is heard.\n\n"
        "French and English are told apart by their commonest words, turn by turn. With a transcript, its turns in "
        "another language are listed. To say better: hsreview transcripts set TRANSCRIPT --language fr|en|mixed"
    ),
)
@argument("name", N_("[TRANSCRIPT]"), required=False, type=TRANSCRIPT)
@as_json
@pass_world
def languages(world: World, name: str | None, as_json: bool) -> None:
    from hsreview.workflows.languages import spoken
    from hsreview.workflows.reading import find_transcript, transcripts

    with world.reading() as project:
        chosen = transcripts(project) if name is None else [find_transcript(project, name)]
        found = [spoken(project, each) for each in chosen]
    if as_json:
        emit_json({"transcripts": [_entry(each, turns=name is not None) for each in found]})
        return
    emit_table(
        [_("name"), _("on record"), _("heard"), _("words in French"), _("in English"), _("not told")],
        [(each.transcript.name, each.transcript.language, each.heard.whole, *each.heard.words) for each in found],
    )
    if name is not None:
        _print_turns(found[0])


def _print_turns(found: Spoken) -> None:
    turns = list(found.elsewise())
    if turns:
        emit_table(
            [_("turn"), _("speaker"), _("heard"), _("text")],
            [(each.number, each.speaker or "", each.language, shortened(each.text, _SAMPLE)) for each in turns],
        )
    n = len(turns)
    said = ngettext("{n} turn is heard in another language.", "{n} turns are heard in another language.", n)
    say(said.format(n=n))


def _entry(found: Spoken, *, turns: bool) -> SpokenLanguages:
    french, english, rest = found.heard.words
    return {
        "transcript_id": found.transcript.id,
        "transcript": found.transcript.name,
        "language": found.transcript.language,
        "heard": found.heard.whole,
        "words": {"fr": french, "en": english, "other": rest},
        "turns": [
            {"turn": each.number, "speaker": each.speaker, "heard": each.language}
            for each in (found.turns if turns else ())
        ],
    }
