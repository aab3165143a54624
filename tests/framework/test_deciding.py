"""What a vote decides, case by case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.deciding import decide, needed
from hsreview.model.validation import Absent, Outcome, Rule, Side, Tally

CSO, OFFICIAL = Side.CSO, Side.OFFICIAL
YES, AGAIN, NO = Outcome.ACCEPTED, Outcome.AGAIN, Outcome.REJECTED


@pytest.mark.parametrize(
    ("tallies", "round_", "outcome", "short"),
    [
        # Seven of ten reach 70 per cent; six do not.
        ([(CSO, Tally(agree=4, reject=1)), (OFFICIAL, Tally(agree=3, reject=2))], 1, YES, ()),
        ([(CSO, Tally(4, reject=1)), (OFFICIAL, Tally(2, amend=2, reject=1))], 1, AGAIN, ("overall", OFFICIAL)),
        # A majority of one side does not silence the other, whichever it is.
        ([(CSO, Tally(agree=20)), (OFFICIAL, Tally(agree=1, reject=2))], 1, AGAIN, (OFFICIAL,)),
        ([(CSO, Tally(agree=1, reject=2)), (OFFICIAL, Tally(agree=20))], 2, NO, (CSO,)),
        # Half of a side is enough: a tie of agree and reject within it.
        ([(CSO, Tally(agree=9)), (OFFICIAL, Tally(agree=2, reject=2))], 1, YES, ()),
        # Several tables of one side are one side.
        ([(CSO, Tally(agree=5)), (OFFICIAL, Tally(reject=1)), (OFFICIAL, Tally(agree=3))], 1, YES, ()),
        # In the last round there is no “again”.
        ([(CSO, Tally(agree=1, amend=4)), (OFFICIAL, Tally(agree=1))], 2, NO, ("overall", CSO)),
        # Abstentions are not votes cast; “not understood” is one that does not agree.
        ([(CSO, Tally(agree=3, abstain=9)), (OFFICIAL, Tally(agree=1))], 1, YES, ()),
        ([(CSO, Tally(agree=3, not_understood=9)), (OFFICIAL, Tally(agree=1))], 1, AGAIN, ("overall", CSO)),
        # Only abstentions: nobody cast a vote, and nothing is accepted.
        ([(CSO, Tally(abstain=3)), (OFFICIAL, Tally(abstain=1))], 1, AGAIN, ("overall",)),
        # A side without a table does not decide.
        ([(CSO, Tally(agree=3))], 1, YES, ()),
        # A table of neither side counts in the whole alone.
        ([(CSO, Tally(agree=3)), (OFFICIAL, Tally(agree=3)), (Side.OTHER, Tally(reject=4))], 1, AGAIN, ("overall",)),
        # Nobody has voted.
        ([], 1, None, ("overall",)),
        ([(CSO, Tally()), (OFFICIAL, Tally())], 2, None, ("overall",)),
    ],
)  # fmt: skip
def test_the_rule_on_tallies(
    tallies: list[tuple[Side, Tally]], round_: int, outcome: Outcome | None, short: tuple[str, ...]
) -> None:
    found = decide(Rule(), tallies, round_)
    assert (found.outcome, found.short) == (outcome, short)


@pytest.mark.parametrize(
    ("rule", "tallies", "round_", "outcome"),
    [
        # A tie reaches one half, and nothing above it.
        (Rule(overall=50), [(CSO, Tally(agree=3, reject=3)), (OFFICIAL, Tally(agree=1, reject=1))], 1, YES),
        (Rule(overall=51), [(CSO, Tally(agree=3, reject=3)), (OFFICIAL, Tally(agree=1, reject=1))], 1, AGAIN),
        (Rule(each_side=51), [(CSO, Tally(agree=9)), (OFFICIAL, Tally(agree=2, reject=2))], 1, AGAIN),
        # One vote decides: 7 of 10 reach 70 per cent, 69 of 99 do not.
        (Rule(), [(CSO, Tally(agree=69, reject=30))], 1, AGAIN),
        (Rule(), [(CSO, Tally(agree=70, reject=29))], 1, YES),
        # All must agree, or nobody need.
        (Rule(overall=100, each_side=100), [(CSO, Tally(agree=9)), (OFFICIAL, Tally(agree=3, amend=1))], 1, AGAIN),
        (Rule(overall=0, each_side=0), [(CSO, Tally(reject=9)), (OFFICIAL, Tally(reject=3))], 1, YES),
        # A side that only abstains is one that is absent.
        (Rule(), [(CSO, Tally(agree=9)), (OFFICIAL, Tally(abstain=4))], 1, YES),
        (Rule(absent=Absent.BLOCK), [(CSO, Tally(agree=9)), (OFFICIAL, Tally(abstain=4))], 1, AGAIN),
        (Rule(abstentions_count=True), [(CSO, Tally(agree=9)), (OFFICIAL, Tally(abstain=4))], 1, AGAIN),
        # Nobody of either side: a table of neither side decides alone.
        (Rule(), [(Side.OTHER, Tally(agree=5))], 1, YES),
        (Rule(absent=Absent.BLOCK), [(Side.OTHER, Tally(agree=5))], 1, AGAIN),
        # The last round of one, two or three rounds rejects.
        (Rule(rounds=1), [(CSO, Tally(reject=5))], 1, NO),
        (Rule(rounds=3), [(CSO, Tally(reject=5))], 2, AGAIN),
        (Rule(rounds=3), [(CSO, Tally(reject=5))], 3, NO),
    ],
)  # fmt: skip
def test_ties_empty_sides_and_revotes(
    rule: Rule, tallies: list[tuple[Side, Tally]], round_: int, outcome: Outcome
) -> None:
    assert decide(rule, tallies, round_).outcome is outcome


def test_words_that_were_taken_are_voted_on_unless_nobody_can() -> None:
    agreed, against = [(CSO, Tally(agree=9))], [(CSO, Tally(reject=9))]
    assert decide(Rule(), agreed, amended=True).outcome is AGAIN
    assert decide(Rule(), agreed, 2, amended=True).outcome is YES
    assert decide(Rule(), against, 2, amended=True).outcome is NO
    assert decide(Rule(), [], amended=True).outcome is None


@given(st.integers(1, 300), st.integers(0, 100), st.integers(0, 300))
def test_what_is_needed_is_the_least_that_reaches_the_share(cast: int, per_cent: int, agree: int) -> None:
    tally = Tally(agree=min(agree, cast), reject=cast - min(agree, cast))
    reached = decide(Rule(overall=per_cent, each_side=0), [(Side.OTHER, tally)]).outcome is YES
    assert reached == (tally.agree >= needed(cast, per_cent))


def test_a_side_that_stays_away_may_block() -> None:
    tallies = [(CSO, Tally(agree=9))]
    assert decide(Rule(), tallies).missing == (OFFICIAL,)
    assert decide(Rule(absent=Absent.BLOCK), tallies).outcome is AGAIN
    assert decide(Rule(absent=Absent.BLOCK), tallies).short == (OFFICIAL,)


def test_what_counts_as_cast_is_a_setting() -> None:
    tallies = [(CSO, Tally(agree=7, abstain=3)), (OFFICIAL, Tally(agree=7, not_understood=3))]
    assert decide(Rule(not_understood_count=False), tallies).cast == 14
    assert decide(Rule(), tallies).cast == 17
    assert decide(Rule(abstentions_count=True), tallies).cast == 20
    assert decide(Rule(abstentions_count=True), tallies).outcome is YES
    assert decide(Rule(abstentions_count=True, overall=71), tallies).outcome is AGAIN


_TALLIES = st.builds(Tally, *[st.integers(0, 12)] * 5)


@given(st.lists(st.tuples(st.sampled_from(list(Side)), _TALLIES), max_size=6), st.integers(1, 2))
def test_the_order_of_tables_does_not_matter_and_one_more_agreement_never_harms(
    tallies: list[tuple[Side, Tally]], round_: int
) -> None:
    found = decide(Rule(), tallies, round_)
    assert decide(Rule(), tallies[::-1], round_) == found
    if found.outcome is YES:
        side, tally = tallies[0]
        assert decide(Rule(), [(side, tally + Tally(agree=1)), *tallies[1:]], round_).outcome is YES
