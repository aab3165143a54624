"""Setting other ends for a difference, and moving through its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import N_, _
from hsreview.model.review import Mark, Outcome
from hsreview.tui.action import Action
from hsreview.tui.actions import find
from hsreview.tui.screens.adjudication_acts import choose_code, decide, go_on
from hsreview.tui.screens.adjudication_docket import common_span
from hsreview.tui.screens.adjudication_says import codes_here
from hsreview.workflows import adjudicating

if TYPE_CHECKING:
    from hsreview.tui.screens.adjudication import AdjudicationScreen

EDIT_KEYS = (
    ("adjudication.nudge_forward", N_("nudge →"), 9),
    ("adjudication.nudge_back", N_("nudge ←"), 8),
    ("adjudication.swap_ends", N_("other end"), 7),
    ("adjudication.store", N_("store"), 6),
    ("adjudication.leave", N_("leave"), 5),
    ("adjudication.edit", N_("extend"), 4),
    ("adjudication.give_back", N_("give back"), 3),
    ("adjudication.other", N_("other code"), 2),
)
"""What the footer shows while ends are set."""


def live_actions() -> list[Action]:
    """What can be done while ends are set, as the footer then names it."""
    return [replace(find(name), label=label, show=show) for name, label, show in EDIT_KEYS]


def _edit(screen: AdjudicationScreen) -> None:
    if screen.editing:
        screen.text.extend_unit(1)
        return
    choose_code(screen, _("Set the ends of which code?"), codes_here(screen), _start)


def _start(screen: AdjudicationScreen, code_id: str) -> None:
    marks = [mark for mark in screen.current().marks if mark.code_id == code_id]
    screen.editing = [mark.coding_id for mark in marks]
    screen.text.select(*common_span(marks))
    screen.refresh_bars()
    screen.refresh_footer()


def _edited(screen: AdjudicationScreen) -> list[Mark]:
    return [mark for mark in screen.current().marks if mark.coding_id in screen.editing]


def _store(screen: AdjudicationScreen) -> None:
    if not screen.editing:
        go_on(screen)
        return
    decide(screen, Outcome.EDITED, result=(adjudicating.settled_on(_edited(screen), *screen.span()),))
    screen.refresh_footer()


def _leave(screen: AdjudicationScreen) -> None:
    if screen.editing:
        screen.editing = []
        screen.show_case()
        screen.refresh_footer()
        screen.say(_("The ends stay as they were."))
    else:
        screen.workbench.perform("everywhere.back")


def _editing(move: Callable[[Any], object]) -> Callable[[Any], None]:
    """A key that moves an end; before ends are set, it says how to begin."""

    def handler(screen: AdjudicationScreen) -> None:
        if screen.editing:
            move(screen.text)
        else:
            told = _("{key} begins to set other ends.")
            screen.say(told.format(key=screen.key("adjudication.edit")))

    return handler


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "adjudication.edit": _edit,
    "adjudication.store": _store,
    "adjudication.leave": _leave,
    "adjudication.give_back": _editing(lambda text: text.extend_unit(-1)),
    "adjudication.nudge_forward": _editing(lambda text: text.nudge(1)),
    "adjudication.nudge_back": _editing(lambda text: text.nudge(-1)),
    "adjudication.swap_ends": _editing(lambda text: text.swap_ends()),
    "adjudication.down": lambda screen: screen.text.action_scroll_down(),
    "adjudication.up": lambda screen: screen.text.action_scroll_up(),
    "adjudication.page_down": lambda screen: screen.text.action_page_down(),
    "adjudication.page_up": lambda screen: screen.text.action_page_up(),
    "adjudication.recentre": lambda screen: screen.text.recentre(),
    "go.top": lambda screen: screen.text.action_scroll_home(),
    "go.bottom": lambda screen: screen.text.action_scroll_end(),
}
