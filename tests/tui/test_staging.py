"""The staging screen says of every file what an import will do with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events

from hsreview.tui.screens.staging import StagingScreen
from hsreview.workflows.importing import stage_files
from hsreview.workflows.key_files import new as new_key_file
from hsreview.workflows.reading import find_transcript, memos_of, transcripts
from tests.builders import TEXT
from tests.tui.stage import workbench


async def test_new_known_and_changed_files_have_marks_and_words(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    other = TEXT.replace("chefs", "imams")
    texts = {"cso-1.txt": other, "double.txt": TEXT, "fresh.txt": other + "INT : Et ?\nR1 : Non.\n", "void.txt": ""}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "respondents.csv").write_text("file,respondent\nfresh,P1\nfresh.txt,P2\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        rows = {row.cells[1]: row.cells for row in screen.all_rows()}
        assert {name: cells[0] + " " + cells[2] for name, cells in rows.items()} == {
            "cso-1.txt": "≠ changed", "double.txt": "= known", "fresh.txt": "✓ new", "void.txt": "✗ refused",
        }  # fmt: skip
        shown = {row.cells[1]: screen.detail_of(row) for row in screen.all_rows()}
        assert "called cso-1 with other content" in shown["cso-1.txt"]
        assert "Already in the project as" in shown["double.txt"]
        assert "a focus group, since the table names 2 respondents" in shown["fresh.txt"]


async def test_files_of_one_name_or_content_are_told_and_leaving_one_out_frees_the_other(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    texts = {
        "a/zz.txt": "INT : Où ?\nR1 : Là.\n",
        "b/zz.txt": "INT : Qui ?\nR1 : Moi.\n",
        "c.txt": "INT : Où ?\nR1 : Là.\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={folder}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)

        def states() -> dict[str, str]:
            rows = zip(screen.files.found, screen.all_rows(), strict=True)
            return {entry.file.relative_to(folder).as_posix(): row.cells[2] for entry, row in rows}

        assert states() == {"c.txt": "new", "a/zz.txt": "known", "b/zz.txt": "new"}
        await stage.press("x")
        assert states() == {"c.txt": "left out", "a/zz.txt": "new", "b/zz.txt": "changed"}


async def test_a_file_without_labels_is_to_check_and_typing_its_labels_settles_it(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("Moi où donc\nElle là-bas\nMoi et puis\nElle rien\n", encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", "ctrl+u", f"={file}", "enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        (row,) = screen.all_rows()
        assert row.cells[0] + " " + row.cells[2] == "? to check"
        assert "--speakers" in screen.detail_of(row) and "Key l: name the labels" in screen.detail_of(row)
        await stage.press("l", "ctrl+u", "=Moi=interviewer,Elle=respondent", "enter")
        (row,) = screen.all_rows()
        assert row.cells[0] + " " + row.cells[2] == "✓ new"
        assert [cell.key for cell in screen.speakers.rows] == ["Moi", "Elle"]
        assert "Moi: où donc" in screen.detail_of(row)
        await stage.press("l", "ctrl+u", "=Moi", "enter")
        assert screen.all_rows() == [row]


async def test_keys_pressed_while_files_are_read_are_told_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.txt").write_text("INT : Où ?\nR1 : Là.\n", encoding="utf-8")
    go_on = Event()

    def slowly(*given: Any, **options: Any) -> Iterator[Any]:
        yield from stage_files(*given, **options)
        go_on.wait(10)

    monkeypatch.setattr("hsreview.workflows.importing.stage_files", slowly)
    async with workbench(root, "Awa") as stage:
        screen = StagingScreen([tmp_path / "new.txt"])
        stage.app.push_screen(screen)
        try:
            while not screen.files.found:
                await asyncio.sleep(0.005)
            for key in ("s", "n"):
                screen.say("")
                stage.app.post_message(events.Key(key, key))
                await stage.pilot.pause(0)
                assert "Still reading the files (1 of 1)" in screen.notice.text(), key
        finally:
            go_on.set()
        await stage.settle()
        await stage.press("s")
        assert find_transcript(stage.project, "new").name == "new"


@pytest.mark.usefixtures("quick_passphrases")
async def test_in_a_project_with_a_key_file_names_are_stored_as_they_are_only_when_that_is_said(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text("INT : Où ?\nR1 : Chez Moussa.\n", encoding="utf-8")
    async with workbench(root, "Awa", (80, 24)) as stage:
        new_key_file(stage.project, lambda _question: "clé")
        before = len(transcripts(stage.project))
        await stage.press("i", "ctrl+u", f"={tmp_path / 'new.txt'}", "enter", "s")
        assert len(transcripts(stage.project)) == before, "it asks first"
        await stage.press("n")
        assert isinstance(stage.app.screen, StagingScreen)
        asked = stage.app.screen.prompt.question
        assert asked is not None and "Passphrase of the key file" in asked.words
        await stage.press("escape", "s", "escape")
        assert len(transcripts(stage.project)) == before
        await stage.press("s", "p", "enter")
        assert len(transcripts(stage.project)) == before, "a reason is needed"
        await stage.press("=public speech", "enter")
        new = find_transcript(stage.project, "new")
        [memo] = [each for each in memos_of(stage.project) if each.transcript_id == new.id]
        assert "names as they are: public speech" in memo.text
