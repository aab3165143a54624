"""Consent comes before coding: the coding screen says what is missing, and one key leads to where it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.tui.widgets.bar import Piece
from hsreview.workflows import consents

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen


def reminder(screen: CodingScreen) -> list[Piece]:
    """That nothing may be coded here, why, and the key that leads to the form; empty where it may."""
    if screen.desk is None or screen.desk.gate.coding.allowed is not False:
        return []
    gate = screen.desk.gate
    why = f"{visible(gate.who)}: {gate.coding.why}" if gate.who else gate.coding.why
    return [Piece(f" {_('Not to be coded: {why}.').format(why=why)} ", "warn"), *_way(screen)]


def _way(screen: CodingScreen) -> list[Piece]:
    return [Piece(f" {screen.key('text.consent')}", "key", "text.consent"), Piece(f" {_('consent')}", "strong")]


def warn_once(screen: CodingScreen) -> None:
    """Of transcripts from before consent was asked for, once on each machine."""
    told = consents.unrecorded_notice(screen.session.project)
    if told:
        screen.workbench.warn(told, timeout=15)


def _open(screen: CodingScreen) -> None:
    from hsreview.tui.screens.consent import ConsentScreen

    if screen.desk is not None:
        screen.workbench.push_screen(ConsentScreen(screen.desk.transcript))


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.consent": _open}
