"""Memos are filtered and searched; coded segments are shown in context, and the starred quotes alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.project.project import Project
from hsreview.tui.screens.memos import MemosScreen
from hsreview.tui.screens.segments import SegmentsScreen
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings, write_memo
from hsreview.workflows.in_context import around
from hsreview.workflows.memos import memos
from tests.builders import TEXT, a_project, code_id, opened
from tests.cli.conftest import call, ok
from tests.tui.stage import Stage, workbench


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project, awa = a_project(tmp_path / "p", transcripts=2)
    text = opened(project)
    [coding] = add_codings(project, awa, text.version.id, *text.sentences[4], [code_id("D1")], flags=["quote"])
    add_codings(project, awa, text.version.id, *text.sentences[6], [code_id("K4")])
    write_memo(project, awa, "Sécurité alimentaire\nà revoir", transcript_id=text.transcript.id)
    write_memo(project, awa, "Les œuvres de paix", coding_id=coding.id)
    write_memo(project, awa, "Not of food", code_id=code_id("K4"))
    write_memo(project, awa, "Ask for security", version_id=text.version.id, start=169, end=195)
    project.close()
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "p"))
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    return tmp_path / "p"


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"words": "securit*"}, ["Sécurité alimentaire\nà revoir", "Ask for security"]),
        ({"words": "oeuvres"}, ["Les œuvres de paix"]),
        ({"words": '"alimentaire a revoir"'}, ["Sécurité alimentaire\nà revoir"]),
        ({"words": "NEAR(ask security, 1)"}, ["Ask for security"]),
        ({"words": "revoir securite"}, ["Sécurité alimentaire\nà revoir"]),
        ({"words": "budget"}, []),
        ({"about": "code"}, ["Not of food"]),
        ({"about": "segment", "words": "ask"}, ["Ask for security"]),
        ({"code_ref": "D1"}, ["Les œuvres de paix"]),
    ],
)
def test_memos_are_filtered_and_searched(root: Path, wish: dict[str, Any], found: list[str]) -> None:
    with Project.open(root) as project:
        assert [memo.text for memo in memos(project, **wish)] == found


@pytest.mark.usefixtures("root")
def test_the_command_lists_memos_with_words() -> None:
    answer = ok("memos", "list", "--find", "SECURIT*", "--json").json("memos")["memos"]
    assert [memo["about"] for memo in answer] == ["transcript", "segment"]
    assert ok("memos", "list", "--about", "code").out.strip().endswith("Not of food")
    assert ok("memos", "list", "--find", "nothing at all").out == ""
    assert call("memos", "list", "--find", "?!").code == 3 and call("memos", "list", "--about", "x").code == 2


@pytest.mark.usefixtures("root")
def test_the_command_lists_codings_in_context_and_quotes_alone() -> None:
    [quote] = ok("codings", "--flag", "quote", "--context", "25", "--json").json("codings")["codings"]
    assert (quote["code"], quote["before"], quote["after"]) == (
        "D1",
        "…avec les chefs. ",
        " INT : Et la sécurité…",
    )
    done = ok("codings", "--flag", "quote", "--context", "20", "--limit", "1")
    assert "[Mais sans budget, c’était l’œuvre de tous.] INT : Et la…" in done.out
    assert call("codings", "--flag", "nope").code == 3
    assert all(c["before"] == "" for c in ok("codings", "--json").json("codings")["codings"])


def screen(stage: Stage) -> MemosScreen:
    found = stage.app.screen
    assert isinstance(found, MemosScreen)
    return found


def texts(stage: Stage) -> list[str]:
    return [row.cells[-1] for row in screen(stage).rows.rows]


async def test_the_screen_of_memos(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "M")
        assert texts(stage)[0] == "Ask for security" and len(texts(stage)) == 4
        await stage.press("s", "=securit*", "enter")
        assert texts(stage) == ["Ask for security", "Sécurité alimentaire à revoir"]
        await stage.press("s", "ctrl+u", "=?", "enter")
        assert "at least one word" in screen(stage).prompt.wrong
        await stage.press("escape", "enter")
        assert stage.selected() == "La sécurité, c’est manger."
        await stage.press("g", "M", "t", "=coding", "enter")
        assert texts(stage) == ["Les œuvres de paix"] and "▸ Mais sans budget" in screen(stage).detail_of(
            screen(stage).rows.rows[0]
        )
        await stage.press("a", "c", "=k4", "enter")
        assert texts(stage) == ["Not of food"]
        await stage.press("enter")
        assert isinstance(stage.app.screen, MemosScreen)
        await stage.press("a", "w", "=awa", "enter", "f", "=paix", "enter")
        assert texts(stage) == ["Les œuvres de paix"]


async def test_segments_stand_in_their_context_and_quotes_alone(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "g", "d")
        found = stage.app.screen
        assert isinstance(found, SegmentsScreen)
        assert len(found.rows.rows) == 2
        told = found.detail_of(found.rows.rows[0])
        assert "avec les chefs. [Mais sans budget, c’était l’œuvre de tous.] INT : Et la sécurité humaine ?" in told
        await stage.press("q")
        assert [row.cells[1] for row in found.rows.rows] == ["D1 Label D1"] and "★" in found.header.text()
        await stage.press("q")
        assert len(found.rows.rows) == 2


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, 40), reach=st.integers(0, 60))
def test_context_is_what_stands_around_in_whole_words(
    one_project: Project, start: int, length: int, reach: int
) -> None:
    end = min(len(TEXT), start + length)
    before, after = around(one_project, opened(one_project).version.id, start, end, reach)
    flat = " ".join(TEXT[:start].split()), " ".join(TEXT[end:].split())
    assert flat[0].endswith(before.removeprefix("…").rstrip())
    assert flat[1].startswith(after.removesuffix("…").lstrip())
    assert len(before.rstrip()) <= reach + 1 and len(after.lstrip()) <= reach + 1
    assert not before.strip("…") or before.endswith(" ") == TEXT[start - 1].isspace()
    assert not after.strip("…") or after.startswith(" ") == TEXT[end].isspace()
    assert before.startswith("…") == (start > reach) and after.endswith("…") == (end + reach < len(TEXT))


@pytest.fixture(scope="module")
def one_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = a_project(tmp_path_factory.mktemp("context"))[0]
    assert coders(project)
    return project
