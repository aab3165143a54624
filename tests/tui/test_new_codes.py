"""A new code from the picker: proposal and coding are one act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.stage import workbench


@pytest.mark.parametrize("keys", [("=mistrust of radio", "ctrl+n"), ("=mistrust of radio", "enter")])
async def test_one_undo_takes_back_the_new_code_with_its_coding(root: Path, keys: tuple[str, ...]) -> None:
    async with workbench(root, "Awa") as stage:
        session = stage.app.session
        assert session is not None
        before = set(session.places)
        await stage.press("enter", "space", *keys)
        assert len(stage.codings()) == 1 and len(session.places) == len(before) + 1
        await stage.press("u")
        assert stage.codings() == [] and set(session.places) == before
        assert "new code N1 on turn 1 of cso-1" in stage.status
        await stage.press("U")
        assert stage.refs() == ["N1"]


async def test_a_new_code_without_a_name_asks_for_one(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("enter", "space", "ctrl+n", "=mistrust", "enter", "down", "r")
        assert stage.refs() == ["N1", "N1"]
