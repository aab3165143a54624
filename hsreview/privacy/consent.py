"""What a consent allows. Whatever leaves the project asks here."""

from __future__ import annotations

from hsreview.model.people import Consent, ConsentStatus


def quotes_allowed(consent: Consent, on: str) -> bool | None:
    """Whether words of this person may be quoted on the ISO date `on`; null when nobody recorded it.

    No consent, a withdrawn one, one whose scope leaves quotes out and an embargo that still runs all forbid it.
    """
    if consent.status in (ConsentStatus.NONE, ConsentStatus.WITHDRAWN) or consent.embargo[:10] > on[:10]:
        return False
    if consent.scope:
        return "quotes" in consent.scope
    return None
