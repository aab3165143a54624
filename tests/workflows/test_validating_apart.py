"""What two laptops do to one meeting apart: nothing that was decided or voted is lost unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.framework.signing import verdicts
from hsreview.model.framework import RowStatus
from hsreview.model.localized import Localized
from hsreview.model.validation import CommentKind, Outcome, Side
from hsreview.workflows.framework_rows import change_row, find_row, framework
from hsreview.workflows.undoing import undo
from hsreview.workflows.validating import find_ballot, find_meeting, find_table
from hsreview.workflows.validation_acts import (
    add_table,
    answer,
    change_table,
    comment,
    give_reason,
    remove_table,
    uncast,
)
from hsreview.workflows.validation_closing import apply, signed_versions
from hsreview.workflows.validation_todo import left_to_do
from hsreview.workflows.validation_words import basis_words
from tests.project.teams import Leads
from tests.workflows.test_validating import BAD, GOOD, MIXED, NO, PARTLY, YES, Room, opened, rows

ALL = {"OC1": GOOD, "PM1": GOOD, "IN2": GOOD, "R1": GOOD}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


@pytest.fixture
def room(pair: Leads) -> Room:
    rows(pair.here, pair.awa)
    return opened(pair.here, pair.awa)


def there(pair: Leads) -> Room:
    """The same meeting on the other laptop."""
    pair.exchange()
    return Room(pair.there, pair.daan, find_meeting(pair.there, "Bamako"))


def told(room: Room) -> list[tuple[str, str]]:
    return [(each.place, each.code) for each in left_to_do(room.project, room.now)]


def test_a_meeting_ends_as_it_was_signed_though_another_laptop_opened_a_round(room: Room, pair: Leads) -> None:
    room.all_vote(**ALL, IN1=BAD)
    other = there(pair)
    room.next()
    other.close(IN1="Trop cher.")
    assert pair.exchange(), "again here, rejected there"
    for each in (room, other):
        now = each.now
        [version] = signed_versions(each.project, now)
        signed = {row.row.ref: row.row.status for row in version.rows}
        assert signed["IN1"] is RowStatus.REJECTED
        assert {found.ballot.ref: found.status for found in verdicts(now).values() if found.status} == {
            ref: status for ref, status in signed.items() if ref != "R1"
        }
        assert find_ballot(now, "IN1").reason == "Trop cher."
        assert ("IN1", "ended_otherwise") in told(each)
    assert apply(room.project, room.coder, room.now).changed == ()


def test_votes_of_a_table_that_was_taken_away_elsewhere_hold_the_meeting_up(room: Room, pair: Leads) -> None:
    other = there(pair)
    room.all_vote(**ALL, IN1=GOOD)
    remove_table(other.project, other.coder, other.now, find_table(other.now, "B"))
    pair.exchange()
    assert told(room) == [("B", "orphaned")]
    with pytest.raises(InputRefused):
        room.close()
    add_table(room.project, room.coder, room.now, " b", Side.OFFICIAL, 5)
    back = find_table(room.now, "B")
    assert (back.label, back.size) == ("b", 5)
    assert [each.label for each in room.now.parties] == ["A", "b"] and told(room) == []
    assert room.now.tally(find_ballot(room.now, "IN1"), back) is not None, "with its votes"
    undo(room.project, room.coder)
    assert told(room) == [("B", "orphaned")]
    add_table(room.project, room.coder, room.now, "B", Side.OFFICIAL, 4)
    remove_table(room.project, room.coder, room.now, find_table(room.now, "B"), votes=True)
    assert told(room) == [] and room.close()


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("name", ["removed", "other side", "uncast"])
def test_votes_that_changed_elsewhere_after_the_result_was_written_are_told(
    room: Room, pair: Leads, name: str, *, closed: bool
) -> None:
    room.all_vote(**ALL, IN1=GOOD if closed else MIXED)
    other = there(pair)
    if closed:
        room.close()
    else:
        room.next()
    table = find_table(other.now, "B")
    match name:
        case "removed":
            remove_table(other.project, other.coder, other.now, table, votes=True)
        case "other side":
            change_table(other.project, other.coder, other.now, table, side=Side.OTHER)
        case _:
            uncast(other.project, other.coder, other.now, find_ballot(other.now, "IN1"), table)
    change_table(other.project, other.coder, other.now, find_table(other.now, "A"), label="Z", size=9)
    pair.exchange()
    late = sorted({place for place, code in told(room) if code == "late"})
    assert late == (["IN1"] if name == "uncast" else ["IN1", "IN2", "OC1", "PM1", "R1"])
    assert told(room) == told(other)


def test_votes_that_came_and_went_are_not_told(room: Room, pair: Leads) -> None:
    room.all_vote(**ALL, IN1=GOOD)
    uncast(room.project, room.coder, room.now, find_ballot(room.now, "IN1"), find_table(room.now, "B"))
    room.vote("IN1", "B", 4)
    other = there(pair)
    add_table(other.project, other.coder, other.now, "C", Side.OTHER, 3)
    other.vote("IN1", "C", 3)
    remove_table(other.project, other.coder, other.now, find_table(other.now, "C"), votes=True)
    room.close()
    pair.exchange()
    assert told(room) == []


def test_of_amendments_that_two_laptops_accepted_one_is_meant(room: Room, pair: Leads) -> None:
    room.all_vote(**ALL, IN1=GOOD)
    room.amend("IN1", "Un")
    room.amend("IN1", "Deux")
    other = there(pair)
    room.decide(1, YES)
    other.decide(2, YES)
    pair.exchange()
    assert ("IN1", "taken_twice") in told(room)
    with pytest.raises(InputRefused):
        room.next()


def test_a_table_that_came_later_is_not_waited_for_in_a_round_that_is_over(room: Room) -> None:
    room.all_vote(**ALL, IN1=MIXED)
    room.next()
    add_table(room.project, room.coder, room.now, "C", Side.CSO, 5)
    now = room.now
    first, again = now.ballots[0], find_ballot(now, "IN1")
    assert now.uncounted(first) == [] and [each.label for each in now.uncounted(again)] == ["A", "B", "C"]
    assert basis_words(now, first, now.result(first))[1:] == ["Without votes: C."]
    assert basis_words(now, again, now.result(again))[1:] == ["Not counted yet: A, B, C."]
    assert now.outcome(again) is None and now.outcome(first) is Outcome.ACCEPTED


@pytest.mark.parametrize("closed", [True, False])
def test_words_that_were_accepted_too_late_are_told_and_can_be_refused(
    room: Room, pair: Leads, *, closed: bool
) -> None:
    room.all_vote(**ALL, IN1=GOOD if closed else MIXED)
    other = there(pair)
    other.amend("IN1", "Autrement")
    other.decide(1, YES)
    if closed:
        room.close()
    else:
        room.next()
    pair.exchange()
    assert ("IN1", "unheeded") in told(room) and find_ballot(room.now, "IN1").text.fr == "Réunions"
    with pytest.raises(InputRefused):
        room.decide(1, PARTLY, Localized("Un peu"))
    assert room.decide(1, NO)
    assert ("IN1", "unheeded") not in told(room)
    with pytest.raises(InputRefused):
        room.decide(1, YES)


def test_words_that_were_voted_on_or_rejected_are_not_late(room: Room) -> None:
    room.all_vote(**ALL, IN1=MIXED)
    room.amend("IN1", "Un")
    room.decide(1, YES)
    assert room.now.unheeded == []
    room.next()
    assert room.now.unheeded == []
    room.all_vote(IN1=GOOD)
    room.close()
    assert room.now.unheeded == [] and find_ballot(room.now, "IN1").text.fr == "Un"


def test_a_row_of_which_two_laptops_ended_the_round_otherwise_is_voted_on_again(room: Room, pair: Leads) -> None:
    room.all_vote(**ALL, IN1=MIXED)
    other = there(pair)
    room.next()
    other.vote("IN1", "A", 8)
    other.vote("IN1", "B", 4)
    other.vote("OC1", "A", 0, 0, 8)
    other.next()
    assert pair.exchange()
    now = room.now
    assert {(each.ref, each.round) for each in now.last.values()} >= {("IN1", 2), ("OC1", 2), ("PM1", 1)}
    assert {place for place, code in told(room) if code == "ended_otherwise"} == {"IN1", "OC1"}


def test_a_row_that_was_given_the_words_of_the_meeting_meanwhile_is_no_clash(room: Room) -> None:
    room.all_vote(**ALL, IN1=MIXED)
    room.amend("IN1", "Un")
    room.decide(1, YES)
    room.next()
    room.all_vote(IN1=GOOD)
    change_row(room.project, room.coder, find_row(framework(room.project), "IN1"), {"statement_fr": "Un"})
    room.close()
    assert room.status("IN1") is RowStatus.AMENDED


def test_as_many_votes_as_people_and_not_one_more(room: Room) -> None:
    assert room.vote("IN1", "A", 4, 1, 1, 1, 1)
    with pytest.raises(InputRefused, match="9 votes, but 8 people"):
        room.vote("IN1", "A", 4, 1, 1, 1, 2)
    assert change_table(room.project, room.coder, room.now, find_table(room.now, "A"), size=9)
    assert room.vote("IN1", "A", 4, 1, 1, 1, 2)
    with pytest.raises(InputRefused, match="cast more votes than 8: IN1"):
        change_table(room.project, room.coder, room.now, find_table(room.now, "A"), size=8)


def test_a_table_that_spoke_stays_and_an_answer_given_stands_after_the_end(room: Room) -> None:
    extra = add_table(room.project, room.coder, room.now, "C", Side.OTHER, 3)
    said = comment(room.project, room.coder, room.now, find_ballot(room.now, "IN1"), CommentKind.RISK, "Danger", extra)
    with pytest.raises(InputRefused, match="comments or amendments"):
        remove_table(room.project, room.coder, room.now, extra, votes=True)
    answer(room.project, room.coder, room.now, said, "Noté")
    room.all_vote(**ALL, IN1=GOOD)
    for ref in (*ALL, "IN1"):
        room.vote(ref, "C", 3)
    room.close()
    with pytest.raises(InputRefused, match="was closed on"):
        answer(room.project, room.coder, room.now, room.now.comments[0], "Autre")
    assert room.now.comments[0].answer == "Noté"


def test_rows_keep_their_places_in_the_next_round_and_a_reason_needs_words(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=MIXED, IN1=MIXED, IN2=MIXED, R1=MIXED)
    order = {each.ref: each.position for each in room.now.ballots}
    room.next()
    assert {each.ref: each.position for each in room.now.of_round(2)} == {
        ref: position for ref, position in order.items() if ref != "OC1"
    }
    with pytest.raises(UsageProblem, match="Write some words"):
        give_reason(room.project, room.coder, room.now, find_ballot(room.now, "IN1"), " ")
