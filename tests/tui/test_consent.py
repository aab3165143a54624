"""Consent in the workbench: the coding screen says what is missing, one key leads to the form, and then one codes."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.people import ConsentStatus
from hsreview.model.text import Role
from hsreview.project import queries
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.tui.screens.consent import ConsentScreen
from hsreview.tui.screens.withdrawal import WithdrawalScreen
from hsreview.workflows.consent_recording import ConsentWish, find_respondent, set_consent
from hsreview.workflows.people import set_speaker
from tests.builders import opened
from tests.tui.stage import Stage, workbench


def status(stage: Stage) -> str:
    """The status line of the coding screen."""
    screen = stage.app.screen
    assert isinstance(screen, CodingScreen)
    return screen.status.text()


def listed(stage: Stage) -> list[tuple[str, ...]]:
    """The rows of the list of consents."""
    screen = stage.app.screen
    assert isinstance(screen, ConsentScreen)
    return [row.cells for row in screen.rows.rows]


def gate(stage: Stage) -> None:
    """The first transcript counts as imported since consent is asked for."""
    project = stage.project
    with project.act(stage.app.coder().id) as act:
        act.put("transcript", opened(project).transcript.id, gated=1)


async def test_a_gated_transcript_says_so_and_one_key_leads_to_the_form(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        gate(stage)
        await stage.press("enter")
        assert "no consent is recorded" in status(stage) and "K" in status(stage)
        await stage.press("down", "down", "down", "space", "=d1", "enter")
        assert stage.refs() == []
        await stage.press("escape", "K")
        assert listed(stage)[0][:2] == ("not named", "not recorded")
        # Oral, analysis and quotes, to the group, a date, no language, no embargo.
        await stage.press("enter", "=oral", "enter", "ctrl+u", "=analysis, citations", "enter", "=group", "enter")
        await stage.press("=2026-3-1", "enter")
        screen = stage.app.screen
        assert isinstance(screen, ConsentScreen) and "no date" in screen.prompt.wrong
        assert sum(1 + (column.width or 0) for column in screen.columns()[:5]) <= 80, "the embargo can be read"
        await stage.press("ctrl+u", "=2026-03-01", "enter", "enter", "enter")
        [person] = queries.respondents(stage.project.connection)
        assert (person.consent.status, person.consent.scope) == (ConsentStatus.ORAL, ("analysis", "quotes"))
        assert (person.consent.attribution, person.consent.date) == ("group", "2026-03-01")
        assert listed(stage) == [("cso-1", "oral", "analysis, quotes", "group", "", "cso-1")]
        told = screen.detail_of(screen.rows.rows[0])
        assert told.startswith("cso-1: cso-1 (R1) · scope of the consent: analysis, quotes · embargo: –")
        await stage.press("escape")
        assert "consent" not in status(stage)
        await stage.press("space", "=d1", "enter")
        assert stage.refs() == ["D1"]


async def test_people_of_a_group_are_told_apart_on_80_columns(root: Path) -> None:
    async with workbench(root, "Awa", size=(80, 24)) as stage:
        text, names = opened(stage.project), ("CSO-[une localité]-Bah-3 (521)", "CSO-[une localité]-Bah-3 (522)")
        for label, name in zip(("R1", "INT"), names, strict=True):
            role = Role.RESPONDENT
            set_speaker(stage.project, stage.app.coder(), text.transcript.id, label, respondent=name, role=role)
        await stage.press("g", "C")
        screen = stage.app.screen
        assert isinstance(screen, ConsentScreen)
        at = [row.cells[0] for row in screen.rows.rows].index(names[1])
        head, *lines = [screen.rows.render_line(y).text for y in range(at + 2)]
        assert "Embargo" in head and "3 (521)" in lines[at - 1] and "3 (522)" in lines[at]
        assert screen.detail_of(screen.rows.rows[at]).startswith(f"{names[1]}: cso-1 (INT) · ")
        await stage.press("home", *["down"] * at, "w")
        withdrawal = stage.app.screen
        assert isinstance(withdrawal, WithdrawalScreen)
        assert any("cso-1 (INT)" in " ".join(row.cells) for row in withdrawal.rows.rows)


async def test_a_change_asks_why_and_is_undone_there(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "C", "s", "=written", "enter")
        assert [row[:2] for row in listed(stage)][:1] == [("not named", "not recorded")]
        await stage.press("down", "down", "s", "=none", "enter", "enter")
        screen = stage.app.screen
        assert isinstance(screen, ConsentScreen) and "few words why" in screen.prompt.wrong
        await stage.press("escape")
        assert queries.respondents(stage.project.connection)[0].consent.status is ConsentStatus.WRITTEN
        await stage.press("s", "=none", "enter", "=She took it back.", "enter")
        [person] = queries.respondents(stage.project.connection)
        assert (person.consent.status, person.consent.because) == (ConsentStatus.NONE, "She took it back.")
        await stage.press("u")
        assert queries.respondents(stage.project.connection)[0].consent.status is ConsentStatus.WRITTEN
        text = opened(stage.project)
        set_speaker(stage.project, stage.app.coder(), text.transcript.id, "INT", role=Role.RESPONDENT)
        await stage.press("escape", "g", "C", "home", "s", "=oral", "enter", "=All of them said so.", "enter")
        found = queries.respondents(stage.project.connection)
        told = [(each.consent.status, each.consent.because) for each in found]
        assert told == [(ConsentStatus.ORAL, "All of them said so.")] * 2, "of one in the interview it was on record"


async def test_words_that_may_not_leave_are_not_copied(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        project, text = stage.project, opened(stage.project)
        set_speaker(project, stage.app.coder(), text.transcript.id, "R1", respondent="P1")
        copied = "copied"
        await stage.press("enter", "down", "down", "down", "C")
        assert copied in status(stage).lower() or "clipboard" in status(stage).lower()
        wish = ConsentWish(status=ConsentStatus.WRITTEN, scope=("analysis",))
        set_consent(project, stage.app.coder(), [find_respondent(project, "P1")], wish)
        await stage.press("down", "C")
        assert "not copied" in " ".join(str(each.message) for each in stage.app._notifications)
