"""The screen of queries: an expression, its fault under the column, the hits, saving and opening."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.tui.screens.query import QueryScreen
from hsreview.workflows.codebook_changes import rename_code
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from hsreview.workflows.saved_queries import saved_queries
from tests.builders import a_project, code_id, opened
from tests.tui.stage import Stage, workbench


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project, awa = a_project(tmp_path / "p", transcripts=2)
    for name, ref in (("cso-1", "D1"), ("cso-1", "K4"), ("cso-2", "D1")):
        text = opened(project, name)
        add_codings(project, awa, text.version.id, *text.sentences[4], [code_id(ref)])
    project.close()
    return tmp_path / "p"


def screen(stage: Stage) -> QueryScreen:
    found = stage.app.screen
    assert isinstance(found, QueryScreen)
    return found


def rows(stage: Stage) -> list[str]:
    return [f"{row.cells[0]} {row.cells[1].split()[0]}" for row in screen(stage).rows.rows]


def line(stage: Stage) -> list[str]:
    return screen(stage).expression.text().split("\n")


async def test_an_expression_is_asked_and_a_hit_is_jumped_to(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1 and not K4", "enter")
        assert rows(stage) == ["cso-2 3.2 D1"]
        assert "0 of 0 interviews" in screen(stage).who.text() and "1 coding not reviewed" in screen(stage).who.text()
        await stage.press("enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        assert stage.selected().startswith("Mais sans budget")
        await stage.press("g", "q")
        assert rows(stage) == ["cso-2 3.2 D1"], "the last expression is asked again"


@pytest.mark.parametrize("width", [80, 120])
async def test_a_fault_stands_under_its_column_and_the_words_stay(root: Path, width: int) -> None:
    async with workbench(root, "Awa", (width, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1 or K9 or D2", "enter")
        written, mark, said = line(stage)[:3]
        assert written[mark.index("^") :].startswith("K9") and "K9" in said
        await stage.press("left", "left", "left", "left", "left", "left", "backspace", "=4", "enter")
        assert rows(stage) == ["cso-1 3.2 D1", "cso-1 3.2 K4", "cso-2 3.2 D1"]


async def test_below_a_refused_expression_stands_no_answer_to_another_one(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1", "enter", "s", "= and K9", "enter")
        shown = screen(stage)
        assert rows(stage) == [] and shown.rows.empty == "This expression has no answer."
        assert "coding" not in shown.header.text() and not shown.who.styles.height.value  # type: ignore[union-attr]
        await stage.press("escape")
        assert rows(stage) == ["cso-1 3.2 D1", "cso-2 3.2 D1"] and "2 codings" in shown.header.text()
        assert "K9" not in " ".join(line(stage))


async def test_the_mark_is_right_in_an_expression_longer_than_the_line(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", f"={'D1 or ' * 30}K9", "enter")
        written, mark = line(stage)[:2]
        assert len(written) <= 80 and written[mark.index("^") :].startswith("K9")


async def test_what_is_left_out_of_an_answer_stands_above_it_in_full(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1 not within respondent K4", "enter")
        said = " ".join(screen(stage).who.text().split())
        assert rows(stage) == [] and "nobody is linked to their speakers in 2 interviews." in said


async def test_a_saved_query_that_is_opened_says_what_changed_since(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=K4", "enter", "S", "=Money", "enter")
        lead = coders(stage.project)[0]
        rename_code(stage.project, lead, code_id("K4"), ref="M1")
        rename_code(stage.project, lead, code_id("D1"), ref="K4")
        screen(stage).session.read_codebook()
        stage.app.refresh_screens()
        await stage.press("o", "=mon", "enter")
        assert rows(stage) == ["cso-1 3.2 M1"] and screen(stage).expression.asked == "M1"
        assert "K4 is called M1 now." in screen(stage).who.text()


async def test_partners_are_named_below_the_list(root: Path) -> None:
    async with workbench(root, "Awa", (120, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1 overlaps K4", "enter")
        assert rows(stage) == ["cso-1 3.2 D1"] and screen(stage).rows.rows[0].cells[4] == "K4 3.2"
        assert "+ K4 3.2  Mais sans budget" in screen(stage).detail_of(screen(stage).rows.rows[0])


async def test_a_query_is_saved_opened_forgotten_and_brought_back(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=K4", "enter", "S", "=Money", "enter")
        assert [(each.name, each.expression) for each in saved_queries(stage.project)] == [("Money", "K4")]
        await stage.press("s", "ctrl+u", "=D1", "enter")
        assert len(rows(stage)) == 2
        await stage.press("o", "=mon", "enter")
        assert rows(stage) == ["cso-1 3.2 K4"]
        await stage.press("d", "enter")
        assert saved_queries(stage.project) == []
        await stage.press("u")
        assert len(saved_queries(stage.project)) == 1 and "Money" in screen(stage).notice.text()


async def test_tab_puts_a_code_at_the_cursor_and_escape_leaves_the_last_answer(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D1 and", "tab", "=k4", "enter", "enter")
        assert screen(stage).expression.asked == "D1 and K4 " and rows(stage) == ["cso-1 3.2 D1"]
        await stage.press("s", "= nonsense", "escape")
        assert rows(stage) == ["cso-1 3.2 D1"] and "D1 and K4" in line(stage)[0]


async def test_new_codings_are_in_the_answer_and_layers_are_chosen(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=D2", "enter")
        assert rows(stage) == []
        daan = store_coder(stage.project, Coder(new_id(), "Daan"))
        text = opened(stage.project)
        add_codings(stage.project, coders(stage.project)[0], text.version.id, *text.sentences[2], [code_id("D2")])
        add_codings(stage.project, daan, text.version.id, *text.sentences[4], [code_id("D2")])
        stage.app.refresh_screens()
        assert rows(stage) == ["cso-1 2.2 D2"]
        await stage.press("l", "=daan", "enter")
        assert rows(stage) == ["cso-1 3.2 D2"] and "Daan" in screen(stage).header.text()
        await stage.press("l", "=all", "enter")
        assert rows(stage) == ["cso-1 2.2 D2", "cso-1 3.2 D2"]


async def test_a_blind_coder_sees_their_own_codings_only(root: Path) -> None:
    with open_project(root) as project:
        daan = store_coder(project, Coder(new_id(), "Daan"))
        text = opened(project)
        add_codings(project, daan, text.version.id, *text.sentences[2], [code_id("D2")])
    async with workbench(root, "Daan", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=any", "enter")
        assert rows(stage) == ["cso-1 2.2 D2"]
        await stage.press("l", "=awa", "enter")
        assert rows(stage) == [] and "blind" in " ".join(line(stage))


async def test_where_nothing_is_coded_the_screen_says_so(tmp_path: Path) -> None:
    project, _awa = a_project(tmp_path / "empty")
    project.close()
    async with workbench(tmp_path / "empty", "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "q", "=any", "enter")
        assert "Nothing is coded yet" in " ".join(line(stage)) or rows(stage) == []
