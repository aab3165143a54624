"""The screens around the coding screen: what they show, and what their keys store."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from hsreview.base.messages import current_language
from hsreview.base.settings import setting
from hsreview.model.localized import Localized
from hsreview.model.text import Role
from hsreview.tui.screens.code_form import CodeForm
from hsreview.tui.screens.codebook import CodebookScreen
from hsreview.tui.screens.help import HelpScreen
from hsreview.tui.screens.inbox import InboxScreen
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.search import SearchScreen
from hsreview.tui.screens.segments import SegmentsScreen
from hsreview.tui.screens.speakers import SpeakersScreen
from hsreview.tui.screens.staging import StagingScreen
from hsreview.tui.screens.transcripts import TranscriptsScreen
from hsreview.tui.screens.welcome import WelcomeScreen
from hsreview.workflows import reading
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings, propose_code
from hsreview.workflows.projects import open_project
from tests.builders import TEXT, a_project, code_id, opened
from tests.tui.stage import Stage, workbench

SIZES = [(80, 24), (120, 40)]


def cells(stage: Stage) -> list[tuple[str, ...]]:
    """The rows of the list on the screen."""
    screen = stage.app.screen
    assert isinstance(screen, ListScreen)
    return [row.cells for row in screen.rows.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_of_transcripts_opens_one(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        assert isinstance(stage.app.screen, TranscriptsScreen)
        assert [row[0] for row in cells(stage)] == ["cso-1 (fr)", "cso-2 (fr)", "cso-3 (fr)"]
        await stage.press("f", "=-3", "enter", "enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-3"


async def test_a_transcript_is_renamed_grouped_and_described(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("n", "ctrl+u", "=gao", "enter", "r", "ctrl+u", "=policymaker", "enter")
        await stage.press("a", "=region=Gao", "enter")
        found = reading.find_transcript(stage.project, "gao")
        assert found.group == "policymaker" and found.attributes == {"region": "Gao"}
        await stage.press("n", "ctrl+u", "=cso-2", "enter")
        assert reading.find_transcript(stage.project, "gao") == found
        assert "already" in stage.app.screen.prompt.wrong  # type: ignore[attr-defined]


async def test_a_folder_is_imported_after_its_speakers_were_corrected(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "entretien.txt").write_text(TEXT.replace("chefs", "imams"), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        assert isinstance(stage.app.screen, StagingScreen)
        shown = cells(stage)
        assert [row[1] for row in shown] == ["empty.txt", "entretien.txt"]
        assert shown[0][0] == "✗" and shown[1][0] == "✓"
        await stage.press("down", "tab", "down", "o", "tab", "s")
        assert isinstance(stage.app.screen, TranscriptsScreen)
        stored = reading.find_transcript(stage.project, "entretien")
        roles = {speaker.label: speaker.role for speaker in reading.speakers(stage.project, stored.id)}
        assert roles["R1"] is Role.OTHER and roles["INT"] is Role.INTERVIEWER


async def test_nothing_is_stored_when_an_import_is_left(root: Path, tmp_path: Path) -> None:
    (tmp_path / "entretien.txt").write_text(TEXT.replace("chefs", "imams"), encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={tmp_path / 'entretien.txt'}", "enter")
        await stage.press("escape")
        assert isinstance(stage.app.screen, TranscriptsScreen)
        assert len(reading.transcripts(stage.project)) == 3


async def test_a_code_is_renamed_and_recoloured(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c")
        assert isinstance(stage.app.screen, CodebookScreen)
        await stage.press("e")
        form = stage.app.screen
        assert isinstance(form, CodeForm)
        form.query_one("#label-en", TextArea).text = "Crisis"
        form.query_one("#definition-fr", TextArea).text = "La crise."
        await stage.press("ctrl+s")
        code = next(place.code for place in reading.codebook(stage.project).codes() if place.code.ref == "D1")
        assert code.label == Localized(fr="Libellé D1", en="Crisis") and code.definition.fr == "La crise."
        assert any("Crisis" in row[0] for row in cells(stage))
        await stage.press("c", "4")
        code = next(place.code for place in reading.codebook(stage.project).codes() if place.code.ref == "D1")
        assert code.hue == "purple"


async def test_a_proposal_is_accepted_with_a_reason(root: Path) -> None:
    with open_project(root) as project:
        propose_code(project, coders(project)[0], Localized(fr="Radio", en="Radio"))
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "i")
        assert isinstance(stage.app.screen, InboxScreen)
        assert cells(stage)[0][0].endswith("Radio")
        await stage.press("a", "enter", "ctrl+u", "=D9", "enter", "=said often", "enter")
        assert cells(stage) == []
        place = next(p for p in reading.codebook(stage.project).codes() if p.code.ref == "D9")
        assert place.theme.ref == "D" and place.code.status == "active"


async def test_a_proposal_is_not_decided_without_a_reason(root: Path) -> None:
    with open_project(root) as project:
        propose_code(project, coders(project)[0], Localized(fr="Radio", en="Radio"))
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "c", "i", "x", "enter")
        assert len(cells(stage)) == 1
        assert "reason" in stage.app.screen.prompt.wrong  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_coded_segments_are_filtered_and_jumped_to(root: Path, size: tuple[int, int]) -> None:
    with open_project(root) as project:
        for name, ref in (("cso-1", "D1"), ("cso-2", "K4")):
            text = opened(project, name)
            add_codings(project, coders(project)[0], text.version.id, *text.sentences[4], [code_id(ref)])
    async with workbench(root, "Awa", size) as stage:
        await stage.press("enter", "g", "d")
        assert isinstance(stage.app.screen, SegmentsScreen)
        assert [row[1] for row in cells(stage)] == ["D1 Label D1", "K4 Label K4"]
        await stage.press("c", "=k4", "enter")
        assert [row[0] for row in cells(stage)] == ["cso-2 3.2"]
        await stage.press("enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        assert stage.selected().startswith("Mais sans budget")


async def test_the_search_jumps_to_the_turn(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "s", '="les femmes"', "enter")
        assert isinstance(stage.app.screen, SearchScreen)
        assert [row[0] for row in cells(stage)] == ["cso-1 5", "cso-2 5", "cso-3 5"]
        await stage.press("down", "enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        assert stage.selected() == "Les femmes n’ont pas été consultées au début."
        assert "place 1 of" in stage.status


async def test_the_question_of_the_search_stays_while_the_screen_is_first_laid_out(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "s")
        screen = stage.app.screen
        assert isinstance(screen, SearchScreen)
        screen.post_message(events.Resize(screen.size, screen.size))
        await stage.press("=securite", "enter")
        assert len(cells(stage)) == 6
        await stage.press("s")
        await stage.resize(100, 30)
        assert not screen.prompt.display


async def test_roles_pseudonyms_and_turns_are_corrected(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "p")
        assert isinstance(stage.app.screen, SpeakersScreen)
        await stage.press("down", "o", "enter", "=Fanta", "enter", "t", "=1 INT", "enter")
        text = opened(stage.project)
        assert text.speakers["R1"].role is Role.OTHER
        assert text.turns[0].speaker == "INT"
        assert [row[2] for row in cells(stage) if row[0] == "R1"] == ["Fanta"]


async def test_settings_are_remembered(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "g", "o", "enter")
        assert setting("lang") == "fr" == current_language()
        await stage.press("down", "enter")
        assert setting("theme") == stage.app.theme == "hsreview-light"
        await stage.press("down", "enter")
        assert setting("highlight") == "underline"
        await stage.press("escape", "y")
        assert stage.coding.text.highlight == "margin"


async def test_help_lists_the_keys_that_work_here(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "f1")
        screen = stage.app.screen
        assert isinstance(screen, HelpScreen)
        words = " ".join(cell for row in screen.rows.rows for cell in row.cells)
        assert "Select the next unit" in words and "Find any action" in words
        assert "Leave this file out" not in words
        await stage.press("escape", "question_mark")
        assert isinstance(stage.app.screen, HelpScreen)


async def test_the_palette_finds_and_does_an_action(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "ctrl+p", "=by words", "enter")
        assert stage.selected() == "Entretien"
        await stage.press("ctrl+p", "=open codebook", "enter")
        assert isinstance(stage.app.screen, CodebookScreen)


async def test_letters_jump_to_the_parts_of_the_screen(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "ctrl+o", "a")
        assert stage.focus == "tree"
        await stage.press("down", "enter")
        assert stage.refs() == ["D2"]
        await stage.press("escape", "down")
        assert stage.focus == "text"


async def test_the_tree_is_there_from_110_columns_on_and_by_key(root: Path) -> None:
    async with workbench(root, "Awa", (100, 30)) as stage:
        await stage.press("enter")
        assert not stage.coding.code_tree.display or not stage.coding.code_tree.region
        await stage.press("ctrl+t")
        assert stage.coding.code_tree.region.width == 30
        await stage.resize(120, 30)
        await stage.press("ctrl+b")
        assert not stage.coding.code_tree.region


async def test_outside_a_project_one_is_created_and_opened(tmp_path: Path) -> None:
    async with workbench(None) as stage:
        assert isinstance(stage.app.screen, WelcomeScreen)
        await stage.press("enter", "ctrl+u", f"={tmp_path / 'review'}", "enter", "=Awa", "enter")
        assert isinstance(stage.app.screen, TranscriptsScreen)
        assert stage.app.coder().name == "Awa"
        assert len(list(reading.codebook(stage.project).codes())) >= 50


async def test_a_recent_project_is_opened(root: Path) -> None:
    open_project(root).close()
    async with workbench(None) as stage:
        await stage.press("down", "down", "enter")
        assert stage.project.root == root.resolve()


async def test_the_codebook_header_keeps_version_and_proposals_and_cuts_the_title(root: Path) -> None:
    with open_project(root) as project:
        coder = coders(project)[0]
        propose_code(project, coder, Localized(fr="Loyauté", en="Loyalty"))
    async with workbench(root, "Awa", size=(80, 24)) as stage:
        await stage.press("g", "c")
        screen = stage.app.screen
        assert isinstance(screen, CodebookScreen) and stage.app.session is not None
        title = Localized(fr="Une très longue grille " * 8, en="A very long codebook " * 8)
        stage.app.session.codebook = replace(stage.app.session.codebook, title=title)
        screen.refresh_header()
        shown = screen.header.render_line(0).text
        assert shown.rstrip().endswith("1 proposal waits") and "…" in shown
        assert stage.app.session.codebook.version in shown


async def test_the_import_counts_while_it_stores_and_offers_no_key_without_effect(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    for number in range(2):
        (folder / f"new-{number}.txt").write_text(TEXT.replace("chefs", f"imams {number}"), encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen) and "open" not in screen.footer.text()
        said: list[str] = []
        screen.say = lambda message, look="strong": said.append(message)  # type: ignore[method-assign]
        await stage.press("s", "s")
        assert "Storing 2 of 2 …" in said and "There is nothing to store." not in said
        assert len(reading.transcripts(stage.project)) == 5


async def test_opening_another_project_closes_the_one_before(root: Path, tmp_path: Path) -> None:
    other, _coder = a_project(tmp_path / "other")
    other.close()
    async with workbench(None) as stage:
        stage.app.enter_project(root, "Awa")
        await stage.press("enter")
        first = stage.project
        while len(stage.app.screen_stack) > 1:
            stage.app.pop_screen()
        await stage.press("down")
        assert isinstance(stage.app.screen, WelcomeScreen)
        stage.app.enter_project(tmp_path / "other", "Awa")
        await stage.press("enter")
        assert stage.project.root == (tmp_path / "other").resolve()
        with pytest.raises(sqlite3.ProgrammingError):
            first.connection.execute("select 1")
