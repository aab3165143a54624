"""Which groups an interview and a respondent belong to, and where a code stands in the codebook."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.codebook import CodePlace
from hsreview.model.dataset import Dataset
from hsreview.model.transcript import Transcript


def code_places(dataset: Dataset) -> Mapping[str, CodePlace]:
    """Code id → its place. Raises ValueError when a coding bears a code that the codebook does not have."""
    places = {place.code.id: place for place in dataset.codebook.codes()}
    missing = {s.coding.code_id for s in dataset.segments} - places.keys()
    if missing:
        raise ValueError(f"codings bear {len(missing)} codes that the codebook does not have: {min(missing)} …")
    return places


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


def group_order(dataset: Dataset) -> tuple[str, ...]:
    """Every group: those of the codebook in its order (even when nobody is in them), then others by name."""
    known = [g.ref for g in dataset.codebook.groups]
    found = {g for t in dataset.transcripts for g in interview_groups(dataset, t)}
    found.update(g for groups in respondent_groups(dataset).values() for g in groups)
    others = sorted(found.difference(known, {""}))
    return (*known, *others, *([""] if "" in found else []))
