"""Lists: the cursor stands only on rows that mean something."""

from __future__ import annotations

from pathlib import Path

from hsreview.tui.screens.codebook import CodebookScreen
from hsreview.tui.screens.help import HelpScreen
from hsreview.tui.widgets.rows import Row, RowList
from tests.tui.stage import workbench

ROWS = [
    Row("A", ("A",), "heading"),
    Row("a1", ("a1",)),
    Row("B", ("B",), "heading"),
    Row("C", ("C",), "heading"),
    Row("c1", ("c1",)),
    Row("D", ("D",), "heading"),
]


def test_the_cursor_passes_over_headings() -> None:
    rows = RowList()
    rows.rows, rows.cursor = ROWS, 1
    seen = []
    for step in (1, 1, -1, -1):
        rows.move(step)
        seen.append(rows.current.key if rows.current else "")
    assert seen == ["c1", "c1", "a1", "a1"]
    rows.go_to(5)
    assert rows.cursor == 4
    rows.go_to(0)
    assert rows.cursor == 1


async def test_the_first_heading_comes_into_view_with_the_first_row(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "f1")
        screen = stage.app.screen
        assert isinstance(screen, HelpScreen)
        assert screen.rows.cursor == 1
        await stage.press("end", "home")
        assert (screen.rows.cursor, screen.rows.scroll_offset.y) == (1, 0)


async def test_a_double_click_on_a_heading_opens_nothing(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c")
        screen = stage.app.screen
        assert isinstance(screen, CodebookScreen)
        rows = screen.rows
        await stage.pilot.click(rows, offset=(3, 1), times=2)
        assert stage.app.screen is screen and rows.cursor == 1
        await stage.pilot.click(rows, offset=(3, 2), times=2)
        assert stage.app.screen is not screen


async def test_the_tree_tells_the_whole_name_and_rule_of_the_highlighted_code(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "tab", "down")
        assert stage.focus == "tree" and "D2 Label D2" in stage.status
        assert "no rule yet" in stage.status
        await stage.press("escape", "down")
        assert "D2" not in stage.status


async def test_a_folded_theme_can_be_reached_and_unfolded(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "space")
        screen = stage.app.screen
        assert isinstance(screen, CodebookScreen) and screen.rows.current is not None
        assert [row.cells[0] for row in screen.rows.rows] == ["▸ D Drivers"]
        await stage.press("enter")
        assert len(screen.rows.rows) == 4 and screen.rows.cursor == 1
