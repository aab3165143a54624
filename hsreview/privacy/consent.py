"""What a consent allows: every gate, each with its reason. Whatever is coded or leaves the project asks here.

An answer is true, false (`why` says why), or null where nobody recorded it. Where several people speak, the strictest
counts. A transcript is `gated` when it was imported since consent is asked for: what is not recorded of the people in
it is not allowed. In older ones it stays "not recorded", and the user is warned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsreview.base.messages import _
from hsreview.model.people import ATTRIBUTION_LEVELS, Consent, ConsentStatus

ANALYSIS, QUOTES, ARCHIVE, TRANSFER = "analysis", "quotes", "archive", "transfer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gate says."""

    allowed: bool | None
    """Null: nobody recorded it."""
    why: str = ""
    """Why it is not allowed, or not known to be: part of a sentence, without a name. Empty when it is allowed."""


YES = Answer(True)


def may_code(consent: Consent, gated: bool) -> Answer:
    """Whether what this person said may be coded: not without a status, nor where analysis is not in the scope.

    In a transcript that is not gated a scope without analysis tells nothing: nobody asked for that word then.
    """
    refused = _refused(consent)
    if refused is not None:
        return refused
    if consent.scope and ANALYSIS not in consent.scope:
        return Answer(False if gated else None, _("the consent does not extend to analysis"))
    if consent.status is ConsentStatus.NOT_RECORDED:
        return Answer(False if gated else None, _("no consent is recorded"))
    return YES


def may_quote(consent: Consent, on: str, gated: bool = False) -> Answer:
    """Whether words of this person may stand in a file on the ISO date `on`."""
    return _released(consent, on, QUOTES, gated, _("the consent does not allow quotes"))


def may_transfer(consent: Consent, on: str, gated: bool = False) -> Answer:
    """Whether words of this person may be given to somebody outside the team on the ISO date `on`."""
    return _released(consent, on, TRANSFER, gated, _("the consent does not allow to pass them on outside the team"))


def may_archive(consent: Consent, on: str) -> Answer:
    """Whether the interview may go into an archive on the ISO date `on`; what is not recorded may not."""
    return _released(consent, on, ARCHIVE, True, _("the consent does not extend to an archive"))


def may_publish(consent: Consent, on: str, gated: bool = False) -> Answer:
    """Whether this person may be counted in what is published on the ISO date `on`."""
    answer = may_code(consent, gated)
    if answer.allowed is False:
        return answer
    return Answer(False, _embargoed(consent)) if under_embargo(consent, on) else answer


def under_embargo(consent: Consent, on: str) -> bool:
    """Whether nothing of this person may be published yet on the ISO date `on`."""
    return consent.embargo[:10] > on[:10]


def may_attribute(consent: Consent, level: str) -> bool | None:
    """Whether an attribution as fine as `level` (of `ATTRIBUTION_LEVELS`) may stand beside words of this person."""
    if not consent.attribution:
        return None
    if consent.attribution not in ATTRIBUTION_LEVELS:
        return False
    return ATTRIBUTION_LEVELS.index(level) <= ATTRIBUTION_LEVELS.index(consent.attribution)


def strictest(answers: Iterable[Answer]) -> Answer:
    """The answer for several people together; null where nobody is known."""
    found = list(answers) or [Answer(None, _("it is not known who speaks"))]
    for wanted in (False, None):
        answer = next((each for each in found if each.allowed is wanted), None)
        if answer is not None:
            return answer
    return found[0]


def _refused(consent: Consent) -> Answer | None:
    if consent.status is ConsentStatus.NONE:
        return Answer(False, _("no consent was given"))
    if consent.status is ConsentStatus.WITHDRAWN:
        return Answer(False, _("the consent is withdrawn"))
    return None


def _embargoed(consent: Consent) -> str:
    return _("nothing may be published before {day}").format(day=consent.embargo[:10])


def _released(consent: Consent, on: str, scope: str, gated: bool, left_out: str) -> Answer:
    """Whether something leaves the project: a limited consent of which nobody recorded the limits allows nothing."""
    refused = _refused(consent)
    if refused is not None:
        return refused
    if under_embargo(consent, on):
        return Answer(False, _embargoed(consent))
    if scope in consent.scope:
        return YES
    if consent.scope:
        return Answer(False, left_out)
    unknown = _("it is not recorded what the consent extends to")
    return Answer(False if gated or consent.status is ConsentStatus.LIMITED else None, unknown)
