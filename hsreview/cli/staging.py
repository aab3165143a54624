"""`import --dry-run`: what a reader found in files, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import ProjectUnavailable
from hsreview.base.messages import _, ngettext
from hsreview.cli.output import emit, emit_table, shortened
from hsreview.cli.world import World
from hsreview.model.staging import CONVENTIONS

if TYPE_CHECKING:
    from hsreview.cli.answers.importing import Doubt, StagedFile
    from hsreview.model.staging import Doubt as Warned
    from hsreview.model.staging import StagedTranscript
    from hsreview.workflows.standing import Judge, Standing

SAMPLE_TURNS = 8
LABEL = 40
"""So many characters of a label are shown in a table for people; some are whole functions."""


def standing_in(world: World) -> Judge:
    """Tells what staged texts are to the project and to one another; outside of projects only the latter."""
    from hsreview.workflows.standing import standings

    try:
        with world.reading() as project:
            return standings(project)
    except ProjectUnavailable:
        if world.folder is not None:
            raise
    return standings(None)


def doubt_entries(doubts: Iterable[Warned]) -> list[Doubt]:
    """The warnings of a reader as JSON."""
    return [{"code": each.code, "message": each.message, "count": each.count} for each in doubts]


def staged_file(path: Path, staged: StagedTranscript, standing: Standing, notes: Sequence[Warned]) -> StagedFile:
    """What was found in a file; `standing` is what it is to the project, `notes` what a table of respondents makes of
    it."""
    from hsreview.workflows.standing import Status

    known = standing.status is Status.KNOWN
    return {
        "file": str(path),
        "status": "known" if known else "refused" if standing.status is Status.CHANGED else "staged",
        "reason": standing.sentence,
        "name": staged.name,
        "format": staged.format,
        "encoding": staged.encoding,
        "convention": staged.convention,
        "language": staged.language,
        "words": len(staged.units.words),
        "turns": len(staged.turns),
        "speakers": [
            {"label": s.label, "role": s.role.value, "turns": s.turns, "words": s.words, "sample": s.sample}
            for s in staged.speakers
        ],
        "doubts": doubt_entries([*staged.doubts, *(() if known else notes)]),
        "readings": dict(staged.readings),
        "sample": [
            {
                "number": turn.number,
                "speaker": turn.speaker,
                "start": turn.start,
                "label_end": turn.label_end,
                "end": turn.end,
                "text": turn.said(staged.text),
            }
            for turn in staged.turns[:SAMPLE_TURNS]
        ],
    }


def left_file(path: Path, status: str, reason: str) -> StagedFile:
    """A file that was `refused` or `skipped`."""
    return {
        "file": str(path), "status": "refused" if status == "refused" else "skipped", "reason": reason, "name": "",
        "format": "", "encoding": "", "convention": "", "language": "", "words": 0, "turns": 0, "speakers": [],
        "doubts": [], "readings": {}, "sample": [],
    }  # fmt: skip


def print_staged(files: Sequence[StagedFile]) -> None:
    """The same for people."""
    for each in files:
        emit(each["file"])
        if each["reason"]:
            emit(f"  {each['reason']}")
        if each["format"]:
            emit(f"  {_summary(each)}")
            _print_speakers(each)
            for doubt in each["doubts"]:
                emit(f"  ! {doubt['message']}")


def _summary(each: StagedFile) -> str:
    parts = (
        each["format"],
        each["encoding"],
        each["language"],
        _("labels: {convention}").format(convention=_(CONVENTIONS.get(each["convention"], each["convention"]))),
        ngettext("{n} turn", "{n} turns", each["turns"]).format(n=each["turns"]),
        ngettext("{n} word", "{n} words", each["words"]).format(n=each["words"]),
    )
    return ", ".join(part for part in parts if part)


def _print_speakers(each: StagedFile) -> None:
    from hsreview.workflows.showing import ROLE_WORDS

    if each["speakers"]:
        emit_table(
            ["  " + _("speaker"), _("role"), _("turns"), _("words"), _("first words")],
            [
                (
                    f"  {shortened(s['label'], LABEL)}",
                    _(ROLE_WORDS[s["role"]]),
                    s["turns"],
                    s["words"],
                    shortened(s["sample"], 40),
                )
                for s in each["speakers"]
            ],
        )
