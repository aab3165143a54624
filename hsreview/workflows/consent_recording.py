"""Recording consent: of respondents, of everybody in a transcript, from a table of respondents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.naming import NameClass
from hsreview.model.people import Coder, Consent, ConsentStatus, Respondent
from hsreview.model.text import Role
from hsreview.model.transcript import Transcript
from hsreview.privacy import roles
from hsreview.privacy.replacing import Replacer, Rule
from hsreview.privacy.roles import Duty
from hsreview.project import queries
from hsreview.project.consents import pseudonyms_given, speaking
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.people import numbered, person_key

REFUSED = (ConsentStatus.NONE, ConsentStatus.WITHDRAWN)
"""A consent that was not given, or taken back."""


_FIELDS = {
    "status": N_("consent"), "scope": N_("scope"), "attribution": N_("attribution"), "date": N_("date of the consent"),
    "language": N_("language of the consent"), "embargo": N_("embargo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConsentWish:
    """What is to be recorded; what is null stays as it is."""

    status: ConsentStatus | None = None
    scope: tuple[str, ...] | None = None
    attribution: str | None = None
    date: str | None = None
    language: str | None = None
    embargo: str | None = None

    @property
    def said(self) -> dict[str, Any]:
        """The fields that are named, with their values."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if value is not None}

    def check(self) -> None:
        """Raise UsageProblem when a day is no day."""
        for day in (self.date, self.embargo):
            try:
                if day and date.fromisoformat(day).isoformat() != day:
                    raise ValueError
            except ValueError:
                raise UsageProblem(
                    _("“{word}” is no date: write 2026-03-14.").format(word=visible(day or ""))
                ) from None


def find_respondent(project: Project, wish: str) -> Respondent:
    """The respondent with that id or pseudonym. Raises InputRefused with those there are."""
    everybody = queries.respondents(project.connection)
    found = [each for each in everybody if wish == each.id or person_key(wish) == person_key(each.name)]
    if not found:
        raise InputRefused(
            _("There is no respondent called {name}. Respondents: {names}").format(
                name=visible(wish), names=", ".join(visible(each.name) for each in everybody) or "–"
            )
        )
    return found[0]


def set_consent(
    project: Project, coder: Coder, respondents: Iterable[Respondent], wish: ConsentWish, *,
    transcripts: Iterable[Transcript] = (), because: str = "",
) -> list[Respondent]:  # fmt: skip
    """Record the consent of these respondents and of everybody who speaks in `transcripts`, as one act.

    A label of a transcript that speaks with nobody known behind it gets a respondent, who is called as
    `proposed_pseudonym` says, else as the transcript. Returns the people as they are then. Raises UsageProblem for a
    value that there is not, a role that may not record this, and when what was recorded changes without a reason;
    InputRefused when nobody is meant.
    """
    if not wish.said:
        raise UsageProblem(_("Nothing to change: name at least one of the options."))
    wish.check()
    with project.act(coder.id) as act:
        people = {each.id: each for each in respondents}
        for transcript in transcripts:
            for each in _speaking_in(project, act, transcript):
                people.setdefault(each.id, each)
        if not people:
            raise InputRefused(_("Nobody is meant: name a respondent or a transcript."))
        stored = [replace(each, consent=_changed(each.consent, wish, because)) for each in people.values()]
        _check_roles(project, coder, list(people.values()), stored)
        _check_reason(list(people.values()), wish, because)
        for each in stored:
            _put(act, each)
    return stored


def _put(act: Act, person: Respondent) -> None:
    act.put("respondent", person.id, consent=person.consent.to_json())


def _changed(old: Consent, wish: ConsentWish, because: str) -> Consent:
    new = replace(old, **wish.said)
    return replace(new, because=because.strip()) if new != old else old


def differing(consent: Consent, wish: ConsentWish) -> list[str]:
    """The fields that are recorded and would become something else: for that a reason is needed."""
    unrecorded = ("", (), ConsentStatus.NOT_RECORDED)
    return [name for name, value in wish.said.items() if getattr(consent, name) not in (*unrecorded, value)]


def read_scope(words: str) -> tuple[str, ...]:
    """A scope as it is typed, in English or French, with commas between. Raises UsageProblem for an unknown word."""
    from hsreview.intake.respondent_words import SCOPE, meaning, words_told

    found = []
    for word in filter(None, (part.strip() for part in words.split(","))):
        scope = meaning(word, SCOPE)
        if scope is None:
            raise UsageProblem(
                _("“{word}” is no scope of a consent. Write: {known}").format(
                    word=visible(word), known=words_told(SCOPE)
                )
            )
        found.append(scope)
    return tuple(dict.fromkeys(found))


