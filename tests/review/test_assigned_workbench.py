"""Assignments, passes and blindness as a coder meets them in the workbench."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.tui.screens.codebook import CodebookScreen
from hsreview.tui.screens.segments import SegmentsScreen
from hsreview.tui.screens.transcripts import TranscriptsScreen
from hsreview.workflows import assigning
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.coding import add_codings, mark_reviewed, write_memo
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codings_of, find_transcript
from tests.builders import a_project, code_id, opened
from tests.tui.stage import Stage, workbench


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two transcripts; Awa, who leads, and Daan coded the first; Daan is to read both, the first one twice."""
    project, awa = a_project(tmp_path / "project", transcripts=2)
    daan = add_coder(project, awa.id, "Daan")
    text = opened(project)
    for coder in (awa, daan):
        add_codings(project, coder, text.version.id, *text.sentences[2], [code_id("D1")])
    both = [find_transcript(project, name) for name in ("cso-1", "cso-2")]
    assigning.assign(project, awa, both, [daan])
    assigning.assign(project, awa, both[:1], [daan], pass_="second")
    project.close()
    return tmp_path / "project"


async def test_what_is_coded_goes_into_the_pass_of_the_open_assignment(root: Path) -> None:
    with open_project(root) as project:
        daan = next(c for c in coders(project) if c.name == "Daan")
        mark_reviewed(project, daan, find_transcript(project, "cso-1").id)
    async with workbench(root, "Daan", size=(80, 24)) as stage:
        await stage.press("enter")
        assert stage.coding.desk is not None and stage.coding.desk.pass_ == "second"
        assert not stage.coding.desk.codings, "a blind repetition shows neither the first reading nor others"
        await stage.press("j", "j", "space", "=D2", "enter")
        assert {(c.pass_, c.code_id) for c in stage.codings() if c.coder_id == daan.id} == {
            ("", code_id("D1")), ("second", code_id("D2")),
        }  # fmt: skip
        assert "Daan · second" in stage.coding.header.text()
        await stage.press("R")
        assert assigning.current_pass(stage.project, stage.coding.desk.transcript.id, daan.id) == ""
        await stage.press("enter")
        assert stage.coding.desk.transcript.name == "cso-2", "Enter opens the next one assigned"


async def test_the_next_assigned_transcript_is_opened_from_the_list_too(root: Path) -> None:
    async with workbench(root, "Daan") as stage:
        assert isinstance(stage.app.screen, TranscriptsScreen)
        await stage.press("g", "n")
        assert stage.app.screen_stack == [stage.coding]
        assert stage.coding.desk is not None and stage.coding.desk.transcript.name == "cso-1"


async def test_who_has_nothing_left_to_read_is_told_so(root: Path) -> None:
    with open_project(root) as project:
        for name in ("cso-1", "cso-2"):
            mark_reviewed(project, coders(project)[0], find_transcript(project, name).id)
    async with workbench(root, "Awa", notes=True) as stage:
        await stage.press("g", "n")
        assert "No other transcript waits for you." in [note.message for note in stage.app._notifications]


async def test_marking_reviewed_shows_others_and_taking_it_back_hides_them(root: Path) -> None:
    with open_project(root) as project:
        awa = next(c for c in coders(project) if c.name == "Awa")
        assigning.unassign(project, awa, [find_transcript(project, "cso-1")], [], "second")
    async with workbench(root, "Daan") as stage:
        await stage.press("enter")
        desk = stage.coding.desk
        assert desk is not None and len(desk.codings) == 1 and not desk.sees_others()
        await stage.press("R")
        assert len(desk.codings) == 2 and desk.sees_others()
        await stage.press("R", "enter")
        assert len(desk.codings) == 1 and not desk.sees_others()


async def test_lists_say_the_pass_and_hide_what_is_blind(root: Path) -> None:
    async with workbench(root, "Daan") as stage:
        await stage.press("g", "t")
        screen = stage.app.screen
        assert isinstance(screen, TranscriptsScreen)
        assert [row.cells[4] for row in screen.all_rows()] == ["… begun", "assigned"]
        stage.app.push_screen(SegmentsScreen())
        await stage.press()
        segments = stage.app.screen
        assert isinstance(segments, SegmentsScreen)
        segments.coder_id = None
        assert [row.cells[2] for row in segments.all_rows()] == ["Daan"]


async def test_screens_tell_a_blind_coder_neither_numbers_nor_memos_of_others(root: Path) -> None:
    with open_project(root) as project:
        awa = next(c for c in coders(project) if c.name == "Awa")
        [daans] = [c for c in codings_of(project) if c.coder_id != awa.id]
        write_memo(project, awa, "what Awa thinks", coding_id=daans.id)
        assigning.unassign(project, awa, [find_transcript(project, "cso-1")], [], "second")

    async def shown(stage: Stage) -> tuple[str, str]:
        book, segments = CodebookScreen(), SegmentsScreen()
        for screen in (book, segments):
            stage.app.push_screen(screen)
            await stage.press()
        [row] = [row for row in book.all_rows() if row.key == code_id("D1")]
        return row.cells[4], segments.found[daans.id].memo

    async with workbench(root, "Daan") as stage:
        assert await shown(stage) == ("1", "")
        daan = next(c for c in coders(stage.project) if c.name == "Daan")
        mark_reviewed(stage.project, daan, opened(stage.project).transcript.id)
        assert await shown(stage) == ("2", "what Awa thinks")
