"""A meeting held on the laptop in the room: what it comes to at home is what it would have come to there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.framework import EvidenceRole, RowKind, RowStatus, Stance
from hsreview.model.people import Coder
from hsreview.model.validation import AmendmentDecision, CommentKind, Side
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.outputs import outputs
from hsreview.project.project import Project
from hsreview.workflows.assigning import assign
from hsreview.workflows.coders import choose_coder, coders, store_coder
from hsreview.workflows.framework_rows import add_row, change_row, find_row, framework
from hsreview.workflows.framework_versions import find_version, freeze, frozen_versions
from hsreview.workflows.taking_in import merge_files
from hsreview.workflows.undoing import redo, undo
from hsreview.workflows.validating import find_ballot, find_comment, find_meeting, find_table
from hsreview.workflows.validation_acts import add_table, answer, comment
from hsreview.workflows.validation_closing import apply, signed_versions
from hsreview.workflows.validation_kit import make_kit
from tests.builders import opened as opened_text
from tests.project.teams import copied, package, tables
from tests.review.team import Team
from tests.workflows.test_validating import BAD, GOOD, MIXED, Room, opened, rows

NO, YES = AmendmentDecision.REFUSED, AmendmentDecision.ACCEPTED


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "home")
    with closing(found.project):
        rows(found.project, found.awa)
        yield found


@pytest.fixture
def kits(tmp_path: Path, team: Team) -> Iterator[Callable[[str], Room]]:
    """Kits of the meeting at home, by name; each with its rapporteur."""
    with ExitStack() as stack:

        def made(name: str) -> Room:
            root = make_kit(team.project, team.awa, tmp_path / name, find_version(team.project, "last")).root
            return room_of(stack.enter_context(Project.open(root)))

        yield made


def room_of(kit: Project) -> Room:
    chosen = choose_coder(kit)
    assert chosen is not None and chosen.coder.name == "Rapporteur"
    return Room(kit, chosen.coder, find_meeting(kit))


def home_again(home: Project, *kits: Room) -> None:
    """What was done in kits is merged."""
    for kit in kits:
        assert merge(home, [("kit", package(kit.project, mine=kit.coder.id))]).refused == ()
    assert examine(home.connection) == []


def held(room: Room) -> None:
    """A meeting of two rounds, with a comment and an amendment, and its end."""
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, IN2=BAD, R1=GOOD)
    said = comment(
        room.project, room.coder, room.now, find_ballot(room.now, "IN1"), CommentKind.RISK, "Prudence",
        find_table(room.now, "B"),
    )  # fmt: skip
    answer(room.project, room.coder, room.now, said, "Noté")
    room.decide(room.amend("IN1", "Réunions par an"), YES)
    room.next()
    room.all_vote(IN1=GOOD, IN2=BAD)
    room.close(IN2="Personne ne le comprend.")


def picture(project: Project) -> Any:
    """All that one sees of meetings, versions and rows, without ids and times."""
    found = find_meeting(project)
    refs = {each.id: (each.ref, each.round) for each in found.ballots}
    labels = {each.id: each.label for each in found.parties} | {"": ""}
    framed = framework(project)
    return (
        (found.validation.name, found.validation.place, found.validation.rule, bool(found.validation.closed)),
        [(each.label, each.side, each.size, dict(each.composition)) for each in found.parties],
        [(each.ref, each.round, each.text, each.badge, each.outcome, each.reason) for each in found.ballots],
        sorted((refs[each.ballot_id], labels[each.party_id], str(each.tally)) for each in found.votes),
        [(refs[each.ballot_id], labels[each.party_id], each.kind, each.text, each.answer) for each in found.comments],
        [(refs[each.ballot_id], each.before, each.after, each.decision, each.reason) for each in found.amendments],
        [
            (each.number, each.name, each.state, [
                (frozen.row.ref, frozen.row.status, frozen.row.data, frozen.badge, frozen.links)
                for frozen in each.rows
            ])
            for each in frozen_versions(project)
        ],
        [(each.ref, each.status, each.data) for each in framed.rows],
    )  # fmt: skip


def test_a_meeting_in_a_kit_comes_to_what_it_would_have_come_to_at_home(
    team: Team, kits: Callable[[str], Room], tmp_path: Path
) -> None:
    at_home = opened(team.project, team.awa)
    kit = kits("kit")
    with closing(copied(team.project, tmp_path / "copy")) as other:
        held(Room(other, team.awa, at_home.opened))
        held(kit)
        assert examine(kit.project.connection) == []
        home_again(team.project, kit)
        assert find_row(framework(team.project), "IN1").status is RowStatus.DRAFT, "rows follow when somebody says so"
        apply(team.project, team.awa, find_meeting(team.project))
        assert picture(team.project) == picture(other)
    before = tables(team.project)
    home_again(team.project, kit)
    assert tables(team.project) == before, "a second time brings nothing"


def test_what_the_team_did_meanwhile_stays_and_a_changed_row_is_told(team: Team, kits: Callable[[str], Room]) -> None:
    opened(team.project, team.awa)
    kit = kits("kit")
    change_row(team.project, team.awa, find_row(framework(team.project), "IN1"), {"statement_fr": "Rencontres"})
    add_row(team.project, team.awa, RowKind.INDICATOR, {"statement_fr": "Nouveau"})
    freeze(team.project, team.awa, "meanwhile")
    held(kit)
    home_again(team.project, kit)
    [signed] = signed_versions(team.project, find_meeting(team.project))
    assert [each.number for each in frozen_versions(team.project)] == ["1", "2", "2b"] and signed.number == "2b"
    with pytest.raises(InputRefused, match="changed in the project"):
        apply(team.project, team.awa, find_meeting(team.project))
    assert find_row(framework(team.project), "IN3").data["statement_fr"] == "Nouveau"


def test_two_kits_with_different_tables_are_merged_in_any_order(
    team: Team, kits: Callable[[str], Room], tmp_path: Path
) -> None:
    room = opened(team.project, team.awa)
    add_table(team.project, team.awa, room.now, "C", Side.OTHER, 5)
    one, two = kits("one"), kits("two")
    add_table(two.project, two.coder, two.now, "D", Side.CSO, 6)
    one.vote("OC1", "A", 7, 1)
    one.vote("IN1", "A", 8)
    two.vote("OC1", "B", 4)
    two.vote("OC1", "D", 6)
    with closing(copied(team.project, tmp_path / "copy")) as other:
        home_again(team.project, one, two)
        home_again(other, two, one, two)
        assert picture(team.project) == picture(other)
        assert {key: value for key, value in tables(team.project).items() if key != "change"} == {
            key: value for key, value in tables(other).items() if key != "change"
        }
    now = find_meeting(team.project)
    assert sorted((now.by_id[each.ballot_id].ref, each.tally.agree) for each in now.votes) == [
        ("IN1", 8), ("OC1", 4), ("OC1", 6), ("OC1", 7),
    ]  # fmt: skip
    assert [each.name for each in coders(team.project)].count("Rapporteur") == 1


def test_a_kit_of_an_older_version_holds_that_version_and_its_meeting_only(
    team: Team, kits: Callable[[str], Room], tmp_path: Path
) -> None:
    opened(team.project, team.awa)
    freeze(team.project, team.awa, "later")
    made = make_kit(team.project, team.awa, tmp_path / "old", find_version(team.project, "1"))
    assert made.meetings == ("Bamako",)
    with Project.open(made.root) as kit:
        assert [each.name for each in frozen_versions(kit)] == ["première"]
        room = room_of(kit)
        room.vote("OC1", "A", 8)
        home_again(team.project, room)
    assert [each.tally.agree for each in find_meeting(team.project).votes] == [8]
    made = make_kit(team.project, team.awa, tmp_path / "new", find_version(team.project, "later"))
    with Project.open(made.root) as kit:
        assert made.meetings == () and [each.name for each in frozen_versions(kit)] == ["later"]


def test_a_version_in_a_kit_has_neither_counts_nor_internal_columns_and_at_home_it_has(
    team: Team, tmp_path: Path
) -> None:
    [coding] = team.code(team.awa, 50, 80, "D1")
    row, link = {"statement_fr": "Dit", "answered": "Entre nous"}, (coding, Stance.SUPPORTS, EvidenceRole.NONE)
    add_row(team.project, team.awa, RowKind.FINDING, row, evidence=[link])
    here = freeze(team.project, team.awa)
    with Project.open(make_kit(team.project, team.awa, tmp_path / "kit", here).root) as kit:
        [there] = frozen_versions(kit)
        finding = next(each for each in there.rows if each.row.kind is RowKind.FINDING)
        assert finding.links == {} and finding.row.data == {"statement_fr": "Dit"}
        assert [each.badge for each in there.rows] == [each.badge for each in here.rows]
    assert find_version(team.project, here.id) == here
    assert sum(sum(each.links.values()) for each in here.rows) == 1


def test_in_a_kit_nobody_writes_anything_but_what_is_done_at_the_meeting(
    team: Team, kits: Callable[[str], Room], tmp_path: Path
) -> None:
    opened(team.project, team.awa)
    kit = kits("kit")
    before = tables(kit.project)
    for act in (
        lambda: add_row(kit.project, kit.coder, RowKind.OUTCOME, {"statement_fr": "Autre"}),
        lambda: store_coder(kit.project, Coder("x", "Eve")),
        lambda: make_kit(kit.project, kit.coder, tmp_path / "again", find_version(kit.project, "1")),
        lambda: merge_files(kit.project, [tmp_path / "any"], lambda _question: ""),
    ):
        with pytest.raises(InputRefused):
            act()
    with pytest.raises(UsageProblem, match="Rapporteur writes in it"):
        choose_coder(kit.project, "Awa")
    assert tables(kit.project) == before
    kit.vote("OC1", "A", 8)
    assert "votes of A on OC1" in undo(kit.project, kit.coder).what
    redo(kit.project, kit.coder)
    assert [each.tally.agree for each in kit.now.votes] == [8]


def test_a_kit_is_put_on_record_and_never_written_over_another_project(team: Team, tmp_path: Path) -> None:
    version = freeze(team.project, team.awa)
    made = make_kit(team.project, team.awa, tmp_path / "kit", version, ["Bamako"])
    [output] = outputs(team.project.connection, "kit")
    assert (output.name, output.details["version"], output.details["no_names"]) == ("project.hsreview", "1", ["Bamako"])
    assert "version 1" in undo(team.project, team.awa).what, "what was written changed nothing here"
    redo(team.project, team.awa)
    assert "Rapporteur" in [each.name for each in coders(team.project)]
    before = (made.root / "project.hsreview").read_bytes(), tables(team.project)
    with pytest.raises(InputRefused, match="already holds a project"):
        make_kit(team.project, team.awa, made.root, version)
    assert ((made.root / "project.hsreview").read_bytes(), tables(team.project)) == before


def test_whoever_codes_blind_makes_no_kit(team: Team, tmp_path: Path) -> None:
    version = freeze(team.project, team.awa)
    assign(team.project, team.awa, [opened_text(team.project).transcript], [team.binta])
    with pytest.raises(InputRefused, match="blind"):
        make_kit(team.project, team.binta, tmp_path / "kit", version)
    assert not (tmp_path / "kit").exists()


def test_answers_given_at_home_and_votes_in_the_kit_meet(team: Team, kits: Callable[[str], Room]) -> None:
    room = opened(team.project, team.awa)
    comment(team.project, team.awa, room.now, find_ballot(room.now, "OC1"), CommentKind.WORDING, "Trop long")
    kit = kits("kit")
    kit.vote("OC1", "A", 8)
    answer(team.project, team.awa, room.now, find_comment(room.now, 1), "Raccourci")
    home_again(team.project, kit)
    now = find_meeting(team.project)
    assert now.comments[0].answer == "Raccourci" and len(now.votes) == 1
