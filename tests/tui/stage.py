"""A workbench on a small invented project, and the way to press keys in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from hsreview.model.coding import Coding
from hsreview.tui.app import Workbench
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.workflows import reading
from hsreview.workflows.projects import Project, open_project

KEYS = {" ": "space"}


@dataclass
class Stage:
    """A running workbench."""

    app: Workbench
    pilot: Pilot[int]

    @property
    def project(self) -> Project:
        session = self.app.session
        assert session is not None
        return session.project

    @property
    def coding(self) -> CodingScreen:
        screen = next(screen for screen in self.app.screen_stack if isinstance(screen, CodingScreen))
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other at full speed, then wait until all is done; `=words` types words."""
        for key in keys:
            typed = [KEYS.get(char, char) for char in key[1:]] if key.startswith("=") else [key]
            for one in typed:
                self.app.post_message(events.Key(one, " " if one == "space" else one if len(one) == 1 else None))
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def codings(self) -> list[Coding]:
        """What is stored, in the order of the text."""
        return reading.codings_of(self.project)

    def refs(self) -> list[str]:
        """The codes of what is stored."""
        names = {place.code.id: place.code.ref for place in reading.codebook(self.project).codes()}
        return [names[coding.code_id] for coding in self.codings()]

    def selected(self) -> str:
        """The selected words."""
        span = self.coding.text.selection
        assert span is not None
        return self.coding.text.document.text[span[0] : span[1]]

    @property
    def focus(self) -> str:
        """The id of the widget that has the focus."""
        return (self.app.focused.id if self.app.focused else "") or ""

    @property
    def status(self) -> str:
        """The status line."""
        return self.coding.status.text()


@asynccontextmanager
async def workbench(
    root: Path | None, coder: str | None = None, size: tuple[int, int] = (120, 40), *, notes: bool = False
) -> AsyncIterator[Stage]:
    """Run the workbench without a terminal; with `notes` it shows its warnings as on a screen."""
    app = Workbench(open_project(root) if root else None, coder)
    async with app.run_test(size=size, notifications=notes) as pilot:
        await pilot.pause()
        yield Stage(app, pilot)
    if app.session is not None:
        app.session.project.close()
