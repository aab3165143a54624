"""Versions, meetings and observations as records: read back as written, merged, undone, and refused when malformed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.ids import new_id
from hsreview.model.framework import FrozenRow, RowKind, RowStatus, Stance
from hsreview.model.localized import Localized
from hsreview.model.observation import EngagementKind, Frequency, Observation
from hsreview.model.people import Coder
from hsreview.model.validation import CommentKind, Rule, Side, Tally, vote_id
from hsreview.project import validations as stored
from hsreview.project.framework import rows
from hsreview.project.framework_versions import add_version, versions
from hsreview.project.log import insert
from hsreview.project.merging import merge
from hsreview.project.observations import observations, put_observation
from hsreview.project.project import Project
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.framework_rows import add_row
from hsreview.workflows.undoing import undo
from tests.project.teams import Leads, package

TEXT = Localized("Énoncé", "Statement")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def a_meeting(project: Project, coder: Coder) -> tuple[str, str, str]:
    """Ids of a meeting on one indicator, its ballot and its table."""
    row = add_row(project, coder, RowKind.INDICATOR, {"statement_fr": "Ligne", "target_value": 2.5})
    frozen = FrozenRow(row, TEXT, {Stance.SUPPORTS: 3})
    with project.act(coder.id) as act:
        version = add_version(project.connection, act, [frozen], name="v1", reason="meeting")
    with project.act(coder.id) as act:
        meeting = stored.add_validation(
            act, name="Bamako", date="2016-05-12", place="Bamako", state="ML", language="fr", version_id=version,
            rule=Rule(overall=60),
        )  # fmt: skip
        table = stored.add_party(
            act, meeting, label="A", side=Side.CSO, size=8, position=1, composition={"femmes": 5}
        )  # fmt: skip
        ballot = stored.add_ballot(
            act, meeting, row_id=row.id, round_=1, position=1, ref=row.ref, kind=row.kind, text=TEXT, badge=TEXT
        )  # fmt: skip
    return meeting, ballot, table


def test_all_of_a_meeting_reaches_the_other_copy_as_it_was_written(pair: Leads) -> None:
    meeting, ballot, table = a_meeting(pair.here, pair.awa)
    with pair.here.act(pair.awa.id) as act:
        stored.put_vote(act, ballot, table, Tally(5, 1, 1, 0, 1))
        stored.add_comment(act, ballot, table, CommentKind.TRANSFER, "Pour le Niger aussi", 1)
        stored.add_amendment(act, ballot, "", TEXT, Localized("Autre", "Other"))
    assert pair.exchange() == []
    for connection in (pair.here.connection, pair.there.connection):
        [version] = versions(connection)
        [frozen] = version.rows
        [row] = rows(connection)
        assert (version.number, version.name, frozen.badge, frozen.links) == ("1", "v1", TEXT, {Stance.SUPPORTS: 3})
        assert (frozen.row.id, frozen.row.data, frozen.row.status) == (row.id, row.data, row.status)
        [told] = stored.validations(connection)
        assert (told.name, told.rule, told.version_id, told.closed) == ("Bamako", Rule(overall=60), version.id, "")
        [party] = stored.parties(connection, meeting)
        assert (party.label, party.side, party.size, party.composition) == ("A", Side.CSO, 8, {"femmes": 5})
        [paper] = stored.ballots(connection, meeting)
        assert (paper.row_id, paper.ref, paper.text, paper.outcome) == (row.id, "IN1", TEXT, None)
        [vote] = stored.votes(connection, meeting)
        assert (vote.ballot_id, vote.party_id, vote.tally) == (ballot, table, Tally(5, 1, 1, 0, 1))
        [comment] = stored.comments(connection, meeting)
        assert (comment.kind, comment.text, comment.answer) == (CommentKind.TRANSFER, "Pour le Niger aussi", "")
        [amended] = stored.amendments(connection, meeting)
        assert (amended.after.fr, amended.result, amended.party_id) == ("Autre", TEXT, "")


def test_votes_of_one_table_written_on_two_laptops_are_a_conflict_in_words(pair: Leads) -> None:
    _meeting, ballot, table = a_meeting(pair.here, pair.awa)
    pair.exchange()
    for project, coder, agree in ((pair.here, pair.awa, 5), (pair.there, pair.daan, 6)):
        with project.act(coder.id) as act:
            stored.put_vote(act, ballot, table, Tally(agree))
    assert pair.exchange()
    assert {each.thing for each in open_conflicts(pair.here)} == {"votes of IN1 · A"}


def test_versions_made_apart_are_told_apart_the_same_way_everywhere(pair: Leads) -> None:
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        with project.act(coder.id) as act:
            add_version(project.connection, act, [])
    assert pair.exchange() == []
    assert [each.number for each in versions(pair.here.connection)] == ["1", "1b"]
    assert versions(pair.here.connection) == versions(pair.there.connection)


def test_votes_are_undone_and_the_undo_says_whose(pair: Leads) -> None:
    meeting, ballot, table = a_meeting(pair.here, pair.awa)
    for agree in (5, 6):
        with pair.here.act(pair.awa.id) as act:
            stored.put_vote(act, ballot, table, Tally(agree))
    assert "votes of A on IN1" in undo(pair.here, pair.awa).what
    assert [each.tally.agree for each in stored.votes(pair.here.connection, meeting)] == [5]
    undo(pair.here, pair.awa)
    assert stored.votes(pair.here.connection, meeting) == []


def test_what_is_observed_is_read_back_by_date(pair: Leads) -> None:
    row = add_row(pair.here, pair.awa, RowKind.ACTOR, {"label_fr": "Gouvernorat"})
    late = Observation(
        "", row.id, "2017-04", kind=EngagementKind.MEETING, frequency=Frequency.OFTEN, quality=3, who="réseau"
    )
    early = Observation("", row.id, "2016", value=12.5, parts={"femmes": 4}, status=RowStatus.DONE, level=0)
    with pair.here.act(pair.awa.id) as act:
        for each in (late, early):
            put_observation(act, each)
    pair.exchange()
    found = observations(pair.there.connection)
    assert [(each.date, each.value, dict(each.parts), each.level, each.quality) for each in found] == [
        ("2016", 12.5, {"femmes": 4}, 0, None), ("2017-04", None, {}, None, 3),
    ]  # fmt: skip
    assert (found[0].status, found[1].kind, found[1].frequency) == (
        RowStatus.DONE, EngagementKind.MEETING, Frequency.OFTEN,
    )  # fmt: skip


def test_an_entry_that_somebody_else_corrects_stays_that_of_whoever_wrote_it(pair: Leads) -> None:
    row = add_row(pair.here, pair.awa, RowKind.MARKER, {"statement_fr": "On répond"})
    with pair.here.act(pair.awa.id) as act:
        put_observation(act, Observation("", row.id, "2016", level=1))
    [written] = observations(pair.here.connection)
    with pair.here.act(pair.daan.id) as act:
        put_observation(act, replace(written, level=2))
    assert observations(pair.here.connection) == [replace(written, level=2)]
    assert written.coder_id == pair.awa.id


def test_a_version_of_a_later_program_is_read_as_far_as_it_is_known(pair: Leads) -> None:
    good = {"id": "a", "kind": "marker", "ref": "PM1", "status": "draft", "data": {"level": "love", "new": 1}}
    odd = [
        {},
        {**good, "kind": []},
        {**good, "status": {}},
        {**good, "kind": "poem"},
        {**good, "badge": 1, "links": [], "position": "x", "data": []},
    ]
    with pair.here.act(pair.awa.id) as act:
        act.put("framework_version", new_id(), number=1, state="frozen", rows=[good, *odd])
    pair.exchange()
    [version] = versions(pair.there.connection)
    assert [(each.row.ref, dict(each.row.data)) for each in version.rows] == [("PM1", {"level": "love"}), ("PM1", {})]


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("framework_version", {"number": 1, "state": "lost", "rows": []}),
        ("framework_version", {"number": 1, "state": "frozen", "rows": ["a"]}),
        ("validation", {"name": "Bamako"}),
        ("party", {"validation_id": "a", "label": "A", "side": "left", "size": 3}),
        ("party", {"validation_id": "a", "label": "A", "side": "cso", "size": -3}),
        ("party", {"validation_id": "a", "label": "A", "side": "cso", "size": 3, "composition": {"femmes": "deux"}}),
        ("ballot", {"validation_id": "a", "row_id": "b", "round": 0, "kind": "marker", "text": {}}),
        ("vote", {"ballot_id": "a", "party_id": "b", "agree": 1}),  # Its id does not follow from them.
        ("comment", {"ballot_id": "a", "kind": "song", "text": "la"}),
        ("amendment", {"ballot_id": "a", "before": {}, "after": {"fr": 1}, "decision": "open"}),
        ("observation", {"row_id": "a", "date": "2017-02-30"}),
        ("observation", {"row_id": "a", "date": "2017", "level": 4}),
        ("observation", {"row_id": "a", "date": "2017", "value": "12"}),
        ("observation", {"row_id": "a", "date": "2017", "value": 1e999}),
        ("observation", {"row_id": "a", "date": "2017", "parts": {"femmes": True}}),
    ],
)
def test_a_package_with_a_malformed_record_is_refused_whole(pair: Leads, table: str, fields: dict[str, Any]) -> None:
    refused(pair, table, new_id(), fields)


@pytest.mark.parametrize("votes", [{"agree": -1}, {"reject": 10**9}, {"abstain": "2"}, {"amend": True}])
def test_votes_that_are_no_counts_are_refused(pair: Leads, votes: dict[str, Any]) -> None:
    refused(pair, "vote", vote_id("a", "b"), {"ballot_id": "a", "party_id": "b", **votes})


def refused(pair: Leads, table: str, identity: str, fields: dict[str, Any]) -> None:
    with pair.there.act(pair.daan.id) as act:
        insert(pair.there.connection, [act._next(f"{table}.put", identity, {"set": fields})])
    merged = merge(pair.here, [("p", package(pair.there))])
    assert len(merged.refused) == 1
    assert pair.here.connection.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_version_keeps_its_number_when_the_other_of_that_number_is_taken_away(pair: Leads) -> None:
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        with project.act(coder.id) as act:
            add_version(project.connection, act, [], name=coder.name)
    pair.exchange()
    assert [(each.name, each.number) for each in versions(pair.here.connection)] == [("Awa", "1"), ("Daan", "1b")]
    undo(pair.here, pair.awa)
    pair.exchange()
    for project in (pair.here, pair.there):
        assert [(each.name, each.number) for each in versions(project.connection)] == [("Daan", "1b")]
