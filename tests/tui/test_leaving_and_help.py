"""Leaving and help work wherever one is, also while a panel or a form has the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from hsreview.tui.action import Scope
from hsreview.tui.actions import actions_of
from hsreview.tui.screens.code_form import CodeForm
from hsreview.tui.screens.codebook import CodebookScreen
from hsreview.tui.screens.help import HelpScreen
from hsreview.tui.screens.matrix import MatrixScreen
from hsreview.workflows import reading
from tests.tui.stage import Stage, workbench

PANELS = {
    "picker": ("space",),
    "palette": ("ctrl+p",),
    "menu": ("asterisk",),
    "go": ("g",),
    "prompt": ("f", "=paix"),
    "jump": ("ctrl+o",),
}


def help_words(stage: Stage) -> str:
    screen = stage.app.screen
    assert isinstance(screen, HelpScreen)
    shown = [screen.header.text(), str(screen.query_one("#help-text").render())]
    return " ".join([*shown, *(cell for row in screen.rows.rows for cell in row.cells if cell)])


@pytest.mark.parametrize("panel", PANELS)
async def test_the_workbench_is_left_while_a_panel_is_open(root: Path, panel: str) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", *PANELS[panel], "ctrl+q")
        assert stage.app._exit


@pytest.mark.parametrize(
    ("panel", "words", "absent"),
    [
        ("picker", "Propose a new code", "Select the next unit"),
        ("menu", "Esc closes", "Select the next unit"),
        ("prompt", "Enter takes it", "Select the next unit"),
    ],
)
async def test_help_tells_of_the_panel_and_the_panel_is_still_there(
    root: Path, panel: str, words: str, absent: str
) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", *PANELS[panel], "f1")
        assert words in help_words(stage) and absent not in help_words(stage)
        assert "Leave the workbench" in help_words(stage)
        await stage.press("escape")
        assert stage.coding.takers and stage.app.screen is stage.coding


async def test_what_keys_do_is_told_whole_on_a_narrow_screen(root: Path) -> None:
    async with workbench(root, "Awa", size=(80, 24)) as stage:
        await stage.press("enter", "f1")
        told = help_words(stage)
        assert [each.id for each in actions_of(Scope.GO) if each.description not in told] == []
        assert isinstance(stage.app.screen, HelpScreen)
        assert max(len(row.cells[1]) for row in stage.app.screen.rows.rows) <= 58


async def test_a_form_with_unstored_words_is_left_only_at_the_second_time(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "e")
        form = stage.app.screen
        assert isinstance(form, CodeForm)
        form.query_one("#label-en", TextArea).text = "Crisis"
        await stage.press("ctrl+q")
        assert not stage.app._exit and stage.app.screen is form
        await stage.press("f1")
        assert "Ctrl+S stores" in help_words(stage)
        await stage.press("escape")
        assert stage.app.screen is form
        await stage.press("ctrl+q")
        assert stage.app._exit
        labels = {place.code.ref: place.code.label.en for place in reading.codebook(stage.project).codes()}
        assert labels["D1"] == "Label D1"


async def test_words_that_were_written_after_the_warning_are_warned_of_too(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "e")
        form = stage.app.screen
        assert isinstance(form, CodeForm)
        for words in ("Crisis", "Crisis of trust"):
            form.query_one("#label-en", TextArea).text = words
            await stage.press("ctrl+q")
            assert not stage.app._exit and stage.app.screen is form
        await stage.press("ctrl+q")
        assert stage.app._exit


async def test_an_untouched_form_is_left_at_once(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "e", "ctrl+q")
        assert stage.app._exit


async def test_a_menu_and_a_question_stay_open_whatever_else_is_typed(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "m", "m", "=qtheme u", "backspace")
        screen = stage.app.screen
        assert isinstance(screen, MatrixScreen) and screen._menu is not None and screen._menu.is_open
        await stage.press("escape")
        assert not screen._menu.is_open and stage.app.screen is screen
        await stage.press("escape", "R", "R", "=Ru m")
        menu = stage.coding._menu
        assert menu is not None and menu.is_open and stage.coding.reviewed, "only Enter answers"
        await stage.press("escape")
        assert not menu.is_open and stage.coding.reviewed
        await stage.press("g", "%", "c")
        assert isinstance(stage.app.screen, CodebookScreen), "a slip after g does not end it"
