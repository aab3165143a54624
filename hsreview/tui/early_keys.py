"""Keys that come while something opens wait for it; else they would act on what lies below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from hsreview.tui.base_screen import BaseScreen


class EarlyKeys:
    """Keeps keys, in their order, until they are handed on."""

    KEEPS_KEYS = True

    def __init__(self) -> None:
        self.events: list[events.Event] = []

    def take_key(self, event: events.Key) -> bool:
        self.events.append(event)
        return True

    def take_paste(self, text: str) -> None:
        self.events.append(events.Paste(text))

    def hand_on(self, screen: BaseScreen) -> None:
        """Give the keys to what has the focus now."""
        screen.takers.remove(self)
        for event in self.events:
            screen.app.post_message(event)
