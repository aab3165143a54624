"""A validation meeting from the first table to the signed version, refused where it should be, and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.framework import FrameworkVersion, Row, RowKind, RowStatus, VersionState
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.validation import AmendmentDecision, CommentKind, Outcome, Rule, Side, Tally
from hsreview.project.conflicts import conflicts
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.framework_rows import add_row, change_row, find_row, framework, remove_rows
from hsreview.workflows.framework_versions import freeze, frozen_versions
from hsreview.workflows.undoing import undo
from hsreview.workflows.validating import Meeting, again, find_ballot, find_meeting, find_table, meetings, open_meeting
from hsreview.workflows.validation_acts import (
    add_table,
    amend,
    answer,
    cast,
    change_table,
    comment,
    decide_amendment,
    remove_table,
    uncast,
)
from hsreview.workflows.validation_closing import (
    Take,
    apply,
    changed_meanwhile,
    close,
    signed_versions,
    untranslated,
)
from hsreview.workflows.validation_rounds import next_round
from hsreview.workflows.validation_todo import left_to_do
from tests.project.teams import Leads

YES, NO, PARTLY = AmendmentDecision.ACCEPTED, AmendmentDecision.REFUSED, AmendmentDecision.PARTLY


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def rows(project: Project, coder: Coder) -> list[Row]:
    """An outcome with a marker and two indicators, and a recommendation."""
    made = [add_row(project, coder, RowKind.OUTCOME, {"statement_fr": "On consulte", "statement_en": "They consult"})]
    for kind, text in (
        (RowKind.INDICATOR, "Réunions"), (RowKind.INDICATOR, "Plaintes"), (RowKind.MARKER, "Le maire écoute"),
        (RowKind.RECOMMENDATION, "Publier le budget"),
    ):  # fmt: skip
        made.append(add_row(project, coder, kind, {"statement_fr": text, "statement_en": f"({text})"}, parent=made[0]))
    return made


class Room:
    """A meeting in one copy, of which one says by refs and labels what happens."""

    def __init__(self, project: Project, coder: Coder, meeting: Meeting) -> None:
        self.project, self.coder, self.opened = project, coder, meeting

    @property
    def now(self) -> Meeting:
        return again(self.project, self.opened)

    def vote(self, ref: str, table: str, *counts: int) -> bool:
        now = self.now
        return cast(self.project, self.coder, now, find_ballot(now, ref), find_table(now, table), Tally(*counts))

    def all_vote(self, **refs: tuple[Sequence[int], Sequence[int]]) -> None:
        """What tables A and B vote on each row."""
        for ref, (a, b) in refs.items():
            self.vote(ref, "A", *a)
            self.vote(ref, "B", *b)

    def amend(self, ref: str, fr: str) -> int:
        made = amend(self.project, self.coder, self.now, find_ballot(self.now, ref), Localized(fr))
        return self.now.number(made)

    def decide(self, number: int, decision: AmendmentDecision, taken: Localized | None = None) -> bool:
        what = self.now.amendments[number - 1]
        return decide_amendment(self.project, self.coder, self.now, what, decision, "parce que", taken)

    def next(self) -> None:
        next_round(self.project, self.coder, self.now)

    def close(self, **reasons: str) -> FrameworkVersion:
        given = {find_ballot(self.now, ref).row_id: text for ref, text in reasons.items()}
        return close(self.project, self.coder, self.now, given).version

    def status(self, ref: str) -> RowStatus:
        return find_row(framework(self.project), ref).status


def opened(project: Project, coder: Coder, rule: Rule | None = None) -> Room:
    """A meeting on a first version, with a table of each side."""
    version = freeze(project, coder, "première")
    meeting = open_meeting(
        project, coder, name="Bamako", version=version, date="2016-05-12", place="Bamako", rule=rule
    )  # fmt: skip
    add_table(project, coder, meeting, "A", Side.CSO, 8, {"femmes": 5})
    add_table(project, coder, meeting, "B", Side.OFFICIAL, 4)
    return Room(project, coder, meeting)


@pytest.fixture
def room(pair: Leads) -> Room:
    rows(pair.here, pair.awa)
    return opened(pair.here, pair.awa)


GOOD, MIXED, BAD = ((7, 1), (3, 1)), ((6, 2), (1, 2, 1)), ((0, 0, 8), (0, 0, 4))


def test_a_meeting_of_two_rounds_signs_off_amends_and_rejects(room: Room) -> None:
    assert [(each.ref, each.round) for each in room.now.ballots] == [
        ("OC1", 1), ("PM1", 1), ("IN1", 1), ("IN2", 1), ("R1", 1),
    ]  # fmt: skip
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, IN2=BAD, R1=GOOD)
    room.decide(room.amend("IN1", "Réunions par an"), YES)
    room.next()
    assert [(each.ref, each.text) for each in room.now.of_round(2)] == [
        ("IN1", Localized("Réunions par an", "(Réunions)")), ("IN2", Localized("Plaintes", "(Plaintes)")),
    ]  # fmt: skip
    room.all_vote(IN1=GOOD, IN2=BAD)
    signed = room.close(IN2="Personne ne le comprend.")
    assert untranslated(room.now) == {"IN1": "en"}
    outcomes = {ref: find_ballot(room.now, ref).outcome for ref in ("OC1", "IN1", "IN2")}
    assert outcomes == {"OC1": Outcome.ACCEPTED, "IN1": Outcome.AMENDED, "IN2": Outcome.REJECTED}
    assert find_ballot(room.now, "IN2").reason == "Personne ne le comprend."
    statuses = {each.row.ref: each.row.status for each in signed.rows}
    assert statuses == {
        "OC1": RowStatus.VALIDATED, "PM1": RowStatus.VALIDATED, "IN1": RowStatus.AMENDED, "IN2": RowStatus.REJECTED,
        "R1": RowStatus.OPEN,
    }  # fmt: skip
    assert {each.ref: each.status for each in framework(room.project).rows} == statuses
    assert find_row(framework(room.project), "IN1").data["statement_fr"] == "Réunions par an"
    assert (signed.state, signed.validation_id, signed.from_id) == (
        VersionState.SIGNED, room.opened.validation.id, room.opened.validation.version_id,
    )  # fmt: skip
    assert examine(room.project.connection) == []


def test_one_undo_opens_a_closed_meeting_again(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=GOOD, IN2=GOOD, R1=GOOD)
    before = framework(room.project).rows
    room.close()
    assert room.status("IN1") is RowStatus.VALIDATED
    with pytest.raises(InputRefused, match="was closed on"):
        room.close()
    with pytest.raises(InputRefused, match="was closed on"):
        room.vote("IN1", "A", 1)
    assert "meeting" in undo(room.project, room.coder).what
    assert (room.now.is_closed, framework(room.project).rows) == (False, before)
    assert [each.number for each in frozen_versions(room.project)] == ["1"]
    assert find_ballot(room.now, "IN1").outcome is None
    assert examine(room.project.connection) == []


@pytest.fixture
def ready(room: Room) -> Room:
    """All rows are voted on and accepted."""
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=GOOD, IN2=GOOD, R1=GOOD)
    return room


def test_words_that_were_taken_are_voted_on_though_the_old_ones_were_accepted(ready: Room) -> None:
    number = ready.amend("PM1", "Le maire répond")
    ready.decide(number, YES)
    assert ready.now.outcome(find_ballot(ready.now, "PM1")) is Outcome.AGAIN
    with pytest.raises(InputRefused) as refused:
        ready.close()
    assert [(each.place, each.code) for each in refused.value.problems] == [("PM1", "no_reason")]
    ready.decide(number, NO)
    assert ready.now.outcome(find_ballot(ready.now, "PM1")) is Outcome.ACCEPTED
    ready.decide(number, PARTLY, Localized("Le maire répond vite"))
    ready.next()
    [ballot] = ready.now.of_round(2)
    assert (ballot.ref, ballot.text.fr) == ("PM1", "Le maire répond vite")
    with pytest.raises(InputRefused, match="Round 2 is the last one"):
        ready.decide(ready.amend("PM1", "Le maire court"), YES)


def test_of_two_amendments_of_a_row_one_gives_the_words(ready: Room) -> None:
    first, second = ready.amend("IN1", "Réunions par an"), ready.amend("IN1", "Réunions publiques")
    ready.decide(first, YES)
    with pytest.raises(InputRefused, match="Amendment 1 of IN1 was taken already"):
        ready.decide(second, YES)
    ready.decide(second, PARTLY, Localized("Réunions publiques par an"))
    assert ready.now.words_after(find_ballot(ready.now, "IN1")).fr == "Réunions publiques par an"
    with pytest.raises(UsageProblem, match="which words were taken"):
        ready.decide(first, PARTLY)
    with pytest.raises(UsageProblem, match="taken in part"):
        ready.decide(first, NO, Localized("Autre"))


def test_what_is_left_to_do_is_listed_whole(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, R1=GOOD)
    room.vote("IN2", "A", 8)
    room.amend("IN1", "Réunions par an")
    comment(room.project, room.coder, room.now, find_ballot(room.now, "OC1"), CommentKind.RISK, "Danger ?")
    with pytest.raises(InputRefused) as refused:
        room.close()
    assert [(each.place, each.code) for each in refused.value.problems] == [
        ("IN2", "uncounted"), ("IN1", "undecided"), ("OC1", "unanswered"), ("IN1", "no_reason"),
    ]  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        room.next()
    assert [each.code for each in refused.value.problems] == ["uncounted", "undecided"]
    assert room.now.round == 1 and not room.now.is_closed


def test_rows_on_which_nobody_voted_stay_as_they_are(room: Room) -> None:
    room.all_vote(OC1=GOOD)
    room.vote("IN1", "A", 8)
    close(room.project, room.coder, room.now, incomplete=True)
    statuses = {each.ref: each.status for each in framework(room.project).rows}
    assert statuses == {
        "OC1": RowStatus.VALIDATED, "IN1": RowStatus.VALIDATED, "PM1": RowStatus.DRAFT, "IN2": RowStatus.DRAFT,
        "R1": RowStatus.OPEN,
    }  # fmt: skip


def test_a_row_that_nobody_voted_on_comes_again_in_the_next_round(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=GOOD, R1=GOOD)
    next_round(room.project, room.coder, room.now, incomplete=True)
    assert [each.ref for each in room.now.of_round(2)] == ["IN2"]


def test_a_round_that_is_over_cannot_be_changed(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, IN2=GOOD, R1=GOOD)
    old = find_ballot(room.now, "IN1")
    room.next()
    table = find_table(room.now, "A")
    late: list[Callable[[], object]] = [
        lambda: cast(room.project, room.coder, room.now, old, table, Tally(8)),
        lambda: uncast(room.project, room.coder, room.now, old, table),
        lambda: room.vote("OC1", "A", 1),
    ]
    for refused in late:
        with pytest.raises(InputRefused, match="which is over"):
            refused()
    with pytest.raises(InputRefused, match="its side was counted there"):
        change_table(room.project, room.coder, room.now, table, side=Side.OFFICIAL)
    with pytest.raises(InputRefused, match="voted in a round that is over"):
        remove_table(room.project, room.coder, room.now, table, votes=True)
    assert "ballot" in undo(room.project, room.coder).what
    assert (room.now.round, room.now.of_round(1)[2].outcome) == (1, None)
    assert cast(room.project, room.coder, room.now, old, table, Tally(8))


def test_a_meeting_ends_when_every_row_is_accepted(ready: Room) -> None:
    with pytest.raises(InputRefused, match="Every row of round 1 is accepted"):
        ready.next()
    ready.close()


def test_a_row_changed_after_freezing_is_told_cell_by_cell_and_not_overwritten(ready: Room) -> None:
    row = find_row(framework(ready.project), "IN1")
    change_row(ready.project, ready.coder, row, {"statement_fr": "Rencontres", "unit": "par an"})
    marker = find_row(framework(ready.project), "PM1")
    change_row(ready.project, ready.coder, marker, status=RowStatus.RETIRED)
    with pytest.raises(InputRefused) as refused:
        ready.close()
    told = [(each.place, each.message) for each in refused.value.problems]
    assert [place for place, _message in told] == ["PM1", "IN1", "IN1"]
    assert "“Réunions”" in told[1][1] and "“Rencontres”" in told[1][1] and "retired" in told[0][1]
    assert not ready.now.is_closed and ready.status("OC1") is RowStatus.DRAFT
    kept = close(ready.project, ready.coder, ready.now, take=Take.PROJECT)
    assert kept.applied.kept == ("PM1", "IN1")
    assert (ready.status("IN1"), ready.status("PM1"), ready.status("OC1")) == (
        RowStatus.DRAFT, RowStatus.RETIRED, RowStatus.VALIDATED,
    )  # fmt: skip
    taken = apply(ready.project, ready.coder, ready.now, take=Take.MEETING)
    row = find_row(framework(ready.project), "IN1")
    assert taken.changed == ("PM1", "IN1")
    assert (row.status, row.data["statement_fr"], "unit" in row.data) == (RowStatus.VALIDATED, "Réunions", False)
    assert apply(ready.project, ready.coder, ready.now).changed == ()


CONTENT = {"definition_fr": "Au village", "target_value": 6.5, "direction": "up"}
"""What the room votes on beside the words of IN1."""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"definition_fr": "Des lettres"}, ["Definition (fr) was “Au village”; the project now says “Des lettres”"]),
        ({"target_value": 1, "direction": "down"}, ["Direction was “up”; the project now says “down”",
                                                    "Target was “6.5”; the project now says “1”"]),
        ({"baseline_value": 0}, ["Baseline was “–”; the project now says “0”"]),
        ({"target_value": None}, ["Target was “6.5”; the project now says “–”"]),
        ({"definition_en": "In the village"}, []),  # A translation that was missing.
    ],
)  # fmt: skip
def test_no_row_is_validated_with_content_on_which_nobody_voted(
    room: Room, changes: dict[str, object], told: list[str]
) -> None:
    change_row(room.project, room.coder, find_row(framework(room.project), "IN1"), CONTENT)
    version = freeze(room.project, room.coder, "seconde")
    meeting = open_meeting(
        room.project, room.coder, name="Ségou", version=version, date="2016-06-01", place="Ségou", refs=["IN1"]
    )
    room = Room(room.project, room.coder, meeting)
    add_table(room.project, room.coder, meeting, "A", Side.CSO, 8)
    add_table(room.project, room.coder, meeting, "B", Side.OFFICIAL, 4)
    room.all_vote(IN1=GOOD)
    change_row(room.project, room.coder, find_row(framework(room.project), "IN1"), changes)
    assert len(changed_meanwhile(room.project, room.now)) == len(told)
    if not told:
        room.close()
        assert room.status("IN1") is RowStatus.VALIDATED
        return
    with pytest.raises(InputRefused) as refused:
        room.close()
    assert [each.message.rpartition(", the meeting")[0] for each in refused.value.problems] == told
    assert not room.now.is_closed and room.status("IN1") is RowStatus.DRAFT
    kept = close(room.project, room.coder, room.now, take=Take.PROJECT)
    assert (kept.applied.kept, room.status("IN1")) == (("IN1",), RowStatus.DRAFT)
    assert len(changed_meanwhile(room.project, room.now)) == len(told)
    undo(room.project, room.coder)
    close(room.project, room.coder, room.now, take=Take.MEETING)
    row = find_row(framework(room.project), "IN1")
    assert row.status is RowStatus.VALIDATED and {key: row.data[key] for key in CONTENT} == CONTENT
    assert "baseline_value" not in row.data
    change_row(room.project, room.coder, row, {"target_value": 9})
    assert apply(room.project, room.coder, room.now).changed == (), "what is changed later is no matter of the meeting"
    assert changed_meanwhile(room.project, room.now) == []


def test_how_a_recommendation_is_followed_up_while_the_room_votes_is_no_clash(ready: Room) -> None:
    sent = find_row(framework(ready.project), "R1")
    change_row(ready.project, ready.coder, sent, {"sent_on": "2016-05-12", "channel": "Lettre"})
    ready.close()
    assert find_row(framework(ready.project), "R1").data["channel"] == "Lettre"


def test_words_that_the_room_was_not_shown_may_change_meanwhile(ready: Room) -> None:
    row = find_row(framework(ready.project), "IN1")
    change_row(ready.project, ready.coder, row, {"statement_en": "Meetings in public"})
    ready.close()
    row = find_row(framework(ready.project), "IN1")
    assert (row.status, row.data["statement_en"]) == (RowStatus.VALIDATED, "Meetings in public")


def test_a_recommendation_keeps_how_far_it_went_and_lapses_when_it_is_rejected(room: Room) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=GOOD, IN2=GOOD, R1=BAD)
    sent = find_row(framework(room.project), "R1")
    change_row(room.project, room.coder, sent, status=RowStatus.SENT)
    with pytest.raises(InputRefused) as refused:
        room.close(R1="Trop tôt.")
    assert [each.place for each in refused.value.problems] == ["R1"]
    undo(room.project, room.coder)
    room.close(R1="Trop tôt.")
    assert room.status("R1") is RowStatus.LAPSED


def test_a_row_that_is_gone_is_told(ready: Room) -> None:
    remove_rows(
        ready.project, ready.coder, framework(ready.project), [find_row(framework(ready.project), "IN2")]
    )  # fmt: skip
    done = close(ready.project, ready.coder, ready.now)
    assert done.applied.gone == ("IN2",) and "IN2" in [each.row.ref for each in done.version.rows]


def there(room: Room, pair: Leads) -> Room:
    """The same meeting on the other laptop."""
    pair.exchange()
    return Room(pair.there, pair.daan, find_meeting(pair.there, "Bamako"))


def test_votes_of_two_laptops_come_together(room: Room, pair: Leads) -> None:
    other = there(room, pair)
    for ref in ("OC1", "PM1", "IN1", "IN2", "R1"):
        room.vote(ref, "A", *GOOD[0])
        other.vote(ref, "B", *GOOD[1])
    comment(other.project, other.coder, other.now, find_ballot(other.now, "IN1"), CommentKind.RISK, "Danger ?")
    comment(room.project, room.coder, room.now, find_ballot(room.now, "IN1"), CommentKind.WORDING, "Long")
    assert pair.exchange() == []
    assert room.now.tallies == other.now.tallies and len(room.now.comments) == 2
    for each in room.now.comments:
        answer(room.project, room.coder, room.now, each, "Noté")
    room.close()
    pair.exchange()
    assert other.now.is_closed and other.status("IN1") is RowStatus.VALIDATED
    assert examine(other.project.connection) == []


def test_a_round_opened_on_two_laptops_is_one_round(room: Room, pair: Leads) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, IN2=GOOD, R1=GOOD)
    other = there(room, pair)
    room.next()
    other.next()
    assert pair.exchange() == []
    assert [each.ref for each in room.now.of_round(2)] == ["IN1"]


def test_a_meeting_does_not_end_while_two_laptops_have_other_votes(ready: Room, pair: Leads) -> None:
    other = there(ready, pair)
    ready.vote("IN1", "A", 6, 1, 0, 1)
    other.vote("IN1", "A", 8)
    assert [each.field for each in pair.exchange()] == ["vote"], "what a table voted is one statement"
    [told] = open_conflicts(pair.here)
    assert {each.said for each in told.values} == {"6 agree, 1 amend, 1 abstain", "8 agree"}
    now = ready.now.tally(find_ballot(ready.now, "IN1"), find_table(ready.now, "A"))
    assert now is not None and now in (Tally(6, 1, 0, 1), Tally(8)), "never some of both"
    for each in (ready, other):
        with pytest.raises(InputRefused) as refused:
            each.close()
        assert [(found.place, found.code) for found in refused.value.problems] == [("IN1", "disputed")]
    assert now is not None and ready.vote("IN1", "A", now.agree, now.amend, 0, now.abstain), (
        "counted again, with the same result"
    )
    assert pair.exchange() == []
    other.close()


def test_votes_that_came_after_the_end_are_told_and_count_no_more(ready: Room, pair: Leads) -> None:
    other = there(ready, pair)
    ready.close()
    other.vote("IN1", "B", 0, 0, 4)
    comment(other.project, other.coder, other.now, find_ballot(other.now, "IN1"), CommentKind.RISK, "Danger ?")
    other.amend("IN1", "Autrement")
    pair.exchange()
    for each in (ready, other):
        assert [(found.place, found.code) for found in left_to_do(each.project, each.now)] == [
            ("IN1", "late"), ("IN1", "late_amendment"), ("IN1", "unanswered"),
        ]  # fmt: skip
        assert each.now.outcome(find_ballot(each.now, "IN1")) is Outcome.ACCEPTED
        assert each.status("IN1") is RowStatus.VALIDATED
        assert examine(each.project.connection) == []
    answer(ready.project, ready.coder, ready.now, ready.now.comments[0], "Trop tard, mais noté.")
    ready.decide(1, NO)
    assert [found.code for found in left_to_do(ready.project, ready.now)] == ["late"]


def test_votes_that_came_after_a_round_are_told_though_the_end_knew_of_them(room: Room, pair: Leads) -> None:
    room.all_vote(OC1=GOOD, PM1=GOOD, IN1=MIXED, IN2=GOOD, R1=GOOD)
    other = there(room, pair)
    room.next()
    other.vote("OC1", "A", 0, 0, 8)
    pair.exchange()
    room.all_vote(IN1=GOOD)
    room.close()
    assert [(each.place, each.code) for each in left_to_do(room.project, room.now)] == [("OC1", "late")]


def test_tables_that_two_laptops_called_the_same_are_told_apart(room: Room, pair: Leads) -> None:
    other = there(room, pair)
    add_table(room.project, room.coder, room.now, "C", Side.CSO, 3)
    add_table(other.project, other.coder, other.now, "C", Side.OTHER, 5)
    pair.exchange()
    assert [each.label for each in room.now.parties] == ["A", "B", "C", "C (2)"]
    assert [each.label for each in other.now.parties] == ["A", "B", "C", "C (2)"]


def test_a_meeting_closed_on_two_laptops_signs_off_twice_and_says_so(ready: Room, pair: Leads) -> None:
    other = there(ready, pair)
    ready.close()
    other.close()
    assert pair.exchange() == []
    assert [each.number for each in signed_versions(ready.project, ready.now)] == ["2", "2b"]
    assert conflicts(ready.project.connection) == []


def test_whoever_coded_nothing_but_votes_is_not_undone_by_another(room: Room, pair: Leads) -> None:
    other = there(room, pair)
    other.vote("IN1", "A", 8)
    pair.exchange()
    refused = undo(room.project, room.coder)  # Table B: nobody voted there.
    assert refused.done
    assert not undo(room.project, room.coder).done  # Table A: Daan counted its hands.
    assert meetings(room.project)[0].tallies
