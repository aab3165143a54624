"""Moving the ends of a coding: its stretch becomes the selection, Enter stores, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import N_, _
from hsreview.model.coding import Coding
from hsreview.tui.action import Action
from hsreview.tui.actions import find
from hsreview.tui.screens.coding.acts import choose_coding, show_stored
from hsreview.workflows import coding as acts

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.workflows.carrying import Piece

EDIT_KEYS = (
    ("text.nudge_forward", N_("nudge →"), 9),
    ("text.nudge_back", N_("nudge ←"), 8),
    ("text.swap_ends", N_("other end"), 7),
    ("text.details", N_("store"), 6),
    ("text.collapse", N_("leave"), 5),
    ("text.extend", N_("extend"), 4),
    ("text.give_back", N_("give back"), 3),
)
"""What the footer shows while the ends of a coding are moved."""


def live_actions() -> list[Action]:
    """What can be done while the ends of a coding are moved, as the footer then names it."""
    return [replace(find(name), label=label, show=show) for name, label, show in EDIT_KEYS]


def with_way_back(actions: Sequence[Action]) -> list[Action]:
    """These actions, with Esc named as the way back."""
    label = N_("back")
    return [replace(each, label=label, show=99) if each.id == "text.collapse" else each for each in actions]


def start(screen: CodingScreen, coding: Coding) -> None:
    """Make the ends of a coding movable."""
    screen.text.go_to_coding(coding.id)
    screen.editing = coding
    screen.refresh_status()


def _details(screen: CodingScreen) -> None:
    if screen.placing is not None:
        _place(screen, screen.placing)
    elif screen.editing is not None:
        _store(screen, screen.editing)
    elif screen.next_offered is not None:
        screen.open(screen.next_offered)
    else:
        current = screen.text.current_coding
        own = screen.own_here()
        if current is not None and current.mine:
            own = [coding for coding in own if coding.id == current.id]
        if not own:
            screen.say(_("There is no coding of yours here to edit."))
        elif len(own) == 1:
            start(screen, own[0])
        else:
            choose_coding(screen, _("Edit which coding?"), own, lambda coding: start(screen, coding))


def _store(screen: CodingScreen, old: Coding) -> None:
    span = screen.text.selection
    screen.editing = None
    if span is None or span == (old.start, old.end):
        screen.say(_("The coding stays as it was."))
        return
    new = acts.change_coding(screen.session.project, screen.coder(), old.id, start=span[0], end=span[1])
    show_stored(screen, [new])
    screen.text.go_to_coding(new.id)
    screen.say(_("The ends of the coding were moved."))


def _place(screen: CodingScreen, piece: Piece) -> None:
    """Put what waits after a correction on the selection."""
    from hsreview.workflows.carrying import place

    span = screen.text.selection
    if span is None:
        return
    place(screen.session.project, screen.coder(), piece.id, *span)
    screen.placing = None
    screen.saved()
    screen.workbench.refresh_screens()
    screen.say(_("Placed anew."))


def _escape(screen: CodingScreen) -> None:
    if screen.placing is not None:
        screen.placing = None
        screen.say(_("It still waits."))
        return
    if screen.editing is not None:
        left, screen.editing = screen.editing, None
        screen.text.select(left.start, left.end)
        screen.say(_("The coding stays as it was."))
        return
    if screen.back is not None:
        back, screen.back = screen.back, None
        back()
        return
    screen.text.collapse()
    screen.refresh_header()
    screen.refresh_status()


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.details": _details, "text.collapse": _escape}
