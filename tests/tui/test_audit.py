"""The audit on the screen: acts by page, narrowed down, and never a word of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.tui.screens.audit import AuditScreen
from hsreview.tui.screens.exporting import ExportScreen
from hsreview.workflows import auditing_out
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import to_respondent


def shown(stage: Stage) -> list[tuple[str, ...]]:
    screen = stage.app.screen
    assert isinstance(screen, AuditScreen)
    return [row.cells for row in screen.rows.rows]


async def test_acts_are_read_narrowed_down_and_go_on_to_older_ones(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing_out, "PAGE", 2)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "m", "=zimboulou", "escape")
        await stage.press("u")
        await stage.press("g", "A")
        assert [row[2] for row in shown(stage)] == ["memo: undone", "memo: entry", "Older acts …"]
        assert shown(stage)[1][4] == "was taken back" and not any("zimboulou" in str(row) for row in shown(stage))
        await stage.press("end", "enter")
        assert [row[2:4] for row in shown(stage)][2] == ("coding: entry", "D1")
        await stage.press("t", "=coding", "enter")
        assert [row[2] for row in shown(stage)] == ["coding: entry"]
        await stage.press("a", "w", "=awa", "enter")
        assert {row[1] for row in shown(stage)} == {"Awa", ""}
        await stage.press("x")
        assert isinstance(stage.app.screen, ExportScreen) and stage.app.screen.order.what == "audit"
