"""Charting by keyboard: the grid, the segments beside the summary, and a sheet that came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from hsreview.base.messages import use_language
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.tui.screens.charting import ChartingScreen
from hsreview.tui.screens.framework import FrameworkScreen
from hsreview.tui.screens.framework_sheet import FrameworkSheetScreen
from hsreview.workflows.coding import add_codings
from hsreview.workflows.framework_matrix import Edit, charting, write_cells
from hsreview.workflows.framework_sheets import make_framework_sheet
from hsreview.workflows.people import set_speaker
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codebook
from tests.builders import a_project, code_id, opened
from tests.tui.stage import Stage, workbench

KIND = CaseKind.RESPONDENT


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    project, awa = a_project(tmp_path / "p", transcripts=2)
    for name, person in (("cso-1", "P-01"), ("cso-2", "P-02")):
        text = opened(project, name)
        set_speaker(project, awa, text.transcript.id, "R1", respondent=person)
        for at, ref in ((4, "D1"), (6, "K4")):
            add_codings(project, awa, text.version.id, *text.sentences[at], [code_id(ref)])
    project.close()
    yield tmp_path / "p"
    use_language("en")


def grid(stage: Stage) -> FrameworkScreen:
    found = stage.app.screen
    assert isinstance(found, FrameworkScreen)
    return found


def cell(stage: Stage) -> ChartingScreen:
    found = stage.app.screen
    assert isinstance(found, ChartingScreen)
    return found


def summary(root: Path, name: str) -> tuple[str, Charted, int]:
    with open_project(root) as project:
        matrix = charting(project, KIND).matrix
        found = next(each for each in matrix.cells.values() if each.case.name == name)
        return found.text, found.status, len(found.summary.segments) if found.summary else 0


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_cell_is_charted_checked_and_undone(root: Path, size: tuple[int, int], language: str) -> None:
    use_language(language)
    async with workbench(root, "Awa", size) as stage:
        await stage.press("enter", "g", "w")
        assert [row.cells for row in grid(stage).rows.rows] == [("P-01", "›○2"), ("P-02", "○2")]
        await stage.press("enter")
        assert [row.cells[0] for row in cell(stage).rows.rows] == ["•", "•"]
        await stage.press("down", "space", "e", "=Budget first, q.", "escape")
        assert stage.focus == "rows" and summary(root, "P-01") == ("Budget first, q.", Charted.DRAFTED, 1)
        await stage.press("c")
        assert summary(root, "P-01")[1] is Charted.CHECKED
        await stage.press("escape")
        assert grid(stage).rows.rows[0].cells == ("P-01", "›✓2!")
        assert "Budget first" in str(grid(stage).detail_of(grid(stage).rows.rows[0]))
        await stage.press("u", "u")
        assert summary(root, "P-01") == ("", Charted.TODO, 0)
        await stage.press("U")
        assert summary(root, "P-01")[0] == "Budget first, q."


async def test_the_footer_says_that_esc_stores_only_while_words_are_written(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "enter")
        assert "Esc back" in " ".join(cell(stage).footer.text().split())
        await stage.press("e")
        assert "Esc store" in " ".join(cell(stage).footer.text().split())
        await stage.press("escape")
        assert "Esc back" in " ".join(cell(stage).footer.text().split())


async def test_leaving_stores_and_an_empty_cell_cannot_be_checked(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "c")
        assert summary(root, "P-01") == ("", Charted.TODO, 0)
        await stage.press("enter", "e", "=Words", "escape", "escape")
        await stage.press("down", "enter")
        assert cell(stage).cell.case.name == "P-02" and cell(stage).area.text == ""
        assert summary(root, "P-01")[0] == "Words"


async def test_words_that_were_not_stored_are_there_again(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "enter", "e", "=Half a")
        cell(stage).keep()
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "enter")
        assert cell(stage).area.text == "Half a" and summary(root, "P-01")[0] == ""


async def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "enter", "e", "=Mine")
        with open_project(root) as other:
            case = next(c for c in charting(other, KIND).matrix.cases if c.name == "P-01")
            awa = stage.app.coder()
            write_cells(other, awa, KIND, [Edit(case.id, codebook(other).themes[0].id, "Theirs")])
        await stage.press("escape")
        assert summary(root, "P-01")[0] == "Theirs" and cell(stage).area.text == "Mine"
        await stage.press("escape")
        assert summary(root, "P-01")[0] == "Mine"


async def test_enter_shows_a_segment_in_its_text(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "enter", "enter")
        assert stage.selected().startswith("Mais sans budget")


async def test_other_cases_are_chosen_by_a_digit(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "b", "4")
        assert [row.cells[0] for row in grid(stage).rows.rows] == ["cso-1", "cso-2"]


async def test_what_could_not_be_read_stands_first_with_its_cell(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    with open_project(root) as project:
        make_framework_sheet(project, KIND, path, lang="en")
    book = load_workbook(path)
    book.worksheets[0]["D6"], book.worksheets[0]["D7"] = "First.", "=1+1"
    book.worksheets[0]["D6"].comment = Comment("Ask Awa.", "Partner")
    book.save(path)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "r", "ctrl+u", f"={path}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, FrameworkSheetScreen)
        found = [(row.cells[0], row.cells[1]) for row in screen.rows.rows]
        assert found == [("✗", "D7"), ("·", "D6"), ("✓", "D6")]


async def test_a_sheet_that_came_back_is_accepted_change_by_change(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    with open_project(root) as project:
        make_framework_sheet(project, KIND, path, lang="en")
    book = load_workbook(path)
    book.worksheets[0]["D6"], book.worksheets[0]["D7"] = "First.", "Second."
    book.save(path)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "w", "r", "ctrl+u", f"={path}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, FrameworkSheetScreen)
        assert [(row.cells[0], row.cells[1]) for row in screen.rows.rows] == [("✓", "D6"), ("✓", "D7")]
        await stage.press("space", "s")
        assert (summary(root, "P-01")[0], summary(root, "P-02")[0]) == ("", "Second.")
        assert grid(stage).rows.rows[1].cells == ("P-02", "✎2")
        await stage.press("u")
        assert summary(root, "P-02")[0] == ""
