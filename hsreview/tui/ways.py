"""From a list to a text and back: the screens that one comes from stay as they were left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from hsreview.model.transcript import Transcript
from hsreview.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench


class Ways:
    """The screens to which Esc may still lead back."""

    def __init__(self, app: Workbench) -> None:
        self._app = app
        self._kept: Sequence[Screen[Any]] = ()

    def jump(self, transcript: Transcript, **place: Any) -> None:
        """Go to a place in a text; Esc leads back to the screens that are open now."""
        from hsreview.tui.screens.coding.screen import CodingScreen

        app, stack = self._app, self._app.screen_stack
        below = next((n for n, screen in enumerate(stack) if isinstance(screen, CodingScreen)), len(stack))
        way = stack[below + 1 :]
        self.forget(way)
        for screen in way:
            if not app.is_screen_installed(screen):
                app.install_screen(screen, f"way-{id(screen)}")  # Textual closes other screens when they are left.
        self._kept = list(dict.fromkeys((*self._kept, *way)))
        app.open_transcript(transcript, back=lambda: self._back(way), **place)

    def _back(self, way: Sequence[Screen[Any]]) -> None:
        for screen in way:
            self._app.push_screen(screen)
            if isinstance(screen, BaseScreen):
                self._app.guarded(screen.reread)

    def forget(self, kept: Sequence[Screen[Any]] = ()) -> None:
        """Close the screens that are left, but for those `kept`."""
        stack = self._app.screen_stack
        gone = [each for each in self._kept if each not in kept and each not in stack]
        self._kept = [each for each in self._kept if each not in gone]
        for screen in gone:
            self._app.uninstall_screen(screen)
            screen.remove()
