"""Consent: what is recorded of every respondent, what it allows in every transcript, and the gate before coding."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.ids import now
from hsreview.base.messages import _, ngettext
from hsreview.base.settings import read_json, state_dir, write_json
from hsreview.base.terminal import visible
from hsreview.model.people import Consent as Consent
from hsreview.model.people import ConsentStatus as ConsentStatus
from hsreview.model.people import Respondent
from hsreview.privacy.consent import YES, may_code, may_quote, strictest
from hsreview.privacy.consent import Answer as Answer
from hsreview.project import queries
from hsreview.project.consents import Speaking, speaking, transcripts_of_texts
from hsreview.project.project import Project

_SHOWN = 3
"""So many transcripts are named in one sentence."""


@dataclass(frozen=True, slots=True)
class PersonConsent:
    """One respondent with what the consent allows today."""

    respondent: Respondent
    transcripts: tuple[str, ...]
    """Names of those in which the person speaks."""
    heard: tuple[str, ...]
    """As `transcripts`, each with the person's labels there: `group-1 (R3)`."""
    coding: Answer
    """Where the person speaks in a transcript that is gated, as there."""
    quotes: Answer


@dataclass(frozen=True, slots=True)
class TranscriptConsent:
    """What the consents of all who speak in a transcript allow together."""

    transcript_id: str
    transcript: str
    gated: bool
    """Whether it was imported since consent is asked for."""
    people: tuple[Respondent, ...]
    unnamed: tuple[str, ...]
    """Labels that speak as respondents with nobody known behind them."""
    coding: Answer
    who: str
    """The pseudonym of whoever decides `coding`; empty when it is nobody who is known."""

    @property
    def told(self) -> str:
        """Why it may not be coded, and what to do."""
        who = "" if self.who == self.transcript else self.who  # Whoever reads this was told the transcript.
        return " ".join(filter(None, (f"{visible(who)}:" if who else "", f"{self.coding.why}.", self.remedy)))

    @property
    def remedy(self) -> str:
        """What to do where it may not be coded; empty where it may."""
        if self.coding.allowed:
            return ""
        if self.who and self.coding.allowed is False and self._recorded():
            return _("See: hsreview consent show {name}").format(name=_quoted(self.who))
        if self.who:
            return _("Record it: hsreview consent set {name} --status oral").format(name=_quoted(self.who))
        return _("Record it: hsreview consent set --transcript {name} --status oral").format(
            name=_quoted(self.transcript)
        )

    def _recorded(self) -> bool:
        return any(
            person.name == self.who and person.consent.status is not ConsentStatus.NOT_RECORDED
            for person in self.people
        )


def _quoted(name: str) -> str:
    """A name as it is typed in a shell."""
    import shlex

    return shlex.quote(visible(name))


def people_consents(project: Project, respondent_ids: Collection[str] | None = None) -> list[PersonConsent]:
    """Every respondent (or these), by pseudonym, with what the consent allows."""
    with project.snapshot():
        there = speaking(project.connection)
        everybody = queries.respondents(project.connection, respondent_ids)
    today = now()
    found = []
    for person in everybody:
        mine = [each for each in there if person.id in each.people]
        gated = any(each.gated for each in mine)
        found.append(
            PersonConsent(
                person, tuple(each.name for each in mine), tuple(_heard(person.id, mine)),
                may_code(person.consent, gated),
                may_quote(person.consent, today, gated),
            )
        )  # fmt: skip
    return found


def heard(project: Project, respondent_id: str) -> tuple[str, ...]:
    """The transcripts in which somebody speaks, each with their labels there."""
    return tuple(_heard(respondent_id, speaking(project.connection)))


def _heard(person: str, there: Iterable[Speaking]) -> Iterator[str]:
    for each in there:
        if person in each.people:
            labels = ", ".join(filter(None, each.labels[person]))
            yield f"{each.name} ({labels})" if labels else each.name


def transcript_consents(project: Project) -> list[TranscriptConsent]:
    """Every transcript, by name, with what the consents of all who speak there allow."""
    with project.snapshot():
        return _together(project.connection, None)


