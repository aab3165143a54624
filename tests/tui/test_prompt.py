"""The line at the foot of the screen: what is proposed can be typed over, what fails can be corrected."""

from __future__ import annotations

from pathlib import Path

from textual import events

from hsreview.tui.line_editor import LineEditor
from hsreview.tui.screens.staging import StagingScreen
from hsreview.tui.screens.transcripts import TranscriptsScreen
from hsreview.workflows import reading
from tests.builders import TEXT
from tests.tui.stage import workbench


def selected(text: str) -> LineEditor:
    line = LineEditor()
    line.set(text, select=True)
    return line


def test_typing_pasting_and_deleting_replace_what_is_selected() -> None:
    line = selected("/home/a")
    line.take("x", "x")
    assert (line.text, line.cursor) == ("x", 1)
    line = selected("/home/a")
    line.insert("/tmp")
    assert line.text == "/tmp"
    for key in ("backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+k"):
        line = selected("/home/a b")
        line.take(key, None)
        assert (line.text, line.cursor) == ("", 0)


def test_moving_keeps_what_is_selected() -> None:
    for key, cursor in (("left", 0), ("home", 0), ("right", 7), ("end", 7)):
        line = selected("/home/a")
        line.take(key, None)
        assert (line.text, line.cursor, line.selected) == ("/home/a", cursor, False)
        line.take("x", "x")
        assert len(line.text) == 8


async def test_the_path_to_import_is_typed_or_pasted_over_the_proposed_one(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(TEXT.replace("chefs", "imams"), encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", f"={path}", "enter")
        assert isinstance(stage.app.screen, StagingScreen)
        await stage.press("escape", "i")
        stage.app.post_message(events.Paste(str(path)))
        await stage.press("enter")
        screen = stage.app.screen
        assert isinstance(screen, StagingScreen)
        screen.ask("un long mot de la question " * 6 + "fin ?", lambda _answer: None)
        lines = screen.prompt.text().split("\n")
        assert lines[-2].strip().endswith("fin ?"), "a long question is shown whole"
        await stage.press("escape", "escape", "g", "t")
        here = stage.app.screen
        assert isinstance(here, TranscriptsScreen)
        here.say("un long mot de ce qui est dit " * 6 + "fin.")
        lines += here.notice.text().split("\n")
        assert lines[-1].endswith("fin.") and len(here.notice.lines) == 2
        assert max(map(len, lines)) <= stage.app.size.width


async def test_a_wrong_path_stays_with_the_sentence_and_can_be_corrected(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(TEXT.replace("chefs", "imams"), encoding="utf-8")
    async with workbench(root, "Awa") as stage:
        await stage.press("i", f"={path}x", "enter")
        screen = stage.app.screen
        assert isinstance(screen, TranscriptsScreen) and screen.prompt.display
        assert "There is no file or folder" in screen.prompt.text() and f"{path}x" in screen.prompt.text()
        assert screen.prompt.region.height == 2
        await stage.press("backspace", "enter")
        assert isinstance(stage.app.screen, StagingScreen)
        assert not screen.prompt.display


async def test_a_long_question_leaves_room_for_the_answer_and_the_footer_says_how_to_answer(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("i", "=/a" + "/folder" * 9)
        screen = stage.app.screen
        assert isinstance(screen, TranscriptsScreen)
        question, answer = screen.prompt.text().split("\n")
        assert "import" in question and answer.strip() == "/a" + "/folder" * 9
        assert "Enter" in screen.footer.text() and "Esc" in screen.footer.text()
        assert "rename" not in screen.footer.text()
        await stage.press("escape")
        assert "import" in screen.footer.text()
        await stage.press("f")
        assert "\n" not in screen.prompt.text()


async def test_a_name_that_is_taken_can_be_corrected(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("n", "=cso-2", "enter")
        screen = stage.app.screen
        assert isinstance(screen, TranscriptsScreen) and "already" in screen.prompt.wrong
        await stage.press("b", "enter")
        assert [transcript.name for transcript in reading.transcripts(stage.project)] == ["cso-2", "cso-2b", "cso-3"]
