"""A lead changes the codebook by keys: every act is looked at first, stored as one, and taken back by one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.codebooks import code_tree
from hsreview.tui.screens.codebook import CodebookScreen
from hsreview.tui.screens.codebook_change import ChangeScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.splitting import SplitScreen
from hsreview.tui.screens.versions import DiffScreen, VersionsScreen
from hsreview.workflows import reading
from hsreview.workflows.codebook_splitting import split_code
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench

SIZES = [(80, 24), (120, 40)]
FIRST = ("g", "c")


@pytest.fixture
def coded(root: Path) -> Path:
    """Awa put D1 on three places and Daan on one of them."""
    with open_project(root) as project:
        [awa] = coders(project)
        daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
        version = opened(project).version.id
        for start in (20, 50, 80):
            add_codings(project, awa, version, start, start + 10, [code_id("D1")])
        add_codings(project, daan, version, 20, 30, [code_id("D1")])
    return root


def screen(stage: Stage) -> ListScreen:
    found = stage.app.screen
    assert isinstance(found, ListScreen)
    return found


def used(stage: Stage) -> dict[str, int]:
    refs = {node.id: node.ref for node in code_tree(stage.project.connection).nodes}
    return {refs[code]: n for code, (n, _transcripts) in reading.code_usage(stage.project).items()}


def refs(stage: Stage) -> list[str]:
    return [place.code.ref for place in reading.codebook(stage.project).codes()]


def shown(stage: Stage) -> str:
    """Every cell of the list, header and notice."""
    found = screen(stage)
    rows = "\n".join(" | ".join(row.cells) for row in found.rows.rows)
    return f"{found.header.text()}\n{rows}\n{found.notice.text()}"


@pytest.mark.parametrize("size", SIZES)
async def test_a_merge_is_looked_at_stored_and_undone(coded: Path, size: tuple[int, int]) -> None:
    async with workbench(coded, "Awa", size) as stage:
        await stage.press(*FIRST, "m", "=D2", "enter", "enter")
        assert isinstance(stage.app.screen, CodebookScreen) and "needs a reason" in screen(stage).prompt.text()
        await stage.press("=same", "enter")
        assert isinstance(stage.app.screen, ChangeScreen)
        assert "Merge D1 into D2" in shown(stage) and "4 → 0" in shown(stage) and "0 → 4" in shown(stage)
        assert shown(stage).count("D1 → D2") == 4 and used(stage) == {"D1": 4}
        await stage.press("escape")
        assert isinstance(stage.app.screen, CodebookScreen) and used(stage) == {"D1": 4}
        await stage.press("m", "=D2", "enter", "=same", "enter", "s")
        assert isinstance(stage.app.screen, CodebookScreen)
        assert used(stage) == {"D2": 4} and "D1 4 → 0, D2 0 → 4" in shown(stage)
        await stage.press("u")
        assert used(stage) == {"D1": 4} and "merge of D1 into D2" in shown(stage)
        await stage.press("U")
        assert used(stage) == {"D2": 4}


async def test_one_key_each_walks_through_a_split(coded: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press(*FIRST, "t", "=fear of war", "ctrl+n")
        assert isinstance(stage.app.screen, SplitScreen)
        assert "D1 | D3" in shown(stage) and "1 of others waits" in shown(stage)
        await stage.press("1")
        own = [row.cells[0] for row in screen(stage).rows.rows]
        assert own.count("D1") == 1
        await stage.press("escape")
        assert refs(stage) == ["D1", "D2", "K4"], "nothing is stored before it is wanted"
        await stage.press("t", "=fear of war", "ctrl+n")
        assert [row.cells[0] for row in screen(stage).rows.rows].count("D1") == 1, "what was decided is kept"
        await stage.press("home", "1", "2", "3", "s", "=two things", "enter")
        assert isinstance(stage.app.screen, CodebookScreen)
        assert used(stage) == {"D1": 3, "D3": 2} and refs(stage) == ["D1", "D3", "D2", "K4"]
        await stage.press("u")
        assert used(stage) == {"D1": 4} and refs(stage) == ["D1", "D2", "K4"]


async def test_a_split_shows_the_words_around_and_keeps_decisions_for_its_own_two_codes(coded: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press(*FIRST, "t", "=D2", "enter", "2")
        found = screen(stage)
        assert isinstance(found, SplitScreen)
        detail = found.detail_of(found.rows.rows[0])
        words = found.walk[found.rows.rows[0].key].text
        assert f"[{words.strip()}]" in detail and len(detail.partition("[")[2]) > len(words) + 20
        await stage.press("escape", "t", "=K4", "enter")
        assert [row.cells[0] for row in screen(stage).rows.rows].count("?") == 3, "that was about another code"
        await stage.press("escape", "t", "=D2", "enter")
        assert [row.cells[0] for row in screen(stage).rows.rows].count("→ D2") == 1


async def test_others_decide_from_their_queue(coded: Path) -> None:
    with open_project(coded) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        split_code(project, awa, code_id("D1"), code_id("D2"), because="two things")
    async with workbench(coded, "Daan", (80, 24)) as stage:
        await stage.press("g", "r")
        assert len(screen(stage).rows.rows) == 1
        await stage.press("t")
        assert isinstance(stage.app.screen, SplitScreen)
        await stage.press("2", "s")
        assert used(stage) == {"D1": 3, "D2": 1} and screen(stage).rows.rows == []


async def test_a_code_moves_gets_another_name_retires_and_comes_back(coded: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press(*FIRST, "p", "=K4", "enter", "3", "s")
        assert refs(stage) == ["D2", "K4", "D1"]
        await stage.press("home", "r", "1", "ctrl+u", "=X2", "enter", "s")
        assert refs(stage) == ["X2", "K4", "D1"]
        await stage.press("d", "=later", "enter", "s")
        assert "(not for coding)" in shown(stage)
        await stage.press("b", "enter", "s")
        assert "(not for coding)" not in shown(stage)
        await stage.press("home", "x", "=too wide", "enter", "s")
        assert "X2" not in refs(stage)
        await stage.press("b", "=X2", "enter", "s")
        assert refs(stage) == ["X2", "K4", "D1"]


async def test_versions_are_named_marked_and_compared(coded: Path, tmp_path: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press(*FIRST, "m", "=D2", "enter", "=same", "enter", "s", "v")
        assert isinstance(stage.app.screen, VersionsScreen)
        await stage.press("n", "=after the pilot", "enter")
        assert "after the pilot" in shown(stage) and "merge of D1 into D2" in shown(stage)
        await stage.press("enter")
        assert isinstance(stage.app.screen, DiffScreen)
        assert "code D1 | merged" in shown(stage) and "merged into" in shown(stage)
        await stage.press("w", "ctrl+u", f"={tmp_path / 'out.xlsx'}", "enter")
        assert (tmp_path / "out.xlsx").stat().st_size > 3000
        await stage.press("escape", "u")
        assert "after the pilot" not in shown(stage)
        await stage.press("end", "m", "home", "enter")
        assert isinstance(stage.app.screen, DiffScreen) and "1.0 (v1)" in shown(stage)


async def test_a_coder_who_does_not_lead_is_told_so(coded: Path) -> None:
    async with workbench(coded, "Daan", (80, 24), notes=True) as stage:
        await stage.press(*FIRST, "x")
        assert isinstance(stage.app.screen, CodebookScreen) and used(stage) == {"D1": 4}
