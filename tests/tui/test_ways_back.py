"""From every list to the text and back to the same line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.tui.screens.list_screen import ListScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings, mark_reviewed, write_memo
from tests.builders import a_project, code_id, opened
from tests.tui.stage import Stage, workbench


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project, awa = a_project(tmp_path / "p", transcripts=2)
    for name in ("cso-1", "cso-2"):
        text = opened(project, name)
        for number in (2, 4):
            [coding] = add_codings(
                project, awa, text.version.id, *text.sentences[number], [code_id("D1")], flags=["quote"]
            )
            write_memo(project, awa, f"note {name} {number}", coding_id=coding.id)
        mark_reviewed(project, awa, text.transcript.id)
    project.close()
    return tmp_path / "p"


def listed(stage: Stage) -> ListScreen:
    found = stage.app.screen
    assert isinstance(found, ListScreen)
    return found


LISTS = {
    "search": ("g", "s", "=sans", "enter"),
    "query": ("g", "q", "=D1", "enter"),
    "segments": ("g", "d"),
    "quotes": ("g", "v"),
    "memos": ("g", "M"),
    "cell": ("g", "m", "enter"),
}


@pytest.mark.parametrize("keys", LISTS.values(), ids=LISTS)
async def test_escape_leads_from_the_text_back_to_the_same_line(root: Path, keys: tuple[str, ...]) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", *keys, "down")
        screen, cursor, depth = listed(stage), listed(stage).rows.cursor, len(stage.app.screen_stack)
        assert cursor == 1 and len(screen.rows.rows) > 1
        row = screen.rows.current
        for _again in range(2):
            await stage.press("enter")
            assert stage.app.screen is stage.coding and "Esc back" in stage.coding.footer.text()
            await stage.press("escape")
            assert listed(stage) is screen and screen.rows.current == row and screen.rows.cursor == cursor
            assert len(stage.app.screen_stack) == depth
        await stage.press(*["escape"] * (depth - stage.app.screen_stack.index(stage.coding) - 1))
        assert stage.app.screen is stage.coding and stage.coding.back is None


async def test_what_was_done_in_the_text_is_in_the_list_on_the_way_back(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1", "enter", "down", "enter")
        text = opened(stage.project)
        add_codings(stage.project, coders(stage.project)[0], text.version.id, *text.sentences[1], [code_id("D1")])
        await stage.press("escape")
        assert len(listed(stage).rows.rows) == 5 and listed(stage).rows.rows[0].cells[0].startswith("cso-1 2")


async def test_another_jump_or_another_coder_leads_back_to_nothing_old(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "d", "enter", "g", "v", "down", "enter")
        await stage.press("escape")
        assert type(stage.app.screen).__name__ == "QuotesScreen" and listed(stage).rows.cursor == 1
        await stage.press("enter", "g", "t", "enter")
        assert stage.app.screen is stage.coding and stage.coding.back is None
        await stage.press("g", "d", "enter")
        kept = [each for each in stage.app._installed_screens.values() if isinstance(each, ListScreen)]
        assert [type(each).__name__ for each in kept] == ["SegmentsScreen"]
        stage.coding.coder_leaves()
        await stage.press("escape")
        assert stage.app.screen is stage.coding
