"""Rows of the framework on several replicas: what two people write apart, and what comes in from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.framework import PARENTS, RowKind, SourceKind, Stance
from hsreview.model.framework_columns import COLUMNS
from hsreview.model.people import Coder, CoderRole
from hsreview.project import framework as stored
from hsreview.project.doctor import examine
from hsreview.project.framework import evidence, rows
from hsreview.project.log import insert
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows.assigning import assign
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.conflicts import decide_conflict, open_conflicts
from hsreview.workflows.evidence import grounds
from hsreview.workflows.framework_rows import (
    Framework,
    Row,
    RowStatus,
    add_row,
    change_row,
    find_links,
    framework,
    link,
    remove_rows,
    unlink,
)
from hsreview.workflows.framework_values import show_value
from hsreview.workflows.tracing import trace
from hsreview.workflows.undoing import undo, undo_label
from tests.builders import a_project, code_id, opened
from tests.project.teams import Leads, copied, package

SAYS = {"statement_fr": "Ligne"}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Leads]:
    with closing(Leads(tmp_path)) as found:
        yield found


def made(project: Project, coder: Coder, kind: RowKind = RowKind.INDICATOR, **more: Any) -> Row:
    return add_row(project, coder, kind, SAYS, **more)


def shared(pair: Leads, kind: RowKind = RowKind.INDICATOR) -> Row:
    row = made(pair.here, pair.awa, kind)
    pair.exchange()
    return row


@pytest.mark.parametrize(
    ("key", "heading", "one", "other", "said"),
    [
        ("statement_fr", "Statement (fr)", "Un", "Deux", {"Un", "Deux"}),
        ("baseline_value", "Baseline", 2.5, 3, {"2.5", "3"}),
        ("kind", "Kind", "quantitative", "perception", {"quantitative", "perception"}),
        ("disaggregation", "Disaggregation", ["sex"], ["age", "region"], {"sex", "age; region"}),
        ("frequency", "Frequency", "half_yearly", None, {"half-yearly", "–"}),
    ],
)
def test_one_cell_written_apart_is_a_conflict_that_somebody_decides(
    pair: Leads, key: str, heading: str, one: Any, other: Any, said: set[str]
) -> None:
    row = shared(pair)
    if other is None:
        change_row(pair.here, pair.awa, row, {key: "once"})
        pair.exchange()
    change_row(pair.here, pair.awa, row, {key: one})
    change_row(pair.there, pair.daan, row, {key: other})
    [conflict] = pair.exchange()
    [told] = open_conflicts(pair.there)
    assert told.thing == "row of the framework IN1" and conflict.field == f"data.{key}"
    assert told.field == heading
    assert {value.said for value in told.values} == said
    chosen = next(value for value in told.values if value.coder == "Awa")
    decide_conflict(pair.there, pair.daan, conflict.id, chosen.record, "why")
    assert pair.exchange() == []
    assert [each.data[key] for each in rows(pair.here.connection)] == [one]


def test_different_cells_of_a_row_are_no_conflict(pair: Leads) -> None:
    row = shared(pair)
    change_row(pair.here, pair.awa, row, {"unit": "x"})
    change_row(pair.there, pair.daan, row, {"cost": "y"}, status=RowStatus.PROPOSED)
    assert pair.exchange() == []
    [found] = rows(pair.there.connection)
    assert (found.data["unit"], found.data["cost"], found.status) == ("x", "y", RowStatus.PROPOSED)


def test_a_status_and_a_stance_in_conflict_are_told_in_words(pair: Leads) -> None:
    row = shared(pair)
    link(pair.here, pair.awa, framework(pair.here), row, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    pair.exchange()
    for project, coder, status, stance in (
        (pair.here, pair.awa, RowStatus.PROPOSED, Stance.CONTRADICTS),
        (pair.there, pair.daan, RowStatus.RETIRED, Stance.QUALIFIES),
    ):
        change_row(project, coder, row, status=status)
        link(project, coder, framework(project), row, [(SourceKind.DOCUMENT, "Report")], stance)
    assert len(pair.exchange()) == 2
    told = {each.thing: {value.said for value in each.values} for each in open_conflicts(pair.here)}
    assert told == {
        "evidence of IN1": {"contradicts", "qualifies"}, "row of the framework IN1": {"proposed", "retired"},
    }  # fmt: skip


def test_a_blind_coder_is_not_told_of_conflicts_about_rows(pair: Leads) -> None:
    row = shared(pair)
    eve = store_coder(pair.here, Coder(new_id(), "Eve"), pair.awa.id)
    assign(pair.here, pair.awa, [opened(pair.here).transcript], [eve])
    change_row(pair.here, pair.awa, row, {"statement_fr": "Un"})
    change_row(pair.there, pair.daan, row, {"statement_fr": "Deux"})
    pair.exchange()
    assert len(open_conflicts(pair.here, viewer=pair.daan)) == 1
    assert open_conflicts(pair.here, viewer=eve) == []


def test_rows_made_apart_with_one_ref_are_told_apart_the_same_way_everywhere(pair: Leads) -> None:
    made(pair.here, pair.awa)
    made(pair.there, pair.daan)
    assert pair.exchange() == []
    assert sorted(row.ref for row in rows(pair.here.connection)) == ["IN1", "IN1b"]
    assert rows(pair.here.connection) == rows(pair.there.connection)
    assert made(pair.here, pair.awa).ref == "IN2"


def test_a_row_keeps_its_ref_when_the_other_of_that_ref_is_removed(pair: Leads) -> None:
    gone = made(pair.here, pair.awa)
    add_row(pair.there, pair.daan, RowKind.INDICATOR, {"statement_fr": "Autre"})
    pair.exchange()
    remove_rows(pair.here, pair.awa, framework(pair.here), [gone])
    pair.exchange()
    for project in (pair.here, pair.there):
        assert [(each.ref, each.data["statement_fr"]) for each in rows(project.connection)] == [("IN1b", "Autre")]


def test_no_two_rows_ever_have_one_ref_whatever_came_in(pair: Leads) -> None:
    for ref in ("IN1b", "IN1", "IN1", "IN1", "IN" + "9" * 5000):
        with pair.there.act(pair.daan.id) as act:
            act.put("framework_row", new_id(), kind="indicator", ref=ref, status="draft", created=act.at, data=SAYS)
    pair.exchange()
    found = rows(pair.here.connection)
    assert len({row.ref for row in found}) == len(found) == 5
    assert made(pair.here, pair.awa).ref == "IN2"


def test_a_row_removed_here_stays_removed_although_it_was_written_there(pair: Leads) -> None:
    row = shared(pair)
    remove_rows(pair.here, pair.awa, framework(pair.here), [row])
    change_row(pair.there, pair.daan, row, {"unit": "x"})
    link(pair.there, pair.daan, framework(pair.there), row, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    made(pair.there, pair.daan, RowKind.FINDING)
    pair.exchange()
    found = framework(pair.here)
    assert [each.ref for each in found.rows] == ["F1"] and found.links == {}


def test_rows_whose_parent_or_finding_was_removed_elsewhere_are_still_there(pair: Leads) -> None:
    outcome, finding = shared(pair, RowKind.OUTCOME), shared(pair, RowKind.FINDING)
    remove_rows(pair.here, pair.awa, framework(pair.here), [outcome, finding])
    child = made(pair.there, pair.daan, parent=outcome)
    link(pair.there, pair.daan, framework(pair.there), child, [(SourceKind.FINDING, "F1")], Stance.SUPPORTS)
    pair.exchange()
    for project in (pair.here, pair.there):
        found = framework(project)
        assert [each.ref for each in found.children[""]] == ["IN1"]
        way = trace(project, "IN1")
        assert way.above == [] and [step.finding for step in way.down] == [None]
        assert find_links(found, child, [finding.id]) == found.links[child.id]


def test_findings_that_stand_on_each_other_after_a_merge_are_traced_and_counted(pair: Leads) -> None:
    one, two = shared(pair, RowKind.FINDING), shared(pair, RowKind.FINDING)
    link(pair.here, pair.awa, framework(pair.here), one, [(SourceKind.FINDING, "F2")], Stance.CONTRADICTS)
    link(pair.there, pair.daan, framework(pair.there), two, [(SourceKind.FINDING, "F1")], Stance.SUPPORTS)
    link(pair.there, pair.daan, framework(pair.there), two, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    assert pair.exchange() == []
    down = trace(pair.here, "F1").down
    assert [(step.ground.link.source_kind, step.ground.stance, step.depth) for step in down] == [
        (SourceKind.FINDING, Stance.CONTRADICTS, 1), (SourceKind.FINDING, Stance.CONTRADICTS, 2),
        (SourceKind.FINDING, Stance.SUPPORTS, 3), (SourceKind.FINDING, Stance.SUPPORTS, 4),
        (SourceKind.DOCUMENT, Stance.SUPPORTS, 4), (SourceKind.DOCUMENT, Stance.CONTRADICTS, 2),
    ]  # fmt: skip
    remove_rows(pair.here, pair.awa, framework(pair.here), [one, two])
    assert pair.exchange() == []


def test_rows_never_stand_in_a_ring(pair: Leads) -> None:
    one, two = shared(pair, RowKind.OUTCOME), shared(pair, RowKind.OUTCOME)
    for project, coder, row, parent in (
        (pair.here, pair.awa, one, two), (pair.there, pair.daan, two, one), (pair.there, pair.daan, two, two),
    ):  # fmt: skip
        with project.act(coder.id) as act:
            act.put("framework_row", row.id, parent_id=parent.id)
    pair.exchange()
    found = framework(pair.here)
    assert {each.id for each in found.children[""]} == {one.id, two.id}
    assert trace(pair.here, "OC1").above == [] and trace(pair.here, "OC1").below == ()


def test_what_two_people_linked_apart_goes_with_one_word(pair: Leads) -> None:
    row = shared(pair, RowKind.FINDING)
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        link(project, coder, framework(project), row, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    pair.exchange()
    link(pair.here, pair.awa, framework(pair.here), row, [(SourceKind.DOCUMENT, "Report")], Stance.CONTRADICTS)
    assert {each.stance for each in evidence(pair.here.connection)} == {Stance.CONTRADICTS}
    found = framework(pair.here)
    assert unlink(pair.here, pair.awa, find_links(found, row, ["report"])) == 2
    assert evidence(pair.here.connection) == []


# One machine, two windows.


def test_a_cell_written_in_another_window_meanwhile_is_kept(pair: Leads) -> None:
    row = made(pair.here, pair.awa)
    change_row(pair.here, pair.awa, row, {"unit": "per year"})
    change_row(pair.here, pair.awa, row, {"cost": "none"})  # `row` was read before.
    assert rows(pair.here.connection)[0].data == {**SAYS, "unit": "per year", "cost": "none"}


def test_what_this_version_cannot_read_is_kept_when_another_cell_is_written(pair: Leads) -> None:
    row = made(pair.here, pair.awa)
    with pair.here.act(pair.awa.id) as act:
        act.put("framework_row", row.id, data={**SAYS, "later": 1, "frequency": "each full moon"})
    [row] = rows(pair.here.connection)
    assert row.data == SAYS
    change_row(pair.here, pair.awa, row, {"unit": "x"})
    held = stored.data_of(pair.here.connection, row.id)
    assert held == {**SAYS, "later": 1, "frequency": "each full moon", "unit": "x"}


def test_a_row_that_was_removed_meanwhile_does_not_come_back(pair: Leads) -> None:
    row = made(pair.here, pair.awa)
    found = framework(pair.here)
    remove_rows(pair.here, pair.awa, found, [row])
    with pytest.raises(InputRefused, match="removed meanwhile"):
        change_row(pair.here, pair.awa, row, {"unit": "x"})
    with pytest.raises(InputRefused, match="removed meanwhile"):
        change_row(pair.here, pair.awa, row, status=RowStatus.PROPOSED)
    with pytest.raises(InputRefused, match="removed meanwhile"):
        link(pair.here, pair.awa, found, row, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    assert rows(pair.here.connection) == [] and evidence(pair.here.connection) == []


def test_undoing_rows_and_links_is_told_in_words(pair: Leads) -> None:
    row = made(pair.here, pair.awa)
    link(pair.here, pair.awa, framework(pair.here), row, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    assert [undo(pair.here, pair.awa).what for _time in range(2)] == ["1 link of IN1", "row IN1 of the framework"]
    made(pair.there, pair.daan)
    pair.exchange()
    [twin] = rows(pair.there.connection)
    link(pair.there, pair.daan, framework(pair.there), twin, [(SourceKind.DOCUMENT, "Report")], Stance.SUPPORTS)
    assert [undo(pair.there, pair.daan).what for _time in range(2)] == ["1 link of IN1b", "row IN1b of the framework"]
    assert [undo_label(each) for each in ("framework_row", "evidence")] == ["row of the framework", "evidence"]
    assert rows(pair.there.connection) == []


# Packages.


def test_rows_and_evidence_are_withheld_from_a_blind_coder_until_the_end(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    eve = store_coder(here, Coder(new_id(), "Eve"), awa.id)
    [coding] = add_codings(here, awa, opened(here).version.id, 20, 30, [code_id("D1")])
    row = add_row(here, awa, RowKind.FINDING, {"statement_fr": "Le secret de la ligne"})
    sources = [(SourceKind.CODING, coding.id)]
    link(here, awa, framework(here), row, sources, Stance.SUPPORTS, note="secret aussi")
    with closing(here), closing(Project.create(tmp_path / "blind", project_id=here.id)) as blind:
        assert merge(blind, [("p", package(here, blind_for=eve.id))]).refused == ()
        assert rows(blind.connection) == [] and evidence(blind.connection) == []
        assert examine(blind.connection) == []
        assert b"secret" not in blind.connection.serialize()
        merge(blind, [("p", package(here))])
        assert rows(blind.connection) == rows(here.connection) != []
        assert evidence(blind.connection) == evidence(here.connection) != []
        assert examine(blind.connection) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "sex", "yes", "high", "2017-13", "٢٠١٧", "\u202e\x1b[2J", "=1+1", "draft", "finding"])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=4,
)  # fmt: skip
_KEYS = sorted({key for kind in COLUMNS for column in COLUMNS[kind] for key in column.keys})
_WORDS = {
    "kind": st.sampled_from(list(RowKind)), "status": st.sampled_from(list(RowStatus)), "ref": st.text(max_size=4),
    "source_kind": st.sampled_from(list(SourceKind)), "stance": st.sampled_from(list(Stance)),
    "row_id": st.sampled_from(["a", "b", "gone"]), "source": st.sampled_from(["a", "b", "gone", ""]),
    "parent_id": st.sampled_from(["a", "b", "gone"]),
}  # fmt: skip
_ROW = st.fixed_dictionaries(
    {name: _WORDS[name] for name in ("kind", "ref", "status")},
    optional={
        "parent_id": _WORDS["parent_id"], "position": st.integers(-9, 9) | _JSON, "created": st.text(max_size=3),
        "data": st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=9),
    },
)  # fmt: skip
_LINK = st.fixed_dictionaries(
    {name: _WORDS[name] for name in ("row_id", "source_kind", "source", "stance")},
    optional={"role": st.sampled_from(["", "risk"]) | _JSON, "note": st.text(max_size=3)},
)
_RECORD = st.tuples(st.just("framework_row"), st.sampled_from("ab"), _ROW) | st.tuples(
    st.just("evidence"), st.sampled_from("cde"), _LINK
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leads]:
    with closing(Leads(tmp_path_factory.mktemp("fuzz"))) as found:
        yield found


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(_RECORD, min_size=1, max_size=6))
def test_malformed_rows_and_links_are_refused_or_can_be_read(
    base: Leads, tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, dict[str, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("case")
    with closing(copied(base.here, folder / "a")) as source, closing(copied(base.here, folder / "b")) as target:
        mallory = store_coder(source, Coder(new_id(), "Mallory", CoderRole.LEAD))
        known: set[str] = set()
        for table, entity, fields in records:
            if entity in known:
                continue
            known.add(entity)
            flat = {name: value for name, value in fields.items() if name != "data"}
            flat |= {f"data.{key}": value for key, value in fields.get("data", {}).items()}
            with source.act(mallory.id) as act:
                try:
                    insert(source.connection, [act._next(f"{table}.put", entity, {"set": flat})])
                except (InputRefused, ValueError):
                    return
        merge(target, [("p", package(source))])
        assert examine(target.connection) == []
        can_be_read(target)


@pytest.mark.parametrize(
    "value", [[], {}, [[]], pytest.param(10**400, id="huge"), -1e308, "2017-02-30", [1], True, "\x1b[2J"]
)
def test_a_value_that_no_cell_may_hold_is_not_read(pair: Leads, value: Any) -> None:
    for kind in RowKind:
        data = {key: value for column in COLUMNS[kind] for key in column.keys}
        with pair.there.act(pair.daan.id) as act:
            act.put("framework_row", new_id(), kind=str(kind), ref=f"{kind}1", status="draft", data=data)
    pair.exchange()
    assert len(rows(pair.here.connection)) == len(RowKind)
    can_be_read(pair.here)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("framework_row", {"kind": "person", "ref": "X1", "status": "draft"}),
        ("framework_row", {"kind": "finding", "ref": "F1", "status": "lost"}),
        ("framework_row", {"kind": "finding", "ref": "F1"}),
        ("framework_row", {"kind": "finding", "ref": 1, "status": "draft"}),
        ("framework_row", {"kind": "finding", "ref": "F1", "status": "draft", "data": {}}),
        ("evidence", {"row_id": "a", "source_kind": "coding", "source": "b"}),
        ("evidence", {"row_id": "a", "source_kind": "person", "source": "b", "stance": "supports"}),
        ("evidence", {"row_id": "a", "source_kind": "coding", "source": "b", "stance": "likes"}),
        ("evidence", {"row_id": "a", "source_kind": "coding", "source": [], "stance": "supports"}),
    ],
)
def test_a_package_with_a_malformed_record_is_refused_whole(pair: Leads, table: str, fields: dict[str, Any]) -> None:
    with pair.there.act(pair.daan.id) as act:
        insert(pair.there.connection, [act._next(f"{table}.put", new_id(), {"set": fields})])
    merged = merge(pair.here, [("p", package(pair.there))])
    assert len(merged.refused) == 1 and rows(pair.here.connection) == []


def can_be_read(project: Project) -> None:
    found: Framework = framework(project)
    behind = grounds(project, found)
    for row in found.rows:
        behind.strength(row)
        for column in COLUMNS[row.kind]:
            for key in column.keys:
                assert isinstance(show_value(found, column, row.data.get(key), "fr"), str)
        parent = found.by_id.get(row.parent_id or "")
        assert parent is None or parent.kind in PARENTS[row.kind]
        trace(project, row.id)
    open_conflicts(project)
