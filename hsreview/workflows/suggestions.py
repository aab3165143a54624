"""Suggested codes for the units of a transcript, passages that wait for a code, and taking suggestions over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.language.detecting import Language, language_of
from hsreview.model.agreement import Unit
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.project import counts, queries
from hsreview.project.project import Project
from hsreview.project.scopes import Filter, Scope
from hsreview.project.search import Hit, Watch
from hsreview.review.blind import sight
from hsreview.workflows.assigning import current_pass
from hsreview.workflows.autocoding import Coded, code_places
from hsreview.workflows.autocoding import Unit as Around
from hsreview.workflows.reading import OpenText, Transcript, open_text, visible_codings
from hsreview.workflows.suggesting import Helper, Proposal

TURNS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit of a text: what was said in a turn, or a sentence of it."""

    turn: int
    sentence: int
    """1 for the first of the turn; 0 for the whole turn."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """A unit with what is proposed for it."""

    stretch: Stretch
    text: str
    language: Language
    """Empty when its words are too few to tell."""
    codes: tuple[str, ...]
    """Ids of the codes that the reader put there."""
    proposals: tuple[Proposal, ...]


def stretches(text: OpenText, unit: Unit, answers: Iterable[Span] | None) -> Iterator[Stretch]:
    """The units of a text in their order; with `answers` (turns), of those turns only. Empty ones are left out."""
    wanted = None if answers is None else {start for start, _end in answers}
    for turn in text.turns:
        if wanted is not None and turn.start not in wanted:
            continue
        end = turn.label_end + len(turn.said(text.text))
        if unit is Unit.SENTENCE:
            first = bisect_right(text.sentences, (turn.label_end, -1))
            for number, (s, e) in enumerate(text.sentences[first:], 1):
                if s >= end:
                    break
                yield Stretch(turn.number, number, s, e)
        elif text.text[turn.label_end : end].strip():
            yield Stretch(turn.number, 0, turn.label_end, end)


def suggest(
    project: Project, helper: Helper, transcript: Transcript, *, viewer: Coder | None, turn: int | None = None,
    everything: bool = False, unit: Unit = Unit.TURN, only: str | None = None,
) -> list[Suggested]:  # fmt: skip
    """Proposals for the units of a transcript that have any: of one turn, else of respondents' turns without a coding.

    `everything`: of all turns, coded ones too. `only`: one code. Codes that `viewer` put on a unit are not proposed.
    Raises InputRefused when there is no such turn.
    """
    text = open_text(project, transcript)
    if turn is not None and not 1 <= turn <= len(text.turns):
        told = _("There is no turn {number}; the text has {count}.")
        raise InputRefused(told.format(number=turn, count=len(text.turns)))
    whole = everything or turn is not None
    answers = (
        None if whole else counts.answers(project.connection, transcript.version_id).get(transcript.version_id, [])
    )
    own = _own(project, transcript, viewer)
    found = []
    for stretch in stretches(text, unit, answers):
        if turn not in (None, stretch.turn):
            continue
        said = text.text[stretch.start : stretch.end]
        here = tuple(dict.fromkeys(c.code_id for c in own if c.start < stretch.end and c.end > stretch.start))
        if here and not whole:
            continue
        proposals = helper.propose(said, transcript.language, taken=here, only=only)
        if proposals or turn is not None:
            found.append(Suggested(stretch, said, language_of(said), here, tuple(proposals)))
    return found


def _own(project: Project, transcript: Transcript, viewer: Coder | None) -> list[Coding]:
    """What the reader put on a text in the reading in which they work."""
    if viewer is None:
        return []
    pass_ = current_pass(project, transcript.id, viewer.id)
    seen = visible_codings(project, transcript.version_id, viewer, pass_)
    return [coding for coding in seen if coding.coder_id == viewer.id]


def accept(
    project: Project, coder: Coder, transcript: Transcript, suggested: Iterable[Suggested], code_id: str
) -> Coded:
    """Put a proposed code on the units for which it was proposed, as one act; the origin of the codings says so.

    Raises InputRefused when it was proposed for none of them.
    """
    units = [each.stretch for each in suggested if any(p.code_id == code_id for p in each.proposals)]
    if not units:
        told = _("This code is not suggested there. To code all the same: hsreview codings add TRANSCRIPT TURN CODE")
        raise InputRefused(told)
    places = [(transcript.version_id, unit.start, unit.end) for unit in units]
    return code_places(project, coder, places, code_id, Around.MATCH, origin=Origin.SUGGESTED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn in which cues or typical phrases of a code stand that are not coded with it."""

    hit: Hit
    """Its marks are the cues and phrases."""
    proposal: Proposal


def passages(
    project: Project, helper: Helper, code_id: str, scope: Scope, viewer: Coder | None, watch: Watch | None = None
) -> list[Passage]:
    """The passages of a scope that wait for a code; where it names no role, of respondents only.

    `watch` is told now and then how many turns were read; what it raises ends the work.
    """
    connection = project.connection
    within = Filter(connection, scope, sight(connection, viewer).may)
    answers = counts.answers(connection)
    found: list[Passage] = []
    read = 0
    for transcript in queries.transcripts(connection):
        if not within.transcript(transcript.id):
            continue
        text = open_text(project, transcript)
        for stretch in stretches(text, Unit.TURN, None if scope.role else answers.get(transcript.version_id, [])):
            read += 1
            if watch is not None and read % TURNS_AT_ONCE == 0:
                watch(read)
            label = text.turns[stretch.turn - 1].speaker
            speaker = text.speakers.get(label) if label is not None else None
            if not within.turn(transcript.id, speaker.id if speaker else None):
                continue
            said = text.text[stretch.start : stretch.end]
            for proposal in helper.propose(said, transcript.language, only=code_id):
                places = tuple(sorted({place for reason in proposal.reasons for place in reason.places}))
                marks = within.marks(transcript.version_id, stretch.start, places)
                if marks:
                    hit = Hit(
                        transcript.id, transcript.name, transcript.version_id, stretch.turn, label, stretch.start,
                        stretch.end, said, marks,
                    )  # fmt: skip
                    found.append(Passage(hit, proposal))
    return found
