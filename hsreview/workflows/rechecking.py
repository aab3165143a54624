"""Looking again at codings whose code was given other rules since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import derived_id
from hsreview.base.messages import _
from hsreview.model.dataset import CodedSegment
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.review import recode
from hsreview.review.recode import Waiting as Waiting
from hsreview.workflows import reading

KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Recheck:
    """One entry of the queue with its place and words."""

    segment: CodedSegment
    transcript: str
    coder: str
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Rechecks:
    """The queue as one person sees it."""

    entries: Sequence[Recheck]
    hidden: int
    """Transcripts on which the work of others may not be seen yet."""


def recode_queue(project: Project, viewer: Coder | None, coder_id: str | None = None) -> Rechecks:
    """What waits (of one coder, or of all), in the order of transcripts and places, as `viewer` may see it."""
    connection = project.connection
    waiting = {each.coding.id: each for each in recode.queue(connection) if coder_id in (None, each.coding.coder_id)}
    names = {c.id: c.name for c in queries.coders(connection)}
    titles = {t.id: t.name for t in queries.transcripts(connection)}
    codes = {each.coding.code_id for each in waiting.values()}
    entries = [
        Recheck(
            segment, titles[segment.transcript_id], names.get(segment.coding.coder_id, segment.coding.coder_id),
            waiting[segment.coding.id],
        )
        for segment in (reading.segments(project, code_ids=codes, coder_id=coder_id, viewer=viewer) if codes else ())
        if segment.coding.id in waiting
    ]  # fmt: skip
    return Rechecks(entries, reading.hidden_transcripts(project, viewer))


def keep(project: Project, coder: Coder, coding_ids: Sequence[str]) -> int:
    """Record that `coder` looked at codings of their own under the rules as they are now, and keeps them: one act.

    Raises InputRefused, with each of them, when one does not wait or is another coder's; nothing is stored then.
    """
    wanted = list(dict.fromkeys(coding_ids))
    if not wanted:
        raise UsageProblem(_("Name the codings that you keep. See: hsreview recode list"))
    with project.act(coder.id) as act:
        waiting = {each.coding.id: each for each in recode.queue(project.connection, set(wanted))}
        problems = [Problem(_("does not wait to be looked at again"), i, "id") for i in wanted if i not in waiting]
        problems += [
            Problem(_("belongs to another coder, who alone may keep it"), i, "id")
            for i, each in waiting.items()
            if each.coding.coder_id != coder.id
        ]
        if problems:
            raise InputRefused(_("Nothing was stored."), problems)
        for coding_id in wanted:
            each = waiting[coding_id]
            edits = [(each.coding.code_id, each.now.digest)] * each.amended
            for code_id, edit in edits + [(split.code_id, split.id) for split in each.splits]:
                act.put(
                    "recheck", derived_id("recheck", coding_id, code_id, edit), coding_id=coding_id,
                    code_id=code_id, edit=edit, outcome=KEPT, coder_id=coder.id, at=act.at,
                )  # fmt: skip
    return len(wanted)
