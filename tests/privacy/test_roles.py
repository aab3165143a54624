"""Who may do what: by role, where nobody has a role, and where one person works alone."""

from __future__ import annotations

import pytest

from hsreview.base.errors import UsageProblem
from hsreview.model.people import Coder, CoderRole
from hsreview.privacy.roles import RULES, Duty, check, may

LEAD = Coder("1", "Awa", CoderRole.LEAD)
CODER = Coder("2", "Daan", CoderRole.CODER)
VALIDATOR = Coder("3", "Eve", CoderRole.VALIDATOR)
ARCHIVIST = Coder("4", "Fanta", CoderRole.ARCHIVIST)
TEAM = [LEAD, CODER, VALIDATOR, ARCHIVIST]


@pytest.mark.parametrize("duty", Duty)
def test_each_act_has_its_roles_and_a_refusal_says_whom_to_ask(duty: Duty) -> None:
    for coder in TEAM:
        if coder.role in RULES[duty].roles:
            check(duty, coder, TEAM)
            continue
        with pytest.raises(UsageProblem) as refused:
            check(duty, coder, TEAM)
        asked = [each.name for each in TEAM if each.role in RULES[duty].roles]
        assert refused.value.message.endswith(", ".join(asked)) and coder.name in refused.value.message


def test_who_works_alone_may_do_everything() -> None:
    assert [duty for duty in Duty if not may(duty, LEAD, [LEAD])] == []


def test_a_lead_stands_in_for_an_archivist_only_where_there_is_none() -> None:
    assert may(Duty.DESTROY_KEY, LEAD, [LEAD, CODER])
    assert not may(Duty.DESTROY_KEY, CODER, [LEAD, CODER])
    assert not may(Duty.DESTROY_KEY, LEAD, TEAM) and may(Duty.DESTROY_KEY, ARCHIVIST, TEAM)


def test_where_nobody_leads_anyone_gives_roles() -> None:
    assert may(Duty.ROLES, CODER, [CODER, VALIDATOR])
    assert not may(Duty.ROLES, CODER, [CODER, LEAD])


def test_the_role_in_the_team_counts_not_the_one_that_is_claimed() -> None:
    with pytest.raises(UsageProblem):
        check(Duty.CODES, Coder(CODER.id, CODER.name, CoderRole.LEAD), TEAM)


def test_a_refusal_where_nobody_may_tells_how_roles_are_given() -> None:
    with pytest.raises(UsageProblem, match="hsreview coders role"):
        check(Duty.CODES, CODER, [CODER])
