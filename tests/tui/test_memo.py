"""The memo pane: nothing that is typed goes astray."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.workflows import reading
from hsreview.workflows.projects import open_project
from tests.tui.stage import workbench
from tests.tui.test_coding_journeys import to_respondent


async def test_what_is_typed_before_the_memo_has_opened_goes_into_the_memo(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter")
        selected = stage.selected()
        await stage.press("m", "=d 1 later", "escape")
        assert [memo.text for memo in reading.memos_of(stage.project)] == ["d 1 later"]
        assert (stage.refs(), stage.selected(), stage.focus) == (["D1"], selected, "text")


async def test_a_memo_that_cannot_be_stored_is_not_lost_on_leaving(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_about: object) -> None:
        raise InputRefused("The disk is full.")

    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "m", "=words")
        with monkeypatch.context() as patch:
            patch.setattr("hsreview.workflows.coding.write_memo", refused)
            await stage.press("ctrl+q")
            assert stage.app.is_running and stage.app._exit is False
            await stage.press("s")
        await stage.press("ctrl+q")
        assert stage.app._exit
    project = open_project(root)
    assert [memo.text for memo in reading.memos_of(project)] == ["words"]
    project.close()


async def test_a_memo_is_taken_up_again_at_its_end(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "m", "=one", "enter", "=two", "escape")
        for keys in (("m", "=x"), ("M", "=y"), ("m", "=z")):
            await stage.press(*keys, "escape")
        assert sorted(memo.text for memo in reading.memos_of(stage.project)) == ["one\ntwoxz", "y"]
    async with workbench(root, "Awa") as stage:
        await stage.press("m", "=!", "escape")
        assert sorted(memo.text for memo in reading.memos_of(stage.project)) == ["one\ntwoxz!", "y"]