def _check_roles(project: Project, coder: Coder, before: Sequence[Respondent], after: Sequence[Respondent]) -> None:
    """Who takes part in coding may record what was said; that a refusal is none any more, only who answers for it."""
    team = queries.coders(project.connection)
    roles.check(Duty.CONSENT, coder, team)
    given_back = any(
        old.consent.status in REFUSED and new.consent.status not in REFUSED
        for old, new in zip(before, after, strict=True)
    )
    if given_back:
        roles.check(Duty.CONSENT_BACK, coder, team)


def _check_reason(people: Sequence[Respondent], wish: ConsentWish, because: str) -> None:
    """What is recorded for the first time needs no reason."""
    if because.strip():
        return
    problems = [
        Problem(
            _("is recorded already: {fields}").format(fields=", ".join(_(_FIELDS[each]) for each in other)),
            visible(person.name),
            "recorded",
        )
        for person in people
        if (other := differing(person.consent, wish))
    ]
    if problems:
        raise UsageProblem(_("Say why it changes: --because. Nothing was stored."), problems)


def _speaking_in(project: Project, act: Act, transcript: Transcript) -> list[Respondent]:
    """Everybody who speaks in a transcript; who is not known yet joins the project under a pseudonym."""
    connection = project.connection
    [here] = speaking(connection, [transcript.id])
    known = {each.id: each for each in queries.respondents(connection)}
    found = [known[key] for key in here.people if key in known]
    if not found and not here.unnamed:
        new = _joined(project, act, transcript)
        act.put(
            "speaker", new_id(), transcript_id=transcript.id, label="", role=str(Role.RESPONDENT), respondent_id=new.id
        )
        return [new]
    labels = {each.label: each.id for each in queries.speakers(connection, transcript.id)}
    for label in here.unnamed:
        new = _joined(project, act, transcript, label)
        act.put("speaker", labels[label], respondent_id=new.id)
        found.append(new)
    return found


def proposed_pseudonym(project: Project, transcript_id: str, label: str) -> str:
    """As what a speaker is called in the text, where a name in the label was replaced; empty where none was, or two.

    Where somebody in the project is called so it has a number: nobody said that they are one person.
    """
    given = pseudonyms_given(project.connection, transcript_id)
    hits = Replacer(Rule((each,), NameClass.PERSON, each) for each in given).hits(label)
    names = {hit.rule.replacement for hit in hits}
    return _free(project, names.pop()) if len(names) == 1 else ""


def _free(project: Project, name: str) -> str:
    taken = {person_key(each.name) for each in queries.respondents(project.connection)}
    return next(each for each in numbered(name) if person_key(each) not in taken)


def _joined(project: Project, act: Act, transcript: Transcript, label: str = "") -> Respondent:
    """A new respondent behind a label: called as the pseudonym in it, else as the transcript."""
    name = proposed_pseudonym(project, transcript.id, label) or _free(project, transcript.name)
    person = Respondent(new_id(), name, transcript.group)
    act.put("respondent", person.id, name=name, grp=transcript.group, organisation_id=None, consent={}, attributes={})
    return person


@dataclass(frozen=True, slots=True)
class ConsentsRead:
    """What a table of respondents added."""

    changed: tuple[str, ...]
    """Ids of those of whom something was recorded."""
    unknown: tuple[str, ...]
    """Pseudonyms of the table that the project does not know."""
    remarks: tuple[str, ...]


def read_consents(project: Project, coder: Coder, path: Path) -> ConsentsRead:
    """Record what a table of respondents says of consent, of people who are known: gaps are filled, a withdrawal
    counts, and what contradicts the project is told and left.

    Raises InputRefused, with every bad cell, when the table cannot be read.
    """
    from hsreview.intake.respondents import read_respondents
    from hsreview.workflows.respondent_rows import joined_consent

    rows = read_respondents(path)
    remarks: list[str] = []
    changed: dict[str, None] = {}
    unknown: dict[str, None] = {}
    with project.act(coder.id) as act:
        roles.check(Duty.CONSENT, coder, queries.coders(project.connection))
        people = {person_key(each.name): each for each in queries.respondents(project.connection)}
        for row in rows:
            person = people.get(person_key(row.respondent))
            if person is None:
                unknown.update({row.respondent: None} if row.respondent else {})
                continue
            new = replace(person, consent=joined_consent(person, row.consent, remarks.append))
            if new != person:
                people[person_key(row.respondent)] = new
                changed[person.id] = None
                _put(act, new)
    return ConsentsRead(tuple(changed), tuple(unknown), tuple(remarks))
