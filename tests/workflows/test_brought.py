"""What a merge brings: counted coder by coder, and told to whoever may know."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.exchange import Work
from hsreview.model.review import Outcome
from hsreview.project.merging import merge, plan
from hsreview.workflows.adjudicating import decide
from hsreview.workflows.assigning import assign
from hsreview.workflows.brought import brought, lines_of, reopened
from hsreview.workflows.coding import remove_coding
from tests.project.teams import copied, package
from tests.review.team import Team


def test_settled_differences_that_would_open_again_are_counted_before_the_merge(tmp_path: Path) -> None:
    team = Team(tmp_path / "p")
    team.code(team.binta, 54, 94, "D1")
    [coding] = team.code(team.chaka, 54, 94, "D2")
    team.code(team.chaka, 170, 190, "K4")
    team.reviewed()
    for difference in team.state().differences:
        decide(team.project, team.awa, difference, Outcome.BOTH, because="both hold")
    there = copied(team.project, tmp_path / "there")
    remove_coding(there, team.chaka, coding)
    given = [("p", package(there, mine=team.chaka.id))]
    there.close()
    looked = plan(team.project, given, reopened)
    assert looked.reopened == 1 and not reopened(team.project), "looking changes nothing"
    assert looked.works == {team.chaka.id: Work(removed=1)}
    assert "Of settled differences, 1 opens again." in lines_of(team.project, looked, team.awa)
    assert merge(team.project, given, reopened) == looked and len(reopened(team.project)) == 1
    assert merge(team.project, given, reopened).reopened == 0


def test_who_codes_blind_is_not_told_what_others_did(tmp_path: Path) -> None:
    team = Team(tmp_path / "p")
    assign(team.project, team.awa, [team.text.transcript], [team.binta, team.chaka])
    there = copied(team.project, tmp_path / "there")
    here, team.project = team.project, there
    team.code(team.chaka, 54, 94, "D1")
    merged = plan(here, [("p", package(there, mine=team.chaka.id))], reopened)
    there.close()
    assert [each.work for each in brought(here, merged, team.binta)] == [None]
    assert [each.work for each in brought(here, merged, team.chaka)] == [Work(transcripts=1, codings=1)]
    assert lines_of(here, merged, team.binta) == ["Chaka: 1 new record"]
    assert lines_of(here, merged, team.awa) == ["Chaka: 1 new record, 1 coding, in 1 transcript"]
