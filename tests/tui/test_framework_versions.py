"""Versions of the framework by keyboard: set aside, looked at again, compared with what stands now."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.framework import RowKind
from hsreview.project.project import Project
from hsreview.tui.screens.framework_versions import FrameworkVersionsScreen, FrozenRowsScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.framework_rows import add_row, change_row
from hsreview.workflows.framework_versions import frozen_versions
from tests.tui.stage import Stage, workbench
from tests.tui.test_framework_rows import detail, screen, typed


def lines(stage: Stage) -> list[tuple[str, ...]]:
    return [row.cells for row in screen(stage).rows.rows]


async def test_a_version_is_frozen_and_tells_what_changed_since(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        row = add_row(project, awa, RowKind.INDICATOR, {"statement_en": "meetings", "target_value": 4})
        add_row(project, awa, RowKind.OUTCOME, {"statement_en": "they consult"})
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "V", "n")
        await typed(stage, "Bamako")
        assert isinstance(stage.app.screen, FrameworkVersionsScreen)
        assert "Version 1 (Bamako): 2 rows were set aside" in screen(stage).notice.text()
        await stage.press("enter")
        assert isinstance(stage.app.screen, FrozenRowsScreen)
        assert [line[:2] for line in lines(stage)] == [("OC1", ""), ("IN1", "")], "nothing changed: all are shown"
        await stage.press("down")
        assert "Target: 4" in detail(stage) and "Evidence: few people" in detail(stage)
        change_row(stage.project, awa, row, {"target_value": 6})
        add_row(stage.project, awa, RowKind.MARKER, {"statement_en": "they invite"})
        await stage.press("escape", "enter")
        assert [line[:2] for line in lines(stage)] == [("PM1", "added"), ("IN1", "changed")]
        await stage.press("down")
        assert detail(stage) == "Target: 4 → 6"
        await stage.press("a")
        assert [line[0] for line in lines(stage)] == ["PM1", "OC1", "IN1"]
        await stage.press("a")
        assert [line[0] for line in lines(stage)] == ["PM1", "IN1"]


async def test_freezing_is_undone_by_one_key_and_a_taken_name_is_refused(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        add_row(project, awa, RowKind.OUTCOME, {"statement_en": "they consult"})
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "V", "n", "enter")
        assert [line[:3] for line in lines(stage)] == [("1", "", "frozen")]
        await stage.press("n", "1", "enter")
        assert len(frozen_versions(stage.project)) == 1, "the question stays open with what is wrong"
        await stage.press("escape", "u")
        assert lines(stage) == [] and "Undone: version 1" in screen(stage).notice.text()
        await stage.press("U")
        assert len(lines(stage)) == 1
