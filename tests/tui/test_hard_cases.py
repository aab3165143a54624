"""What happens rarely: brackets in a text, a locked project, coders who change places, acts on other screens."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from hsreview.base.settings import change_setting
from hsreview.model.text import Role
from hsreview.tui.screens.settings import SettingsScreen
from hsreview.tui.screens.staging import StagingScreen
from hsreview.tui.screens.transcripts import TranscriptsScreen
from hsreview.workflows import people, reading
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.projects import Project
from hsreview.workflows.transcripts import change_transcript
from tests.builders import staged
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import to_respondent


def told(stage: Stage) -> str:
    """Every notification."""
    return " ".join(notification.message for notification in stage.app._notifications)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a locked project."""
    monkeypatch.setattr("hsreview.project.connection.BUSY_MILLISECONDS", 0)


def lock(root: Path) -> sqlite3.Connection:
    """Another program that writes for long."""
    other = sqlite3.connect(root / "project.hsreview", isolation_level=None)
    other.execute("begin immediate")
    return other


async def test_every_turn_of_a_text_without_labels_counts(root: Path) -> None:
    with Project.open(root) as project:
        text = "La sécurité, c’est manger.\nLes femmes décident.\n"
        store(project, coders(project)[0], [Staged(root / "x", staged(text, "a-note"))], ImportOptions())
    async with workbench(root, "Awa") as stage:
        await stage.press("enter")
        assert "0 of 2 turns coded" in stage.coding.header.text()
        await stage.press("space", "=D1", "enter")
        assert "1 of 2 turns coded" in stage.coding.header.text()


async def test_words_in_brackets_are_no_markup(root: Path) -> None:
    said = "R1 : Oui [/b] [rires] \\[là [@click=app.quit]fin.\n"
    with Project.open(root) as project:
        store(project, coders(project)[0], [Staged(root / "x", staged(said, "brackets"))], ImportOptions())
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "t", "f", "=brackets", "enter", "enter", "t", "space")
        assert "[/b]" in stage.app.export_screenshot() and "[rires]" in stage.app.export_screenshot()
        await stage.press("=d1", "enter", "x")
        assert stage.refs() == ["D1"] and not told(stage)


async def test_a_memo_belongs_to_the_coder_who_typed_it(root: Path) -> None:
    with Project.open(root) as project:
        add_coder(project, coders(project)[0].id, "Moussa")
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "m", "=from Awa")
        await stage.press("ctrl+p")
        await stage.press("=change who", "enter")
        await stage.press("=Moussa", "enter")
        names = {coder.id: coder.name for coder in coders(stage.project)}
        assert [(names[memo.coder_id], memo.text) for memo in reading.memos_of(stage.project)] == [("Awa", "from Awa")]
        assert stage.focus == "text"
        await stage.press("r")
        assert len(stage.codings()) == 1, "what one coder applied last is not repeated by the next one"


async def test_a_memo_that_cannot_be_stored_stays_on_the_screen(root: Path, at_once: None) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "m", "=do not lose me")
        other = lock(root)
        await stage.press("escape")
        assert "in use by another program" in told(stage)
        assert stage.focus == "memo-text" and stage.coding.memo.has_class("-open")
        other.execute("rollback")
        other.close()
        await stage.press("escape")
        assert [memo.text for memo in reading.memos_of(stage.project)] == ["do not lose me"]
        assert stage.focus == "text"


async def test_a_key_waits_less_than_a_second_for_another_program(root: Path) -> None:
    async with workbench(None) as stage:
        stage.app.enter_project(root, "Awa")
        await stage.pilot.pause()
        await to_respondent(stage)
        (waits,) = stage.project.connection.execute("pragma busy_timeout").fetchone()
        assert 500 <= waits <= 800
        other = lock(root)
        await stage.press("space", "=d1", "enter")
        assert "in use by another program. Wait a moment and try again; nothing was changed" in told(stage)
        assert stage.codings() == [] and stage.app.is_running
        other.execute("rollback")
        other.close()
        await stage.press("space", "=d1", "enter")
        assert stage.refs() == ["D1"]


