"""The texts of a transcript on a screen: what a correction changed, and what became of the codings."""

from __future__ import annotations

from pathlib import Path

from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.text_versions import TextChangeScreen, TextVersionsScreen
from hsreview.workflows import carrying, correcting
from hsreview.workflows.coders import coders
from hsreview.workflows.projects import open_project
from tests.builders import opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import OPEN_FIRST
from tests.tui.test_correcting import coded as coded

NEW = "Alors, avec les chefs. Mais sans argent."


def corrected(root: Path) -> None:
    """Awa corrects the third turn, so that a coding is lost and two move."""
    with open_project(root) as project:
        awa = next(each for each in coders(project) if each.name == "Awa")
        carrying.correct(project, awa, correcting.with_turn(project, opened(project), 3, NEW))


def rows(stage: Stage) -> list[tuple[str, ...]]:
    screen = stage.app.screen
    assert isinstance(screen, ListScreen)
    return [row.cells for row in screen.rows.rows]


async def test_what_a_correction_changed_and_what_became_of_the_codings(coded: Path) -> None:
    corrected(coded)
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press(*OPEN_FIRST, "g", "h")
        assert isinstance(stage.app.screen, TextVersionsScreen)
        assert [(row[0], row[2], row[3], row[6]) for row in rows(stage)] == [
            ("2", "Awa", "corrected", "read now"), ("1", "Awa", "imported", ""),
        ]  # fmt: skip
        await stage.press("enter")
        screen = stage.app.screen
        assert isinstance(screen, TextChangeScreen)
        found = rows(stage)
        assert found[0][:2] == ("changed", "turn 3") and NEW in found[0][3]
        assert "sans budget" in screen.detail_of(screen.rows.rows[0])
        assert "lost 1 · changed 0 · moved 2" in found[1][3]
        assert [row[0] for row in found[2:]] == ["lost", "moved", "moved"]
        await stage.press("end", "enter")
        assert isinstance(stage.app.screen, CodingScreen) and stage.coding.text.selection is not None
        assert opened(stage.project).text[slice(*stage.coding.text.selection)] == "Les femmes"


async def test_the_imported_text_has_nothing_before_it(coded: Path) -> None:
    corrected(coded)
    async with workbench(coded, "Awa", notes=True) as stage:
        await stage.press(*OPEN_FIRST, "g", "h", "end", "enter")
        assert isinstance(stage.app.screen, TextVersionsScreen)


async def test_it_is_reached_from_what_waits(coded: Path) -> None:
    corrected(coded)
    async with workbench(coded, "Awa") as stage:
        await stage.press("g", "b", "v")
        assert isinstance(stage.app.screen, TextVersionsScreen) and len(rows(stage)) == 2
