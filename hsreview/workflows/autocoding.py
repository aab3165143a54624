"""Code many places that were found in one act; their origin says so, that agreement can leave them out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.review import reading_of
from hsreview.model.text import Span
from hsreview.project import passes, queries
from hsreview.project.project import Project
from hsreview.project.segments import PlacedText, read_text
from hsreview.workflows.assigning import current_pass
from hsreview.workflows.coding import check_code, check_segment, put_codings


class Unit(StrEnum):
    """How much of the text around a match is coded."""

    MATCH = "match"
    SENTENCE = "sentence"
    TURN = "turn"


Place = tuple[str, int, int]
"""Version id, start, end."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What an act of autocoding made."""

    made: int
    present: int
    """Segments on which the coder had put the code already; they are left as they are."""
    transcripts: int
    """In which something was made."""
    codings: frozenset[str] = field(default=frozenset(), compare=False)
    """Ids of what was made."""


def code_places(
    project: Project, coder: Coder, places: Iterable[Place], code_id: str, unit: Unit = Unit.SENTENCE, *,
    origin: Origin = Origin.AUTOCODED,
) -> Coded:  # fmt: skip
    """Put a code on every place, or on the sentences or the turn around it: one act, which one undo takes back.

    The codings belong to the pass in which the coder works in each transcript. Places with the same unit around them
    are one. Raises InputRefused when there is no place, or the code is not for coding; nothing is stored then.
    """
    wanted = sorted(set(places))
    if not wanted:
        raise InputRefused(_("There is nothing to code: no match is meant."))
    with project.act(coder.id) as act:
        code = project.state.resolve_code(code_id)
        check_code(project, code)
        new: list[Coding] = []
        present = 0
        for version_id, there in groupby(wanted, key=lambda place: place[0]):
            pass_, taken = _before(project, coder, version_id, code)
            spans = _around(project, version_id, [(start, end) for _version, start, end in there], unit)
            for span in spans:
                check_segment(project, version_id, *span)
            present += sum(span in taken for span in spans)
            new += [
                Coding(new_id(), version_id, *span, code, coder.id, pass_=pass_, origin=origin, created=act.at)
                for span in spans
                if span not in taken
            ]
        put_codings(act, new)
    versions = {coding.version_id for coding in new}
    return Coded(len(new), present, len(versions), frozenset(coding.id for coding in new))


def _before(project: Project, coder: Coder, version_id: str, code_id: str) -> tuple[str, set[Span]]:
    """The pass in which the coder works in a text, and the segments on which they have put the code in that reading."""
    connection = project.connection
    version = queries.version(connection, version_id)
    pass_ = current_pass(project, version.transcript_id, coder.id) if version else ""
    reading = reading_of(pass_, passes.parts(connection))
    own = queries.codings(connection, version_id=version_id, coder_id=coder.id, code_ids=[code_id], reading=reading)
    return pass_, {(coding.start, coding.end) for coding in own}


def _around(project: Project, version_id: str, spans: Sequence[Span], unit: Unit) -> list[Span]:
    """The units around the spans, each once, in the order of the text."""
    if unit is Unit.MATCH:
        return list(dict.fromkeys(spans))
    text = read_text(project.connection, version_id)
    return sorted({_widened(text, span, unit) for span in spans})


def _widened(text: PlacedText, span: Span, unit: Unit) -> Span:
    turn = text.turn_at(span[0])
    if turn is None:
        return span
    if unit is Unit.TURN:
        return turn.label_end, max(span[1], turn.label_end + len(turn.said(text.text)))
    first = max(0, bisect_right(text.sentence_starts, span[0]) - 1)
    last = bisect_left(text.sentence_starts, span[1])
    touched = [(s, e) for s, e in text.sentences[first:last] if s < span[1] and e > span[0]]
    return min([span[0], *(s for s, _e in touched)]), max([span[1], *(e for _s, e in touched)])
