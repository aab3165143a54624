"""A few pictures of screens, to be looked at when they change: `pytest --snapshot-update`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from hsreview.base.messages import use_language
from hsreview.tui.app import Workbench
from hsreview.workflows import whereabouts
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.projects import open_project
from tests.builders import code_id, opened

Compare = Callable[..., bool]


@pytest.fixture
def coded(root: Path) -> Path:
    """Two overlapping codings, and a coder who stands on the first."""
    with open_project(root) as project:
        coder, text = coders(project)[0], opened(project)
        first, second = text.sentences[3], text.sentences[4]
        add_codings(project, coder, text.version.id, first[0], second[1], [code_id("D1")], flags=["unsure"])
        add_codings(project, coder, text.version.id, *second, [code_id("K4")], modifiers={"stance": "positive"})
        whereabouts.remember_place(project, coder.id, whereabouts.Place(text.transcript.id, *first))
    return root


@pytest.fixture
def french() -> Iterator[None]:
    use_language("fr")
    yield
    use_language("en")


def keys(*names: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Press these keys before the picture is taken."""

    async def press(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        for name in names:
            pilot.app.post_message(events.Key(name, name if len(name) == 1 else None))
        await pilot.pause()
        await pilot.pause()

    return press


def test_the_coding_screen_at_80_by_24(coded: Path, snap_compare: Compare) -> None:
    assert snap_compare(Workbench(open_project(coded), "Awa"), terminal_size=(80, 24), run_before=keys("down"))


def test_the_picker_beside_the_selection_in_french(coded: Path, snap_compare: Compare, french: None) -> None:
    app = Workbench(open_project(coded), "Awa")
    assert snap_compare(app, terminal_size=(72, 26), run_before=keys("space", "d"))


def test_the_codebook_at_80_by_24(coded: Path, snap_compare: Compare) -> None:
    app = Workbench(open_project(coded), "Awa")
    assert snap_compare(app, terminal_size=(80, 24), run_before=keys("g", "c", "down"))


def test_the_transcripts_in_high_contrast(coded: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "hsreview-contrast")
    app = Workbench(open_project(coded), "Awa")
    assert snap_compare(app, terminal_size=(100, 30), run_before=keys("g", "t"))
