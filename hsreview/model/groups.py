"""Which groups an interview, a respondent and a segment belong to: the one place for the rule."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.people import AttributeValue
from hsreview.model.transcript import Transcript


def interview_groups(dataset: Dataset, transcript: Transcript) -> tuple[str, ...]:
    """The transcript's own group, else those of the people who speak in it, else the empty group."""
    if transcript.group:
        return (transcript.group,)
    people = dataset.respondents_of.get(transcript.id, ())
    return tuple(sorted({dataset.respondents[p].group for p in people if p in dataset.respondents} or {""}))


def respondent_groups(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """Respondent id → their own group, else those of the interviews they speak in, else the empty group."""
    heard: dict[str, set[str]] = {}
    for transcript in dataset.transcripts:
        for person in dataset.respondents_of.get(transcript.id, ()):
            heard.setdefault(person, set()).add(transcript.group)
    return {
        person.id: (person.group,) if person.group else tuple(sorted(heard.get(person.id) or {""}))
        for person in dataset.respondents.values()
    }


def segment_groups(dataset: Dataset, transcript: Transcript, segment: CodedSegment) -> tuple[str, ...]:
    """The transcript's own group, else that of whoever speaks, else those of the interview."""
    person = dataset.respondents.get(segment.respondent_id or "")
    if not transcript.group and person is not None and person.group:
        return (person.group,)
    return interview_groups(dataset, transcript)


def attribute_of(dataset: Dataset, transcript: Transcript, segment: CodedSegment, name: str) -> AttributeValue:
    """An attribute of whoever speaks, else of their organisation, else of the transcript; null when none has it."""
    return attribute_of_person(dataset, transcript, segment.respondent_id, name)


def attribute_of_person(dataset: Dataset, transcript: Transcript, person_id: str | None, name: str) -> AttributeValue:
    """As `attribute_of`, of somebody (or of nobody known) who speaks in a transcript."""
    person = dataset.respondents.get(person_id or "")
    organisation = dataset.organisations.get(person.organisation_id or "") if person is not None else None
    for thing in (person, organisation, transcript):
        value = thing.attributes.get(name) if thing is not None else None
        if value is not None and value != "":
            return value
    return None
