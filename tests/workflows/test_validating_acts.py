"""Every act at a meeting is taken back by one undo, and whatever two laptops do in a meeting comes together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.framework.signing import verdicts
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.validation import Vote
from hsreview.project.project import Project
from hsreview.project.schema import STATE
from hsreview.workflows.coders import coders
from hsreview.workflows.undoing import redo, undo
from hsreview.workflows.validating import (
    AmendmentDecision,
    CommentKind,
    Meeting,
    Outcome,
    Rule,
    Side,
    Tally,
    again,
    find_ballot,
    find_meeting,
    find_table,
)
from hsreview.workflows.validation_acts import (
    add_table,
    amend,
    answer,
    cast,
    cast_all,
    change_table,
    comment,
    decide_amendment,
    give_reason,
    remove_table,
    uncast,
)
from hsreview.workflows.validation_closing import close, signed_versions
from hsreview.workflows.validation_rounds import next_round
from hsreview.workflows.validation_todo import left_to_do
from tests.builders import a_project
from tests.meetings import NAME, a_meeting
from tests.project.teams import Leads

LEFT_OUT = {"act", "change", "head"}


def stored(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the tables, without what is removed."""
    found = {}
    for table in sorted(set(STATE) - LEFT_OUT):
        columns = [row[1] for row in project.connection.execute(f"pragma table_info({table})")]
        where = "where removed = 0" if "removed" in columns else ""
        found[table] = sorted(project.connection.execute(f"select * from {table} {where}"), key=repr)
    return found


def held(project: Project, awa: Coder) -> Meeting:
    """Two rows: IN1 is accepted by all, IN2 is to be voted on again; a comment, and an amendment that was taken."""
    meeting = a_meeting(project, awa)
    for ref, tally in (("IN1", Tally(5)), ("IN2", Tally(0, 5))):
        for each in again(project, meeting).parties:
            cast(project, awa, meeting, find_ballot(meeting, ref), each, tally)
    ballot = find_ballot(meeting, "IN2")
    said = comment(project, awa, meeting, ballot, CommentKind.RISK, "Danger ?")
    answer(project, awa, meeting, said, "Noté")
    made = amend(project, awa, meeting, ballot, Localized("Autrement"))
    decide_amendment(project, awa, meeting, made, AmendmentDecision.ACCEPTED, "mieux")
    return again(project, meeting)


