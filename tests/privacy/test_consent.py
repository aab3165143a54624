"""Every gate of a consent: status by status, scope by scope, before and after an embargo."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, combinations

import pytest

from hsreview.model.people import ATTRIBUTION_LEVELS, CONSENT_SCOPES, Consent, ConsentStatus
from hsreview.privacy.consent import (
    YES,
    Answer,
    may_archive,
    may_attribute,
    may_code,
    may_publish,
    may_quote,
    may_transfer,
    strictest,
)

DAY = "2026-06-01T10:00:00.000Z"
GIVEN = (ConsentStatus.ORAL, ConsentStatus.WRITTEN, ConsentStatus.LIMITED)
SCOPES = list(chain.from_iterable(combinations(CONSENT_SCOPES, n) for n in range(5)))
LEAVING: dict[str, Callable[[Consent], Answer]] = {
    "quotes": lambda consent: may_quote(consent, DAY, gated=True),
    "transfer": lambda consent: may_transfer(consent, DAY, gated=True),
    "archive": lambda consent: may_archive(consent, DAY),
}
PUBLISHED: Callable[[Consent], Answer] = lambda consent: may_publish(consent, DAY)  # noqa: E731


@pytest.mark.parametrize("status", ConsentStatus)
def test_each_scope_opens_its_own_gate_and_no_other(status: ConsentStatus) -> None:
    for scope in SCOPES:
        consent = Consent(status, scope)
        refused = status in (ConsentStatus.NONE, ConsentStatus.WITHDRAWN)
        for name, gate in LEAVING.items():
            answer = gate(consent)
            assert answer.allowed is (not refused and name in scope), (scope, name)
            assert bool(answer.why) is not answer.allowed
        codable = status in GIVEN and (not scope or "analysis" in scope)
        assert may_code(consent, gated=True).allowed is codable, scope


def test_what_nobody_recorded_is_unknown_in_old_transcripts_and_refused_in_new_ones() -> None:
    assert (may_code(Consent(), gated=False).allowed, may_code(Consent(), gated=True).allowed) == (None, False)
    written = Consent(ConsentStatus.WRITTEN)
    assert may_code(written, gated=True).allowed is True
    assert (may_quote(written, DAY).allowed, may_quote(written, DAY, gated=True).allowed) == (None, False)
    assert may_archive(written, DAY).allowed is False


def test_a_limited_consent_without_limits_on_record_lets_nothing_out() -> None:
    assert may_quote(Consent(ConsentStatus.LIMITED), DAY).allowed is False
    assert may_quote(Consent(ConsentStatus.LIMITED, ("analysis", "quotes")), DAY).allowed is True


def test_an_embargo_ends_on_its_day() -> None:
    everything = CONSENT_SCOPES
    before = Consent(ConsentStatus.WRITTEN, everything, embargo="2026-06-02")
    after = Consent(ConsentStatus.WRITTEN, everything, embargo="2026-06-01")
    for gate in (*LEAVING.values(), PUBLISHED):
        assert (gate(before).allowed, gate(after).allowed) == (False, True)
        assert "2026-06-02" in gate(before).why
    assert may_code(before, gated=True).allowed is True


def test_attribution_is_never_finer_than_the_level_given() -> None:
    for at, given in enumerate(ATTRIBUTION_LEVELS):
        allowed = [may_attribute(Consent(attribution=given), level) for level in ATTRIBUTION_LEVELS]
        assert allowed == [n <= at for n in range(len(ATTRIBUTION_LEVELS))]
    assert may_attribute(Consent(), "group") is None
    assert may_attribute(Consent(attribution="from a newer version"), "group") is False


def test_of_several_people_the_strictest_decides() -> None:
    no, unknown = Answer(False, "no"), Answer(None, "unknown")
    assert strictest([YES, unknown, no]) == no
    assert strictest([YES, unknown]) == unknown
    assert strictest([YES, YES]) == YES
    assert strictest([]).allowed is None
