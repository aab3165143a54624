"""Adjudication by keyboard: coming back to what was settled, to the words in the transcript, to a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.coding import Coding
from hsreview.project.project import Project
from hsreview.tui.screens.adjudication import AdjudicationScreen
from hsreview.tui.screens.adjudication_list import AdjudicationsScreen
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.workflows import reading
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import mark_reviewed, remove_coding
from hsreview.workflows.projects import open_project
from tests.builders import code_id, opened
from tests.tui.differing import AWA, CHEFS, MANGER, MOUSSA, differing, put
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import decisions, painted, screen_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two coders who agree twice and differ three times."""
    return differing(tmp_path / "project")


def at(project: Project, coding: Coding) -> str:
    """The words that a coding of the first transcript stands on."""
    return opened(project).text[coding.start : coding.end]


def footer(stage: Stage) -> str:
    return painted(stage).splitlines()[-1]


@pytest.mark.parametrize("key", ["2", "b", "x"])
async def test_a_key_on_a_settled_difference_replaces_nothing_unasked(root: Path, key: str) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "m", "=we asked them", "enter", "1", "P", key)
        assert decisions(stage) == [("take", "Awa", "we asked them")]
        assert "Settled already (taken: Awa)" in painted(stage)
        await stage.press(key)
        assert decisions(stage) == [("take", "Awa", "we asked them")], "a key struck twice is no answer"
        await stage.press(key, "enter")
        assert len(decisions(stage)) == 1 and "we asked them" not in decisions(stage)[0]
        assert "2 of 3" in painted(stage), "what was replaced is left as what was decided"


async def test_another_code_or_other_ends_replace_nothing_unasked(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "P", "space", "=d2", "enter")
        assert decisions(stage)[0][0] == "take" and "Settled already" in painted(stage)
        await stage.press("escape", "e", "left", "enter")
        assert decisions(stage)[0][0] == "take" and "Settled already" in painted(stage)
        await stage.press("enter")
        assert decisions(stage)[0][0] == "edited"


async def test_a_settled_difference_that_changed_under_the_question_is_not_replaced(root: Path) -> None:
    async with workbench(root, "Awa", notes=True) as stage:
        await stage.press("g", "j", "enter", "1", "P", "2")
        with open_project(root) as project:
            moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
            put(project, moussa, [("D2", CHEFS), ("K4", "Mais sans budget")])
        stage.app.look_elsewhere()
        await stage.settle()
        await stage.press("enter")
        assert [outcome for outcome, name, _why in decisions(stage) if name == "Moussa"] == []


async def test_redo_goes_on_to_what_waits(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "u")
        assert "1 of 3" in painted(stage)
        await stage.press("U")
        assert "2 of 3" in painted(stage) and "Done again" in painted(stage)
        await stage.press("2")
        assert [name for _outcome, name, _why in decisions(stage)] == ["Awa", "Moussa"]


async def test_escape_comes_back_from_the_text_to_the_difference(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "j", "enter", "n", "a", "m", "=to be asked", "enter", "i")
        assert isinstance(stage.app.screen, CodingScreen) and stage.selected() == MANGER
        assert "Esc goes back to where you came from" in painted(stage) and "Esc back" in footer(stage)
        await stage.press("down", "escape")
        screen = screen_of(stage)
        assert "2 of 3" in painted(stage) and "to be asked" in painted(stage)
        assert screen.docket.names_hidden
        await stage.press("escape")
        assert isinstance(stage.app.screen, AdjudicationsScreen)
        await stage.press("escape", "escape")
        assert isinstance(stage.app.screen, CodingScreen) and "back to the difference" not in footer(stage)


async def test_the_reason_of_all_holds_in_every_transcript_and_is_seen(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", transcripts=2)
    with open_project(root) as project:
        for coder, puts in zip(coders(project), (AWA, MOUSSA), strict=True):
            put(project, coder, puts, "cso-2")
            mark_reviewed(project, coder, opened(project, "cso-2").transcript.id)
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "M", "=as agreed on Monday", "enter", "1", "escape")
        await stage.press("down", "enter")
        assert isinstance(stage.app.screen, AdjudicationScreen)
        assert screen_of(stage).transcript.name == "cso-2"
        assert "Reason of all: as agreed on Monday" in painted(stage)
        await stage.press("1", "escape", "up", "enter", "1")
        found = [why for outcome, _name, why in decisions(stage) if outcome == "take"]
        assert found == ["as agreed on Monday"] * 2
        await stage.press("M", "backspace", "enter", "1")
        assert decisions(stage)[-1][2] == "extra: taken as Awa coded it"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_reopened_difference_offers_the_former_decision_in_the_footer(
    root: Path, size: tuple[int, int]
) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "enter", "1", "1", "1", "escape")
    with open_project(root) as project:
        moussa = next(coder for coder in coders(project) if coder.name == "Moussa")
        for coding in reading.codings_of(project):
            if coding.coder_id == moussa.id and coding.code_id == code_id("D2") and at(project, coding) == MANGER:
                remove_coding(project, moussa, coding.id)
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "j", "enter")
        assert "reopened" in painted(stage) and "as before" in footer(stage)
        await stage.press("P")
        assert "reopened" not in painted(stage) and "as before" not in footer(stage)


async def test_adopting_one_of_two_readings_says_how_much_it_leaves_unsettled(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "j", "a", "1")
        assert "3 differences are not settled." in painted(stage) and "adopted from Awa?" in painted(stage)
        await stage.press("=no time for the rest", "enter")
        assert "no time for the rest 3 differences are not settled." in painted(stage)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_refusal_leaves_alpha_in_view_and_goes_with_the_next_act(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size, notes=True) as stage:
        await stage.press("g", "j", "enter")
        before = painted(stage).splitlines()[:2]
        await stage.press("7")
        assert "no coder 7" in painted(stage) and painted(stage).splitlines()[:2] == before
        await stage.press("n")
        assert "no coder 7" not in painted(stage) and "2 of 3" in painted(stage)
