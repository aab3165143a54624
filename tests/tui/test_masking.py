"""A name that was seen too late is masked from the list of coded segments, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.people import Coder
from hsreview.tui.screens.masking import MaskScreen
from hsreview.tui.screens.segments import SegmentsScreen
from hsreview.tui.widgets.prompt import Prompt
from hsreview.workflows import coding as acts
from hsreview.workflows.key_files import opened as open_key_file
from hsreview.workflows.reading import codings_of
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench

pytestmark = pytest.mark.usefixtures("quick_passphrases")
SECRET = "clé d’été"


def flagged(stage: Stage, coder: Coder) -> None:
    """A segment that somebody flagged to be masked."""
    text = opened(stage.project)
    at = text.text.index("les chefs")
    acts.add_codings(stage.project, coder, text.version.id, at, at + 9, [code_id("D1")], flags=["mask"])


def screen_notice(stage: Stage) -> str:
    screen = stage.app.screen
    assert isinstance(screen, MaskScreen)
    return screen.notice.text()


def shown(stage: Stage) -> str:
    screen = stage.app.screen
    assert isinstance(screen, MaskScreen)
    return "\n".join(row.cells[0] for row in screen.rows.rows)


async def test_a_flagged_name_is_masked_everywhere(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        flagged(stage, stage.app.coder())
        before = len(codings_of(stage.project))
        await stage.press("enter", "g", "d", "m")
        screen = stage.app.screen
        assert isinstance(screen, SegmentsScreen)
        assert [row.cells[-1] for row in screen.rows.rows] == ["les chefs"]
        await stage.press("M", "escape")
        assert stage.app.screen is screen
        await stage.press("M", f"={SECRET}", "enter", f"={SECRET}", "enter")
        assert stage.app.screen.query_one(Prompt).line.text == "les chefs"
        await stage.press("ctrl+u", f"={SECRET}", "enter")
        assert "This is the passphrase" in stage.app.screen.query_one(Prompt).wrong
        await stage.press("ctrl+u", "=les chefs", "enter", "=person", "enter", "escape")
        assert open_key_file(stage.project, lambda _question: SECRET).register.names == ()
        await stage.press("M", "=another", "enter", f"={SECRET}")
        assert "passphrase is not" in stage.app.screen.query_one(Prompt).wrong
        await stage.press("enter", "enter", "=person", "enter", "ctrl+u", f"={SECRET}", "enter")
        assert "This is the passphrase" in stage.app.screen.query_one(Prompt).wrong
        await stage.press("ctrl+u", "=les gens", "enter")
        told = stage.app.screen.query_one(Prompt).wrong
        assert "Type something else" in told and "hsreview" not in told
        await stage.press("ctrl+u", "=P9", "enter")
        assert "cso-1: 1 place" in shown(stage) and "les chefs" in opened(stage.project).text
        await stage.press("enter", "=no", "enter")
        assert "les chefs" in opened(stage.project).text
        assert "Enter masks the name" in screen_notice(stage)
        await stage.press("enter", "=yes", "enter")
        assert "Masked in 3 transcripts." in shown(stage)
        text = opened(stage.project).text
        assert "avec P9. Mais" in text and "les chefs" not in text
        assert len(codings_of(stage.project)) == before
        [name] = open_key_file(stage.project, lambda _question: SECRET).register.names
        assert (name.form, name.replacement) == ("les chefs", "P9")
        await stage.press("escape")
        assert isinstance(stage.app.screen, SegmentsScreen)


async def test_a_coder_is_told_who_masks(root: Path) -> None:
    async with workbench(root, "Daan") as stage:
        flagged(stage, stage.app.coder())
        await stage.press("enter", "g", "d", "M")
        assert isinstance(stage.app.screen, SegmentsScreen)
        assert any("Ask: Awa" in each.message for each in stage.app._notifications)
