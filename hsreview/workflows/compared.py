"""What is compared: the chosen coders' finished readings, as texts with their units and marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hsreview.base.messages import current_language
from hsreview.model.agreement import Unit
from hsreview.model.codebook import Codebook
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.review import Mark
from hsreview.model.text import Span
from hsreview.project import counts, queries
from hsreview.project.project import Project
from hsreview.review.blind import sight
from hsreview.workflows.adjudicating import Reviewed, mark_of, reviewed_readings

if TYPE_CHECKING:
    from hsreview.review.reporting import CodeName
    from hsreview.review.units import ComparedText


@dataclass(frozen=True, slots=True)
class Selection:
    """What is compared; an empty tuple does not restrict."""

    unit: Unit = Unit.TURN
    coders: tuple[str, ...] = ()
    """Ids."""
    codes: tuple[str, ...] = ()
    """Ids of codes; those below a code count with `parents` only."""
    transcripts: tuple[str, ...] = ()
    """Ids."""
    parents: bool = False
    """Roll codes up to the codes above them."""
    interviewer: bool = False
    """Count interviewers' turns and unlabelled blocks too."""
    suggested: bool = True
    """Count codings that began as suggestions or were made automatically."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is compared with what."""

    readings: Sequence[Reviewed]
    coders: Sequence[Coder]
    roll_up: Mapping[str, str]
    """Code id → the id that it counts as."""
    units: Mapping[str, Sequence[Span]]
    """Version id → turns that count."""


def scene_of(project: Project, wanted: Selection, viewer: Coder | None, book: Codebook) -> Scene:
    key = ("scene", wanted, viewer and viewer.id)
    return project.remembered(key, lambda: _scene(project, wanted, viewer, book))


def _scene(project: Project, wanted: Selection, viewer: Coder | None, book: Codebook) -> Scene:
    connection = project.connection
    seeing = sight(connection, viewer)
    everyone = queries.coders(connection)
    chosen = {c.id for c in everyone if not wanted.coders or c.id in wanted.coders}
    roll_up = _roll_up(book) if wanted.parents else {}
    readings = []
    for reading in reviewed_readings(project, set(wanted.transcripts) or None):
        if not seeing.transcript(reading.transcript.id):
            continue
        own = {
            coder: [c for c in codings if counted(c, wanted)]
            for coder, codings in reading.codings.items()
            if coder in chosen
        }
        if len(own) > 1:
            marks = {coder: [rolled(coding, roll_up) for coding in codings] for coder, codings in own.items()}
            readings.append(Reviewed(reading.transcript, marks, own))
    present = {coder for reading in readings for coder in reading.marks}
    versions = {reading.transcript.version_id for reading in readings}
    team = [c for c in everyone if c.id in present]
    return Scene(readings, team, roll_up, turns_of(project, versions, wanted))


def counted(coding: Coding, wanted: Selection) -> bool:
    return wanted.suggested or coding.origin in (Origin.TYPED, Origin.IMPORTED)


def turns_of(project: Project, versions: Collection[str], wanted: Selection) -> dict[str, list[Span]]:
    """Version id → the turns that count."""
    connection = project.connection
    if wanted.interviewer:
        return {v: [(t.start, t.end) for t in queries.turns(connection, v)] for v in versions}
    answers = counts.answers(connection)
    return {v: answers.get(v, []) for v in versions}


def rolled(coding: Coding, roll_up: Mapping[str, str]) -> Mark:
    mark = mark_of(coding)
    return replace(mark, code_id=roll_up.get(mark.code_id, mark.code_id)) if roll_up else mark


def _roll_up(book: Codebook) -> dict[str, str]:
    """Code id → the first-level code above it; in a theme without codes below codes, the theme."""
    nested = {place.theme.id for place in book.codes() if place.parents}
    return {
        place.code.id: (place.parents[0].id if place.parents else place.code.id)
        if place.theme.id in nested
        else place.theme.id
        for place in book.codes()
    }


def texts_of(project: Project, scene: Scene, wanted: Selection) -> list[ComparedText]:
    return [text_of(project, reading, scene.units, wanted) for reading in scene.readings]


def text_of(
    project: Project, reading: Reviewed, units: Mapping[str, Sequence[Span]], wanted: Selection
) -> ComparedText:
    from hsreview.review.units import ComparedText, touches

    version = reading.transcript.version_id
    turns = units[version]
    marks = {coder: [m for m in own if touches(turns, m.start, m.end)] for coder, own in reading.marks.items()}
    return ComparedText(reading.transcript.id, _units(project, version, turns, wanted), marks, turns)


def _units(project: Project, version: str, turns: Sequence[Span], wanted: Selection) -> Sequence[Span]:
    if wanted.unit is Unit.TURN:
        return turns
    if wanted.unit is Unit.DOCUMENT:
        return [(turns[0][0], turns[-1][1])] if turns else []
    if wanted.unit is Unit.SENTENCE:
        return _inside(queries.sentences(project.connection, version), turns)
    if wanted.unit is Unit.WORD:
        return _inside(queries.words(project.connection, version), turns)
    said = {t.start: (t.label_end, t.end) for t in queries.turns(project.connection, version)}
    return [said[start] for start, _end in turns if said[start][0] < said[start][1]]


def _inside(units: Sequence[Span], turns: Sequence[Span]) -> list[Span]:
    from hsreview.review.units import touches

    return [unit for unit in units if touches(turns, *unit)]


def codes_of(scene: Scene, texts: Sequence[ComparedText], book: Codebook, wanted: Selection) -> list[str]:
    """The codes that somebody used, or that were asked for, in the order of the codebook."""
    asked = {scene.roll_up.get(code, code) for code in wanted.codes}
    used = {mark.code_id for text in texts for own in text.marks.values() for mark in own}
    order = list(dict.fromkeys(scene.roll_up.get(place.code.id, place.code.id) for place in book.codes()))
    chosen = asked or used
    return [code for code in order if code in chosen] + sorted(chosen - set(order))


def names_of(book: Codebook) -> Mapping[str, CodeName]:
    from hsreview.review.reporting import CodeName

    class Names(dict[str, CodeName]):
        def __missing__(self, code: str) -> CodeName:
            return CodeName("?", "", "")

    language = current_language()
    found = Names()
    for theme in book.themes:
        found[theme.id] = CodeName(theme.ref, theme.label.get(language), "")
    for place in book.codes():
        found[place.code.id] = CodeName(place.code.ref, place.code.label.get(language), place.theme.ref)
    return found
