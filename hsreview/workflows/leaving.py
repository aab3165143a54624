"""What of people's words may stand in a file that is written today: every export asks here.

Files for the team and files for others hold the words only of those whose consent lets them be quoted, embargo
included; what goes to somebody outside the team needs the scope transfer as well. A package is work of the team on the
same material and no export: it carries everything but what is withheld or erased.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.dataset import CodedSegment, Dataset, MemoRow
from hsreview.model.framework_matrix import Case, CaseKind, Empty, FrameworkMatrix, Summary
from hsreview.model.people import Consent, Respondent
from hsreview.model.text import Role, Turn
from hsreview.privacy.consent import YES, Answer, may_attribute, may_publish, may_quote, may_transfer, strictest
from hsreview.privacy.consent import under_embargo as under_embargo
from hsreview.project import queries
from hsreview.project.consents import Speaking, speaking
from hsreview.project.project import Project

_ROLES = frozenset(
    {"role", "position", "function", "job", "title", "fonction", "poste", "titre", "profession", "metier"}
)
"""Attributes that tell what somebody is, folded."""


class Leaving:
    """The gate of one file; `recipient` is a coder's name or id, somebody outside the team, or empty for the team."""

    def __init__(self, project: Project, recipient: str = "") -> None:
        connection = project.connection
        self._connection = connection
        self._today = now()
        self._outside = bool(recipient.strip()) and not any(
            recipient.strip() == each.id or fold(recipient.strip()) == fold(each.name)
            for each in queries.coders(connection)
        )
        self.people = {each.id: each for each in queries.respondents(connection)}
        self._there = {each.transcript_id: each for each in speaking(connection)}
        self._speakers = {(each.transcript_id, each.label): each for each in queries.speakers(connection)}
        self._whole: dict[str, Answer] = {}
        self._turns: dict[str, list[Turn]] = {}

    def person(self, person: Respondent | None, *, gated: bool) -> Answer:
        """Whether words of this respondent (null: of somebody unknown) may stand in the file."""
        consent = person.consent if person else Consent()
        answers = [may_quote(consent, self._today, gated)]
        if self._outside:
            answers.append(may_transfer(consent, self._today, gated))
        return strictest(answers)

    def transcript(self, transcript_id: str) -> Answer:
        """Whether all words of a transcript may stand in the file: as the strictest consent says."""
        if transcript_id not in self._whole:
            here = self._there.get(transcript_id)
            self._whole[transcript_id] = strictest(self._voices(here)) if here else YES
        return self._whole[transcript_id]

    def _voices(self, here: Speaking) -> Iterable[Answer]:
        found = [self.person(self.people.get(key), gated=here.gated) for key in here.people]
        if here.unnamed:
            found.append(self.person(None, gated=here.gated))
        return found or [YES if here.nobody else self.person(None, gated=here.gated)]

    def span(self, transcript_id: str, version_id: str, start: int, end: int) -> bool:
        """Whether the words of `[start, end)` may stand in the file: of whoever speaks there, the strictest counts.

        In an interview in which nobody may be quoted, what the interviewer says stays too.
        """
        if self.transcript(transcript_id).allowed is not False:
            return True
        if all(each.allowed is False for each in self._voices(self._there[transcript_id])):
            return False
        turns = self._turns_of(version_id)
        labelled = any(turn.speaker is not None for turn in turns)
        gated = self._there[transcript_id].gated
        first = max(0, bisect_right(turns, start, key=lambda turn: turn.start) - 1)
        for turn in turns[first : bisect_left(turns, end, key=lambda turn: turn.start)]:
            speaker = self._speakers.get((transcript_id, turn.speaker or ""))
            if not labelled and speaker is None:
                return False
            if speaker is None or speaker.role is Role.INTERVIEWER:
                continue
            known = self.people.get(speaker.respondent_id or "")
            if (known or speaker.role is Role.RESPONDENT) and self.person(known, gated=gated).allowed is False:
                return False
        return True

    def _turns_of(self, version_id: str) -> list[Turn]:
        if version_id not in self._turns:
            self._turns[version_id] = queries.turns(self._connection, version_id)
        return self._turns[version_id]

    def segment(self, segment: CodedSegment) -> CodedSegment:
        """A segment as it may stand in the file: without its words and what was noted on them, without a label that
        attributes too finely."""
        coding = segment.coding
        if not self.span(segment.transcript_id, coding.version_id, coding.start, coding.end):
            segment = replace(segment, text="", memo="", translated=())
        person = self.people.get(segment.respondent_id or "")
        if person is not None and may_attribute(person.consent, "name") is False:
            segment = replace(segment, speaker=None)
        return segment

    def memo(self, memo: MemoRow) -> MemoRow:
        """A memo as it may stand in the file: it tells of the words that it is on, and goes where they may not."""
        if memo.transcript_id is None or memo.transcript_id not in self._there:
            return memo
        if memo.span is not None:
            free = self.span(memo.transcript_id, *memo.span)
        else:
            free = self.transcript(memo.transcript_id).allowed is not False
        return memo if free else replace(memo, quote="", text="")

    def matrix(self, matrix: FrameworkMatrix, dataset: Dataset) -> FrameworkMatrix:
        """A framework matrix as it may stand in the file: without summaries that tell of words which may not."""
        spans = {each.coding.id: each for each in dataset.segments}
        cells = {
            key: each
            if each.summary is None or not each.text or self._may_sum_up(each.case, each.summary, spans)
            else replace(each, summary=None, empty=Empty.NOT_AGREED, gone=0, unlinked=0)
            for key, each in matrix.cells.items()
        }
        apart = [each for each in matrix.apart if self._may_sum_up(None, each, spans)]
        return replace(matrix, cells=cells, apart=tuple(apart))

    def _may_sum_up(self, case: Case | None, summary: Summary, segments: Mapping[str, CodedSegment]) -> bool:
        """Of a person as their consent says; else as those of all on whose words it rests, or of all who speak where
        it rests on none, or on codings that are not in the layer."""
        if case is not None and case.kind is CaseKind.RESPONDENT and case.id in self.people:
            return not self._held_back(self.people[case.id])
        on = [segments[each] for each in summary.segments if each in segments]
        if summary.segments and len(on) == len(summary.segments) and not (case and case.kind is CaseKind.TRANSCRIPT):
            return all(
                self.span(each.transcript_id, each.coding.version_id, each.coding.start, each.coding.end) for each in on
            )
        return all(self.transcript(each).allowed is not False for each in (case.transcripts if case else ()))

    def dataset(self, dataset: Dataset) -> Dataset:
        """A layer as it may be exported: every number stays, words and attributions that may not leave are gone."""
        heard = {key for people in dataset.respondents_of.values() for key in people}
        held_back = {
            person.name: person.consent.embargo if under_embargo(person.consent, self._today) else ""
            for person in self.people.values()
            if person.id in heard and self._held_back(person)
        }
        return replace(
            dataset,
            segments=[self.segment(each) for each in dataset.segments],
            memos=[self.memo(each) for each in dataset.memos],
            respondents={key: _told(each) for key, each in dataset.respondents.items()},
            unnamed_organisation=frozenset(
                each.id for each in self.people.values() if may_attribute(each.consent, "organisation") is False
            ),
            held_back=held_back,
        )

    def _held_back(self, person: Respondent) -> bool:
        gated = any(person.id in each.people and each.gated for each in self._there.values())
        return self.person(person, gated=gated).allowed is False

    def labels(self, transcript_id: str) -> dict[str, str]:
        """Label → pseudonym, of whoever is not to be called as the text does: no attribution by name is agreed to."""
        return {
            speaker.label: person.name
            for (transcript, _label), speaker in self._speakers.items()
            if transcript == transcript_id
            and (person := self.people.get(speaker.respondent_id or "")) is not None
            and may_attribute(person.consent, "name") is False
        }

    def check_transcript(self, transcript_id: str) -> None:
        """Raise InputRefused, with every person and reason, unless the whole text may stand in a file."""
        if self.transcript(transcript_id).allowed is not False:
            return
        here = self._there[transcript_id]
        problems = [
            Problem(answer.why, visible(self.people[key].name), "consent")
            for key in here.people
            if key in self.people and (answer := self.person(self.people[key], gated=here.gated)).allowed is False
        ]
        unknown = self.person(None, gated=here.gated)
        problems += [Problem(unknown.why, visible(label), "consent") for label in here.unnamed if not unknown.allowed]
        raise InputRefused(
            _("{name} is not written: the consent does not allow it. See: hsreview consent").format(
                name=visible(here.name)
            ),
            problems or [Problem(unknown.why, visible(here.name), "consent")],
        )


