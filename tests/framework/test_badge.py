"""What of the evidence may leave the team: nobody can work out whether two people stand behind a row, or nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.badge import badge
from hsreview.framework.strength import Grade, Strength

NOBODY = Strength(
    segments=0, respondents=0, organisations=0, unaffiliated=0, by_group={}, places=(), sexes=(), waves=(),
    documents=0, firsthand=0, voiced=0, unlinked=0, contradicting=0, against=0, missing=0, answered=False,
    grade=Grade.VERY_LOW,
)  # fmt: skip


def heard(cso: int, policymaker: int, grade: Grade = Grade.MODERATE, against: int = 0) -> Strength:
    return replace(
        NOBODY, respondents=cso + policymaker, by_group={"cso": cso, "policymaker": policymaker}, grade=grade,
        against=against, organisations=min(cso + policymaker, 4), places=("Kidal",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "total", "chosen", "said"),
    [
        (heard(2, 0, Grade.LOW), 16, None,
         "heard from fewer than 3 of the 16 people interviewed · strength of evidence: low"),
        (heard(3, 2), 16, None, "heard from 3 to 5 of the 16 people interviewed · strength of evidence: moderate"),
        (heard(4, 4, Grade.HIGH), 16, None,
         "heard from 6 or more of the 16 people interviewed · civil society and policymakers · "
         "strength of evidence: high"),
        (heard(7, 1, Grade.HIGH), 16, None,
         "heard from 6 or more of the 16 people interviewed · strength of evidence: moderate"),
        (heard(3, 1, against=3), 16, None,
         "heard from 3 to 5 of the 16 people interviewed · others say the opposite · strength of evidence: moderate"),
        (replace(NOBODY, documents=2), 16, Grade.HIGH,
         "heard from fewer than 3 of the 16 people interviewed · also in documents · "
         "strength of evidence as the team sees it: high"),
        (heard(1, 0), 2, None, "few people were interviewed · strength of evidence: low"),
        (heard(4, 0, against=3), 5, None, "few people were interviewed · strength of evidence: low"),
        (heard(6, 0), 6, None, "heard from 6 or more of the 6 people interviewed · strength of evidence: moderate"),
    ],
)  # fmt: skip
def test_a_badge_tells_bands_and_words(found: Strength, total: int, chosen: Grade | None, said: str) -> None:
    assert badge(found, total, chosen).en == said


def test_a_badge_is_there_in_french_with_french_blanks() -> None:
    assert badge(heard(4, 4, Grade.HIGH), 16).fr == (
        "entendu auprès d’au moins 6 des 16 personnes interrogées · société civile et décideurs · "
        "force des preuves\u00a0: forte"
    )


few = st.builds(
    replace, st.just(NOBODY), respondents=st.integers(0, 2), organisations=st.integers(0, 2),
    by_group=st.sampled_from([{}, {"cso": 1}, {"policymaker": 1}, {"cso": 1, "policymaker": 1}, {"cso": 2}]),
    grade=st.sampled_from(Grade),
    against=st.integers(0, 2), firsthand=st.integers(0, 2), places=st.sampled_from([(), ("Kidal",)]),
)  # fmt: skip


@given(few, few, st.integers(0, 60), st.none() | st.sampled_from(Grade))
def test_a_few_people_are_never_told_from_nobody(one: Strength, other: Strength, n: int, chosen: Grade | None) -> None:
    assert badge(one, n, chosen) == badge(other, n, chosen)


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(Grade), st.integers(0, 40), st.integers(0, 9))
def test_one_or_two_people_on_a_side_or_against_leave_no_trace(
    cso: int, policymaker: int, grade: Grade, against: int, more: int
) -> None:  # fmt: skip
    total = cso + policymaker + against + more
    told = badge(heard(cso, policymaker, grade, against), total)
    for words in (told.fr, told.en):
        assert "%" not in words and "Kidal" not in words
        numbers = {int(each) for each in re.findall(r"\d+", words)} - {total, 3, 5, 6}
        assert not numbers
    if policymaker < 3:
        assert "policymakers" not in told.en and "high" not in told.en
    if against < 3:
        assert told == badge(heard(cso, policymaker, grade, 0), total)
