"""Matrices on the screen: a cell under the cursor, the quotes behind it, and other matrices by key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.model.codebook import GuideQuestion
from hsreview.model.localized import Localized
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.matrix import MatrixScreen
from hsreview.tui.screens.matrix_cell import CellScreen
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.guide import asked_in
from hsreview.workflows.matrices import KINDS
from hsreview.workflows.projects import open_project
from tests.builders import a_codebook, a_project
from tests.tui.differing import BUDGET, CHEFS, differing
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import painted


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return differing(tmp_path / "project", transcripts=2)


def screen_of(stage: Stage) -> MatrixScreen:
    screen = stage.app.screen
    assert isinstance(screen, MatrixScreen)
    return screen


def cells(stage: Stage) -> list[tuple[str, ...]]:
    """The rows without shades and marks."""
    return [tuple(cell.strip(" ·░▒▓█›") for cell in row.cells) for row in screen_of(stage).rows.rows]


def heads(stage: Stage) -> list[str]:
    return [column.title for column in screen_of(stage).rows.columns]


@pytest.mark.parametrize(("size", "language"), [((80, 24), "fr"), ((120, 40), "en")])
async def test_the_matrix_names_its_basis_and_marks_the_cell(root: Path, size: tuple[int, int], language: str) -> None:
    use_language(language)
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "m")
        text = painted(stage)
        assert "Awa" in text and "test 1.0" in text and "›" in text
        assert all(len(line) <= size[0] for line in text.split("\n"))
        name = {"fr": "D · Moteurs", "en": "D · Drivers"}[language]
        assert heads(stage)[1] == "›cso(1)" and cells(stage) == [(name, "1/1", "–", "1/1")]


async def test_the_title_of_the_quotes_behind_a_cell_is_read_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "P8 · Access to public information and its limits × civil society organisations of the region"
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "m", "enter")
        behind = stage.app.screen
        assert isinstance(behind, CellScreen) and not behind.whole.lines, "a short one stands in the header only"
        monkeypatch.setattr("hsreview.workflows.matrix_words.behind_title", lambda *_cell: title)
        behind.refresh_header()
        await stage.settle()
        assert "4 codings" in behind.header.render_line(0).text
        assert behind.whole.size.height == 2
        assert " ".join(behind.whole.text().split()) == title


async def test_the_shade_says_what_the_number_says(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "m", "v", "4", "c", "4")
        assert [row.cells[1] for row in screen_of(stage).rows.rows] == ["›█ 2", "▒ 1", "▒ 1"]


async def test_enter_opens_the_quotes_and_a_quote_opens_in_the_text(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "m", "enter")
        behind = stage.app.screen
        assert isinstance(behind, CellScreen)
        assert [row.cells[-1] for row in behind.rows.rows][:2] == [CHEFS, BUDGET]
        assert "4 codings" in painted(stage)
        await stage.press("down", "enter")
        assert isinstance(stage.app.screen, CodingScreen) and stage.selected() == BUDGET


async def test_an_empty_cell_says_so_and_esc_goes_back(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "m", "right", "enter")
        assert "No coding here." in painted(stage)
        await stage.press("escape")
        assert heads(stage)[2].startswith("›policymaker")


async def test_every_matrix_opens_by_its_digit(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24), notes=True) as stage:
        await stage.press("g", "m")
        for kind, key in zip(KINDS, "1234567890", strict=True):
            await stage.press("m", key)
            assert screen_of(stage).wish.kind == kind
            await stage.press("right", "down", "percent_sign", "enter", "escape", "left", "up")
            assert not stage.app._notifications and "Awa" in painted(stage)


async def test_rows_measure_layer_and_relation_change_by_key(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "m", "m", "1")
        assert heads(stage)[1:] == ["›cso-1", "cso-2", "all together"] and cells(stage)[0][1:] == ("4", "–", "4")
        await stage.press("v", "4")
        assert [row[0] for row in cells(stage)] == ["D1 · Label D1", "D2 · Label D2", "K4 · Label K4"]
        await stage.press("c", "2")
        assert cells(stage)[0][1:] == ("1", "–", "1/1")
        await stage.press("l", "=Moussa", "enter")
        assert "layer Moussa" in painted(stage)
        assert [row[1] for row in cells(stage)] == ["1", "1", "1"]
        await stage.press("m", "5", "b", "2")
        assert "in the same turn" in painted(stage)
        await stage.press("b", "1", "down", "right", "right", "enter")
        assert "Words under both" in painted(stage) and "K4 Label K4" in painted(stage)


async def test_a_blind_coder_sees_their_own_layer_only(tmp_path: Path) -> None:
    root = differing(tmp_path / "project")
    with open_project(root) as project:
        add_coder(project, coders(project)[0].id, "Zoé")
    async with workbench(root, "Zoé", notes=True) as stage:
        await stage.press("g", "m", "l", "=Awa", "enter")
        assert CHEFS not in painted(stage)
        assert screen_of(stage).table is None or screen_of(stage).table.basis.layer == "Zoé"  # type: ignore[union-attr]


async def test_what_was_asked_is_put_on_record_on_the_coding_screen(tmp_path: Path) -> None:
    root = tmp_path / "project"
    a_project(root)[0].close()
    with open_project(root) as project:
        book = replace(a_codebook(), guide=(GuideQuestion("G1", Localized(en="Why?"), ("Q1",)),))
        store_codebook(project, coders(project)[0].id, book)
    async with workbench(root, "Awa") as stage:
        await stage.press("enter")
        transcript = stage.coding.desk.transcript if stage.coding.desk else None
        assert transcript is not None

        def state() -> bool | None:
            return asked_in(stage.project, transcript)[0].asked

        await stage.press("G", "enter")
        assert state() is True and "G1" in stage.status
        await stage.press("G", "enter")
        assert state() is False
        await stage.press("u")
        if state() is not True:
            await stage.press("enter")
        assert state() is True


async def test_a_menu_is_used_with_the_arrows_and_starts_where_one_is(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "m", "m")
        screen = stage.app.screen
        assert isinstance(screen, MatrixScreen) and screen._menu is not None
        lines = [screen._menu.render_line(y).text for y in range(4)]
        assert [line.startswith("▸") for line in lines].index(True) == 1, "the cursor is seen without colour"
        await stage.press("up", "enter")
        assert screen.wish.kind == "theme-interview"
