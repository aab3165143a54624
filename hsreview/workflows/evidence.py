"""What rows of the framework stand on: the segments behind their links, and how strong that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.framework.chain import Ground as Ground
from hsreview.framework.strength import Grade as Grade
from hsreview.framework.strength import Person, strength
from hsreview.framework.strength import Strength as Strength
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.framework import Row, SourceKind
from hsreview.model.groups import respondent_groups
from hsreview.model.people import Organisation, Respondent
from hsreview.model.thresholds import SETTING as SETTING
from hsreview.model.thresholds import Thresholds as Thresholds
from hsreview.model.thresholds import read as read_thresholds
from hsreview.model.transcript import Transcript
from hsreview.project import datasets, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments_by_id
from hsreview.workflows.adjudicating import consensus_of, layer_of
from hsreview.workflows.coding_places import coding_at, is_place
from hsreview.workflows.leaving import publishable

PLACE = "region"
"""The attribute that says where a respondent is."""
SEX = ("gender", "sex", "genre", "sexe")
"""The attributes one of which says whether women and men are heard."""
_NO_LAYER = Basis("", "", "", None, "", "", "", "")


@dataclass(frozen=True)
class Grounds:
    """The segments behind links, and what is known of those who speak in them."""

    framework: Framework
    segments: Mapping[str, CodedSegment]
    """Id of a coding → its segment; what is not there any more is missing."""
    dataset: Dataset
    """The interviews and people of the project, without codings."""
    thresholds: Thresholds

    def strength(self, row: Row) -> Strength:
        """How strong a row is."""
        return strength(
            self.framework.down(row.id), self.segments, self.people, transcripts=self.interviews,
            answered=self.framework.is_answered(row.id), thresholds=self.thresholds,
        )  # fmt: skip

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Id of everyone who speaks in an interview → what is known of them."""
        groups = respondent_groups(self.dataset)
        heard = {person for people in self.dataset.respondents_of.values() for person in people}
        found = {}
        for person in (each for each in self.dataset.respondents.values() if each.id in heard):
            organisation = self.dataset.organisations.get(person.organisation_id or "")
            [group, *others] = groups[person.id]
            found[person.id] = Person(
                organisation.name if organisation else "", "" if others else group,
                _attribute(person, organisation, PLACE), _attribute(person, None, *SEX),
            )  # fmt: skip
        return found

    @cached_property
    def published(self) -> Grounds:
        """The same without those who may not be counted in what is published today."""
        whole = replace(self.dataset, segments=tuple(self.segments.values()))
        told = publishable(whole)
        if told is whole:
            return self
        kept = {each.coding.id for each in told.segments}
        segments = {key: each for key, each in self.segments.items() if each.coding.id in kept}
        return replace(self, dataset=replace(told, segments=()), segments=segments)

    @cached_property
    def interviews(self) -> Mapping[str, Transcript]:
        """Id of a transcript → the transcript."""
        return {each.id: each for each in self.dataset.transcripts}

    @cached_property
    def transcripts(self) -> Mapping[str, str]:
        """Id of a transcript → its name."""
        return {each.id: each.name for each in self.dataset.transcripts}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Id of a code → its ref."""
        return {place.code.id: place.code.ref for place in self.dataset.codebook.codes()}

    def place(self, segment: CodedSegment) -> str:
        """`cso-01 12.3`: interview, turn and sentence."""
        return f"{self.transcripts.get(segment.transcript_id, '?')} {segment.place}"


def grounds(
    project: Project, found: Framework, rows: Iterable[Row] | None = None, codings: Iterable[str] = ()
) -> Grounds:  # fmt: skip
    """What these rows (or all) stand on, through findings, and the segments of `codings`."""
    with project.snapshot():
        if rows is None:
            wanted = {each.source for each in found.evidence if each.source_kind is SourceKind.CODING}
        else:
            wanted = {coding for row in rows for coding in found.codings(row.id)}
        wanted.update(codings)
        book = load_codebook(project.connection, whole=True)
        return Grounds(
            found,
            _segments(project, wanted),
            datasets.uncoded(project.connection, _NO_LAYER, book),
            thresholds(project),
        )


def thresholds(project: Project) -> Thresholds:
    """What a grade asks for in this project."""
    return read_thresholds(queries.setting(project.connection, SETTING, {})) or Thresholds()


def _attribute(person: Respondent, organisation: Organisation | None, *names: str) -> str:
    """The first of these attributes that a person has, else the organisation; an empty text for none."""
    things = (person, organisation) if organisation else (person,)
    return next((str(value) for each in things for name in names if (value := each.attributes.get(name))), "")


def coding_ids(project: Project, wishes: Iterable[str]) -> list[str]:
    """The ids under which codings are linked. One of the consensus stands for a coder's coding that it rests on.

    A beginning of an id will do where it is the only one, and so will `TRANSCRIPT PLACE CODE`. Raises UsageProblem when
    there is none, or several, and InputRefused for a transcript or a code that there is not.
    """
    found = []
    settled: Mapping[str, str] | None = None
    for wish in wishes:
        if is_place(wish):
            found.append(coding_at(project, wish))
            continue
        stored = queries.codings_like(project.connection, wish) if wish else []
        if wish and not stored:
            settled = _settled(project) if settled is None else settled
            stored = [source for coding, source in settled.items() if coding.startswith(wish)][:2]
        if len(stored) > 1:
            raise UsageProblem(_("Several ids begin with {id}; give more of it.").format(id=wish))
        if not stored:
            raise UsageProblem(
                _("There is no coding {id}. Name it by its id, or as lists print it: “cso-01 12.3 D1”.").format(
                    id=wish or "–"
                )
            )
        found += stored
    return found


def _segments(project: Project, wanted: Iterable[str]) -> dict[str, CodedSegment]:
    ids = set(wanted)
    found = segments_by_id(project.connection, ids)
    if ids <= found.keys():
        return found
    derived = (coding for codings in layer_of(project, consensus_of(project)).values() for coding in codings)
    return segments_by_id(project.connection, ids, derived)


def _settled(project: Project) -> dict[str, str]:
    """Id of a coding of the consensus → that of a coder's coding in the same place on which it rests, else its own."""
    found: dict[str, str] = {}
    for state in consensus_of(project):
        [codings] = layer_of(project, [state]).values()
        for coding, settled in zip(codings, state.settled, strict=True):
            sources = queries.codings_by_id(project.connection, settled.sources)
            found[coding.id] = min((each.id for each in sources if _place(each) == _place(coding)), default=coding.id)
    return found


def _place(coding: Coding) -> tuple[int, int, str]:
    return coding.start, coding.end, coding.code_id


def grade_name(grade: Grade) -> str:
    """How strong evidence is, in the user's language."""
    return {
        Grade.VERY_LOW: _("very low"), Grade.LOW: _("low"), Grade.MODERATE: _("moderate"), Grade.HIGH: _("high"),
    }[grade]  # fmt: skip
