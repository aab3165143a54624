"""Feedback on practice in the workbench."""

from __future__ import annotations

from pathlib import Path

from hsreview.tui.screens.practice import PracticeScreen
from hsreview.workflows.coding import add_codings
from hsreview.workflows.practising import start
from hsreview.workflows.reading import find_transcript
from tests.builders import a_project, code_id, opened
from tests.tui.stage import workbench


async def test_each_difference_stands_with_its_rule_and_enter_goes_to_the_text(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "data")
    text = opened(project)
    add_codings(project, awa, text.version.id, *text.sentences[2], [code_id("K4")])
    start(project, tmp_path / "lesson", find_transcript(project, "cso-1"), "Awa", awa)
    async with workbench(tmp_path / "lesson", "Awa", size=(80, 24)) as stage:
        await stage.press("enter", "g", "f")
        assert not isinstance(stage.app.screen, PracticeScreen), "the key comes after the work"
        await stage.press("R", "g", "f")
        screen = stage.app.screen
        assert isinstance(screen, PracticeScreen)
        [row] = screen.all_rows()
        assert row.cells[1:4] == ("missed", "K4", "–") and "Label K4" in screen.detail_of(row)
        await stage.press("enter")
        assert stage.app.screen is stage.coding and stage.selected() == text.text[slice(*text.sentences[2])]
    project.close()


async def test_outside_of_practice_it_says_so(tmp_path: Path) -> None:
    project, _awa = a_project(tmp_path / "data")
    project.close()
    async with workbench(tmp_path / "data", "Awa") as stage:
        await stage.press("enter", "g", "f")
        assert not isinstance(stage.app.screen, PracticeScreen)
