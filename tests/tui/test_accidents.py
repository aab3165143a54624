"""What the workbench does when something goes wrong, and what it never does."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.accidents import EXIT_ACCIDENT
from hsreview.base.errors import InputRefused, Problem, ProjectUnavailable
from hsreview.tui.app import Workbench, run
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.workflows.projects import open_project
from tests.tui.stage import workbench

SECRET = "words of a respondent"


def failing(_screen: object) -> None:
    """An action that fails with words of a transcript in its error."""
    raise ValueError(SECRET)


@pytest.fixture
def broken_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """The action `repeat` fails."""
    handlers: dict[str, Callable[[Any], None]] = {**CodingScreen.HANDLERS, "text.repeat": failing}
    monkeypatch.setattr(CodingScreen, "HANDLERS", handlers)


async def test_an_action_that_fails_is_told_and_the_work_goes_on(
    root: Path, broken_action: None, no_accident: list[BaseException]
) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "r")
        told = " ".join(notification.message for notification in stage.app._notifications)
        assert "Something went wrong in the program itself" in told and SECRET not in told
        before = stage.selected()
        await stage.press("down")
        assert stage.selected() != before
    assert [type(error) for error in no_accident] == [ValueError]
    no_accident.clear()


async def test_what_is_refused_is_told_with_its_places(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_screen: object) -> None:
        raise InputRefused("No.", [Problem("wrong", f"line {n}") for n in range(1, 10)])

    monkeypatch.setattr(CodingScreen, "HANDLERS", {**CodingScreen.HANDLERS, "text.repeat": refused})
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "r")
        told = " ".join(notification.message for notification in stage.app._notifications)
        assert "No." in told and "line 6: wrong" in told and "3 more" in told


async def test_a_failure_outside_of_actions_ends_with_one_sentence(
    root: Path, no_accident: list[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    app = Workbench(open_project(root), "Awa")
    app.error_console.file = io.StringIO()
    with pytest.raises(ValueError, match=SECRET):
        async with app.run_test() as pilot:
            app.screen.call_later(failing, None)
            await pilot.pause()
            await pilot.pause()
    told = app.error_console.file.getvalue() + capsys.readouterr().err
    assert "Something went wrong" in told and SECRET not in told and "Traceback" not in told
    assert app.return_code == EXIT_ACCIDENT
    no_accident.clear()


def test_a_missing_project_is_an_error_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(ProjectUnavailable):
        run(tmp_path)


async def test_escape_sequences_never_reach_the_screen(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("n", "ctrl+u")
        screen = stage.app.screen
        screen.prompt.line.insert("a\x1b[31m\x9bz")  # type: ignore[attr-defined]
        await stage.press("enter", "enter", "g", "k", "=\x1b[5m", "escape")
        picture = stage.app.export_screenshot()
        assert "\x1b" not in picture and "\x9b" not in picture
        assert "␛" in picture
