"""A pseudonym that begins or sounds like the name is put in its place only after a second answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hsreview.base.messages import _

if TYPE_CHECKING:
    from hsreview.tui.screens.list_screen import ListScreen


def unless_alike(screen: ListScreen, form: str, put: Callable[[bool], None], other: Callable[[], object]) -> None:
    """Call `put(False)`; where the pseudonym is too much like the `form`, ask: `put(True)`, or `other`."""
    from hsreview.tui.widgets.key_menu import Entry
    from hsreview.workflows.names import AlikeRefused

    try:
        put(False)
    except AlikeRefused as error:
        said = _("{replacement} begins or sounds like {form}, so readers may guess who is meant.")
        screen.say(said.format(replacement=error.replacement, form=form), "warn")
        entries = [
            Entry(("o",), _("Another pseudonym"), other),
            Entry(("y",), _("Take it all the same"), lambda: screen.workbench.guarded(lambda: put(True))),
        ]
        screen.show_menu(_("{replacement} for {form}?").format(replacement=error.replacement, form=form), entries)
