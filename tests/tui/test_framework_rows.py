"""Framework rows by keyboard: from a segment to a finding, and from a row down to the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.model.framework import Row, RowKind, RowStatus, Stance
from hsreview.project import framework as stored
from hsreview.project.project import Project
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.framework_evidence import EvidenceScreen
from hsreview.tui.screens.framework_rows import FrameworkRowsScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.evidence import grounds
from hsreview.workflows.framework_lint import row_problems
from hsreview.workflows.framework_rows import SourceKind, add_row, framework, link
from hsreview.workflows.grade_thresholds import thresholds
from hsreview.workflows.people import set_speaker
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import painted


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


def detail(stage: Stage) -> str:
    """What stands below the list, on one line."""
    return " ".join(str(screen(stage).detail.render()).split())


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
        await stage.press("F", "enter")
        assert isinstance(stage.app.screen, EvidenceScreen), "F1 stands on it already: Enter goes there"
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
        assert rows(stage) == [] and len(screen(stage).rows.rows) == 0
        await stage.press("u")
        assert [each.ref for each in rows(stage)] == ["IN1"]
        await stage.press("r")
        await typed(stage, "actor")
        assert len(screen(stage).rows.rows) == 0


async def test_the_words_of_a_column_are_asked_for_in_the_language_of_the_interface_first(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "n")
        await typed(stage, "indicator")
        await typed(stage, "meetings")
        await stage.press("e")
        await typed(stage, "definition")
        await typed(stage, "per year")
        assert rows(stage)[0].data == {"statement_en": "meetings", "definition_en": "per year"}


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


def shown(stage: Stage) -> list[str]:
    return [" ".join(row.cells[0].split()[:3]) for row in screen(stage).rows.rows]


async def test_the_same_rows_are_an_outcome_map_and_a_logframe_whose_branches_fold(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        strategy = add_row(project, awa, RowKind.STRATEGY, {"title_en": "Strategy"})
        actor = add_row(project, awa, RowKind.ACTOR, {"label_en": "Office"})
        says = {"statement_en": "Consults", "actor": actor.id, "level": "outcome"}
        outcome = add_row(project, awa, RowKind.OUTCOME, says, parent=strategy)
        add_row(project, awa, RowKind.MARKER, {"statement_en": "Answers", "level": "expect"}, parent=outcome)
        cells = {"statement_en": "Meetings", "baseline_value": 2, "baseline_date": "2015"}
        add_row(project, awa, RowKind.INDICATOR, cells, parent=outcome)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "space")
        assert "no branches" in " ".join(each.message for each in stage.app._notifications)
        await stage.press("=v")
        assert shown(stage) == ["▾ ST1 Strategy", "▾ AC1 Office", "▾ OC1 Consults", "PM1 [expect to", "IN1 Meetings"]
        await stage.press("home", "down", "space")
        assert shown(stage) == ["▾ ST1 Strategy", "▸ AC1 Office"]
        await stage.press("space", "end", "enter")
        assert isinstance(stage.app.screen, EvidenceScreen)
        await stage.press("escape", "v")
        assert shown(stage)[:4] == ["▾ ST1 Strategy", "▾ Outcomes", "▾ OC1 Consults", "IN1 Meetings"]
        assert screen(stage).rows.rows[3].cells[1] == "2 (2015)"
        await stage.press("home", "down", "e")
        assert "There is no row here" in " ".join(each.message for each in stage.app._notifications)
        await stage.press("v")
        assert {row.cells[0] for row in screen(stage).rows.rows} == {"AC1", "IN1", "PM1", "OC1", "ST1"}


async def test_what_was_done_on_another_screen_is_seen_on_the_way_back(root: Path) -> None:
    coded(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "d", "F", "enter")
        await typed(stage, "no money")
        await stage.press("g", "F")
        assert "1 supporting segment" in str(screen(stage).detail.render())
        await stage.press("enter", "d", "escape")
        assert "0 supporting segments" in str(screen(stage).detail.render())


async def test_of_many_things_that_a_row_lacks_those_that_fit_are_told_whole_and_the_rest_counted(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        add_row(project, awa, RowKind.INDICATOR, {"statement_en": "Meetings"})
        problems = row_problems(grounds(project, framework(project)))
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "c")
        said = str(screen(stage).detail.render()).split("\n")
        [more] = [line for line in said if line.startswith("… ")]
        assert more == said[-1] == f"… {len(problems) - len(said) + 2} more: hsreview framework check IN1"
        assert len(said) > 4 and screen(stage).detail.size.height < 10
        assert screen(stage).detail.virtual_size.height <= screen(stage).detail.size.height, "nothing is cut"


async def test_only_rows_that_lack_something_are_listed_with_what_to_do(root: Path) -> None:
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        both = {"label_fr": "Mairie", "label_en": "Town hall"}
        add_row(project, awa, RowKind.ACTOR, both)
        add_row(project, awa, RowKind.STRATEGY, {"title_en": "Strategy"})
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F")
        assert [row.cells[0] for row in screen(stage).rows.rows] == ["ST1", "AC1"]
        assert "Lacking: 1 warning" in detail(stage)
        await stage.press("c")
        assert [row.cells[0] for row in screen(stage).rows.rows] == ["ST1"]
        assert "It is not written in French. Write it in French too." in detail(stage)
        await stage.press("e")
        await typed(stage, "title (fr)")
        await typed(stage, "Strategie")
        assert list(screen(stage).rows.rows) == []
        await stage.press("c")
        assert len(screen(stage).rows.rows) == 2


async def test_the_strength_of_a_row_is_told_whole_and_its_grades_can_be_set(root: Path) -> None:
    coded(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="Fanta")
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "d", "F", "enter")
        await typed(stage, "no money")
        await stage.press("g", "F", "enter", "a")
        assert "agreement: no interview was marked reviewed by two coders" in detail(stage)
        await stage.press("escape", "t", "ctrl+u", "=high_respondents=1", "enter")
        assert thresholds(stage.project).high_respondents == 6, "a stronger grade would be easier to reach"
        assert "very low" in screen(stage).rows.rows[0].cells
        await stage.press("escape", "t", "ctrl+u", "=low_respondents=1", "enter")
        assert thresholds(stage.project).low_respondents == 1 and "low" in screen(stage).rows.rows[0].cells
        await stage.press("u")
        assert thresholds(stage.project).low_respondents == 2 and "very low" in screen(stage).rows.rows[0].cells


async def test_a_coding_in_the_text_leads_up_to_its_rows_and_from_a_finding_further_up(root: Path) -> None:
    coded(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "d", "F", "enter")
        await typed(stage, "no money")
        with Project.open(root) as project:
            awa = next(coder for coder in coders(project) if coder.name == "Awa")
            found = framework(project)
            made = add_row(project, awa, RowKind.INDICATOR, {"statement_en": "budget"})
            link(project, awa, found, made, [(SourceKind.FINDING, "F1")], Stance.SUPPORTS)
        await stage.press("enter", "F")
        assert isinstance(stage.app.screen, CodingScreen)
        chooser = stage.app.screen._chooser
        assert chooser is not None and chooser.state is not None
        assert [row.cells for row in chooser.state.rows] == [
            ("●", "F1 no money"), ("○", "IN1 budget"), ("", "A new finding …"),
        ]  # fmt: skip
        await stage.press("enter")
        assert isinstance(stage.app.screen, EvidenceScreen) and stage.app.screen.row.ref == "F1"
        await stage.press("o", "enter")
        assert isinstance(stage.app.screen, EvidenceScreen) and stage.app.screen.row.ref == "IN1"
        await stage.press("o")
        assert "No row stands on IN1" in " ".join(each.message for each in stage.app._notifications)
        await stage.press("escape", "escape")
        assert isinstance(stage.app.screen, CodingScreen)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_narrow_terminal_tells_the_evidence_and_the_keys_that_a_view_needs(root: Path, language: str) -> None:
    use_language(language)
    coded(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        words = {f"statement_{each}": "mot " * 60 for each in ("fr", "en")}
        add_row(project, awa, RowKind.FINDING, {**words, "codes": ["K4"], "answered": "Une réponse. " * 30})
    fold, view, evidence = {"fr": ("plier", "v vue", "Preuves"), "en": ("fold", "v view", "Evidence")}[language]
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F")
        assert evidence in painted(stage).split("\n", 3)[-1]
        assert fold not in painted(stage).split("\n")[-1]
        await stage.press("v")
        foot = painted(stage).split("\n")[-1]
        assert fold in foot and view in foot


async def test_a_quote_behind_a_cell_of_a_matrix_becomes_evidence_and_leads_up_to_its_row(root: Path) -> None:
    coded(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        mark_reviewed(project, awa, opened(project).transcript.id)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "m", "enter", "F", "enter")
        await typed(stage, "no money")
        assert "F1 stands on it now" in screen(stage).notice.text()
        await stage.press("F", "enter")
        assert isinstance(stage.app.screen, EvidenceScreen) and stage.app.screen.row.ref == "F1"


async def test_a_framework_begins_with_the_outcomes_that_were_named_before_the_review(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "F", "n")
        await typed(stage, "before")
        assert sorted(row.ref for row in rows(stage)) == ["OC1", "OC2", "OC3", "OC4", "ST1"]
        assert "5 rows made" in screen(stage).notice.text()
        await stage.press("n")
        await typed(stage, "before")
        assert "there already" in screen(stage).notice.text()
        await stage.press("u")
        assert rows(stage) == []
