"""A framework's workbook by keyboard: written, and read back cell by cell."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from hsreview.model.framework import RowKind
from hsreview.project.project import Project
from hsreview.tui.screens.framework_book import FrameworkBookScreen
from hsreview.tui.screens.framework_rows import FrameworkRowsScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.framework_rows import add_row, framework
from hsreview.workflows.outputs import outputs
from tests.tui.stage import Stage, workbench


def with_rows(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        for text in ("Meetings", "Letters"):
            add_row(project, awa, RowKind.INDICATOR, {"statement_en": text, "unit": "a year"})


def write(path: Path) -> None:
    """As a partner would: another unit, an emptied one, and a new row."""
    book = load_workbook(path)
    sheet = book["Indicators"]
    keys = {str(sheet.cell(2, at).value): at for at in range(1, sheet.max_column + 1)}
    sheet.cell(4, keys["indicator.unit"]).value = "a month"
    sheet.cell(5, keys["indicator.unit"]).value = None
    sheet.cell(5, keys["indicator.harm"]).value = "red"
    sheet.cell(6, keys["indicator.statement_en"]).value = "Visits"
    book.save(path)


async def read_back(stage: Stage) -> FrameworkBookScreen:
    await stage.press("i", "=framework.xlsx", "enter")
    screen = stage.app.screen
    assert isinstance(screen, FrameworkBookScreen)
    return screen


async def test_a_workbook_goes_out_and_its_cells_are_accepted_one_by_one(root: Path) -> None:
    with_rows(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "x", "enter", "enter")
        path = root / "exports" / "framework.xlsx"
        assert path.is_file()
        write(path)
        screen = await read_back(stage)
        lines = [line.cells for line in screen.rows.rows]
        assert [line[:2] for line in lines] == [("✗", ""), ("✓", "IN1"), ("–", "IN2"), ("✓", "IN+1")]
        assert "red" in lines[0][4]
        await stage.press("down", "space")  # The first change is refused after all …
        await stage.press("space")  # … and what was emptied is accepted.
        assert [line.cells[0] for line in screen.rows.rows] == ["✗", "–", "✓", "✓"]
        await stage.press("s")
        assert isinstance(stage.app.screen, FrameworkRowsScreen)
        found = {row.ref: dict(row.data) for row in framework(stage.project).rows}
        assert found == {
            "IN1": {"statement_en": "Meetings", "unit": "a year"}, "IN2": {"statement_en": "Letters"},
            "IN3": {"statement_en": "Visits"},
        }  # fmt: skip
        await stage.press("u")
        assert [row.ref for row in framework(stage.project).rows] == ["IN1", "IN2"], "one undo takes it all back"


async def test_a_file_that_says_the_same_is_told(root: Path) -> None:
    with_rows(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "x", "enter", "enter")
        screen = await read_back(stage)
        assert screen.rows.rows == [] and "what the project says" in screen.rows.empty


async def test_a_public_document_is_written_from_the_screen(root: Path) -> None:
    with_rows(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "x", *"public", "enter", "ctrl+u", f"={root / 'exports' / 'b.docx'}", "enter")
        paths = [path.name for path in root.glob("**/*.docx")]
        [output] = outputs(stage.project, "framework_rows")
    assert paths == ["b.docx"] and (output.details["public"], output.details["language"]) == (True, "en")
