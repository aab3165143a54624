"""The audit sheet of a real project: every act, what was undone, and nothing of others for a blind coder."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.workflows import assigning
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.undoing import redo, undo
from tests.builders import a_project, code_id, opened


def audit(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path)["Audit"].iter_rows(min_row=2)]


def test_acts_that_were_undone_and_done_again_say_so(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    with project:
        version = opened(project).version.id
        add_codings(project, awa, version, 20, 30, [code_id("D1")])
        add_codings(project, awa, version, 40, 50, [code_id("D1")])
        undo(project, awa)
        export_excel(project, tmp_path / "a.xlsx", layer="Awa", lang="en", sheets=["audit"])
        redo(project, awa)
        export_excel(project, tmp_path / "b.xlsx", layer="Awa", lang="en", sheets=["audit"])
        acts = project.connection.execute("select count(distinct act) from change").fetchone()[0]
    first, second = audit(tmp_path / "a.xlsx"), audit(tmp_path / "b.xlsx")
    assert (len(first), len(second)) == (acts - 1, acts)
    assert [(row[2], row[5]) for row in first[-3:]] == [
        ("make or change", "stands"), ("make or change", "taken back"), ("undo", "stands"),
    ]  # fmt: skip
    assert second[-1][2] == "redo" and second[-3][5] == "stands"
    assert second[-1][7] == second[-3][8]


def test_a_blind_coder_sees_their_own_acts_only(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    with project:
        daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
        text = opened(project)
        assigning.assign(project, awa, [text.transcript], [daan])
        add_codings(project, awa, text.version.id, 20, 30, [code_id("D1")])
        add_codings(project, daan, text.version.id, 20, 30, [code_id("D1")])
        export_excel(project, tmp_path / "a.xlsx", layer="Daan", lang="en", sheets=["audit"], viewer=daan)
    told, *rows = audit(tmp_path / "a.xlsx")
    assert str(told[3]).startswith("You code blind")
    assert {row[1] for row in rows} == {"Daan"} and len(rows) == 1
