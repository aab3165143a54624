"""The framework matrix of one layer: which segments stand behind each summary, and why a cell is empty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from hsreview.analysis.gaps import Asked, asked_in
from hsreview.model.codebook import Theme
from hsreview.model.dataset import CodedSegment, Dataset, Reading
from hsreview.model.framework_matrix import Case, CaseKind, Cell, Empty, FrameworkMatrix, Summary, summary_id
from hsreview.model.groups import attribute_of_person, interview_groups, respondent_groups, segment_groups
from hsreview.model.people import AttributeValue, Respondent
from hsreview.model.text import Role
from hsreview.model.transcript import Transcript


def cases_of(dataset: Dataset, kind: CaseKind) -> list[Case]:
    """The cases of a kind, by name; groups in the order of the codebook. People who speak in no interview are cases
    too: they were to be heard."""
    if kind is CaseKind.TRANSCRIPT:
        found = [_interview(dataset, each) for each in dataset.transcripts]
    elif kind is CaseKind.GROUP:
        return _groups(dataset)
    elif kind is CaseKind.RESPONDENT:
        groups, heard = respondent_groups(dataset), _heard(dataset, lambda person: person.id)
        found = [
            _person(dataset, each, groups[each.id], heard.get(each.id, [])) for each in dataset.respondents.values()
        ]
    else:
        heard = _heard(dataset, lambda person: person.organisation_id)
        found = [
            Case(kind, each.id, each.name, each.group, each.attributes, tuple(t.id for t in heard.get(each.id, ())))
            for each in dataset.organisations.values()
        ]
    return sorted(found, key=lambda case: (case.name.casefold(), case.id))


def _heard(dataset: Dataset, case: Callable[[Respondent], str | None]) -> dict[str, list[Transcript]]:
    """Id of the `case` that a person belongs to → the interviews in which it speaks, in their order."""
    found: dict[str, list[Transcript]] = {}
    for transcript in dataset.transcripts:
        people = (dataset.respondents.get(each) for each in dataset.respondents_of.get(transcript.id, ()))
        for key in dict.fromkeys(case(person) for person in people if person is not None):
            if key is not None:
                found.setdefault(key, []).append(transcript)
    return found


def _interview(dataset: Dataset, transcript: Transcript) -> Case:
    group = ", ".join(each for each in interview_groups(dataset, transcript) if each)
    return Case(CaseKind.TRANSCRIPT, transcript.id, transcript.name, group, transcript.attributes, (transcript.id,))


def _person(dataset: Dataset, person: Respondent, groups: Sequence[str], interviews: Sequence[Transcript]) -> Case:
    organisation = dataset.organisations.get(person.organisation_id or "")
    holders = (person.attributes, organisation.attributes if organisation else {}, *(t.attributes for t in interviews))
    names = dict.fromkeys(name for attributes in holders for name in attributes)
    values: dict[str, AttributeValue] = {}
    for name in names:
        found = [attribute_of_person(dataset, each, person.id, name) for each in interviews] or [
            person.attributes.get(name)
        ]
        values[name] = found[0] if len(set(map(str, found))) == 1 else None
    there = tuple(t.id for t in interviews)
    return Case(CaseKind.RESPONDENT, person.id, person.name, ", ".join(filter(None, groups)), values, there)


def _groups(dataset: Dataset) -> list[Case]:
    inside: dict[str, list[str]] = {group.ref: [] for group in dataset.codebook.groups}
    for transcript in dataset.transcripts:
        for group in interview_groups(dataset, transcript):
            if group:
                inside.setdefault(group, []).append(transcript.id)
    return [Case(CaseKind.GROUP, ref, ref, ref, {}, tuple(there)) for ref, there in inside.items()]


def framework_matrix(
    dataset: Dataset, kind: CaseKind, summaries: Iterable[Summary], asked: Asked, *,
    seen: Callable[[str], bool] = lambda _transcript: True, withheld: Collection[str] = (),
) -> FrameworkMatrix:  # fmt: skip
    """Every case under every theme of the codebook.

    What interviewers say is behind no cell. `seen` says of a transcript id whether the reader may see the work of
    others there: the summaries of a case are hidden when any of its interviews is. So are those whose ids are
    `withheld`.
    """
    cases, themes = cases_of(dataset, kind), dataset.codebook.themes
    written = {(each.case_id, each.theme_id): each for each in summaries}
    behind = _behind(dataset, kind)
    known = {t.id: asked_in(dataset, t, asked.get(t.id)) for t in dataset.transcripts}
    cells: dict[tuple[str, str], Cell] = {}
    for case in cases:
        open_ = all(map(seen, case.transcripts))
        for theme in themes:
            key = (case.id, theme.id)
            summary, there = written.pop(key, None), tuple(behind.get(key, ()))
            if not open_ or summary_id(kind, *key) in withheld:
                cells[key] = Cell(case, theme, None, Empty.HIDDEN, there)
                continue
            text = summary is not None and bool(summary.text)
            empty = Empty.NO if text else Empty.TO_DO if there else _why_empty(dataset, case, theme, known)
            linked = set(summary.segments) if summary is not None else set()
            here = {dataset.segments[number].coding.id for number in there}
            cells[key] = Cell(
                case, theme, summary, empty, there, len(linked - here), len(here - linked) if text else 0
            )  # fmt: skip
    everything = all(seen(t.id) for t in dataset.transcripts)
    return FrameworkMatrix(
        kind, dataset.basis, len(dataset.transcripts), len(dataset.reviewed), cases, themes, cells,
        tuple(each for each in written.values() if each.text) if everything else (),
    )  # fmt: skip


def _behind(dataset: Dataset, kind: CaseKind) -> dict[tuple[str, str], list[int]]:
    """`(case id, theme id)` → positions of its segments, in the order of the dataset."""
    theme_of = {place.code.id: place.theme.id for place in dataset.codebook.codes()}
    transcripts = {t.id: t for t in dataset.transcripts}
    found: dict[tuple[str, str], list[int]] = {}
    for number, segment in enumerate(dataset.segments):
        if segment.role == Role.INTERVIEWER:
            continue
        for case in _cases_behind(dataset, kind, transcripts[segment.transcript_id], segment):
            found.setdefault((case, theme_of[segment.coding.code_id]), []).append(number)
    return found


def _cases_behind(dataset: Dataset, kind: CaseKind, transcript: Transcript, segment: CodedSegment) -> Sequence[str]:
    if kind is CaseKind.TRANSCRIPT:
        return (transcript.id,)
    if kind is CaseKind.GROUP:
        return segment_groups(dataset, transcript, segment)
    person = dataset.respondents.get(segment.respondent_id or "")
    case = person and (person.id if kind is CaseKind.RESPONDENT else person.organisation_id)
    return (case,) if case else ()


def _why_empty(dataset: Dataset, case: Case, theme: Theme, known: Mapping[str, Mapping[str, bool | None]]) -> Empty:
    """Why nothing is there to sum up. Only of what was reviewed to the end does silence say anything."""
    readings = {each: dataset.reading(each) for each in case.transcripts}
    if not readings:
        return Empty.NO_INTERVIEW
    reviewed = [each for each, reading in readings.items() if reading is Reading.REVIEWED]
    if not reviewed:
        begun = {Reading.BEGUN: Empty.NOT_CODED, Reading.UNSETTLED: Empty.UNSETTLED}
        return next((empty for reading, empty in begun.items() if reading in readings.values()), Empty.NOT_READ)
    answers = {each: _asked(theme, known[each]) for each in readings}
    if any(answers[each] for each in reviewed):
        return Empty.SILENT
    if any(answers.values()):
        return Empty.NOT_CODED
    return Empty.NOT_RECORDED if any(answers[each] is None for each in reviewed) else Empty.NOT_ASKED


def _asked(theme: Theme, known: Mapping[str, bool | None]) -> bool | None:
    """Whether anything that serves the theme was asked; null: on no record."""
    answers = [known.get(question) for question in theme.questions]
    return True if any(answers) else None if not answers or None in answers else False
