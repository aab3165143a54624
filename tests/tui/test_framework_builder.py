"""The builder: coded segments on one side, rows of the framework on the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.coding import CONSENSUS
from hsreview.model.framework import EvidenceRole, Row, RowKind, Stance
from hsreview.project import framework as stored
from hsreview.project.project import Project
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.framework_builder import BuilderScreen
from hsreview.tui.screens.framework_evidence import EvidenceScreen
from hsreview.workflows.building import choose_codes
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.framework_rows import add_row
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench


@pytest.fixture
def building(root: Path) -> Path:
    """Three segments of two codes from which rows are made, a strategy and an outcome under it."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        for name in ("cso-1", "cso-2"):
            text = opened(project, name)
            start = text.text.index("Mais sans budget")
            add_codings(project, awa, text.version.id, start, start + 43, [code_id("K4")])
        add_codings(project, awa, text.version.id, 30, 40, [code_id("D1")])
        choose_codes(project, awa, ["K4", "D1"])
        strategy = add_row(project, awa, RowKind.STRATEGY, {"title_en": "Strategy"})
        add_row(project, awa, RowKind.OUTCOME, {"statement_en": "They consult"}, parent=strategy)
    return root


def builder(stage: Stage) -> BuilderScreen:
    found = stage.app.screen
    assert isinstance(found, BuilderScreen)
    return found


def rows(stage: Stage) -> dict[str, Row]:
    return {row.ref: row for row in stored.rows(stage.project.connection)}


def marks(stage: Stage) -> list[str]:
    return [line.cells[2] for line in builder(stage).rows.rows]


def told(stage: Stage) -> str:
    """What was refused."""
    return " ".join(each.message for each in stage.app._notifications)


async def test_one_key_and_a_sentence_make_a_segment_into_a_row_that_stands_on_it(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "n")
        assert builder(stage).prompt.line.text == "", "the words of the respondent are not proposed"
        assert "Mais sans budget" in str(builder(stage).detail.render())
        await stage.press("=no money", "enter")
        finding = rows(stage)["F1"]
        assert finding.data == {"statement_en": "no money"}
        [link] = stored.evidence(stage.project.connection)
        assert (link.row_id, link.stance, link.role) == (finding.id, Stance.SUPPORTS, EvidenceRole.NONE)
        assert marks(stage) == ["F1", "", ""]
        await stage.press("u")
        assert "F1" not in rows(stage) and marks(stage) == ["", "", ""]


async def test_after_undo_the_cursor_is_back_on_the_segment_and_the_question_and_the_answer_name_it(
    building: Path,
) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "v", "home", "n")
        assert "cso-1 3.2 → finding" in builder(stage).prompt.question.words  # type: ignore[union-attr]
        await stage.press("=no money", "enter")
        assert "F1 stands on cso-1 3.2 now" in builder(stage).notice.text()
        await stage.press("end", "tab", "u")
        line = builder(stage).rows.current
        assert line is not None and line.cells[:2] == ("cso-1 3.2", "K4")
        await stage.press("n")
        assert "cso-1 3.2 → finding" in builder(stage).prompt.question.words  # type: ignore[union-attr]


async def test_a_draft_of_another_kind_stands_under_the_row_of_the_other_list(building: Path) -> None:
    async with workbench(building, "Awa", (120, 40)) as stage:
        await stage.press("g", "B", "tab", "end", "N", "=indicator", "enter")
        assert "indicator under OC1" in builder(stage).prompt.question.words  # type: ignore[union-attr]
        await stage.press("=meetings", "enter")
        assert rows(stage)["IN1"].parent_id == rows(stage)["OC1"].id
        current = builder(stage).frame.current
        assert current is not None and current.cells[0] == "●" and "IN1 meetings" in current.cells[1]
        await stage.press("e", "=unit", "enter", "=per year", "enter")
        assert rows(stage)["IN1"].data["unit"] == "per year"


async def test_a_sentence_that_repeats_the_respondent_is_told_so(building: Path) -> None:
    async with workbench(building, "Awa", (120, 40)) as stage:
        await stage.press("g", "B", "n", "=mais sans budget, c'était l'oeuvre", "enter")
        assert "repeats the respondent" in builder(stage).notice.text()


async def test_a_segment_is_linked_to_the_row_under_the_cursor_as_it_is_said(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "tab", "end", "l")
        assert "OC1 stands on cso-1 3.2 now" in builder(stage).notice.text()
        await stage.press("l")
        assert "OC1 stands on cso-1 3.2 already" in builder(stage).notice.text()
        await stage.press("L", "=contradicts", "enter", "=baseline", "enter")
        [link] = stored.evidence(stage.project.connection)
        assert (link.stance, link.role) == (Stance.CONTRADICTS, EvidenceRole.BASELINE)
        await stage.press("home", "l")
        assert "no segments" in told(stage)


async def test_enter_goes_to_the_words_or_to_what_a_row_stands_on_and_escape_comes_back(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "n", "=no money", "enter", "enter")
        assert isinstance(stage.app.screen, CodingScreen)
        await stage.press("escape", "tab", "end", "enter")
        assert isinstance(stage.app.screen, EvidenceScreen)
        await stage.press("d", "escape")
        assert marks(stage) == ["", "", ""], "a link that was taken away meanwhile is no longer marked"


async def test_segments_are_filtered_by_code_use_and_words_and_rows_by_words(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "n", "=no money", "enter", "v")
        assert marks(stage) == ["", ""]
        assert "· 2 segments ·" in builder(stage).header.text()
        await stage.press("c", "=D1", "enter")
        assert [line.cells[1] for line in builder(stage).rows.rows] == ["D1"]
        await stage.press("a")
        assert len(builder(stage).rows.rows) == 3
        await stage.press("tab", "f", "=consult", "enter")
        assert [line.cells[1].split()[0] for line in builder(stage).frame.rows] == ["OC1"]
        assert len(builder(stage).rows.rows) == 3


async def test_the_codes_are_chosen_on_the_screen_and_kept_in_the_project(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "S", "=K4", "enter")
        assert [line.cells[1] for line in builder(stage).rows.rows] == ["K4", "K4"]
        await stage.press("S", "=NOPE", "enter")
        assert "NOPE" in builder(stage).prompt.wrong
        await stage.press("escape", "S", "backspace", "enter")
        assert len(builder(stage).rows.rows) == 0


async def test_no_segment_and_no_consensus_are_said_in_words(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "B", "n")
        assert "no segment here" in told(stage)
        await stage.press("w", "=consensus", "enter")
        assert builder(stage).whose == CONSENSUS and len(builder(stage).rows.rows) == 0


async def test_the_lists_stand_above_each_other_where_the_screen_is_narrow(building: Path) -> None:
    async with workbench(building, "Awa", (80, 24)) as stage:
        await stage.press("g", "B")
        assert builder(stage).frame.region.y > builder(stage).rows.region.bottom - 1
        await stage.resize(140, 40)
        assert builder(stage).frame.region.y == builder(stage).rows.region.y
        assert builder(stage).frame.region.x > builder(stage).rows.region.x
