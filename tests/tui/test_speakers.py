"""The screen of speakers: what changes is said, and can be taken back there."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.text import Role
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.workflows import reading
from hsreview.workflows.people import set_speaker
from tests.builders import opened
from tests.tui.stage import Stage, workbench


def said(stage: Stage) -> str:
    """The line below the list."""
    screen = stage.app.screen
    assert isinstance(screen, ListScreen)
    return screen.notice.text()


async def test_taking_the_speaker_from_a_turn_is_said_and_undone(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "p", "t", "=3 nobody", "enter")
        assert opened(stage.project).turns[2].speaker is None
        assert "Turn 3: R1 → nobody" in said(stage) and "u undo" in said(stage)
        await stage.press("u")
        assert opened(stage.project).turns[2].speaker == "R1"
        assert "Undone" in said(stage)
        await stage.press("U")
        assert opened(stage.project).turns[2].speaker is None


async def test_roles_and_pseudonyms_are_said_and_undone(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "p", "down", "o")
        assert "R1: respondent → other" in said(stage)
        await stage.press("enter", "=Fanta", "enter")
        assert "R1: nobody → Fanta" in said(stage)
        await stage.press("ctrl+z", "ctrl+z")
        assert opened(stage.project).speakers["R1"].role is Role.RESPONDENT
        await stage.press("r")
        assert "Nothing was changed" in said(stage)
        await stage.press("ctrl+y")
        assert opened(stage.project).speakers["R1"].role is Role.OTHER


async def test_undo_in_the_list_of_speakers_asks_before_it_takes_back_a_coding(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "down", "down", "down", "space", "=d1", "enter", "g", "p", "u")
        assert stage.refs() == ["D1"]
        await stage.press("enter")
        assert stage.refs() == []


async def test_undo_in_the_list_of_speakers_asks_before_it_changes_another_transcript(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        other = opened(stage.project, "cso-2").transcript.id
        set_speaker(stage.project, stage.app.coder(), other, "R1", role=Role.OTHER)
        await stage.press("enter", "g", "p", "u", "u", "u")
        assert opened(stage.project, "cso-2").speakers["R1"].role is Role.OTHER
        await stage.press("enter")
        assert opened(stage.project, "cso-2").speakers["R1"].role is Role.RESPONDENT


@pytest.mark.parametrize("answer", ["=x R1", "=99 R1", "=8", "=3"])
async def test_an_answer_that_cannot_be_used_leaves_the_question_open(root: Path, answer: str) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "p", "t", answer, "enter")
        screen = stage.app.screen
        assert isinstance(screen, ListScreen) and screen.prompt.display
        assert len(screen.prompt.lines) == 2
        await stage.press("ctrl+u", "=1 INT", "enter")
        assert opened(stage.project).turns[0].speaker == "INT" and not screen.prompt.display


async def test_a_label_is_known_in_any_case_and_a_new_one_is_said_to_be_new(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "p", "t")
        screen = stage.app.screen
        assert isinstance(screen, ListScreen)
        assert "such as 8 INT or 8 nobody" in screen.prompt.text()
        await stage.press("=3 int", "enter")
        assert opened(stage.project).turns[2].speaker == "INT" and set(opened(stage.project).speakers) == {"INT", "R1"}
        assert "R1 → INT." in said(stage)
        await stage.press("t", "=3 p2", "enter")
        assert opened(stage.project).turns[2].speaker == "p2" and "INT → p2 (a new speaker)." in said(stage)
        await stage.press("t", "=3 P2", "enter")
        assert "Nothing was changed" in said(stage)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_corrected_speaker_stands_before_the_words_at_every_width(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        before = opened(stage.project).text
        await stage.press("enter", "g", "p", "t", "=3 Fatou", "enter", "t", "=1 INT", "enter", "t", "=5 -", "enter")
        await stage.press("escape")
        text = stage.coding.text
        rows = [text.render_line(y).text for y in range(text.view_height)]
        third = next(row for row in rows if "Nous avons travaillé" in row)
        assert "Fatou" in third and "R1" not in third
        assert "INT" in next(row for row in rows if "Entretien fictif" in row)
        assert "R1" not in next(row for row in rows if "La sécurité, c’est" in row)
        assert opened(stage.project).text == text.document.text == before
        version = opened(stage.project).version.id
        assert reading.visible_codings(stage.project, version, None) == []
