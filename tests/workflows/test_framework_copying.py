"""Rows taken over as drafts: for another strategy of the project, with what belongs together kept together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.workflows.framework_deriving import derive
from hsreview.workflows.framework_rows import add_row, change_row, framework
from hsreview.workflows.framework_versions import freeze
from hsreview.workflows.undoing import undo
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "project")
    with closing(found.project):
        yield found


def row(team: Team, kind: RowKind, text: str, parent: Row | None = None, **cells: object) -> Row:
    key = {RowKind.STRATEGY: "title_fr", RowKind.ACTOR: "label_fr"}.get(kind, "statement_fr")
    return add_row(team.project, team.awa, kind, {key: text, **cells}, parent=parent)


def built(team: Team) -> Row:
    """A strategy with an outcome of an actor, a marker, an indicator and a recommendation; the second strategy."""
    first, second = row(team, RowKind.STRATEGY, "2014-2015"), row(team, RowKind.STRATEGY, "2016-2020")
    actor = row(team, RowKind.ACTOR, "Mairie")
    outcome = row(team, RowKind.OUTCOME, "On consulte", first, actor=actor.id)
    marker = row(team, RowKind.MARKER, "On invite", outcome)
    row(team, RowKind.INDICATOR, "Réunions", marker, baseline_value=2)
    row(team, RowKind.RECOMMENDATION, "Payer le trajet", outcome, addressee=actor.id)
    row(team, RowKind.FINDING, "Dit")
    refused = row(team, RowKind.INDICATOR, "Refusé", outcome)
    change_row(team.project, team.awa, refused, status=RowStatus.REJECTED)
    return second


def refs(team: Team) -> dict[str, str]:
    """Ref → ref of what it stands under."""
    found = framework(team.project)
    return {each.ref: found.by_id[each.parent_id].ref if each.parent_id else "" for each in found.rows}


def test_drafts_for_another_strategy_stand_together_as_the_rows_do(team: Team) -> None:
    second = built(team)
    version, before = freeze(team.project, team.awa), refs(team)
    made = derive(team.project, team.awa, version, second)
    assert {key: value for key, value in refs(team).items() if key not in before} == {
        "OC2": "ST2", "PM2": "OC2", "IN3": "PM2", "R2": "OC2",
    }  # fmt: skip
    originals = {each.row.id: each.row for each in version.rows}
    for each in made.rows:
        original = originals[each.derived_from]
        assert (each.data, each.coder_id) == (original.data, team.awa.id), "the actor is the same one"
        assert each.status is (RowStatus.OPEN if each.kind is RowKind.RECOMMENDATION else RowStatus.DRAFT)
    assert "4 rows" in undo(team.project, team.awa).what
    assert refs(team) == before


def test_what_was_taken_over_before_is_not_taken_over_twice_and_carries_what_comes_later(team: Team) -> None:
    second = built(team)
    derive(team.project, team.awa, freeze(team.project, team.awa), second, ["PM1"])
    assert refs(team)["PM2"] == "", "its outcome was not taken over"
    made = derive(team.project, team.awa, freeze(team.project, team.awa), second, ["OC1"])
    assert {each.ref for each in made.rows} == {"OC2", "PM3", "IN4", "R2"}
    again = freeze(team.project, team.awa)
    with pytest.raises(InputRefused, match="no row that could be taken over for ST2"):
        derive(team.project, team.awa, again, second, ["OC1"])
    row(team, RowKind.RECOMMENDATION, "Autre", framework(team.project).of(RowKind.OUTCOME)[0])
    made = derive(team.project, team.awa, freeze(team.project, team.awa), second, ["OC1"])
    assert [each.ref for each in made.rows] == ["R4"] and refs(team)["R4"] == "OC2"
    assert len(made.there) == 4


def test_rows_that_a_version_does_not_have_are_not_derived(team: Team) -> None:
    second = built(team)
    version = freeze(team.project, team.awa)
    for wish, told in (("F1", "not a row of this kind"), ("IN9", "no row IN9")):
        with pytest.raises(UsageProblem, match=told):
            derive(team.project, team.awa, version, second, [wish])
