"""A turn is corrected in its place; what is changed or lost is decided on by keys; all of it is taken back by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from hsreview.project.doctor import examine
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.correction import CarriedScreen, CorrectionScreen
from hsreview.workflows import carrying, correcting
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from tests.builders import TEXT, code_id, opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import OPEN_FIRST

SIZES = [(80, 24), (120, 40)]
SAID = ("les chefs", "sans budget", "Les femmes")


@pytest.fixture
def coded(root: Path) -> Path:
    """Awa coded three stretches of the first transcript."""
    with open_project(root) as project:
        [awa] = coders(project)
        for words, ref in zip(SAID, ("D1", "D2", "K4"), strict=True):
            start = TEXT.index(words)
            add_codings(project, awa, opened(project).version.id, start, start + len(words), [code_id(ref)])
    return root


async def to_turn(stage: Stage, number: int) -> None:
    if not isinstance(stage.app.screen, CodingScreen):
        await stage.press(*OPEN_FIRST)
    await stage.press("g", "l", f"={number}", "enter")


def shown(stage: Stage) -> list[tuple[str, ...]]:
    screen = stage.app.screen
    assert isinstance(screen, CorrectionScreen | CarriedScreen)
    return [(row.cells[0], row.cells[-1]) for row in screen.rows.rows]


async def written(stage: Stage, words: str) -> None:
    """Open the turn here, write other words in it, and look at the codings."""
    await stage.press("T")
    stage.coding.correction.query_one(TextArea).load_text(words)
    await stage.press("ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_opens_the_turn_and_one_stores_it_after_a_look(coded: Path, size: tuple[int, int]) -> None:
    async with workbench(coded, "Awa", size) as stage:
        await to_turn(stage, 3)
        await written(stage, "Alors, avec les chefs. Mais sans argent.")
        assert shown(stage) == [("lost", "sans budget"), ("moved", "les chefs"), ("moved", "Les femmes")]
        assert opened(stage.project).version.number == 1
        await stage.press("s")
        text = opened(stage.project)
        assert text.version.number == 2 and "R1 : Alors, avec les chefs. Mais sans argent.\nINT" in text.text
        assert stage.focus == "text"
        assert stage.coding.desk is not None and stage.coding.desk.version_id == text.version.id
        assert "Turn 3 is corrected." in stage.status and "g b" in stage.status
        await stage.press("u")
        await stage.press("enter")
        assert opened(stage.project).text == TEXT and examine(stage.project.connection) == []


async def test_what_was_written_waits_when_one_leaves(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await to_turn(stage, 3)
        await stage.press("T")
        await stage.press("home", "=Alors ")
        await stage.press("escape")
        assert stage.focus == "text" and opened(stage.project).version.number == 1
        for keys in ("T", "ctrl+s", "escape", "escape", "T", "ctrl+s", "s"):
            await stage.press(keys)
        assert "R1 : Alors Nous" in opened(stage.project).text
        await stage.press("T")
        await stage.press("ctrl+s")
        assert not isinstance(stage.app.screen, CorrectionScreen), "the same words are not stored again"


async def test_the_status_line_says_which_corrections_are_not_stored(coded: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await to_turn(stage, 3)
        assert "not stored" not in stage.status
        for keys in ("T", "home", "=Alors ", "escape"):
            await stage.press(keys)
        assert "✎ turn 3 not stored" in stage.status
        await stage.press("up", "up")
        assert "✎ turn 3 not stored" in stage.status, "wherever one is in the text"
        await to_turn(stage, 3)
        for keys in ("T", "ctrl+s", "s", "down"):
            await stage.press(keys)
        assert "not stored" not in stage.status


async def test_leaving_with_an_unfinished_correction_asks_first(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await to_turn(stage, 3)
        for key in ("T", "home", "=Alors ", "ctrl+q"):
            await stage.press(key)
        menu = stage.coding._menu
        assert menu is not None and menu.is_open and "turn 3" in str(menu.border_title)
        for key in ("s", "=Bien ", "ctrl+s", "s"):
            await stage.press(key)
        assert "R1 : Alors Bien Nous" in opened(stage.project).text, "whoever stays has the words"
        await stage.press("ctrl+q")
        assert stage.app.return_code == 0, "what is stored is not asked for"


async def test_a_draft_is_found_again_when_another_turn_was_corrected_meanwhile(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await to_turn(stage, 3)
        await stage.press("T")
        await stage.press("home", "=Alors ", "escape")
        text = opened(stage.project)
        new = correcting.with_turn(stage.project, text, 1, "Autre chose ?")
        carrying.correct(stage.project, stage.app.coder(), new)
        stage.app.refresh_screens()
        await to_turn(stage, 3)
        for key in ("T", "ctrl+s", "s"):
            await stage.press(key)
        assert "R1 : Alors Nous" in opened(stage.project).text and "Autre chose" in opened(stage.project).text


async def test_turns_are_split_and_joined_by_one_key(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await to_turn(stage, 3)
        await stage.press("s", "down", "S", "=R2", "enter")
        text = opened(stage.project)
        assert [t.speaker for t in text.turns][2:4] == ["R1", "R2"] and text.text == TEXT
        await stage.press("up", "L")
        await to_turn(stage, 3)
        await stage.press("L")
        assert "R2" not in [t.speaker for t in opened(stage.project).turns]
        assert not carrying.waiting(stage.project, None).entries


@pytest.mark.parametrize("size", SIZES)
async def test_what_waits_is_kept_placed_anew_or_taken_away(coded: Path, size: tuple[int, int]) -> None:
    async with workbench(coded, "Awa", size) as stage:
        await to_turn(stage, 3)
        await written(stage, "Avec eux. Mais sans aucun budget.")
        await stage.press("s", "g", "b")
        assert shown(stage) == [("lost", "les chefs"), ("changed", "sans aucun budget")]
        await stage.press("a")
        assert len(shown(stage)) == 2, "what is lost has no place to be kept at"
        await stage.press("e")
        assert "les chefs" in stage.status
        await to_turn(stage, 3)
        await stage.press("s")
        assert "les chefs" in stage.status
        await stage.press("enter")
        assert "Placed anew." in stage.status
        await stage.press("g", "b")
        assert shown(stage) == [("changed", "sans aucun budget")]
        await stage.press("a")
        assert shown(stage) == []
        await stage.press("u", "u")
        assert len(shown(stage)) == 2
        await stage.press("d", "d")
        assert shown(stage) == [] and stage.refs() == ["K4"]
        assert examine(stage.project.connection) == []


async def test_a_corrected_file_is_looked_at_and_stored_from_the_list(coded: Path, tmp_path: Path) -> None:
    file = tmp_path / "again.txt"
    file.write_text(TEXT.replace("Mais sans budget", "Mais sans le budget"), encoding="utf-8")
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press("g", "t", "c", f"={tmp_path}/none.txt", "enter")
        assert "There is no such file." in stage.app.screen.query_one("#prompt").text()  # type: ignore[attr-defined]
        await stage.press("escape", "c", f"={file}", "enter")
        assert shown(stage)[0] == ("changed", "sans le budget")
        await stage.press("s")
        assert opened(stage.project).version.number == 2
