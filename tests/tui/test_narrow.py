"""At 80 columns and 24 lines: what the coder works with stays in view, and names are whole."""

from __future__ import annotations

from pathlib import Path

from textual.widgets._toast import Toast

from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.staging import StagingScreen
from hsreview.tui.widgets.chooser import Chooser
from tests.builders import TEXT
from tests.tui.stage import Stage, workbench

SMALL = (80, 24)


def covered(stage: Stage) -> list[str]:
    """The lines of a screen, other than its text or list, that a note of the program hides."""
    toasts = [toast.region for toast in stage.app.screen.query(Toast)]
    assert toasts
    bars = [bar for bar in stage.app.screen.query("#header, #slots, #status, #notice, #prompt, #footer") if bar.display]
    return [bar.id or "" for bar in bars if any(bar.region.overlaps(region) for region in toasts)]


async def test_a_note_of_the_program_hides_no_line_that_tells_what_keys_do(root: Path) -> None:
    async with workbench(root, "Awa", SMALL, notes=True) as stage:
        await stage.press("enter")
        stage.app.warn("A long sentence of the program about something that needs some room on a small screen.")
        stage.app.warn("Another one.")
        await stage.press("down")
        assert covered(stage) == []
        await stage.press("g", "t")
        assert isinstance(stage.app.screen, ListScreen) and covered(stage) == []


async def test_the_palette_cuts_no_name(root: Path) -> None:
    async with workbench(root, "Awa", SMALL) as stage:
        await stage.press("enter", "ctrl+p")
        chooser = stage.app.screen.query_one(Chooser)
        assert chooser.state is not None
        names = [row.cells[0] for row in chooser.state.rows]
        shown = []
        for _name in names:
            here = next(y for y in range(chooser.content_size.height) if "▸" in chooser.render_line(y).text)
            shown.append(chooser.render_line(here).text)
            await stage.press("down")
        assert len(names) > 40 and not [name for name, line in zip(names, shown, strict=True) if name not in line]


async def test_the_code_of_the_selection_is_named_in_the_status_line(root: Path) -> None:
    async with workbench(root, "Awa", SMALL) as stage:
        await stage.press("enter", "down", "space", "=d1", "enter", "up", "down")
        assert "D1 Label D1" in stage.status


async def test_the_headings_of_the_speakers_of_a_file_are_whole(root: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(TEXT + "R1 : Encore.\n", encoding="utf-8")
    async with workbench(root, "Awa", SMALL) as stage:
        await stage.press("i", "ctrl+u", f"={tmp_path / 'new.txt'}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        assert screen.speakers.widths()[0] >= len("Locuteur")