def _told(person: Respondent) -> Respondent:
    """Somebody as a file may tell of them: without what they are, unless they agreed to be called so."""
    if may_attribute(person.consent, "role") is not False:
        return person
    return replace(
        person, attributes={name: value for name, value in person.attributes.items() if fold(name) not in _ROLES}
    )


def check_words(project: Project, transcript_id: str, version_id: str, start: int, end: int) -> None:
    """Raise InputRefused unless the words of `[start, end)` may be copied out of the program as a quote."""
    leaving = Leaving(project)
    if not leaving.span(transcript_id, version_id, start, end):
        raise InputRefused(
            _("These words are not copied: {why}. See: hsreview consent").format(
                why=leaving.transcript(transcript_id).why
            )
        )


def publishable(dataset: Dataset) -> Dataset:
    """A layer without those who may not be published today: neither their words nor any number rests on them.

    In a transcript that is gated nobody is counted of whom nothing is recorded, nor who answers and is not known.
    """
    today = now()
    gated = {key for transcript in dataset.gated for key in dataset.respondents_of.get(transcript, ())}
    left_out = {
        key
        for key, each in dataset.respondents.items()
        if may_publish(each.consent, today, key in gated).allowed is False
    }
    unknown = frozenset(key for key in dataset.gated if dataset.nameless.get(key))
    if not left_out and not unknown:
        return dataset
    silent = {key for key, people in dataset.respondents_of.items() if people and left_out.issuperset(people)}
    silent |= {key for key in unknown if left_out.issuperset(dataset.respondents_of.get(key, ()))}
    return replace(
        dataset,
        respondents={key: each for key, each in dataset.respondents.items() if key not in left_out},
        respondents_of={
            transcript: tuple(key for key in people if key not in left_out)
            for transcript, people in dataset.respondents_of.items()
        },
        segments=[
            each
            for each in dataset.segments
            if each.respondent_id not in left_out
            and each.transcript_id not in silent
            and not (each.respondent_id is None and each.role == Role.RESPONDENT and each.transcript_id in unknown)
        ],
        transcripts=[each for each in dataset.transcripts if each.id not in silent],
        reviewed=dataset.reviewed - silent,
    )
