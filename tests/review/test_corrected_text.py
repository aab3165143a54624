"""What a corrected text does to marks, decisions and adoptions: nothing vanishes, and what it touched says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.review import Entry, Outcome
from hsreview.project import passes, queries
from hsreview.workflows.adjudicating import adopt, changed_since_adoption, decide
from hsreview.workflows.coding import change_coding
from hsreview.workflows.reading import codings_of
from tests.builders import TEXT
from tests.cli.conftest import ok
from tests.project.teams import correct
from tests.review.team import Team

START = TEXT.index("la sécurité humaine")
BUDGET = TEXT.index("sans budget")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "p")


def test_a_decision_whose_words_are_gone_is_still_listed(team: Team) -> None:
    team.code(team.binta, BUDGET, BUDGET + 11, "D1")
    team.reviewed()
    decide(team.project, team.awa, team.only(), Outcome.BOTH, because="money matters")
    correct(team.project, team.awa, TEXT.replace("sans budget", "peu"))
    assert [each.because for each in team.state().lapsed] == ["money matters"]


def test_a_mark_stays_on_the_corrected_text_and_says_that_it_was_made_before(team: Team) -> None:
    connection = team.project.connection
    team.reviewed(team.binta)
    assert not passes.on_earlier_text(connection)
    correct(team.project, team.awa)
    mark = (team.transcript, team.binta.id, "")
    assert passes.on_earlier_text(connection) == {mark} and mark in queries.reviewed(connection)
    assert passes.finished(connection) == {mark}
    team.reviewed(team.binta)
    assert not passes.on_earlier_text(connection)


def test_progress_tells_of_marks_made_before_the_correction(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_PROJECT", str(team.project.root))
    team.reviewed(team.binta)
    correct(team.project, team.awa)
    team.reviewed(team.chaka)
    rows = ok("progress", "--json").json("progress")["progress"]
    assert [(row["coder"], row["reviewed"], row["corrected_since"]) for row in rows] == [
        ("Binta", True, True),
        ("Chaka", True, False),
    ]
    assert "reviewed; text corrected since" in ok("progress").out


def test_lost_codings_are_listed_with_their_words_and_count_nowhere_else(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_PROJECT", str(team.project.root))
    [lost] = team.code(team.binta, BUDGET, BUDGET + 11, "D1")
    [kept] = team.code(team.binta, START, START + 11, "D2")
    assert ok("codings", "list", "--lost", "--json").json("codings")["codings"] == []
    correct(team.project, team.awa, TEXT.replace("sans budget", "peu"))
    [entry] = ok("codings", "list", "--lost", "--json").json("codings")["codings"]
    assert (entry["id"], entry["text"]) == (lost, "sans budget")
    assert [c["id"] for c in ok("codings", "list", "--json").json("codings")["codings"]] == [kept]
    assert [row["codings"] for row in ok("layers", "--json").json("layers")["layers"]] == [1]


def test_an_adoption_says_that_its_codings_were_touched_by_the_correction(team: Team) -> None:
    team.code(team.binta, BUDGET, BUDGET + 11, "D1")
    team.code(team.binta, START, START + 11, "D2")
    team.reviewed(team.binta)
    [adoption] = adopt(team.project, team.awa, [team.transcript], team.binta, because="one reader")
    correct(team.project, team.awa, TEXT.replace("sans budget", "peu"))
    assert changed_since_adoption(team.project, adoption) == 1, "the lost one; the other moved with its words"
    assert team.state().entry is Entry.ADOPTED and len(team.layer()) == 1


def test_codings_changed_on_the_corrected_text_count_as_changed_since_the_adoption(team: Team) -> None:
    team.code(team.binta, START, START + 11, "D2")
    team.reviewed(team.binta)
    [adoption] = adopt(team.project, team.awa, [team.transcript], team.binta, because="one reader")
    correct(team.project, team.awa)
    assert changed_since_adoption(team.project, adoption) == 0
    [coding] = codings_of(team.project)
    change_coding(team.project, team.binta, coding.id, flags=["quote"])
    assert changed_since_adoption(team.project, adoption) == 1
