"""Deciding, adopting, reopening: what a lead does, and what the consensus says afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.model.review import DifferenceKind, Entry, Outcome, Settled, Standing
from hsreview.project import conflicts
from hsreview.project.doctor import examine
from hsreview.workflows.adjudicating import (
    accept_agreed,
    adopt,
    changed_since_adoption,
    consensus_codings,
    decide,
    find_difference,
    log_position,
    redecided,
    reopen,
    unadopt,
)
from hsreview.workflows.coding import add_codings, change_coding, mark_reviewed, remove_coding
from hsreview.workflows.reading import codings_of
from hsreview.workflows.undoing import next_undo, redo, undo
from tests.builders import code_id
from tests.project.teams import copied, correct, give
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "p")


def test_what_all_coded_enters_by_itself_and_one_open_difference_holds_it_back(team: Team) -> None:
    team.code(team.binta, 54, 94, "D1")
    team.code(team.chaka, 60, 94, "D1", flags=("quote",))
    team.code(team.chaka, 170, 190, "K4")
    assert team.state().entry is Entry.UNREAD
    team.reviewed()
    assert team.state().entry is Entry.OPEN and team.state().agreed == 1 and team.layer() == []
    assert team.only().kind is DifferenceKind.MISSED
    decide(team.project, team.awa, team.only(), Outcome.NEITHER, because="not about security")
    assert team.state().entry is Entry.ADJUDICATED
    assert team.layer() == [("D1", 60, 94)]
    assert [c.flags for c in consensus_codings(team.project)] == [("quote",)]


@pytest.mark.parametrize(
    ("outcome", "taken", "expected"),
    [
        (Outcome.TAKE, "binta", [("D1", 54, 64)]),
        (Outcome.TAKE, "chaka", [("D1", 60, 94)]),
        (Outcome.BOTH, "", [("D1", 54, 94)]),
        (Outcome.NEITHER, "", []),
    ],
)
def test_each_outcome_gives_its_codings(team: Team, outcome: Outcome, taken: str, expected: list[object]) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.code(team.chaka, 60, 94, "D1")
    team.reviewed()
    assert team.only().kind is DifferenceKind.BOUNDARY
    decide(
        team.project, team.awa, team.only(), outcome, taken=getattr(team, taken).id if taken else "", because="so"
    )  # fmt: skip
    assert team.layer() == expected


def test_other_boundaries_and_another_code_are_what_the_lead_says(team: Team) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.code(team.chaka, 170, 190, "D2")
    team.reviewed()
    first, second = team.state().differences
    decide(
        team.project, team.awa, first, Outcome.EDITED, result=[Settled(code_id("D1"), 54, 70)], because="whole clause"
    )  # fmt: skip
    decide(team.project, team.awa, second, Outcome.OTHER, result=[Settled(code_id("K4"), 170, 190)], because="K4 rule")
    assert team.layer() == [("D1", 54, 70), ("K4", 170, 190)]
    assert {c.coder_id for c in codings_of(team.project)} == {team.binta.id, team.chaka.id}, "own layers as they were"


def test_a_changed_coding_reopens_its_decision_and_shows_the_former_one(team: Team) -> None:
    (coding,) = team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    decide(team.project, team.awa, team.only(), Outcome.TAKE, taken=team.binta.id, because="clear")
    change_coding(team.project, team.binta, coding, end=70)
    reopened = team.only()
    assert reopened.standing is Standing.REOPENED and team.state().entry is Entry.OPEN
    assert reopened.decision is not None and reopened.decision.because == "clear"
    change_coding(team.project, team.binta, coding, end=64)
    assert team.only().standing is Standing.DECIDED, "what it rests on is again what was decided on"


def test_a_coding_that_joins_reopens_and_one_that_goes_leaves_nothing_to_decide(team: Team) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    decide(team.project, team.awa, team.only(), Outcome.NEITHER, because="no")
    (joined,) = team.code(team.chaka, 62, 94, "D1")
    assert team.only().standing is Standing.REOPENED
    for each in codings_of(team.project):
        remove_coding(team.project, team.binta if each.id != joined else team.chaka, each.id)
    assert team.state().entry is Entry.ADJUDICATED and team.layer() == []


def test_what_was_read_and_has_changed_is_not_decided(team: Team) -> None:
    (coding,) = team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    seen = team.only()
    change_coding(team.project, team.binta, coding, end=66)
    with pytest.raises(InputRefused, match="has changed"):
        decide(team.project, team.awa, seen, Outcome.NEITHER, because="no")
    seen = team.only()
    decide(team.project, team.chaka, seen, Outcome.NEITHER, because="no")
    with pytest.raises(InputRefused, match="has changed"):
        decide(team.project, team.awa, seen, Outcome.TAKE, taken=team.binta.id, because="yes")
    with pytest.raises(InputRefused, match="reason"):
        decide(team.project, team.awa, team.only(), Outcome.NEITHER, because=" ")


def test_decisions_are_undone_redone_and_reopened(team: Team) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    decide(team.project, team.awa, team.only(), Outcome.TAKE, taken=team.binta.id, because="clear")
    waiting = next_undo(team.project, team.awa)
    assert waiting is not None and waiting.what == "decision on turn 3 of cso-1"
    assert undo(team.project, team.awa).done and team.only().standing is Standing.OPEN
    assert redo(team.project, team.awa).done and team.layer() == [("D1", 54, 64)]
    reopen(team.project, team.chaka, find_difference(team.project, team.only().key))
    assert team.only().standing is Standing.OPEN and team.only().decision is None
    assert examine(team.project.connection) == []


def test_one_layer_is_adopted_with_a_reason_and_given_back(team: Team) -> None:
    (coding,) = team.code(team.binta, 54, 64, "D1")
    with pytest.raises(InputRefused, match="has not marked cso-1"):
        adopt(team.project, team.awa, [team.transcript], team.binta, "single reader")
    team.reviewed(team.binta)
    assert team.state().entry is Entry.SINGLE and team.layer() == []
    (adoption,) = adopt(team.project, team.awa, [team.transcript], team.binta, "single reader")
    assert team.state().entry is Entry.ADOPTED and team.layer() == [("D1", 54, 64)]
    assert changed_since_adoption(team.project, adoption) == 0
    change_coding(team.project, team.binta, coding, end=66)
    assert changed_since_adoption(team.project, adoption) == 1 and team.layer() == [("D1", 54, 66)]
    mark_reviewed(team.project, team.binta, team.transcript, reviewed=False)
    assert team.state().entry is Entry.UNREAD, "an open pass is not in the consensus"
    team.reviewed(team.binta)
    assert unadopt(team.project, team.awa, [team.transcript]) == 1 and team.state().entry is Entry.SINGLE


def test_of_contrary_adoptions_none_is_in_the_consensus_until_one_is_taken(team: Team, tmp_path: Path) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.code(team.chaka, 54, 64, "D2")
    team.reviewed()
    there = copied(team.project, tmp_path / "there")
    adopt(team.project, team.awa, [team.transcript], team.binta, "trained")
    adopt(there, team.awa, [team.transcript], team.chaka, "careful")
    give(there, team.project)
    assert team.state().entry is Entry.OPEN and team.layer() == []
    [conflict] = conflicts.conflicts(team.project.connection)
    taken = next(each.record for each in conflict.values if each.value["source_coder_id"] == team.chaka.id)
    conflicts.decide(team.project, team.awa, conflict.id, taken, "read twice")
    assert team.state().entry is Entry.ADOPTED and team.layer() == [("D2", 54, 64)]
    there.close()


def test_what_is_agreed_alone_is_accepted_in_one_act(team: Team) -> None:
    for coder in (team.binta, team.chaka):
        team.code(coder, 54, 94, "D1")
    team.code(team.binta, 170, 190, "D2")
    team.code(team.chaka, 200, 220, "K4")
    with pytest.raises(InputRefused, match="Fewer than two coders"):
        accept_agreed(team.project, team.awa, [team.transcript], "agreed")
    team.reviewed()
    (found,) = accept_agreed(team.project, team.awa, [team.transcript], "no time")
    assert found.entry is Entry.ADJUDICATED and team.layer() == [("D1", 54, 94)]
    assert undo(team.project, team.awa).done and team.state().open == 2


def test_a_second_pass_is_no_part_of_the_consensus(team: Team) -> None:
    for coder in (team.binta, team.chaka):
        team.code(coder, 54, 94, "D1")
    add_codings(team.project, team.binta, team.text.version.id, 170, 190, [code_id("D2")], pass_="second")
    mark_reviewed(team.project, team.binta, team.transcript, pass_="second")
    assert team.state().coders == ()
    team.reviewed()
    assert team.state().entry is Entry.ADJUDICATED and team.layer() == [("D1", 54, 94)]


def test_a_corrected_text_opens_its_differences_again_with_what_was_decided_before(team: Team) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    decide(team.project, team.awa, team.only(), Outcome.TAKE, taken=team.binta.id, because="clear")
    correct(team.project, team.awa)
    reopened = team.only()
    assert reopened.standing is Standing.REOPENED and reopened.version_id != team.text.version.id
    assert reopened.decision is not None and reopened.decision.because == "clear"


def test_a_decision_without_its_codings_is_told_and_has_no_effect(team: Team) -> None:
    (coding,) = team.code(team.binta, 54, 64, "D1")
    team.reviewed()
    made = decide(team.project, team.awa, team.only(), Outcome.TAKE, taken=team.binta.id, because="clear")
    assert team.state().lapsed == ()
    remove_coding(team.project, team.binta, coding)
    assert team.state().lapsed == (made,) and team.layer() == []
    assert undo(team.project, team.binta).done
    assert team.state().lapsed == () and team.layer() == [("D1", 54, 64)]


def test_after_undo_the_differences_stand_as_derived_anew_whatever_others_did_meanwhile(team: Team) -> None:
    team.code(team.binta, 54, 64, "D1")
    team.code(team.chaka, 170, 190, "K4")
    team.reviewed()
    for difference in team.state().differences:
        decide(team.project, team.awa, difference, Outcome.BOTH, because="so")
    before, seen = team.state(), log_position(team.project)
    undo(team.project, team.awa)
    assert redecided(team.project, before, seen) == team.state() != before
    team.code(team.chaka, 50, 60, "D1")
    assert redecided(team.project, before, seen) == team.state()
    assert [each.kind for each in team.state().differences] == [DifferenceKind.BOUNDARY, DifferenceKind.MISSED]
