"""Where is searched: in which transcripts, in whose turns, and in what is coded or not."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from hsreview.base.folding import fold
from hsreview.model.people import Organisation, Respondent, Speaker
from hsreview.model.text import Span
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.queries import May


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is limited to; what is empty or null does not limit it."""

    transcript_id: str | None = None
    group: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Of whoever speaks, else of their organisation, else of the transcript."""
    role: str = ""
    """Of the speaker."""
    language: str = ""
    coded: bool | None = None
    """Only matches that a coding touches, or (false) that none touches."""
    codes: Collection[str] = ()
    """Ids: only codings with one of these count."""
    coder_id: str | None = None
    """Whose codings count; null: of all coders whom the reader may see."""

    def __bool__(self) -> bool:
        """Whether it limits anything."""
        return self != Scope()


class Filter:
    """A scope, ready to be asked of each turn and each match."""

    def __init__(self, connection: sqlite3.Connection, scope: Scope, may: May | None = None) -> None:
        self._connection = connection
        self._scope = scope
        self._may = may
        self.turn = lru_cache(maxsize=None)(self._turn)
        """Whether `(transcript id, speaker id)` is in the scope."""
        self._touched = lru_cache(maxsize=None)(self._read_touched)

    @cached_property
    def _transcripts(self) -> Mapping[str, Transcript]:
        return {t.id: t for t in queries.transcripts(self._connection)}

    @cached_property
    def _speakers(self) -> Mapping[str, Speaker]:
        return {s.id: s for s in queries.speakers(self._connection)}

    @cached_property
    def _people(self) -> Mapping[str, Respondent]:
        return {r.id: r for r in queries.respondents(self._connection)}

    @cached_property
    def _organisations(self) -> Mapping[str, Organisation]:
        return {o.id: o for o in queries.organisations(self._connection)}

    def transcript(self, transcript_id: str) -> bool:
        """Whether turns of a transcript can be in the scope."""
        scope = self._scope
        if scope.transcript_id not in (None, transcript_id):
            return False
        return not scope.language or fold(self._transcripts[transcript_id].language) == fold(scope.language)

    def _turn(self, transcript_id: str, speaker_id: str | None) -> bool:
        scope = self._scope
        if not self.transcript(transcript_id):
            return False
        if not (scope.role or scope.group or scope.attributes):
            return True
        speaker = self._speakers.get(speaker_id or "")
        if scope.role and (speaker is None or str(speaker.role) != scope.role):
            return False
        if not (scope.group or scope.attributes):
            return True
        transcript = self._transcripts[transcript_id]
        person = self._people.get((speaker.respondent_id if speaker else None) or "")
        if scope.group and fold(scope.group) not in map(fold, self._groups(transcript, person)):
            return False
        return all(self._attribute(transcript, person, *pair) for pair in scope.attributes.items())

    def _groups(self, transcript: Transcript, person: Respondent | None) -> Iterable[str]:
        """The transcript's own group, else that of whoever speaks, else those of all who speak in it."""
        if transcript.group:
            return (transcript.group,)
        if person is not None and person.group:
            return (person.group,)
        heard = {s.respondent_id for s in self._speakers.values() if s.transcript_id == transcript.id}
        return {self._people[each].group for each in heard if each is not None and each in self._people}

    def _attribute(self, transcript: Transcript, person: Respondent | None, name: str, wanted: str) -> bool:
        organisation = self._organisations.get((person.organisation_id if person else None) or "")
        for thing in (person, organisation, transcript):
            values = {fold(key): value for key, value in thing.attributes.items()} if thing is not None else {}
            value = values.get(fold(name))
            if value is not None and value != "":
                return fold(str(value)) == fold(wanted)
        return False

    def marks(self, version_id: str, start: int, marks: tuple[Span, ...]) -> tuple[Span, ...]:
        """Those of the marks, offsets from `start` on, that are coded (or not), as the scope says."""
        if self._scope.coded is None:
            return marks
        starts, reach = self._touched(version_id)

        def touched(mark: Span) -> bool:
            before = bisect_left(starts, start + mark[1])
            return before > 0 and reach[before - 1] > start + mark[0]

        return tuple(mark for mark in marks if touched(mark) is self._scope.coded)

    def _read_touched(self, version_id: str) -> tuple[list[int], list[int]]:
        """Where codings of a text start, ascending, and how far those up to each of them reach."""
        scope = self._scope
        found = queries.codings(self._connection, version_id=version_id, coder_id=scope.coder_id, code_ids=scope.codes)
        if self._may is not None:
            version = queries.version(self._connection, version_id)
            where = version.transcript_id if version else None
            found = [c for c in found if self._may(where, c.coder_id, c.pass_)]
        starts, reach, furthest = [], [], 0
        for coding in found:
            furthest = max(furthest, coding.end)
            starts.append(coding.start)
            reach.append(furthest)
        return starts, reach
