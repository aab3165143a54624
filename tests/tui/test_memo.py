"""The memo pane: nothing that is typed goes astray."""

from __future__ import annotations

from pathlib import Path

from hsreview.workflows import reading
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
