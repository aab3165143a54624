"""Rows of another state that two people decide on apart from each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.framework import RowKind
from hsreview.model.people import Coder
from hsreview.model.transfer import DROPPED, TransferChoice
from hsreview.workflows.assigning import assign
from hsreview.workflows.coders import store_coder
from hsreview.workflows.conflicts import decide_conflict, open_conflicts
from hsreview.workflows.framework_rows import add_row, framework
from hsreview.workflows.transfer import Decision, Origin, decide, offers, read_origin
from tests.builders import a_project, opened
from tests.project.teams import Leads, package

SECRET = "Only one person said so"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    other, coder = a_project(tmp_path / "other")
    with closing(other):
        add_row(other, coder, RowKind.INDICATOR, {"statement_fr": "Réunions", "baseline_value": 2})
        return read_origin(other)


def test_the_same_drop_with_two_reasons_waits_for_a_decision_and_then_is_one(pair: Leads, origin: Origin) -> None:
    [row] = origin.rows.rows
    for project, coder, reason in ((pair.here, pair.awa, "not here"), (pair.there, pair.daan, "too dear")):
        decide(project, coder, origin, {row.id: Decision(TransferChoice.DROP, reason)})
    assert len(pair.exchange()) == 1
    [shown] = open_conflicts(pair.here)
    assert {value.said for value in shown.values} == {"IN1 (other): not here", "IN1 (other): too dear"}
    decide_conflict(pair.here, pair.awa, shown.conflict.id, shown.values[0].record, "we talked")
    assert pair.exchange() == []
    [offer] = offers(pair.there, origin).offers
    assert offer.choice is TransferChoice.DROP


def test_what_one_takes_over_and_the_other_drops_is_taken_over(pair: Leads, origin: Origin) -> None:
    [row] = origin.rows.rows
    decide(pair.here, pair.awa, origin, {row.id: Decision(TransferChoice.ADOPT)})
    decide(pair.there, pair.daan, origin, {row.id: Decision(TransferChoice.DROP, "too dear")})
    assert pair.exchange() == []
    for project in (pair.here, pair.there):
        [offer] = offers(project, origin).offers
        assert (offer.choice, offer.taken and offer.taken.ref) == (TransferChoice.ADOPT, "IN1")
        [made] = framework(project).rows
        assert made.derived_from == row.id and "baseline_value" not in made.data


def test_a_blind_coder_is_not_told_what_was_dropped(pair: Leads, origin: Origin) -> None:
    [row] = origin.rows.rows
    assign(pair.here, pair.awa, [opened(pair.here).transcript], [pair.daan])
    decide(pair.here, pair.awa, origin, {row.id: Decision(TransferChoice.DROP, SECRET)})
    sent = package(pair.here, blind_for=pair.daan.id)
    assert any(each.entity.startswith(DROPPED) for each in sent.changes)
    assert SECRET not in json.dumps([each.body for each in sent.changes], default=str)


def test_a_blind_coder_is_not_told_how_it_was_settled_what_was_dropped(pair: Leads, origin: Origin) -> None:
    [row] = origin.rows.rows
    for project, coder, reason in ((pair.here, pair.awa, SECRET), (pair.there, pair.daan, "too dear")):
        decide(project, coder, origin, {row.id: Decision(TransferChoice.DROP, reason)})
    pair.exchange()
    [shown] = open_conflicts(pair.here)
    mine = next(value for value in shown.values if value.coder == "Awa")
    decide_conflict(pair.here, pair.awa, shown.conflict.id, mine.record, SECRET)
    eve = store_coder(pair.here, Coder(new_id(), "Eve"), pair.awa.id)
    assign(pair.here, pair.awa, [opened(pair.here).transcript], [eve])
    sent = package(pair.here, blind_for=eve.id)
    assert any(each.kind == "ruling.put" for each in sent.changes)
    assert SECRET not in json.dumps([each.body for each in sent.changes], default=str)
