"""The journal by keyboard: where the framework stands, an entry written by a short form, changed, and taken back."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.framework import RowKind, RowStatus
from hsreview.project.observations import observations
from hsreview.project.project import Project
from hsreview.tui.screens.framework_evidence import EvidenceScreen
from hsreview.tui.screens.journal_entries import EntriesScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.monitoring import EngagementScreen, MonitoringScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.framework_rows import add_row, change_row, framework
from hsreview.workflows.framework_versions import freeze
from hsreview.workflows.journal import add_entry
from hsreview.workflows.validation_kit import make_kit
from tests.tui.stage import Stage, workbench


def framed(root: Path) -> None:
    """A marker with two entries, an indicator, an actor and a recommendation that is overdue."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        actor = add_row(project, awa, RowKind.ACTOR, {"label_en": "Town hall"})
        marker = add_row(project, awa, RowKind.MARKER, {"statement_en": "It invites", "actor": actor.id})
        add_row(project, awa, RowKind.INDICATOR, {"statement_en": "Meetings", "baseline_value": 2, "target_value": 6})
        add_row(project, awa, RowKind.RECOMMENDATION, {"statement_en": "Publish", "next_check": "2016-05"})
        for date, level in (("2016-02", "1"), ("2016-05", "3")):
            add_entry(project, awa, marker, {"date": date, "level": level})


def screen(stage: Stage) -> ListScreen:
    found = stage.app.screen
    assert isinstance(found, ListScreen)
    return found


def lines(stage: Stage) -> list[tuple[str, ...]]:
    return [row.cells for row in screen(stage).rows.rows]


async def typed(stage: Stage, text: str) -> None:
    await stage.press(*("space" if letter == " " else letter for letter in text), "enter")


async def go_to(stage: Stage, ref: str) -> None:
    found = screen(stage)
    found.rows.go_to(next(n for n, row in enumerate(found.rows.rows) if row.cells[0] == ref))


async def test_in_a_file_for_a_meeting_the_screen_says_why_it_is_empty(root: Path) -> None:
    framed(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        make_kit(project, awa, root.parent / "kit", freeze(project, awa))
    async with workbench(root.parent / "kit", None, (80, 24)) as stage:
        await stage.press("g", "J")
        assert lines(stage) == [] and "holds no journal" in screen(stage).rows.empty


async def test_an_actor_that_is_retired_stands_once(root: Path) -> None:
    framed(root)
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        [actor] = framework(project).of(RowKind.ACTOR)
        add_entry(project, awa, actor, {"date": "2016-02", "quality": "2"})
        change_row(project, awa, actor, {}, status=RowStatus.RETIRED)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "J")
        assert [line[1] for line in lines(stage) if line[0] == "AC1"] == ["retired, 1"]


async def test_levels_and_what_is_due_are_seen_with_charts_that_need_no_colour(root: Path) -> None:
    framed(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "J")
        assert isinstance(stage.app.screen, MonitoringScreen)
        told = {row[0]: row for row in lines(stage)}
        assert told["R1"][1:4] == ("still open", "2016-05", "overdue")
        assert lines(stage)[1][0] == "R1", "what is due is first"
        assert told["PM1"][1:4] == ("3 (fully)", "2016-05", "▃█")
        assert told["IN1"][1] == "no value" and told["AC1"][1] == "–"
        await go_to(stage, "PM1")
        assert "2016-02" in screen(stage).detail_of(screen(stage).rows.rows[screen(stage).rows.cursor])
        await stage.press("enter")
        assert isinstance(stage.app.screen, EvidenceScreen)
        await stage.press("escape", "v")
        assert isinstance(stage.app.screen, EngagementScreen)
        assert [row[0] for row in lines(stage)] == ["AC1 · Town hall", "2016-Q1", "2016-Q2"]
        assert lines(stage)[2][4] == "+2 (1 up, 0 down; n = 1)"


async def test_an_entry_is_written_by_a_short_form_changed_and_taken_back(root: Path) -> None:
    framed(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "J")
        await go_to(stage, "IN1")
        await stage.press("a")
        await typed(stage, "2016-Q7")
        assert "is not a date" in screen(stage).prompt.wrong
        await stage.press(*["backspace"] * 7)
        await typed(stage, "T3 2016")
        await typed(stage, "4,5")
        await typed(stage, "three offices")
        await typed(stage, "")
        await typed(stage, "focal point")
        [entry] = [each for each in observations(stage.project.connection) if each.value is not None]
        assert (entry.date, entry.value, entry.description) == ("2016-Q3", 4.5, "three offices")
        assert entry.verified_by == "focal point"
        assert "An entry on IN1 was written" in screen(stage).notice.text()
        assert next(row for row in lines(stage) if row[0] == "IN1")[1] == "4.5 on the way"
        await stage.press("e")
        assert isinstance(stage.app.screen, EntriesScreen)
        await stage.press("e")
        await typed(stage, "value")
        await stage.press(*["backspace"] * 3)
        await typed(stage, "6")
        assert lines(stage) == [("2016-Q3", "6 · three offices · focal point")]
        await stage.press("d")
        assert lines(stage) == []
        await stage.press("u", "u", "u")
        assert lines(stage) == [] and len(observations(stage.project.connection)) == 2
        await stage.press("U")
        assert lines(stage) == [("2016-Q3", "4.5 · three offices · focal point")]


async def test_a_recommendation_is_followed_up_by_keyboard(root: Path) -> None:
    framed(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "J")
        await go_to(stage, "R1")
        await stage.press("a", "enter")
        await typed(stage, "done")
        await stage.press("enter", "enter", "enter", "enter")
        [row] = [each for each in stage_rows(stage) if each[0] == "R1"]
        assert row[1] is RowStatus.DONE
        assert next(each for each in lines(stage) if each[0] == "R1")[3] == ""
        await stage.press("u")
        assert [each[1] for each in stage_rows(stage) if each[0] == "R1"] == [RowStatus.OPEN]


def stage_rows(stage: Stage) -> list[tuple[str, RowStatus]]:
    from hsreview.project.framework import rows

    return [(row.ref, row.status) for row in rows(stage.project.connection)]
