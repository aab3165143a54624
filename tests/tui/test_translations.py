"""Translations on the coding screen: written, shown under the segment, checked by a second person."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.workflows import translations
from hsreview.workflows.coders import store_coder
from tests.tui.stage import Stage, workbench
from tests.tui.test_coding_journeys import to_respondent


def stored(stage: Stage) -> list[tuple[str, str, str]]:
    """Language, words and credit of what is stored."""
    found = translations.translations(stage.project)
    return [(each.translation.language, each.translation.text, each.credit) for each in found]


async def test_one_key_writes_what_a_segment_says_in_another_language(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        await to_respondent(stage)
        await stage.press("space", "=d1", "enter", "V", "enter", "=We worked with the chiefs.", "enter", "enter")
        assert stored(stage) == [("en", "We worked with the chiefs.", "Awa, not checked")]
        await stage.press("down")
        assert "⇄" not in stage.status
        await stage.press("up")
        assert "⇄ en: We worked with the chiefs. (Awa, not checked)" in stage.status
        assert ["⇄" in view.marks for view in stage.coding.text.codings_here()] == [True]
        await stage.press("V", "c")
        assert "second person" in stage.status + " ".join(each.message for each in stage.app._notifications)
        await stage.press("V", "1", "= Yes.", "enter", "enter")
        assert "⇄ en: Yes." in stage.coding.status.text()
        await stage.press("u")
        assert stored(stage)[0][1] == "We worked with the chiefs." and "translation (en) on turn 3" in stage.status
        await stage.press("V", "d")
        assert not stored(stage) and "⇄" not in stage.status
    async with workbench(root, "Daan") as stage:
        await stage.press("V", "escape")
        assert not stored(stage)


async def test_a_second_person_checks_it(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await to_respondent(stage)
        await stage.press("V", "enter", "=The words.", "enter", "=!", "enter")
        assert stored(stage) == [("en", "The words.", "!, not checked")]
        store_coder(stage.project, Coder(new_id(), "Fanta", CoderRole.LEAD), stage.app.coder().id)
    async with workbench(root, "Fanta") as stage:
        await to_respondent(stage)
        assert "⇄ en: The words." in stage.status
        await stage.press("V", "c")
        assert stored(stage) == [("en", "The words.", "!, checked by Fanta")]
