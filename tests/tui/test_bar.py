"""Lines and panels measure in cells, and say that something is cut."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len

from hsreview.tui.widgets.bar import Piece, fitted_place
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows.coding import add_codings
from tests.builders import a_project, code_id, opened
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


def test_a_long_name_is_cut_before_its_place_is() -> None:
    assert fitted_place("cso-bandiagara-monitor 12.3", 18) == "cso-ba…onitor 12.3"
    assert fitted_place("cso-1 12.3", 18) == "cso-1 12.3        "
    assert fitted_place("Place", 3) == "Pl…"
    assert cell_len(fitted_place("漢" * 20 + " 12.3", 18)) == 18


async def test_lists_at_80_columns_show_turns_of_long_names(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path / "p")
    long = opened(project).transcript
    with project.act(lead.id) as act:
        act.put("transcript", long.id, name="cso-bandiagara-monitor-second-visit")
    add_codings(project, lead, long.version_id, 54, 94, [code_id("D1")])
    project.close()
    async with workbench(tmp_path / "p", "Awa", (80, 24)) as stage:
        await stage.press("g", "d")
        strips = stage.app.screen._compositor.render_strips()
        assert any("visit 3." in "".join(segment.text for segment in strip) for strip in strips)
