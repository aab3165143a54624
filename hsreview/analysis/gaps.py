"""Where evidence is missing: review question × group × place, heard, silent, not asked or not yet coded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from hsreview.analysis.crosstabs import nameless
from hsreview.analysis.divisions import written
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.model.codebook import Question
from hsreview.model.dataset import Dataset
from hsreview.model.groups import attribute_of_person, interview_groups, segment_groups
from hsreview.model.localized import Localized
from hsreview.model.tables import Header, Measure, Note, Table, Why
from hsreview.model.text import Role
from hsreview.model.transcript import Transcript

Asked = Mapping[str, Mapping[str, bool]]
"""Transcript id → ref of a guide question → whether it was asked, as far as it is on record."""
Cell = tuple[str, str]
"""A group and a place; either may be empty."""


def evidence_gaps(frame: LayerFrame, asked: Asked, place: str) -> Table:
    """One row per review question, one column per group and value of the attribute `place`.

    A cell says what the interviews of that group in that place hold:

    - heard: a coding of a code that serves the question; the number counts respondents of the interviews reviewed, and
      there is none where nobody is linked to those who speak;
    - asked, nothing said: none, though a guide question that serves it was asked in a reviewed interview;
    - not asked: every interview reviewed, and it was asked in none;
    - not yet coded: no interview that could tell was reviewed.

    What an interviewer said is not heard. For an interview without any record of a question asked, the guide stands:
    the questions that it has for the group, but for those on record as not asked.
    """
    dataset = frame.dataset
    book = dataset.codebook
    spots = {t.id: _spots(dataset, t, place) for t in dataset.transcripts}
    cells = _cells(dataset, spots.values())
    heads = _headers(dataset, cells)
    serves = {p.code.id: frozenset(p.questions) for p in book.codes()}
    positions: dict[tuple[str, Cell], list[int]] = {}
    transcripts = {t.id: t for t in dataset.transcripts}
    for number, segment in enumerate(dataset.segments):
        if segment.role == Role.INTERVIEWER:
            continue
        transcript = transcripts[segment.transcript_id]
        groups = segment_groups(dataset, transcript, segment)
        where = written(attribute_of_person(dataset, transcript, segment.respondent_id, place))
        mine = {(group, where) for group in groups} & spots[transcript.id] or spots[transcript.id]
        for served in serves[segment.coding.code_id]:
            for cell in mine:
                positions.setdefault((served, cell), []).append(number)
    inside = {cell: [t for t in dataset.transcripts if cell in spots[t.id]] for cell in cells}
    known = {t.id: asked_in(dataset, t, asked.get(t.id)) for t in dataset.transcripts}
    values: list[list[int | None]] = []
    why: dict[tuple[int, int], Why] = {}
    for row, question in enumerate(book.questions):
        line: list[int | None] = []
        for column, cell in enumerate(cells):
            found = positions.get((question.ref, cell), [])
            people, state = _state(dataset, inside[cell], found, question.ref, known)
            line.append(people)
            why[row, column] = state
        values.append(line)
    silent = sum(not asked.get(t.id) for t in dataset.transcripts)
    notes = (*nameless(dataset), *((Note("guide_stands", silent),) if silent and book.guide else ()))

    def behind(row: int, column: int) -> Sequence[int]:
        return positions.get((book.questions[row].ref, cells[column]), [])

    return Table(
        "gaps", dataset.basis, frame.scope, (Measure.RESPONDENTS,), tuple(map(question_header, book.questions)),
        heads, {Measure.RESPONDENTS: values}, why=why, behind=behind, notes=notes, detail=place,
    )  # fmt: skip


def question_header(question: Question) -> Header:
    """A review question as a row."""
    return Header("question", question.id, question.ref, question.short or question.text)


def _spots(dataset: Dataset, transcript: Transcript, place: str) -> frozenset[Cell]:
    """Every group and place of an interview."""
    groups = interview_groups(dataset, transcript)
    people: Sequence[str | None] = dataset.respondents_of.get(transcript.id, ()) or (None,)
    found: set[Cell] = set()
    for person in people:
        where = written(attribute_of_person(dataset, transcript, person, place))
        known = dataset.respondents.get(person or "")
        own = (known.group,) if known and known.group and not transcript.group else groups
        found.update((group, where) for group in own)
    return frozenset(found)


def _cells(dataset: Dataset, spots: Iterable[frozenset[Cell]]) -> list[Cell]:
    """The columns: groups in the order of the codebook, then places by name; only those with an interview."""
    known = {g.ref: n for n, g in enumerate(dataset.codebook.groups)}
    found = frozenset[Cell]().union(*spots)
    return sorted(found, key=lambda c: (not c[0], known.get(c[0], len(known)), c[0], not c[1], c[1].casefold(), c[1]))


def _headers(dataset: Dataset, cells: Sequence[Cell]) -> tuple[Header, ...]:
    labels = {g.ref: g.label for g in dataset.codebook.groups}
    return tuple(
        Header("cell", f"{group}/{where}", group, labels.get(group, Localized()), about={"place": where})
        for group, where in cells
    )


def asked_in(
    dataset: Dataset, transcript: Transcript, recorded: Mapping[str, bool] | None
) -> Mapping[str, bool | None]:
    """Ref of a review question → whether a guide question that serves it was asked; null: on no record.

    Questions on record as asked are all that were asked. Where only some are on record as not asked, the others of the
    guide stand.
    """
    book = dataset.codebook
    said = {ref for ref, yes in (recorded or {}).items() if yes}
    if said:
        asked = said
    elif book.guide:
        groups = set(interview_groups(dataset, transcript))
        asked = {g.ref for g in book.guide if not g.groups or groups & set(g.groups)} - (recorded or {}).keys()
    elif recorded:
        asked = set()
    else:
        return {question.ref: None for question in book.questions}
    return {q.ref: any(g.ref in asked and q.ref in g.questions for g in book.guide) for q in book.questions}


def _state(
    dataset: Dataset, interviews: Collection[Transcript], found: Sequence[int], question: str,
    known: Mapping[str, Mapping[str, bool | None]],
) -> tuple[int | None, Why]:  # fmt: skip
    """The number and the state of one cell."""
    reviewed = [t.id for t in interviews if t.id in dataset.reviewed]
    segments = [dataset.segments[number] for number in found]
    heard = [s.respondent_id for s in segments if s.transcript_id in dataset.reviewed]
    if known_people := len({person for person in heard if person}):
        return known_people, Why.HEARD
    if heard:
        return None, Why.HEARD_NAMELESS
    if segments:
        return None, Why.HEARD_SO_FAR
    answers = {t.id: known[t.id][question] for t in interviews}
    if any(answers[t] for t in reviewed):
        return 0, Why.SILENT
    if len(reviewed) < len(interviews) and (not reviewed or any(answers.values())):
        return None, Why.NOT_CODED
    return None, Why.NOT_RECORDED if any(answers[t] is None for t in reviewed) else Why.NOT_ASKED