async def test_a_locked_project_does_not_end_the_workbench(root: Path, at_once: None) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        other = lock(root)
        stage.coding.keep_place()
        assert stage.app.is_running
        before = stage.selected()
        other.execute("rollback")
        other.close()
        stage.coding.keep_place()
    async with workbench(root, "Awa") as again:
        assert again.selected() == before


async def test_a_role_given_on_another_screen_counts_in_the_progress(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        before, selected = stage.coding.header.text(), stage.selected()
        assert "0 of 2 turns coded" in before
        await stage.press("g", "p", "down", "o", "escape")
        assert "0 of 0 turns coded" in stage.coding.header.text()
        assert stage.selected() == selected


async def test_what_others_describe_does_not_close_the_memo(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "m", "=half a")
        with Project.open(root) as elsewhere:
            awa, here = coders(elsewhere)[0], reading.find_transcript(elsewhere, "cso-1")
            change_transcript(elsewhere, awa, here, name="renamed")
            people.set_speaker(elsewhere, awa, here.id, "R1", role=Role.OTHER)
        stage.app.look_elsewhere()
        await stage.press("= memo", "escape")
        assert "renamed" in stage.coding.header.text()
        assert [memo.text for memo in reading.memos_of(stage.project)] == ["half a memo"]


async def test_leaving_an_import_while_it_is_stored_leaves_one_screen(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "new\x1b[31m.txt").write_text("INT : Alors ?\nR1 : Oui.\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "t", "i", "ctrl+u", f"={folder}", "enter")
        assert isinstance(stage.app.screen, StagingScreen)
        await stage.press("s", "escape")
        assert isinstance(stage.app.screen, TranscriptsScreen)
        assert len(reading.transcripts(stage.project)) == 4


async def test_an_import_that_failed_can_be_tried_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    (tmp_path / "new.txt").write_text("INT : Alors ?\nR1 : Oui.\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "t", "i", "ctrl+u", f"={tmp_path / 'new.txt'}", "enter")
        other = lock(root)
        await stage.press("s")
        assert "in use by another program" in told(stage) and isinstance(stage.app.screen, StagingScreen)
        other.execute("rollback")
        other.close()
        await stage.press("s")
        assert len(reading.transcripts(stage.project)) == 4


@pytest.mark.parametrize("path", ["~nobody-of-this-name/x", "/" + "x" * 300])
async def test_an_impossible_path_is_refused_with_a_sentence(root: Path, path: str) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "t", "i", "ctrl+u", f"={path}", "enter")
        assert isinstance(stage.app.screen, TranscriptsScreen)
        assert stage.app.screen.prompt.wrong and path[:20] in stage.app.screen.prompt.text()


async def test_a_turn_number_that_no_text_has_is_refused(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "l", "=" + "9" * 4400, "enter")
        assert "not the number" in stage.coding.prompt.text()


async def test_a_setting_that_somebody_spoilt_is_changed_all_the_same(root: Path) -> None:
    change_setting("highlight", ["odd"])
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "o", "down", "down", "enter")
        assert isinstance(stage.app.screen, SettingsScreen)
        assert stage.app.screen.rows.rows[2].cells[1] == "underline"


async def test_the_footer_offers_only_what_the_panel_can_do(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "ctrl+p")
        palette = stage.coding.footer.text()
        await stage.press("escape", "space")
        assert "new code" not in palette and "stay" not in palette
        assert "new code" in stage.coding.footer.text() and "stay" in stage.coding.footer.text()


async def test_hidden_codings_of_others_stay_hidden_in_the_next_transcript(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "b", "g", "t", "down", "enter")
        assert stage.coding.desk is not None
        assert stage.coding.desk.transcript.name == "cso-2" and stage.coding.desk.others_hidden
