"""Findings written beside the matrices: one key lets a finding stand on the quotes of a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.model.framework import Stance
from hsreview.project.project import Project
from hsreview.tui.screens.charting import ChartingScreen
from hsreview.tui.screens.framework import FrameworkScreen
from hsreview.tui.screens.matrix import MatrixScreen
from hsreview.tui.screens.matrix_cell import CellScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.framework_rows import Framework, framework
from hsreview.workflows.people import set_speaker
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import painted
from tests.tui.test_framework_rows import typed

WORDS = "Mais sans budget"


@pytest.fixture
def three(root: Path) -> Path:
    """Two quotes of one code and one of another, in an interview that was read to its end."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        text = opened(project)
        start = text.text.index(WORDS)
        for length, code in ((len(WORDS), "K4"), (4, "K4"), (9, "D1")):
            add_codings(project, awa, text.version.id, start, start + length, [code_id(code)])
        set_speaker(project, awa, text.transcript.id, "R1", respondent="Fanta")
        mark_reviewed(project, awa, text.transcript.id)
    return root


def stored(stage: Stage) -> Framework:
    return framework(stage.project)


def told(stage: Stage) -> str:
    return " ".join(each.message for each in stage.app._notifications)


async def test_the_cell_of_a_matrix_becomes_a_finding_with_its_codes_and_question(three: Path) -> None:
    async with workbench(three, "Awa", (80, 24)) as stage:
        await stage.press("g", "m")
        grid = stage.app.screen
        assert isinstance(grid, MatrixScreen)
        behind = {each.coding.id for each in grid.behind()}
        await stage.press("n")
        assert "What was found (3 quotes, Q1, D1, K4):" in painted(stage)
        await typed(stage, "no money")
        assert isinstance(stage.app.screen, MatrixScreen) and "F1 stands on 3 quotes now" in grid.notice.text()
        [finding] = stored(stage).rows
        assert dict(finding.data) == {"statement_en": "no money", "codes": ["D1", "K4"], "question": "Q1"}
        links = stored(stage).links[finding.id]
        assert {(link.source, link.stance) for link in links} == {(each, Stance.SUPPORTS) for each in behind}
        await stage.press("g", "F", "u")
        assert (stored(stage).rows, stored(stage).evidence) == ([], [])


async def test_a_finding_stands_on_what_is_marked_else_on_what_is_listed(three: Path) -> None:
    async with workbench(three, "Awa", (80, 24)) as stage:
        await stage.press("g", "m", "enter")
        cell = stage.app.screen
        assert isinstance(cell, CellScreen)
        await stage.press("space", "space")
        assert [row.cells[0] for row in cell.rows.rows] == ["•", "•", " "] and cell.rows.cursor == 2
        await stage.press("n")
        await typed(stage, "two")
        await stage.press("home", "space", "space", "f")
        await typed(stage, "D1")
        await stage.press("n")
        await typed(stage, "listed")
        assert isinstance(stage.app.screen, CellScreen)
        found = stored(stage)
        two, listed = found.rows
        assert set(found.codings(two.id)) == {each.coding.id for each in cell.found[:2]}
        [only] = found.codings(listed.id)
        assert listed.data["codes"] == ["D1"] and only in {each.coding.id for each in cell.found}


async def test_the_framework_matrix_starts_findings_from_its_grid_and_beside_a_summary(three: Path) -> None:
    async with workbench(three, "Awa", (80, 24)) as stage:
        await stage.press("g", "w", "n")
        await typed(stage, "grid")
        assert isinstance(stage.app.screen, FrameworkScreen)
        await stage.press("enter", "space", "N")
        await typed(stage, "cell")
        assert isinstance(stage.app.screen, ChartingScreen)
        found = stored(stage)
        assert {row.data["statement_en"]: len(found.links[row.id]) for row in found.rows} == {"grid": 3, "cell": 2}


async def test_where_nobody_said_anything_no_finding_is_asked_for(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        mark_reviewed(project, awa, opened(project).transcript.id)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "m", "n")
        assert "no quotes here" in told(stage) and "What was found" not in painted(stage)
        assert stored(stage).rows == []


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_key_is_told_at_the_foot_of_a_narrow_terminal(three: Path, language: str) -> None:
    use_language(language)
    named = {"fr": "constat", "en": "finding"}[language]
    async with workbench(three, "Awa", (80, 24)) as stage:
        await stage.press("g", "m")
        assert f"n {named}" in painted(stage).split("\n")[-1]
        await stage.press("enter")
        assert f"n {named}" in painted(stage).split("\n")[-1]
        await stage.press("escape", "g", "w")
        assert f"n {named}" in painted(stage).split("\n")[-1]
