"""How far coders agreed before their differences were settled: in one transcript, and in all that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsreview.model.agreement import Estimate as Estimate
from hsreview.model.agreement import Unit as Unit
from hsreview.model.people import Coder
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.workflows.compared import Selection, codes_of, scene_of, texts_of
from hsreview.workflows.primary_measure import primary


@dataclass(frozen=True, slots=True)
class Before:
    """α pooled over codes, of the coders' own codings."""

    here: Estimate
    everywhere: Estimate
    transcripts: int
    """How many transcripts `everywhere` rests on: those that at least two of the coders marked reviewed."""
    unit: Unit


def before_adjudication(
    project: Project, transcript_id: str, coder_ids: Sequence[str], *, viewer: Coder | None = None
) -> Before:
    """What these coders agreed on in respondents' turns, or in the unit that the project fixed beforehand."""
    from hsreview.review.reporting import agreement_of

    with project.snapshot():
        book = load_codebook(project.connection)
        wanted = Selection(unit=Unit(primary(project).unit or Unit.TURN), coders=tuple(coder_ids))
        scene = scene_of(project, wanted, viewer, book)
        texts = texts_of(project, scene, wanted)
        codes = codes_of(scene, texts, book, wanted)
    here = [text for text in texts if text.transcript_id == transcript_id]
    return Before(
        agreement_of(wanted.unit, here, wanted.coders, codes), agreement_of(wanted.unit, texts, wanted.coders, codes),
        len(texts), wanted.unit,
    )  # fmt: skip
