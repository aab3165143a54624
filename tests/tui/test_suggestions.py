"""Suggested codes in the workbench: a list on one key, with reasons; what is applied says that it was suggested."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.model.coding import Origin
from tests.builders import code_id
from tests.cli.test_suggest import SAID, built
from tests.tui.stage import Stage, workbench

__all__ = ["built"]


@pytest.fixture
def root(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("hsreview.workflows.suggesting.models", lambda: {})
    return shutil.copytree(built, tmp_path / "project")


def painted(stage: Stage) -> str:
    strips = stage.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def menu(stage: Stage) -> list[str]:
    """The lines of the list that is open."""
    panel = stage.coding._menu
    return [entry.label for entry in panel.entries] if panel is not None and panel.is_open else []


async def opened(stage: Stage, turn: int) -> None:
    """The transcript that nobody coded, with a turn selected."""
    await stage.press("escape", "g", "t", "end", "enter", "t")
    await stage.press("g", "l", f"={turn}", "enter", "t")


async def test_the_list_gives_reasons_and_a_digit_codes_as_suggested(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 2)
        before = len(stage.codings())
        assert "budget" in stage.selected()
        await stage.press("H")
        assert menu(stage) == ["K4 Label K4 – cue “le budget” ×2"]
        assert "Le Budget" in painted(stage) and "puits" in painted(stage), "the text stays readable"
        await stage.press("1")
        new = [coding for coding in stage.codings() if coding.origin is Origin.SUGGESTED]
        assert len(new) == 1 and len(stage.codings()) == before + 1
        assert SAID[new[0].start : new[0].end] == stage.selected()
        assert menu(stage) == [] and "≈" in painted(stage)
        [view] = [each for each in stage.coding.text.codings_here() if each.id == new[0].id]
        stage.coding.text.replace_coding(replace(view, name="K4 " + "Label " * 12))
        await stage.settle()
        assert "· ≈ K4 Label" in stage.status
        await stage.resize(120, 24)
        assert "… ≈" in painted(stage), "a long label is cut, and the sign is not"
        await stage.press("H")
        assert menu(stage) == ["Nothing to suggest here: no cue, and nothing typical."]
        await stage.press("1")
        assert len(stage.codings()) == before + 1 and len(menu(stage)) == 1, "a digit out of habit codes nothing"
        await stage.press("escape")
        assert menu(stage) == []
        await stage.press("u")
        assert len(stage.codings()) == before


async def test_a_digit_means_one_code_while_the_list_is_open_and_other_keys_leave_it(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 2)
        await stage.press("shift+down", "shift+down", "H")
        wanted = [line[:2] for line in menu(stage)]
        assert len(wanted) == 3
        before = len(stage.codings())
        await stage.press("1", "1", "enter", "9")
        assert [line[:2] for line in menu(stage)] == wanted, "no line moves to another digit"
        assert len(stage.codings()) == before + 1 and "1     ✓ " + wanted[0] in painted(stage)
        await stage.press("2")
        assert sorted(refs_of_new(stage)) == sorted(wanted[:2])
        assert all(f"{digit}     ✓ {ref}" in painted(stage) for digit, ref in enumerate(wanted[:2], 1))
        await stage.press("g", "t", "end", "enter")
        assert menu(stage) == [] and len(stage.codings()) == before + 2
        await opened(stage, 2)
        await stage.press("shift+down", "shift+down", "H")
        assert [line[:2] for line in menu(stage)] == wanted[2:]
        await stage.press("enter")
        assert menu(stage) == [] and len(stage.codings()) == before + 3, "with the last one the list closes"


def refs_of_new(stage: Stage) -> list[str]:
    """The codes that came from suggestions."""
    pairs = zip(stage.refs(), stage.codings(), strict=True)
    return [ref for ref, coding in pairs if coding.origin is Origin.SUGGESTED]


async def test_what_is_typical_is_learned_from_ones_own_codings_and_escape_leaves_all_as_it_is(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 3)
        await stage.press("H")
        [line] = menu(stage)
        assert line.startswith("D2 Label D2 – typical “") and "(5)" in line
        before = stage.codings()
        await stage.press("escape")
        assert menu(stage) == [] and stage.codings() == before
        await stage.press("down", "down", "H")
        assert menu(stage) == ["Nothing to suggest here: no cue, and nothing typical."], "Daan’s codings teach Daan"
        await stage.press("escape")


async def test_keys_wait_for_suggestions_that_are_prepared_and_escape_goes_on_without(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 2)
        before = len(stage.codings())
        await stage.press("H", "1", "escape")
        assert menu(stage) == [] and len(stage.codings()) == before
        await stage.press("H")
        assert menu(stage) != []


async def test_a_digit_that_is_meant_for_the_list_does_not_code_with_a_slot(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 2)
        before = len(stage.codings())
        stage.coding.session.slots.pin(0, code_id("D1"))
        await stage.press("1")
        assert len(stage.codings()) == before + 1, "a slot codes"
        await stage.press("u", "H", "1")
        assert [line[:2] for line in menu(stage)] == ["K4"] and len(stage.codings()) == before


async def test_what_is_too_long_is_said_to_be_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.tui.screens.coding.suggestions.LONGEST", 10)
    async with workbench(root, "Awa", (80, 24)) as stage:
        await opened(stage, 2)
        await stage.press("H")
        assert menu(stage) == [] and "too long" in stage.status


async def test_the_codebook_leads_to_passages_that_wait_for_a_code_and_coding_them_says_suggested(root: Path) -> None:
    async with workbench(root, "Awa", (100, 24)) as stage:
        await stage.press("escape", "g", "c", "end", "a")
        assert "12 matches in 6 turns" in painted(stage)
        before = len(stage.codings())
        await stage.press("V", "space", "=K4", "enter")
        new = [coding for coding in stage.codings() if coding.origin is Origin.SUGGESTED]
        assert len(new) == len(stage.codings()) - before == 6
        assert "Nothing found" in painted(stage)
