"""Merging: set union of records, whole packages or nothing, the same tables everywhere."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.conflicts import conflicts, decide
from hsreview.project.doctor import examine
from hsreview.project.merging import merge, plan
from hsreview.workflows import coding as acts
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.reading import codings_of
from tests.builders import a_project, code_id, opened
from tests.project.teams import copied, give, package, tables


def test_two_coders_have_each_others_codings_after_the_exchange(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    version = opened(here).version.id
    acts.add_codings(here, awa, version, 20, 30, [code_id("D1")])
    acts.add_codings(there, daan, version, 40, 50, [code_id("D2")])
    dry = plan(here, [("daan", package(there, mine=daan.id))])
    assert len(codings_of(here)) == 1
    merged = merge(here, [("daan", package(there, mine=daan.id))])
    assert merged == dry and merged.new == {daan.id: 1} and merged.packages == ("daan",)
    assert merge(here, [("daan", package(there, mine=daan.id))]).new == {}
    give(here, there)
    assert len(codings_of(here)) == len(codings_of(there)) == 2
    assert tables(here) == tables(there)
    assert examine(here.connection) == examine(there.connection) == []


def test_a_label_changed_on_both_sides_is_open_until_somebody_decides(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    there = copied(here, tmp_path / "there")
    change_code(here, awa, code_id("D1"), texts={"label": Localized(fr="Ici", en="Here")})
    change_code(there, awa, code_id("D1"), texts={"label": Localized(fr="Là", en="There")})
    give(here, there)
    give(there, here)
    [open_] = conflicts(here.connection)
    assert [open_] == conflicts(there.connection) and (open_.table, open_.field) == ("code", "data.label")
    decide(here, awa, open_.id, open_.values[0].record, "clearer")
    assert conflicts(here.connection) == [] and examine(here.connection) == []
    give(here, there)
    assert conflicts(there.connection) == [] and tables(here) == tables(there)
    assert acts.undo(here, awa).done
    assert [each.id for each in conflicts(here.connection)] == [open_.id]


def test_another_projects_package_is_refused(tmp_path: Path) -> None:
    here, _awa = a_project(tmp_path / "here")
    there, _other = a_project(tmp_path / "there")
    before = tables(here)
    merged = merge(here, [("foreign", package(there))])
    assert [problem.code for problem in merged.refused] == ["other_project"] and merged.packages == ()
    assert tables(here) == before
