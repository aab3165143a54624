"""Lines and panels measure in cells, and say that something is cut."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len

from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from tests.tui.stage import workbench


async def test_a_line_that_is_too_long_ends_with_an_ellipsis(root: Path) -> None:
    async with workbench(root, "Awa", size=(80, 24)) as stage:
        bar = stage.coding.status
        for text in ("x" * 200, "漢" * 100):
            bar.show_line([Piece(text)], [Piece(" end")])
            shown = bar.render_line(0).text
            assert "… " in shown and shown.endswith(" end") and cell_len(shown) == 80
        bar.show_line([Piece("x" * 76)], [Piece(" end")])
        assert "…" not in bar.render_line(0).text


async def test_a_menu_is_as_wide_as_its_wide_letters(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        label = "漢字" * 10
        stage.coding.show_menu("?", [Entry(("x",), label, lambda: None)])
        await stage.pilot.pause()
        menu = stage.coding._menu
        assert menu is not None and label in menu.render_line(0).text
