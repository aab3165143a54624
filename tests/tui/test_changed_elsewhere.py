"""Another program masks or withdraws what somebody is just writing about: no word goes astray, and keys go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.naming import NameClass
from hsreview.privacy.register import Name, Register
from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import remove_memo
from hsreview.workflows.masking import mask, plan
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import memos_of, transcripts
from hsreview.workflows.withdrawing import find, withdraw
from hsreview.workflows.withdrawing import plan as planned_withdrawal
from tests.builders import opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import to_respondent
from tests.tui.test_suggestions import painted


def masked(root: Path, form: str) -> None:
    """A second program masks a name."""
    with Project.open(root) as project:
        [awa] = coders(project)
        names = Register(project.id, (Name(1, form, NameClass.PERSON.value, "P9"),), language="fr")
        mask(project, awa, plan(project, awa, names, {1}), names)


def withdrawn(root: Path) -> None:
    """A second program withdraws who speaks in the first transcript."""
    with Project.open(root) as project:
        [awa] = coders(project)
        set_speaker(project, awa, opened(project).transcript.id, "R1", respondent="CSO-9")
        withdraw(project, awa, planned_withdrawal(project, awa, find(project, "CSO-9")), "request")


def memos(stage: Stage) -> list[str]:
    return [memo.text for memo in memos_of(stage.project)]


@pytest.mark.parametrize("coded", [False, True])
async def test_a_memo_goes_on_while_its_text_is_masked(root: Path, coded: bool) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        if coded:
            await stage.press("space", "=d1", "enter")
        await stage.press("m", "=one")
        masked(root, "les chefs")
        stage.app.look_elsewhere()
        await stage.press("=, two", "escape")
        assert (memos(stage), stage.focus) == (["one, two"], "text")
        assert stage.selected() == "Nous avons travaillé avec P9." and "avec P9.▌" in painted(stage)
        await stage.press("m", "=, three", "escape")
        await stage.press("down", "m", "=next", "escape")
        assert memos(stage) == ["one, two, three", "next"]


async def test_a_memo_on_words_that_are_withdrawn_is_told_and_the_next_one_is_stored(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("m", "=one")
        withdrawn(root)
        stage.app.look_elsewhere()
        await stage.press("=, two")
        assert stage.focus == "memo-text" and "one, two" in stage.coding.memo.words
        assert "not stored" in stage.coding.memo.title
        await stage.press("escape")
        assert memos(stage) == [] and len(transcripts(stage.project)) == 2
        await stage.press("g", "t", "enter")
        await stage.press("m", "=next", "escape")
        assert (memos(stage), stage.focus) == (["next"], "text")


async def test_a_memo_that_another_program_took_away_meanwhile_is_written_anew(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("m", "=one", "escape")
        await stage.press("m", "=, two")
        with Project.open(root) as project:
            assert [each.text for each in memos_of(project)] == ["one"]
            remove_memo(project, coders(project)[0], memos_of(project)[0].id)
        await stage.press("escape")
        assert (memos(stage), stage.focus) == (["one, two"], "text")


async def test_escape_leaves_a_memo_that_has_no_place_any_more_only_after_it_was_told(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("m", "=one")
        withdrawn(root)
        await stage.press("=, two", "escape")
        assert (stage.focus, stage.coding.memo.words) == ("memo-text", "one, two")
        assert "not stored" in stage.coding.memo.title
        await stage.press("escape")
        assert stage.focus == "text" and memos(stage) == []


async def test_a_correction_is_kept_while_its_text_is_masked(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("T", "home", "=Hier ")
        masked(root, "les chefs")
        stage.app.look_elsewhere()
        await stage.settle()
        assert stage.focus == "text" and "turn 3 waits" in stage.status
        await stage.press("T")
        assert "Hier" in stage.coding.correction.words


async def test_a_translation_lands_on_its_words_while_the_text_is_masked(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("down")
        words = stage.selected()
        await stage.press("V", "ctrl+u", "=en", "enter", "=Without a budget.")
        masked(root, "les chefs")
        stage.app.look_elsewhere()
        await stage.press("enter", "=me", "enter")
        [placed] = stage.coding.desk.translations if stage.coding.desk else []
        text = stage.coding.text.document.text
        assert text[placed.translation.start : placed.translation.end] == words
