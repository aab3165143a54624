"""Framework rows by keyboard: from a segment to a finding, and from a row down to the words."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.framework import Row, RowStatus, Stance
from hsreview.project import framework as stored
from hsreview.project.project import Project
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.framework_evidence import EvidenceScreen
from hsreview.tui.screens.framework_rows import FrameworkRowsScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench


def coded(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        text = opened(project)
        start = text.text.index("Mais sans budget")
        add_codings(project, awa, text.version.id, start, start + 16, [code_id("K4")])


def rows(stage: Stage) -> list[Row]:
    return stored.rows(stage.project.connection)


def screen(stage: Stage) -> ListScreen:
    found = stage.app.screen
    assert isinstance(found, ListScreen)
    return found


async def typed(stage: Stage, text: str) -> None:
    await stage.press(*("space" if letter == " " else letter for letter in text), "enter")


async def test_a_segment_becomes_a_finding_and_the_finding_leads_back_to_its_words(root: Path) -> None:
    coded(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "d", "F", "enter")
        await typed(stage, "no money")
        [finding] = rows(stage)
        assert (finding.ref, finding.data["statement_en"]) == ("F1", "no money")
        assert "F1 stands on it now" in screen(stage).notice.text()
        await stage.press("F", "down", "enter")
        assert "F1 stands on it already" in screen(stage).notice.text()
        await stage.press("g", "F")
        assert isinstance(stage.app.screen, FrameworkRowsScreen)
        assert [row.cells[0] for row in screen(stage).rows.rows] == ["F1"]
        await stage.press("enter")
        assert isinstance(stage.app.screen, EvidenceScreen)
        [line] = screen(stage).rows.rows
        assert line.cells[3].startswith("Mais sans budget")
        await stage.press("enter")
        assert isinstance(stage.app.screen, CodingScreen)
        await stage.press("escape")
        assert isinstance(stage.app.screen, EvidenceScreen)


async def test_rows_are_made_written_into_and_taken_back(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "n")
        await typed(stage, "indicator")
        await typed(stage, "meetings")
        [row] = rows(stage)
        assert (row.ref, row.data) == ("IN1", {"statement_en": "meetings"})
        await stage.press("e")
        await typed(stage, "unit")
        await typed(stage, "per year")
        assert rows(stage)[0].data["unit"] == "per year"
        await stage.press("s")
        await typed(stage, "proposed")
        assert rows(stage)[0].status is RowStatus.PROPOSED
        await stage.press("u", "u")
        assert (rows(stage)[0].status, rows(stage)[0].data) == (RowStatus.DRAFT, {"statement_en": "meetings"})
        await stage.press("d")
        assert rows(stage) == [] and screen(stage).rows.rows == []
        await stage.press("u")
        assert [each.ref for each in rows(stage)] == ["IN1"]
        await stage.press("r")
        await typed(stage, "actor")
        assert screen(stage).rows.rows == []


async def test_a_link_gets_another_stance_and_goes(root: Path) -> None:
    coded(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "d", "F", "enter")
        await typed(stage, "no money")
        await stage.press("g", "F", "enter", "s")
        await typed(stage, "contradicts")
        assert [each.stance for each in stored.evidence(stage.project.connection)] == [Stance.CONTRADICTS]
        await stage.press("d")
        assert stored.evidence(stage.project.connection) == []
        await stage.press("u")
        assert len(screen(stage).rows.rows) == 1
