"""Versions of the framework: set aside as it stands, found by number or name, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.framework import EvidenceRole, Row, RowKind, RowStatus, SourceKind, Stance, VersionState
from hsreview.project.doctor import examine
from hsreview.project.framework_versions import add_version
from hsreview.project.log import insert
from hsreview.project.merging import merge
from hsreview.workflows.assigning import assign
from hsreview.workflows.coding import remove_coding
from hsreview.workflows.framework_rows import add_row, change_row, framework, link, remove_rows
from hsreview.workflows.framework_versions import (
    as_framework,
    find_version,
    freeze,
    frozen_rows,
    frozen_versions,
    retold,
)
from hsreview.workflows.undoing import redo, undo
from tests.project.teams import Leads, package
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "project")
    with closing(found.project):
        yield found


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def built(team: Team) -> tuple[Row, Row, list[str]]:
    """A finding with a segment for it and one against it, and an indicator on the finding and a segment of its own."""
    codings = [
        *team.code(team.awa, 0, 10, "D1"), *team.code(team.awa, 20, 30, "D1"), *team.code(team.awa, 40, 50, "D1")
    ]  # fmt: skip
    links = [(codings[0], Stance.SUPPORTS, EvidenceRole.NONE), (codings[1], Stance.CONTRADICTS, EvidenceRole.NONE)]
    finding = add_row(
        team.project, team.awa, RowKind.FINDING, {"statement_fr": "Dit", "answered": "Entre nous"}, evidence=links
    )  # fmt: skip
    indicator = add_row(team.project, team.awa, RowKind.INDICATOR, {"statement_fr": "Réunions", "baseline_value": 2})
    sources = [(SourceKind.FINDING, finding.id), (SourceKind.CODING, codings[2])]
    link(team.project, team.awa, framework(team.project), indicator, sources, Stance.SUPPORTS)
    return finding, indicator, codings


def test_a_version_holds_rows_badges_and_counts_as_they_stood_whatever_comes_after(team: Team) -> None:
    finding, indicator, codings = built(team)
    made = freeze(team.project, team.awa, "Bamako", because="for the workshop")
    assert (made.number, made.name, made.reason, made.state) == ("1", "Bamako", "for the workshop", VersionState.FROZEN)
    assert [(each.row.ref, dict(each.links)) for each in made.rows] == [
        ("F1", {Stance.SUPPORTS: 1, Stance.CONTRADICTS: 1}), ("IN1", {Stance.SUPPORTS: 2, Stance.CONTRADICTS: 1}),
    ]  # fmt: skip
    assert all("peu de personnes" in each.badge.fr or "entendu" in each.badge.fr for each in made.rows)
    change_row(team.project, team.awa, indicator, {"statement_fr": "Autre"}, status=RowStatus.PROPOSED)
    remove_coding(team.project, team.awa, codings[0])
    assert find_version(team.project, "1") == made
    now = {each.row.ref: each for each in frozen_rows(team.project)}
    assert now["IN1"].row.data["statement_fr"] == "Autre" and now["F1"].links == {Stance.CONTRADICTS: 1}
    assert as_framework(made).by_id[indicator.id].data == {"statement_fr": "Réunions", "baseline_value": 2}
    assert as_framework(made).by_id[finding.id].data["answered"] == "Entre nous"
    remove_rows(team.project, team.awa, framework(team.project), [indicator])
    assert [row.ref for row in as_framework(find_version(team.project, "last")).rows] == ["F1", "IN1"]


def test_two_badges_of_one_row_that_differ_are_told_because_they_may_tell_of_one_person(team: Team) -> None:
    finding, indicator, _codings = built(team)
    first = freeze(team.project, team.awa)
    assert retold(frozen_versions(team.project), first) == ""
    change_row(team.project, team.awa, finding, {"statement_fr": "Autrement dit"})
    assert retold(frozen_versions(team.project), freeze(team.project, team.awa)) == "", "other words tell of nobody"
    sources = [(SourceKind.DOCUMENT, "Rapport")]
    link(team.project, team.awa, framework(team.project), indicator, sources, Stance.SUPPORTS)
    told = retold(frozen_versions(team.project), freeze(team.project, team.awa))
    assert told.startswith("Evidence of IN1 is told otherwise than in version 2: who sees both")


def test_freezing_is_one_act(team: Team) -> None:
    built(team)
    made = freeze(team.project, team.awa)
    assert "version 1 of the framework" in undo(team.project, team.awa).what
    assert frozen_versions(team.project) == []
    redo(team.project, team.awa)
    assert frozen_versions(team.project) == [made]
    assert examine(team.project.connection) == []


def test_what_stays_in_the_team_is_a_record_of_its_own(team: Team) -> None:
    built(team)
    freeze(team.project, team.awa)
    bodies = [
        body for (body,) in team.project.connection.execute(
            "select body from change where kind = 'framework_version.put' order by seq"
        )
    ]  # fmt: skip
    assert len(bodies) == 2
    assert "Réunions" in bodies[0] and "Entre nous" not in bodies[0] and "supports" not in bodies[0]
    assert "Entre nous" in bodies[1] and "Réunions" not in bodies[1]


def test_what_was_signed_off_is_read_with_the_evidence_of_what_was_brought_to_the_meeting(team: Team) -> None:
    built(team)
    brought = freeze(team.project, team.awa)
    shown = [replace(each, links={}) for each in brought.rows]  # As the laptop in the room knows them.
    with team.project.act(team.awa.id) as act:
        add_version(
            team.project.connection, act, shown, state=VersionState.SIGNED, validation_id="m", from_id=brought.id
        )
    signed = find_version(team.project, "2")
    assert signed.rows == brought.rows and signed.from_id == brought.id


def test_versions_are_named_once_and_found_by_number_name_or_last(team: Team) -> None:
    with pytest.raises(InputRefused, match="no row"):
        freeze(team.project, team.awa)
    with pytest.raises(UsageProblem, match="no version yet"):
        find_version(team.project, "last")
    built(team)
    first, second = freeze(team.project, team.awa, "Bamako"), freeze(team.project, team.awa)
    for wish, found in (("1", first), ("bamako", first), ("LAST", second), ("dernière", second), (second.id, second)):
        assert find_version(team.project, wish) == found
    with pytest.raises(UsageProblem, match=r"1 \(Bamako\), 2"):
        find_version(team.project, "3")
    for name in ("BAMAKO", "2", "7b", "last"):
        with pytest.raises(UsageProblem, match="called"):
            freeze(team.project, team.awa, name)
    assert len(frozen_versions(team.project)) == 2


def test_versions_that_two_made_with_one_name_are_told_apart_by_number(pair: Leads) -> None:
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        add_row(project, coder, RowKind.OUTCOME, {"statement_fr": "On consulte"})
        freeze(project, coder, "Bamako")
    pair.exchange()
    with pytest.raises(UsageProblem, match="1, 1b"):
        find_version(pair.here, "Bamako")
    assert find_version(pair.here, "1b") == find_version(pair.there, "1b")


def test_a_version_cannot_be_rewritten_from_elsewhere(pair: Leads) -> None:
    add_row(pair.here, pair.awa, RowKind.OUTCOME, {"statement_fr": "On consulte"})
    made = freeze(pair.here, pair.awa)
    pair.exchange()
    with pair.there.act(pair.daan.id) as act:
        body = {"set": {"rows": []}, "was": {"rows": [{}]}}
        insert(pair.there.connection, [act._next("framework_version.put", made.id, body)])
    assert len(merge(pair.here, [("p", package(pair.there))]).refused) == 1
    assert frozen_versions(pair.here) == [made]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("put", {"set": {"number": 1, "state": "signed", "rows": []}}),
        ("put", {"set": {"behind": {}}, "was": {"behind": {"a": {}}}}),
        ("remove", {}),
    ],
)
def test_a_version_is_not_made_again_nor_taken_away_from_elsewhere(
    pair: Leads, verb: str, body: dict[str, object]
) -> None:
    add_row(pair.here, pair.awa, RowKind.OUTCOME, {"statement_fr": "On consulte"})
    made = freeze(pair.here, pair.awa)
    pair.exchange()
    with pair.there.act(pair.daan.id) as act:
        insert(pair.there.connection, [act._next(f"framework_version.{verb}", made.id, body)])
    [refused] = merge(pair.here, [("p", package(pair.there))]).refused
    assert refused.code == "fixed_field" and frozen_versions(pair.here) == [made]


def test_a_version_that_is_undone_and_redone_goes_and_comes_everywhere(pair: Leads) -> None:
    add_row(pair.here, pair.awa, RowKind.OUTCOME, {"statement_fr": "On consulte"})
    made = freeze(pair.here, pair.awa)
    pair.exchange()
    undo(pair.here, pair.awa)
    pair.exchange()
    assert frozen_versions(pair.there) == []
    redo(pair.here, pair.awa)
    pair.exchange()
    assert frozen_versions(pair.there) == [made]


def test_whoever_codes_blind_sees_and_makes_no_version(team: Team) -> None:
    built(team)
    freeze(team.project, team.awa)
    assign(team.project, team.awa, [team.text.transcript], [team.binta])
    with pytest.raises(InputRefused, match="blind"):
        frozen_versions(team.project, team.binta)
    with pytest.raises(InputRefused, match="blind"):
        freeze(team.project, team.binta)
    assert len(frozen_versions(team.project, team.awa)) == 1
