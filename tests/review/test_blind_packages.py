"""What a package tells a coder who works blind, and what such a coder may hand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.model.review import Outcome
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows.adjudicating import accept_agreed, adopt, decide, unadopt
from hsreview.workflows.codebooks import decide_proposal
from hsreview.workflows.coding import add_codings, in_vivo, mark_reviewed
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.packages import Purpose, make_package
from hsreview.workflows.reading import codebook, codings_of, open_text, transcripts
from tests.builders import TEXT, code_id, staged
from tests.cli.conftest import call, ok
from tests.project.teams import package, tables
from tests.review.team import Team

WORDS = slice(48, 63)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Binta codes words of cso-1 with themselves as a label; Chaka is given cso-1 to code blind."""
    team = Team(tmp_path / "here")
    assigning.assign(team.project, team.awa, [team.text.transcript], [team.binta, team.chaka])
    yield team
    team.project.close()


def proposal(team: Team) -> str:
    code, _coding = in_vivo(team.project, team.binta, team.text.version.id, WORDS.start, WORDS.stop)
    return code.id


def for_chaka(team: Team, root: Path) -> Project:
    """What Chaka has after opening a package on another computer."""
    there = Project.create(root, project_id=team.project.id)
    merge(there, [("p", package(team.project, blind_for=team.chaka.id))])
    return there


def knows(project: Project, code: str) -> bool:
    row = project.connection.execute("select ref from code where id = ?", (code,)).fetchone()
    return bool(row and row[0])


def test_a_proposal_that_another_put_on_an_assigned_text_does_not_tell_what_they_coded(
    team: Team, tmp_path: Path
) -> None:
    code = proposal(team)
    assert team.text.text[WORDS] not in repr([c.body for c in package(team.project, blind_for=team.chaka.id).changes])
    with for_chaka(team, tmp_path / "there") as there:
        assert not knows(there, code) and codings_of(there) == [] and examine(there.connection) == []


@pytest.mark.parametrize("decision", ["refuse", "merge"])
def test_nor_does_a_proposal_that_was_decided_against(team: Team, tmp_path: Path, decision: str) -> None:
    code = proposal(team)
    into = code_id("D1") if decision == "merge" else None
    decide_proposal(team.project, team.awa, code, decision, reason="no", into=into)
    with for_chaka(team, tmp_path / "there") as there:
        assert not knows(there, code) and examine(there.connection) == []


def test_a_proposal_that_the_coder_used_goes_along(team: Team, tmp_path: Path) -> None:
    code = proposal(team)
    add_codings(team.project, team.chaka, team.text.version.id, 70, 80, [code])
    with for_chaka(team, tmp_path / "there") as there:
        assert knows(there, code) and examine(there.connection) == []
        assert [each.code_id for each in codings_of(there)] == [code]
        assert code in {place.code.id for place in codebook(there).codes()}


def test_a_draw_of_transcripts_that_others_read_does_not_name_them(team: Team, tmp_path: Path) -> None:
    other = Staged(Path("secret.txt"), staged(TEXT + "INT : Fin.\n", "secret-name"))
    assert store(team.project, team.awa, [other], ImportOptions(group="cso")).refused == []
    theirs = [each for each in transcripts(team.project) if each.name == "secret-name"]
    assigning.draw(team.project, team.awa, [team.binta], size="1", seed=1, transcripts=theirs)
    assigning.unassign(team.project, team.awa, [team.text.transcript], [team.chaka])
    mine = assigning.draw(team.project, team.awa, [team.chaka], size="1", seed=2, transcripts=[team.text.transcript])
    assert "secret-name" not in repr(package(team.project, blind_for=team.chaka.id).changes)
    with for_chaka(team, tmp_path / "there") as there:
        assert assigning.draws(there) == [mine] and examine(there.connection) == []


def test_what_was_withheld_is_filled_in_and_both_projects_are_equal(team: Team, tmp_path: Path) -> None:
    code = proposal(team)
    with for_chaka(team, tmp_path / "there") as there:
        [text] = transcripts(there)
        add_codings(there, team.chaka, open_text(there, text).version.id, 70, 80, [code_id("D1")])
        merge(team.project, [("back", package(there, mine=team.chaka.id))])
        merge(there, [("all", package(team.project))])
        assert knows(there, code) and tables(there) == tables(team.project)
        assert examine(there.connection) == examine(team.project.connection) == []


@pytest.mark.parametrize("wish", [["--all"], ["--for", "Chaka"], ["--for", "Awa"]])
def test_a_blind_coder_does_not_hand_on_what_others_coded(
    team: Team, monkeypatch: pytest.MonkeyPatch, wish: list[str]
) -> None:
    add_codings(team.project, team.chaka, team.text.version.id, 70, 80, [code_id("D1")])
    add_codings(team.project, team.awa, team.text.version.id, 70, 80, [code_id("D1")])
    monkeypatch.setenv("HSREVIEW_PROJECT", str(team.project.root))
    plain = ["--plain", "--because", "test"]
    refused = call("--coder", "Binta", "package", "make", *wish, *plain)
    assert refused.code == 3 and "--mine" in refused.err and not list(team.project.root.glob("exports/*"))
    ok("--coder", "Binta", "package", "make", "--mine", *plain)
    ok("--coder", "Awa", "package", "make", *wish, *plain)
    mark_reviewed(team.project, team.binta, team.transcript)
    ok("--coder", "Binta", "package", "make", *wish, *plain)


def test_on_a_second_computer_of_ones_own_a_blind_project_may_go_whole(team: Team, tmp_path: Path) -> None:
    add_codings(team.project, team.binta, team.text.version.id, 70, 80, [code_id("D1")])
    add_codings(team.project, team.chaka, team.text.version.id, 70, 80, [code_id("D1")])
    with for_chaka(team, tmp_path / "there") as there:
        made = make_package(there, team.chaka, Purpose.ALL, plain=True, because="my laptop")
        assert made.withheld > 0


def test_nobody_settles_what_they_still_code_blind(team: Team) -> None:
    for coder in (team.awa, team.chaka):
        add_codings(team.project, coder, team.text.version.id, 70, 80, [code_id("D1")])
    add_codings(team.project, team.chaka, team.text.version.id, 100, 110, [code_id("D2")])
    team.reviewed(team.awa, team.chaka)
    calls = (
        lambda: accept_agreed(team.project, team.binta, [team.transcript], "x"),
        lambda: adopt(team.project, team.binta, [team.transcript], team.chaka, "x"),
        lambda: unadopt(team.project, team.binta, [team.transcript]),
        lambda: decide(team.project, team.binta, team.only(), Outcome.NEITHER, because="x"),
    )
    for each in calls:
        with pytest.raises(InputRefused, match="cso-1"):
            each()
    team.reviewed(team.binta)
    assert unadopt(team.project, team.binta, [team.transcript]) == 0
