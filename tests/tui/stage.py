"""A workbench on a small invented project, and the way to press keys in it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from hsreview.model.coding import Coding
from hsreview.tui.app import Workbench
from hsreview.tui.screens.coding.screen import CodingScreen
from hsreview.workflows import reading
from hsreview.workflows.projects import Project, open_project

KEYS = {" ": "space"}


NEARLY_DUE = 0.02
"""Timers within so many seconds belong to what is being done; Textual paints by such timers."""

MOST_TIMERS = 60
"""What is painted again and again has been painted when so many timers were waited for."""
AT_ONCE = 1e-6


class _Parsed(dict[tuple[object, ...], list[RuleSet]]):
    """Style sheets that were parsed. They hold for the next workbench too, so nothing clears them."""

    def clear(self) -> None:
        """What a workbench asks for when it gets its theme, whose colours are part of the key below."""


_parsed: defaultdict[frozenset[tuple[str, str]], _Parsed] = defaultdict(_Parsed)
# Every workbench would parse the same style sheets twice, which is a third of the time that it takes to start.
Stylesheet._parse_cache = property(  # type: ignore[assignment]
    lambda sheet: _parsed[frozenset(sheet._variables.items())], lambda _sheet, _new: None
)
# The same number, asked of Python itself a million times: `id` reports every call to the guard against the network.
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]


def _until_idle(loop: asyncio.BaseEventLoop, working: bool) -> float:
    """Seconds until it is worth looking again whether the loop is idle; 0 when it is.

    Textual’s own `pause` waits until the process has used no time for a fiftieth of a second, which is longer than
    most keys take, and takes a process that was not given the processor for an idle one.
    """
    if loop._ready:  # type: ignore[attr-defined]
        return AT_ONCE
    now = loop.time()
    due = [timer.when() - now for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
    soon = [wait for wait in due if wait < NEARLY_DUE]
    return max(min(soon), 2 * AT_ONCE) if soon else 0.001 if working else 0.0


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
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal of another size, then wait until all is painted anew."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is left to do: no message, no timer that is nearly due, no work in a thread."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, asyncio.BaseEventLoop)
        await self.pilot.pause(0)
        timers = 0
        while timers < MOST_TIMERS and (wait := _until_idle(loop, bool(self.app.workers))):
            timers = 0 if self.app.workers else timers + (wait > AT_ONCE)
            await asyncio.sleep(wait)
        await self.pilot.pause(0)

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
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage
    if app.session is not None:
        app.session.project.close()
