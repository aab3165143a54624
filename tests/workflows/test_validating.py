"""A validation meeting from the first table to the signed version, refused where it should be, and undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.model.framework import FrameworkVersion, Row, RowKind, RowStatus, VersionState
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.validation import AmendmentDecision, Outcome, Rule, Side, Tally
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.coding import undo
from hsreview.workflows.framework_rows import add_row, find_row, framework
from hsreview.workflows.framework_versions import freeze, frozen_versions
from hsreview.workflows.validating import Meeting, again, find_ballot, find_table, open_meeting
from hsreview.workflows.validation_acts import (
    add_table,
    amend,
    cast,
    decide_amendment,
)
from hsreview.workflows.validation_closing import close, untranslated
from hsreview.workflows.validation_rounds import next_round
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
