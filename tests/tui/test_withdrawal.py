"""A withdrawal in the workbench: what goes is shown, the pseudonym is typed, and lists are without them."""

from __future__ import annotations

from pathlib import Path

from hsreview.tui.screens.consent import ConsentScreen
from hsreview.tui.screens.withdrawal import WithdrawalScreen
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import transcripts
from tests.builders import opened
from tests.tui.stage import Stage, workbench


def shown(stage: Stage) -> str:
    """The lines of the screen."""
    screen = stage.app.screen
    assert isinstance(screen, WithdrawalScreen)
    return "\n".join(row.cells[0] for row in screen.rows.rows)


async def test_a_respondent_is_shown_typed_and_erased(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        set_speaker(stage.project, stage.app.coder(), opened(stage.project).transcript.id, "R1", respondent="CSO-9")
        before = {each.name for each in transcripts(stage.project)}
        table = root / "transcripts" / f"{'respondents-' * 8}.csv"
        table.parent.mkdir(exist_ok=True)
        table.write_text("id\nCSO-9\n", encoding="utf-8")
        await stage.press("enter", "g", "C")
        screen = stage.app.screen
        assert isinstance(screen, ConsentScreen)
        row = next(n for n, row in enumerate(screen.rows.rows) if row.cells[0] == "CSO-9")
        await stage.press("home", *["down"] * row, "w")
        assert "What goes with the person CSO-9:" in shown(stage) and "interview cso-1: all of it" in shown(stage)
        assert str(table) in "".join(shown(stage).split()), "nothing is cut"
        await stage.press("enter", "=harm", "enter", "=CSO-8", "enter")
        assert "not the pseudonym" in stage.app.screen.prompt.wrong  # type: ignore[attr-defined]
        assert {each.name for each in transcripts(stage.project)} == before
        await stage.press("ctrl+u", "=CSO-9", "enter")
        assert "Erased on" in shown(stage) and "CSO-9" not in shown(stage)
        assert before - {each.name for each in transcripts(stage.project)} == {"cso-1"}
        await stage.press("escape")
        assert isinstance(stage.app.screen, ConsentScreen)
        assert "CSO-9" not in [row.cells[0] for row in stage.app.screen.rows.rows]
