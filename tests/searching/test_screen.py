"""The search screen: keywords in context, marking, coding what is marked in one act, narrowing, patterns."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from hsreview.base.ids import new_id
from hsreview.model.coding import Origin
from hsreview.model.people import Coder
from hsreview.project import patterns
from hsreview.tui.screens.search import SearchScreen
from hsreview.tui.widgets.bar import fitted_tail
from hsreview.workflows import searching
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import transcripts
from hsreview.workflows.searching import How
from hsreview.workflows.transcripts import change_transcript
from tests.builders import a_project, code_id, opened
from tests.tui.stage import Stage, workbench

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    a_project(tmp_path / "p", transcripts=2)[0].close()
    return tmp_path / "p"


def screen(stage: Stage) -> SearchScreen:
    found = stage.app.screen
    assert isinstance(found, SearchScreen)
    return found


def rows(stage: Stage) -> list[str]:
    return [row.cells[0] for row in screen(stage).rows.rows]


def marks(stage: Stage) -> list[bool]:
    return [bool(row.cells[1]) for row in screen(stage).rows.rows]


def painted(stage: Stage) -> list[str]:
    return [
        "".join(segment.text for segment in line)
        for line in screen(stage).rows.render_lines(screen(stage).rows.size.region)
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_every_match_stands_between_its_contexts(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter")
        lines = painted(stage)
        assert all(len(line) <= size[0] for line in lines)
        assert lines[1].split("│")[0].endswith(" Et la ") and "│ sécurité" in lines[1] and "│ humaine ?" in lines[1]
        assert len({line.index("│") for line in lines[:5]}) == 1
        assert "4 matches in 4 turns" in screen(stage).header.text()
        await stage.press("o", "o")
        assert rows(stage) == ["cso-1 5", "cso-2 5", "cso-1 4", "cso-2 4"]
        await stage.press("home", "down", "enter")
        desk = stage.coding.desk
        assert desk is not None and desk.transcript.name == "cso-2"
        assert stage.selected() == "La sécurité, c’est manger."


async def test_marked_matches_are_coded_in_one_act_and_one_undo_takes_it_back(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter", "v", "down", "v")
        assert marks(stage) == [True, False, True, False] and "2 marked" in screen(stage).header.text()
        await stage.press("space", "=d2", "enter")
        assert stage.refs() == ["D2", "D2"] and {c.origin for c in stage.codings()} == {Origin.AUTOCODED}
        text = opened(stage.project).text
        assert {text[c.start : c.end] for c in stage.codings()} == {"Et la sécurité humaine ?"}
        assert not any(marks(stage)) and "2 codings made: D2" in screen(stage).notice.text()
        await stage.press("u")
        assert stage.codings() == [] and marks(stage) == [True, False, True, False], "with its marks"
        await stage.press("U")
        assert len(stage.codings()) == 2 and not any(marks(stage))
        await stage.press("u", "space", "=d1", "enter")
        assert stage.refs() == ["D1", "D1"], "another code for the same matches"


async def test_all_are_marked_and_a_slot_digit_codes_them_by_the_chosen_unit(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter", "1")
        assert stage.codings() == [], "the slot is empty"
        await stage.press("space", "=d1", "enter", "u", "V")
        assert marks(stage) == [True] * 4
        await stage.press("V")
        assert not any(marks(stage))
        await stage.press("V", "t", "ampersand")
        assert len(stage.codings()) == 4 and "turn" in screen(stage).header.text()
        text = opened(stage.project).text
        assert text[164 + 5 : 241] in {text[c.start : c.end] for c in stage.codings()}
        await stage.press("t", "V", "1")
        assert len(stage.codings()) == 8
        assert "sécurité" in {text[c.start : c.end] for c in stage.codings()}


async def test_without_marks_the_match_under_the_cursor_is_coded_and_its_codes_are_told(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=manger", "enter", "down", "c", "=k4", "enter")
        assert stage.refs() == ["K4"]
        assert "▸ K4 Label K4" in screen(stage).detail_of(screen(stage).rows.rows[1])
        assert "▸" not in screen(stage).detail_of(screen(stage).rows.rows[0])


async def test_the_search_is_narrowed_and_widened_again(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter", "n", "=respondent", "enter")
        assert rows(stage) == ["cso-1 5", "cso-2 5"] and "respondent" in screen(stage).header.text()
        await stage.press("1", "n", "=transcript cso-2", "enter")
        assert rows(stage) == ["cso-2 5"]
        await stage.press("c", "=d1", "enter", "a", "n", "=not coded at all", "enter")
        assert rows(stage) == ["cso-1 4", "cso-1 5", "cso-2 4"]
        await stage.press("n", "=coded d1", "down", "enter")
        await stage.press("a")
        assert len(rows(stage)) == 4


async def test_a_pattern_is_searched_for_and_a_wrong_one_leaves_the_question_open(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter", "m", "=pattern", "enter")
        assert len(rows(stage)) == 4 and "pattern" in screen(stage).header.text()
        await stage.press("s", "ctrl+u", "=(femmes", "enter")
        assert "Column 1" in screen(stage).prompt.wrong and len(rows(stage)) == 4
        await stage.press("=|chefs)", "enter")
        assert rows(stage) == ["cso-1 3", "cso-1 5", "cso-2 3", "cso-2 5"]
        monkeypatch.setattr(patterns, "PATIENCE", 0.2)
        await stage.press("s", "ctrl+u", r"=(\w{1,}\s?){1,}@", "enter")
        assert "too long" in screen(stage).rows.empty, screen(stage).asked


async def test_a_blind_coder_is_told_nothing_of_the_codings_of_others(root: Path) -> None:
    with open_project(root) as project:
        daan = store_coder(project, Coder(new_id(), "Daan"))
        text = opened(project)
        other = store_coder(project, Coder(new_id(), "Eve"))
        add_codings(project, other, text.version.id, *text.sentences[6], [code_id("D2")])
        assert daan.id != other.id
    async with workbench(root, "Daan", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=manger", "enter")
        assert "▸" not in screen(stage).detail_of(screen(stage).rows.rows[0])
        await stage.press("n", "=not coded at all", "enter")
        assert rows(stage) == ["cso-1 5", "cso-2 5"]


async def test_a_limit_that_is_gone_is_said_in_place_of_the_list(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=securite", "enter", "n", "=group cso", "enter")
        assert len(rows(stage)) == 4
        with open_project(root) as project:
            awa = coders(project)[0]
            for name in ("cso-1", "cso-2"):
                change_transcript(project, awa, opened(project, name).transcript, group="ngo")
        stage.app.look_elsewhere()
        assert rows(stage) == [] and "cso" in screen(stage).rows.empty
        await stage.press("a")
        assert len(rows(stage)) == 4


def test_the_end_of_a_context_is_shown() -> None:
    assert [fitted_tail("abc", width) for width in (0, 1, 2, 3, 5)] == ["", "…", "…c", "abc", "  abc"]
    assert fitted_tail("漢字漢", 4) == " …漢" and fitted_tail("a\x1bb", 3) == "a␛b"


async def test_a_long_search_leaves_the_keys_free_and_escape_stops_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, real = threading.Event(), searching.search

    def endless(*args: Any, watch: Callable[[int], None], **options: Any) -> Any:
        for turns in itertools.count(1):
            watch(turns)
            begun.set()

    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=sans", "enter", "m", "=pattern", "enter")
        found = rows(stage)
        monkeypatch.setattr(searching, "search", endless)
        for key in ("s", "x", "enter"):
            stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        assert screen(stage).run is not None and "Esc stops" in screen(stage).notice.text()
        assert "searched" in screen(stage).notice.text() and rows(stage) == []
        await stage.press("escape")
        assert screen(stage).run is None and screen(stage).rows.empty == "The search was stopped."
        monkeypatch.setattr(searching, "search", real)
        await stage.press("s", "ctrl+u", "=sans", "enter")
        assert rows(stage) == found and screen(stage).notice.text().strip() == ""
        await stage.press("escape")
        assert stage.app.screen is stage.coding


@pytest.mark.parametrize("leaves", [False, True])
async def test_a_long_search_ends_with_another_question_and_with_the_screen(
    root: Path, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    begun, ended, real = threading.Event(), threading.Event(), searching.search

    def endless(*args: Any, how: How = How.WORDS, watch: Callable[[int], None] | None = None, **options: Any) -> Any:
        if watch is None:
            return real(*args, how=how, **options)
        try:
            for turns in itertools.count(1):
                watch(turns)
                begun.set()
        finally:
            ended.set()

    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=sans", "enter", "m", "=pattern", "enter")
        monkeypatch.setattr(searching, "search", endless)
        for key in ("s", "x", "enter"):
            stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        if leaves:
            stage.app.open_transcript(transcripts(stage.project)[0])
        else:
            screen(stage).search(how=How.WORDS)
            await stage.settle()
            assert screen(stage).run is None and "Esc stops" not in screen(stage).notice.text()
        for _moment in range(2000):
            if ended.is_set():
                break
            await asyncio.sleep(0.001)
        assert ended.is_set()


async def test_signs_of_other_searches_are_told_also_where_nothing_is_found(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "s", "=sans OR nonesuch", "enter")
        assert rows(stage) == [] and "OR: a search knows no such signs" in str(screen(stage).detail.content)
