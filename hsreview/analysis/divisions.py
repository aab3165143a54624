"""What the columns of a crosstab are: groups, values of an attribute, periods, waves, speakers, interviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.analysis.places import group_order
from hsreview.model.dataset import CodedSegment, Dataset, Reading
from hsreview.model.groups import attribute_of_person, interview_groups, respondent_groups
from hsreview.model.localized import Localized
from hsreview.model.matrices import MIN_PEOPLE, GroupBase, NoShare
from hsreview.model.people import Attributes, AttributeValue
from hsreview.model.tables import Header, Measure
from hsreview.model.transcript import Transcript

GROUP, LANGUAGE, KIND, ORGANISATION, WAVE = "group", "language", "kind", "organisation", "wave"
OF_INTERVIEWS: Mapping[str, Callable[[Transcript], str]] = {
    LANGUAGE: lambda t: t.language,
    KIND: lambda t: t.kind.value,
    WAVE: lambda t: t.wave,
}
"""What belongs to a whole interview."""
ALL = Header("all", "*")
"""The column of all together."""
PERIODS: Mapping[str, int] = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO date names a period."""


@dataclass(frozen=True, slots=True)
class Division:
    """How a layer is divided into columns; the empty value stands for what has none."""

    columns: tuple[Header, ...]
    of_interview: Mapping[str, tuple[str, ...]]
    """Transcript id → every value that occurs in it."""
    of_person: Mapping[str, tuple[str, ...]] | None = None
    """Respondent id → their values, wherever they speak; null: where their codings count, they count."""
    of_voice: Mapping[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    """`(transcript id, voice)` → where the codings of that voice count; one that is missing counts as its interview
    does. A voice is the respondent, and where nobody is known nobody, or (`by_label`) the label."""
    by_label: bool = False

    def of_segment(self, segment: CodedSegment) -> tuple[str, ...]:
        """The values under which a coding counts: some of those of its interview."""
        voice = segment.respondent_id
        if voice is None and self.by_label:
            voice = label_voice(segment)
        return self.of_speaker(segment.transcript_id, voice)

    def of_speaker(self, transcript_id: str, voice: str | None) -> tuple[str, ...]:
        """The values of a voice in an interview."""
        return self.of_voice.get((transcript_id, voice)) or self.of_interview[transcript_id]

    def bases(self, dataset: Dataset) -> list[dict[Measure, int]]:
        """The n of every column and of all together: of the interviews reviewed, and of who was heard in them."""
        interviews: dict[str, set[str]] = {}
        people: dict[str, set[str]] = {}
        heard: set[str] = set()
        for transcript in dataset.reviewed & self.of_interview.keys():
            for value in self.of_interview[transcript]:
                interviews.setdefault(value, set()).add(transcript)
            for person in dataset.respondents_of.get(transcript, ()):
                if person in dataset.respondents:
                    heard.add(person)
                    own = self.of_speaker(transcript, person) if self.of_person is None else self.of_person[person]
                    for value in own:
                        people.setdefault(value, set()).add(person)
        interviews[ALL.key], people[ALL.key] = set(dataset.reviewed), heard
        organisation = {person.id: person.organisation_id for person in dataset.respondents.values()}
        return [
            {
                Measure.RESPONDENTS: len(people.get(header.key, ())),
                Measure.ORGANISATIONS: len({organisation[p] for p in people.get(header.key, ())} - {None}),
                Measure.INTERVIEWS: len(interviews.get(header.key, ())),
            }
            for header in (*self.columns, ALL)
        ]


def label_voice(segment: CodedSegment) -> str:
    """The voice of a label with nobody known behind it."""
    return f"/{segment.speaker or ''}"


def by_group(dataset: Dataset) -> Division:
    """The groups, as in the sheets and in the answers of queries: a coding counts in the groups of its interview."""
    labels = {g.ref: g.label for g in dataset.codebook.groups}
    return Division(
        tuple(_header("group", ref, labels.get(ref, Localized())) for ref in group_order(dataset)),
        {t.id: interview_groups(dataset, t) for t in dataset.transcripts},
        respondent_groups(dataset),
    )


def group_bases(dataset: Dataset) -> list[GroupBase]:
    """The n of every group in their order, and of all together (null) at the end."""
    division = by_group(dataset)
    found = []
    for header, base in zip((*division.columns, ALL), division.bases(dataset), strict=True):
        group = None if header is ALL else header.key
        mine = (t.id for t in dataset.transcripts if group is None or group in division.of_interview[t.id])
        read, people = Counter(map(dataset.reading, mine)), base[Measure.RESPONDENTS]
        no_share = NoShare.EMPTY if not people else NoShare.SMALL if people < MIN_PEOPLE else NoShare.NONE
        found.append(
            GroupBase(
                group, read.total(), read[Reading.REVIEWED], people, base[Measure.ORGANISATIONS], no_share,
                read[Reading.BEGUN], read[Reading.UNSETTLED],
            )
        )  # fmt: skip
    return found


def attributes(dataset: Dataset) -> list[str]:
    """What a crosstab can be made by, beside `group`: attributes that somebody or something bears, and what every
    interview has."""
    found = dict.fromkeys(name for bearer in _bearers(dataset) for name, value in bearer.items() if written(value))
    own = {name: None for name, of in OF_INTERVIEWS.items() if any(of(t) for t in dataset.transcripts)}
    people = {ORGANISATION: None} if dataset.organisations else {}
    return list({**found, **people, **own})


def by_attribute(dataset: Dataset, name: str) -> Division:
    """The values of an attribute: of whoever speaks, else of their organisation, else of the interview."""
    if name in OF_INTERVIEWS and name not in _given(dataset):
        return _of_interviews(dataset, "value", OF_INTERVIEWS[name])
    if name == ORGANISATION and name not in _given(dataset):
        return _by_person(dataset, lambda person, _transcript: _organisation(dataset, person), "value")

    def value(person: str | None, transcript: Transcript) -> str:
        return written(attribute_of_person(dataset, transcript, person, name))

    return _by_person(dataset, value, "value")


def by_period(dataset: Dataset, period: str) -> Division:
    """Interviews by year, month or day of their date."""
    length = PERIODS[period]
    return _of_interviews(dataset, "period", lambda t: t.date[:length] if len(t.date) >= length else "")


def by_wave(dataset: Dataset) -> Division:
    """Interviews by wave."""
    return _of_interviews(dataset, WAVE, OF_INTERVIEWS[WAVE])


def by_speaker(dataset: Dataset) -> Division:
    """Everyone who speaks: the respondents of each interview, and other labels under which something was coded."""
    columns: list[Header] = []
    of_interview: dict[str, tuple[str, ...]] = {}
    of_voice: dict[tuple[str, str | None], tuple[str, ...]] = {}
    labels: dict[str, dict[str, CodedSegment]] = {}
    for segment in dataset.segments:
        if segment.respondent_id is None:
            labels.setdefault(segment.transcript_id, {}).setdefault(label_voice(segment), segment)
    for transcript in dataset.transcripts:
        keys = []
        for person in dataset.respondents_of.get(transcript.id, ()):
            found = dataset.respondents.get(person)
            keys.append((person, found.name if found else "?", "respondent"))
        others = labels.get(transcript.id, {})
        keys += [(voice, others[voice].speaker or "", others[voice].role) for voice in sorted(others)]
        for voice, name, role in keys:
            key = f"{transcript.id}/{voice}"
            about = {"interview": transcript.name, "role": role}
            columns.append(Header("speaker" if name else "none", key, name, about=about))
            of_voice[transcript.id, voice] = (key,)
        of_interview[transcript.id] = tuple(f"{transcript.id}/{voice}" for voice, _name, _role in keys)
    return Division(tuple(columns), of_interview, None, of_voice, by_label=True)


def written(value: AttributeValue) -> str:
    """A value as a column is called; empty when there is none."""
    if value is None or value == "":
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _given(dataset: Dataset) -> set[str]:
    return {name for bearer in _bearers(dataset) for name in bearer}


def _bearers(dataset: Dataset) -> list[Attributes]:
    """The attributes of everyone and everything."""
    people, organisations = dataset.respondents.values(), dataset.organisations.values()
    return [
        *(person.attributes for person in people),
        *(organisation.attributes for organisation in organisations),
        *(transcript.attributes for transcript in dataset.transcripts),
    ]


def _header(kind: str, value: str, label: Localized = Localized()) -> Header:
    return Header(kind, value, value, label) if value else Header("none", "")


def _headers(kind: str, values: Iterable[str]) -> tuple[Header, ...]:
    found = set(values)
    known = sorted(found - {""}, key=_order)
    return tuple(_header(kind, value) for value in (*known, *([""] if "" in found else [])))


def _order(value: str) -> tuple[int, float, str]:
    """Numbers by size, then words."""
    try:
        return 0, float(value), value
    except ValueError:
        return 1, 0.0, value.casefold()


def _of_interviews(dataset: Dataset, kind: str, of: Callable[[Transcript], str]) -> Division:
    """A division in which every coding and everyone in an interview has the value of that interview."""
    of_interview = {t.id: (of(t),) for t in dataset.transcripts}
    return Division(_headers(kind, (v for (v,) in of_interview.values())), of_interview)


def _by_person(dataset: Dataset, of: Callable[[str | None, Transcript], str], kind: str) -> Division:
    """A division by whoever speaks; `of` gives the value of a respondent (or of nobody known) in an interview."""
    of_interview: dict[str, tuple[str, ...]] = {}
    of_voice: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for transcript in dataset.transcripts:
        people: Sequence[str | None] = [p for p in dataset.respondents_of.get(transcript.id, ())]
        values = {person: of(person, transcript) for person in (*people, None)}
        # What is said by nobody known, where the interview has no value of its own, counts as the interview does.
        said = {person: value for person, value in values.items() if value or person is not None}
        of_voice.update(((transcript.id, person), (value,)) for person, value in said.items())
        of_interview[transcript.id] = tuple(sorted(set(said.values()))) or ("",)
    return Division(_headers(kind, (v for vs in of_interview.values() for v in vs)), of_interview, None, of_voice)


def _organisation(dataset: Dataset, person: str | None) -> str:
    found = dataset.respondents.get(person or "")
    organisation = dataset.organisations.get(found.organisation_id or "") if found is not None else None
    return organisation.name if organisation is not None else ""