ACTS: dict[str, Callable[[Project, Coder, Meeting], object]] = {
    "table": lambda p, c, m: add_table(p, c, m, "C", Side.OTHER, 3, {"femmes": 2}),
    "change": lambda p, c, m: change_table(p, c, m, m.parties[0], label="Z", side=Side.OTHER, size=9, composition={}),
    "remove": lambda p, c, m: remove_table(p, c, m, find_table(m, "A"), votes=True),
    "cast": lambda p, c, m: cast(p, c, m, m.ballots[0], m.parties[0], Tally(1, 2, 3)),
    "cast all": lambda p, c, m: cast_all(p, c, m, [(b, m.parties[0], Tally(2, 1)) for b in m.ballots]),
    "uncast": lambda p, c, m: uncast(p, c, m, m.ballots[0], m.parties[0]),
    "comment": lambda p, c, m: comment(p, c, m, m.ballots[0], CommentKind.WORDING, "Long", m.parties[1]),
    "answer": lambda p, c, m: answer(p, c, m, m.comments[0], "Autre réponse"),
    "amend": lambda p, c, m: amend(p, c, m, m.ballots[0], Localized("Mieux", "Better"), m.parties[0]),
    "decide": lambda p, c, m: decide_amendment(p, c, m, m.amendments[0], AmendmentDecision.REFUSED, "non"),
    "partly": lambda p, c, m: decide_amendment(
        p, c, m, m.amendments[0], AmendmentDecision.PARTLY, "un peu", Localized("Un peu")
    ),
    "reason": lambda p, c, m: give_reason(p, c, m, m.ballots[1], "Trop cher"),
    "round": lambda p, c, m: next_round(p, c, m),
    "close": lambda p, c, m: close(p, c, m, {m.ballots[1].row_id: "Trop cher"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_taken_back_by_one_undo_and_done_again_by_one_redo(name: str, tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    with closing(project):
        meeting = held(project, awa)
        before = stored(project)
        ACTS[name](project, awa, meeting)
        after = stored(project)
        assert after != before
        assert undo(project, awa).done
        assert stored(project) == before
        assert redo(project, awa).done
        assert stored(project) == after


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"answer", "decide"}))
def test_no_act_changes_a_meeting_that_is_closed(name: str, tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    with closing(project):
        meeting = held(project, awa)
        close(project, awa, meeting, {meeting.ballots[1].row_id: "Trop cher"})
        before = stored(project)
        with pytest.raises(InputRefused, match="was closed on"):
            ACTS[name](project, awa, again(project, meeting))
        assert stored(project) == before


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meeting") / "pair"
    with closing(Leads(folder)) as pair:
        a_meeting(pair.here, pair.awa, rule=Rule(rounds=3))
        pair.exchange()
        for project in (pair.here, pair.there):
            project.connection.execute("pragma wal_checkpoint(truncate)")
    return folder


def reopened(folder: Path) -> Leads:
    """Two laptops as they were left."""
    pair = Leads.__new__(Leads)
    pair.here, pair.there = Project.open(folder / "here"), Project.open(folder / "there")
    team = {each.name: each for each in coders(pair.here)}
    pair.awa, pair.daan = team["Awa"], team["Daan"]
    return pair


_NAMES = [
    "cast",
    "comment",
    "amend",
    "decide",
    "answer",
    "round",
    "close",
    "table",
    "change",
    "remove",
    "uncast",
    "undo",
]
_STEP = st.tuples(st.booleans(), st.sampled_from(_NAMES), st.integers(0, 5), st.integers(0, 5))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.one_of(_STEP, st.none()), max_size=14))
def test_whatever_two_laptops_do_comes_together(template: Path, steps: list[tuple[bool, str, int, int] | None]) -> None:
    """None: they exchange what they have. In the end both have the same, the log is sound, and every list is read."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(template, Path(place) / "pair")
        pair = reopened(Path(place) / "pair")
        with closing(pair):
            for step in steps:
                if step is None:
                    pair.exchange()
                else:
                    here, name, a, b = step
                    do(pair.here if here else pair.there, pair.awa if here else pair.daan, name, a, b)
            pair.exchange()
            one, other = (find_meeting(project, NAME) for project in (pair.here, pair.there))
            assert one == other and left_to_do(pair.here, one) == left_to_do(pair.there, other)
            for ballot in one.ballots:
                assert one.result(ballot) == other.result(ballot)
                for tally in one.tallies.get(ballot.id, {}).values():
                    assert tally.total <= 8, "two tallies were mixed"
            told = left_to_do(pair.here, one)
            check_results(one, {each.place for each in told if each.code in UNTRUE})
            signed = signed_versions(pair.here, one)
            if len(signed) == 1 and not {"ended_otherwise", "late"} & {each.code for each in told}:
                status = {row.row.id: row.row.status for row in signed[0].rows}
                assert all(each.status in (None, status[row]) for row, each in verdicts(one).items())


UNTRUE = ("late", "ended_otherwise", "unheeded", "late_amendment")
"""What is told of results that the votes no longer bear out."""


def check_results(meeting: Meeting, told: set[str]) -> None:
    """Every result is counted again by hand; what was written down is borne out by the votes, or told not to be."""
    rule = meeting.validation.rule
    sides = {each.id: each.side for each in meeting.parties}
    for ballot in meeting.ballots:
        votes = [each for each in meeting.votes if each.ballot_id == ballot.id and each.party_id in sides]

        def enough(per_cent: int, *those: Side, votes: list[Vote] = votes) -> bool | None:
            tallies = [each.tally for each in votes if sides[each.party_id] in those]
            cast = sum(each.agree + each.amend + each.reject + each.not_understood for each in tallies)
            return sum(each.agree for each in tallies) * 100 >= per_cent * cast if cast else None

        reached = [enough(rule.overall, *Side), enough(rule.each_side, Side.CSO), enough(rule.each_side, Side.OFFICIAL)]
        passed = reached[0] is True and False not in reached[1:]
        taken = any(each.decision == "accepted" and each.ballot_id == ballot.id for each in meeting.amendments)
        found = meeting.result(ballot).outcome
        if not any(each.tally.total for each in votes):
            assert found is None
        elif passed:
            assert found is (Outcome.AGAIN if taken and ballot.round < rule.rounds else Outcome.ACCEPTED)
        else:
            assert found is (Outcome.AGAIN if ballot.round < rule.rounds else Outcome.REJECTED)
        if ballot.outcome is not None and ballot.ref not in told:
            assert (ballot.outcome in (Outcome.ACCEPTED, Outcome.AMENDED)) is (found is Outcome.ACCEPTED)


def do(project: Project, coder: Coder, name: str, a: int, b: int) -> None:
    """One act, if it can be done there."""
    now = find_meeting(project, NAME)
    ballots = now.of_round(now.round)
    if not now.parties:
        return
    ballot, party = ballots[a % len(ballots)], now.parties[b % len(now.parties)]
    try:
        match name:
            case "cast":
                cast(project, coder, now, ballot, party, Tally(a, max(0, 6 - a - b)))
            case "comment":
                comment(project, coder, now, ballot, CommentKind.RISK, f"{a}{b}", party)
            case "answer" if now.comments:
                answer(project, coder, now, now.comments[a % len(now.comments)], f"{b}")
            case "amend":
                amend(project, coder, now, ballot, Localized(f"Mots {a}{b}"))
            case "decide" if now.amendments:
                made = now.amendments[a % len(now.amendments)]
                decision = (AmendmentDecision.ACCEPTED, AmendmentDecision.REFUSED)[b % 2]
                decide_amendment(project, coder, now, made, decision, "parce que")
            case "round":
                next_round(project, coder, now, incomplete=True)
            case "table":
                add_table(project, coder, now, "CDE"[a % 3], list(Side)[b % 3], 8)
            case "change":
                change_table(project, coder, now, now.parties[a % len(now.parties)], side=list(Side)[b % 3])
            case "remove":
                remove_table(project, coder, now, now.parties[a % len(now.parties)], votes=b > 2)
            case "uncast":
                uncast(project, coder, now, ballot, party)
            case "undo":
                undo(project, coder)
            case "close":
                close(project, coder, now, {each.row_id: "non" for each in ballots}, incomplete=True)
    except (InputRefused, UsageProblem):
        pass
