"""A validation meeting by keyboard: hands counted, words written down, rounds, and the signed version."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.validation import Side, Tally
from hsreview.project.project import Project
from hsreview.tui.screens.validation_meeting import MeetingScreen
from hsreview.tui.screens.validation_tally import TallyScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.validating import Meeting, find_meeting
from tests.meetings import a_meeting
from tests.tui.stage import Stage, workbench

ROWS = 4


def held(root: Path, *, tables: tuple[tuple[str, Side, int], ...] | None = None, rows: int = ROWS) -> None:
    """Put a meeting into the project."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        a_meeting(project, awa, rows=rows, **({"tables": tables} if tables else {}))


def meeting(stage: Stage) -> Meeting:
    return find_meeting(stage.project)


def tallies(stage: Stage, ref: str) -> dict[str, Tally]:
    """What the tables voted on a row, by label."""
    now = meeting(stage)
    ballot = next(each for each in now.last.values() if each.ref == ref)
    return {now.tables[party].label: tally for party, tally in now.tallies.get(ballot.id, {}).items()}


async def test_it_opens(root: Path) -> None:
    held(root)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("g", "V")
        assert isinstance(stage.app.screen, MeetingScreen)
        await stage.press("enter")
        assert isinstance(stage.app.screen, TallyScreen)
        await stage.press("6", "1", "1", "0", "0")
        assert tallies(stage, "IN1") == {"A": Tally(6, 1, 1)}
