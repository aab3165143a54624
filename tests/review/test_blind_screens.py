"""No screen tells a blind coder anything of what others coded: what they coded does not change what is painted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest

from hsreview.tui.action import Scope
from hsreview.tui.actions import actions_of
from tests.review.test_blind_commands import SECRET, projects
from tests.tui.stage import Stage, workbench

__all__ = ["projects"]

WALKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "t": (("down",), ("enter",)),
    "c": (("down",), ("down",), ("D",)),
    "s": (("=consultées", "enter"), ("down",), ("enter",)),
    "q": (("=any", "enter"), ("down",), ("enter",)),
    "d": (("down",), ("down",), ("enter",)),
    "p": (("down",),),
    "C": (("down",),),
    "A": (("down",), ("x",)),
    "b": (("down",), ("enter",)),
    "h": (("down",), ("enter",)),
    "M": (("down",),),
    "a": (("down",), ("enter",)),
    "j": (("down",), ("enter",)),
    "r": (("down",), ("enter",)),
    "f": (),
    "F": (("down",), ("enter",), ("n",), ("escape",), ("V",), ("enter",)),
    "B": (("down",), ("tab",), ("down",), ("n",), ("escape",), ("c",), ("escape",)),
    "J": (("down",), ("a",), ("escape",), ("e",), ("escape",), ("v",)),
    "x": (("down",), ("enter",)),
    "v": (("down",), ("s",), ("enter",)),
    "X": (("down",), ("enter",)),
    "V": (("down",), ("enter",)),
    "m": (("down",), ("right",), ("enter",)),
    "w": (("down",), ("right",), ("enter",)),
    "o": (),
    "k": (),
}
"""The letter after `g` → what is pressed on that screen, and painted after each."""
MOVES = {"g", "e", "l", "n"}
"""Letters that move within a screen, or to a transcript."""


def painted(stage: Stage) -> str:
    strips = stage.app.screen._compositor.render_strips()
    text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
    return re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.]+|[0-9a-f]{8}-[0-9a-f-]{20,}|[▁▂▃▄▅▆▇]", "…", text)


async def walked(root: Path, coder: str, folder: Path, letters: Collection[str] = WALKS) -> dict[str, list[str]]:
    """What is painted on the way, by letter, in a copy of the project that lies in the same place each time."""
    copy = Path(shutil.copytree(root, folder / "project"))
    found: dict[str, list[str]] = {}
    async with workbench(copy, coder, (100, 30)) as stage:
        await stage.press("enter")
        text = stage.app.screen
        found["text"] = [painted(stage)]
        for letter in letters:
            await stage.press("g", letter)
            found[letter] = [painted(stage)]
            for keys in WALKS[letter]:
                await stage.press(*keys)
                found[letter].append(painted(stage))
            for _step in range(8):
                if stage.app.screen is not text:
                    await stage.press("escape")
            assert stage.app.screen is text, letter
    shutil.rmtree(copy)
    return found


async def test_what_others_coded_changes_nothing_that_a_blind_coder_sees(
    projects: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    little, much = [await walked(root, "Daan", tmp_path) for root in projects]
    assert [letter for letter in little if little[letter] != much[letter]] == []
    assert not any(SECRET in page for pages in much.values() for page in pages)


async def test_the_lead_sees_what_differs(
    projects: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    letters = ("b", "c", "v", "M")
    little, much = [await walked(root, "Awa", tmp_path, letters) for root in projects]
    assert {letter for letter in little if little[letter] != much[letter]} == {"text", *letters}


def test_every_screen_is_walked() -> None:
    assert {each.keys[0] for each in actions_of(Scope.GO)} - MOVES == WALKS.keys()
