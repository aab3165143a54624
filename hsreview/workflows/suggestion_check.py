"""How often suggestions would have been right: each transcript is suggested for as if it were not coded yet.

What is learned comes from the other transcripts of the layer only, and is compared with the codings of the one left
out, unit by unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.language.proposals import propose
from hsreview.language.scoring import FEW, macro, micro, score
from hsreview.language.scoring import Mean as Mean
from hsreview.language.scoring import Score as Score
from hsreview.model.agreement import Unit
from hsreview.model.codebook import CodePlace
from hsreview.model.coding import Origin
from hsreview.model.people import Coder
from hsreview.project import counts, queries
from hsreview.project.project import Project
from hsreview.workflows.reading import codebook, open_text
from hsreview.workflows.suggesting import Helper, Layer, Source, Watch, codings_taught
from hsreview.workflows.suggestions import stretches

WAYS: Mapping[str, tuple[Source, ...]] = {
    "cues": (Source.CUE,),
    "typical": (Source.TYPICAL,),
    "both": (Source.CUE, Source.TYPICAL),
}
"""What proposes: the cues alone, what was learned alone, both as a coder sees them."""


@dataclass(frozen=True, slots=True)
class CodeScores:
    """One code."""

    place: CodePlace
    ways: Mapping[str, Score]
    """By the names of WAYS; units and codings are the same in each."""


@dataclass(frozen=True, slots=True)
class Together:
    """All codes together, proposed in one way."""

    micro: Score
    precision: Mean
    recall: Mean


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good suggestions are for one layer."""

    layer: Layer
    unit: Unit
    transcripts: int
    units: int
    """Respondents' turns, or their sentences."""
    codings: int
    began_suggested: int
    """Codings that were suggested or made by machine: they speak for the suggestions that led to them."""
    outside: int
    """Codings that touch no unit (on what interviewers said): they are not counted."""
    codes: Sequence[CodeScores]
    """Codes that a unit has or that were proposed, in the order of the codebook."""
    together: Mapping[str, Together]
    codebook_version: str
    helper: Helper
    few: int = FEW
    """Of fewer there are counts, no shares."""


def evaluate(
    project: Project, taught: Layer, viewer: Coder | None, unit: Unit = Unit.TURN, watch: Watch | None = None
) -> Evaluation:
    """Suggest for every transcript of a layer from the others. `watch` is told how many are done; it may raise.

    Raises InputRefused when the layer holds fewer than two transcripts that `viewer` may see.
    """
    with project.snapshot():
        helper = Helper(taught, viewer)
        helper.refresh(project)
        found = codings_taught(project, taught, viewer)
        if len(found) < 2:
            raise InputRefused(
                _("Suggestions are checked on two coded transcripts or more of a layer that you may see.")
            )
        transcripts = {each.id: each for each in queries.transcripts(project.connection)}
        units: dict[str, list[tuple[set[str], set[str]]]] = {way: [] for way in WAYS}
        codings = outside = began = 0
        for done, (transcript_id, own) in enumerate(found.items()):
            if watch is not None:
                watch(done, len(found))
            transcript = transcripts[transcript_id]
            text = open_text(project, transcript)
            answers = counts.answers(project.connection, transcript.version_id).get(transcript.version_id, [])
            touched: set[str] = set()
            for stretch in stretches(text, unit, answers):
                here = [c for c in own if c.start < stretch.end and c.end > stretch.start]
                touched |= {c.id for c in here}
                said = text.text[stretch.start : stretch.end]
                cues, typical = helper.found(said, transcript.language, but=transcript_id)
                for way, sources in WAYS.items():
                    own_cues = cues if Source.CUE in sources else ()
                    given = propose(own_cues, typical if Source.TYPICAL in sources else {}, helper.codes)
                    units[way].append(({c.code_id for c in here}, {each.code_id for each in given}))
            codings += len(own)
            outside += len({c.id for c in own} - touched)
            began += sum(c.origin in (Origin.SUGGESTED, Origin.AUTOCODED) for c in own)
        codes = [
            CodeScores(place, {way: score(each, code) for way, each in units.items()})
            for code, place in helper.codes.items()
        ]
        codes = [each for each in codes if each.ways["both"].coded or any(s.proposed for s in each.ways.values())]
        together = {way: _together([each.ways[way] for each in codes]) for way in WAYS}
        return Evaluation(
            taught, unit, len(found), len(units["both"]), codings, began, outside, codes, together,
            codebook(project).version, helper,
        )  # fmt: skip


def _together(scores: Sequence[Score]) -> Together:
    return Together(micro(scores), macro(s.precision for s in scores), macro(s.recall for s in scores))
