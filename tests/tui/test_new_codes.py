"""A new code from the picker: proposal and coding are one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.stage import workbench


async def test_one_undo_takes_back_the_new_code_with_its_coding(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        session = stage.app.session
        assert session is not None
        before = set(session.places)
        await stage.press("enter", "space", "=mistrust of radio", "ctrl+n")
        assert len(stage.codings()) == 1 and len(session.places) == len(before) + 1
        await stage.press("u")
        assert stage.codings() == [] and set(session.places) == before
        assert "new code N1 on turn 1 of cso-1" in stage.status
        await stage.press("U")
        assert stage.refs() == ["N1"]


@pytest.mark.parametrize("key", ["enter", "tab"])
async def test_a_text_that_finds_no_code_makes_one_only_with_the_key_for_it(root: Path, key: str) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await stage.press("enter", "space", "=D1 and not K4", key)
        session, chooser = stage.app.session, stage.coding._chooser
        assert session is not None and chooser is not None
        assert stage.codings() == [] and session.slots.codes[0] is None
        assert "ctrl+n makes a new one: “D1 and not K4”" in chooser.render_line(1).text, "it stays, and names the key"
        await stage.press("ctrl+n")
        assert stage.refs() == ["N1"]


async def test_a_new_code_without_a_name_asks_for_one(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "space", "ctrl+n", "=mistrust", "enter", "down", "r")
        assert stage.refs() == ["N1", "N1"]
