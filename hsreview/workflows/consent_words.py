"""Consent in words: of a respondent what was recorded, what it allows, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.messages import _, labelled
from hsreview.base.terminal import visible
from hsreview.intake.respondent_words import ATTRIBUTION, CONSENT, SCOPE, word_for
from hsreview.privacy.consent import Answer
from hsreview.project import queries
from hsreview.project.consents import recorded
from hsreview.project.project import Project
from hsreview.workflows.consents import PersonConsent


def status_word(status: str) -> str:
    """A status in the user's language."""
    return word_for(status, CONSENT)


def scope_word(scope: str) -> str:
    """A part of the scope in the user's language; one that is not known as it is stored."""
    return word_for(scope, SCOPE) if scope in SCOPE else scope


def attribution_word(level: str) -> str:
    """A level of attribution in the user's language; empty when there is none."""
    return word_for(level, ATTRIBUTION) if level in ATTRIBUTION else level


def answer_word(answer: Answer) -> str:
    """What a gate says: `yes`, or `no` or `?` with the reason."""
    if answer.allowed:
        return _("yes")
    return f"{_('no') if answer.allowed is False else '?'} ({answer.why})"


@dataclass(frozen=True, slots=True)
class Record:
    """That somebody recorded something of a consent."""

    at: str
    coder: str
    said: Mapping[str, str | list[str]]


def records(project: Project, respondent_id: str) -> list[Record]:
    """Who recorded what of a consent, oldest first; what was erased is left out."""
    names = {each.id: each.name for each in queries.coders(project.connection)}
    return [Record(at, names.get(coder, "?"), said) for at, coder, said in recorded(project.connection, respondent_id)]


def told(found: PersonConsent, past: Sequence[Record]) -> Iterator[str]:
    """The lines that tell of one respondent."""
    consent = found.respondent.consent
    rows = (
        (_("respondent"), found.respondent.name),
        (_("transcripts"), ", ".join(found.heard)),
        (_("consent"), status_word(consent.status)),
        (_("scope of the consent"), ", ".join(scope_word(part) for part in consent.scope)),
        (_("attribution"), attribution_word(consent.attribution)),
        (_("date of the consent"), consent.date),
        (_("language of the consent"), consent.language),
        (_("embargo"), consent.embargo),
        (_("reason"), consent.because),
        (_("codable"), answer_word(found.coding)),
        (_("quotable"), answer_word(found.quotes)),
    )
    for name, value in rows:
        yield labelled(name, visible(value) or "–")
    for each in past:
        status = each.said.get("status")
        what = status_word(status) if isinstance(status, str) else _("details of the consent")
        yield labelled(f"{each.at[:16].replace('T', ' ')} UTC", f"{visible(each.coder)}, {what}")
