"""The interview guide: which of its questions were asked of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.codebook import GuideQuestion as GuideQuestion
from hsreview.model.people import Coder
from hsreview.model.transcript import Transcript
from hsreview.project import asked as records
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One guide question in one interview."""

    question: GuideQuestion
    asked: bool | None
    """Null: on no record."""


def guide(project: Project) -> Sequence[GuideQuestion]:
    """The questions of the guide, in the order of the codebook."""
    return load_codebook(project.connection).guide


def asked_in(project: Project, transcript: Transcript) -> list[AskedRow]:
    """Every question of the guide, and whether it was asked in an interview."""
    known = records.asked(project.connection).get(transcript.id, {})
    return [AskedRow(question, known.get(question.ref)) for question in guide(project)]


def mark_asked(
    project: Project, coder: Coder, transcript: Transcript, refs: Iterable[str], was_asked: bool | None
) -> int:
    """Put on record that questions were asked or not, or (null) take the record away; how many records changed.

    Raises InputRefused, with what each is, for refs that are not in the guide; nothing is stored then.
    """
    known = {fold(question.ref): question.ref for question in guide(project)}
    wanted = list(refs)
    unknown = [ref for ref in wanted if fold(ref) not in known]
    if unknown:
        among = ", ".join(known.values())
        told = _("The guide has: {refs}.").format(refs=among) if known else _("The codebook has no guide.")
        raise InputRefused(
            _("These questions are not in the guide. Nothing was stored.") + f" {told}",
            [Problem(_("no question of the guide"), ref, "guide") for ref in unknown],
        )
    changed = 0
    with project.act(coder.id) as act:
        for ref in wanted:
            name = known[fold(ref)]
            if was_asked is None:
                changed += records.forget_asked(act, transcript.id, name)
            else:
                changed += records.put_asked(act, transcript.id, name, was_asked)
    return changed