def transcript_consent(project: Project, transcript_id: str) -> TranscriptConsent:
    """What the consents of all who speak in one transcript allow. Raises InputRefused when it was removed."""
    with project.snapshot():
        found = _together(project.connection, [transcript_id])
    if not found:
        raise InputRefused(_("This transcript is no longer in the project."))
    return found[0]


def _together(connection: sqlite3.Connection, transcript_ids: Collection[str] | None) -> list[TranscriptConsent]:
    there = speaking(connection, transcript_ids)
    wanted = None if transcript_ids is None else {person for each in there for person in each.people}
    people = {person.id: person for person in queries.respondents(connection, wanted)}
    found = []
    for each in there:
        mine = tuple(people[key] for key in each.people if key in people)
        answers = [(may_code(person.consent, each.gated), person.name) for person in mine]
        if each.unnamed or not (mine or each.nobody):
            answers.append((may_code(Consent(), each.gated), ""))
        coding = strictest(answer for answer, _name in answers) if answers else YES
        who = next((name for answer, name in answers if answer == coding), "")
        found.append(TranscriptConsent(each.transcript_id, each.name, each.gated, mine, each.unnamed, coding, who))
    return found


def check_may_code(connection: sqlite3.Connection, version_ids: Iterable[str]) -> None:
    """Raise InputRefused, with every transcript and what to do, when one of these texts may not be coded."""
    texts = set(version_ids)
    if not texts:
        return
    problems = [
        Problem(each.told, visible(each.transcript), "consent")
        for each in _together(connection, transcripts_of_texts(connection, texts))
        if each.coding.allowed is False
    ]
    if problems:
        raise InputRefused(_("Consent comes before coding; nothing was done."), problems)


def check_may_quote(connection: sqlite3.Connection, version_id: str) -> None:
    """Raise InputRefused when words of a text may not become the name of a code, which every codebook shows."""
    today = now()
    for each in _together(connection, transcripts_of_texts(connection, [version_id])):
        answer = strictest(may_quote(person.consent, today, each.gated) for person in each.people)
        if answer.allowed is False:
            raise InputRefused(
                _(
                    "Words of {transcript} cannot be the name of a code: {why}. Give the code a name of your own."
                ).format(transcript=visible(each.transcript), why=answer.why)
            )


def waiting_for_consent(project: Project, transcript_ids: Collection[str]) -> list[str]:
    """A sentence where some of these new transcripts may not be coded for want of consent."""
    waiting = [
        each.transcript
        for each in _together(project.connection, transcript_ids)
        if each.gated and each.coding.allowed is False
    ]
    if not waiting:
        return []
    n = len(waiting)
    names = ", ".join(visible(name) for name in waiting[:_SHOWN]) + (" …" if n > _SHOWN else "")
    return [
        ngettext(
            "{n} transcript may not be coded yet, for want of consent: {names}. See: hsreview consent",
            "{n} transcripts may not be coded yet, for want of consent: {names}. See: hsreview consent",
            n,
        ).format(n=n, names=names)
    ]


def unrecorded_notice(project: Project) -> str:
    """Once on each machine: that older transcripts have no consent on record. Empty afterwards, and where all have."""
    path = state_dir() / "consents.json"
    known = read_json(path)
    if project.id in known:
        return ""
    open_ = [each.transcript for each in transcript_consents(project) if each.coding.allowed is None]
    if not open_:
        return ""
    write_json(path, known | {project.id: now()})
    n = len(open_)
    names = ", ".join(visible(name) for name in open_[:_SHOWN]) + (" …" if n > _SHOWN else "")
    return ngettext(
        "Of {n} transcript no consent is recorded: {names}. It can be coded all the same, since it was there before "
        "consent was asked for. Record what you know: hsreview consent",
        "Of {n} transcripts no consent is recorded: {names}. They can be coded all the same, since they were there "
        "before consent was asked for. Record what you know: hsreview consent",
        n,
    ).format(n=n, names=names)
