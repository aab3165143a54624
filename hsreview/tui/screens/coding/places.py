"""From the coding screen to other places, and who sits at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen


def _toggle_tree(screen: CodingScreen) -> None:
    screen.tree_wanted = not screen.has_class("-tree")
    screen.set_class(screen.tree_wanted, "-tree")
    if not screen.tree_wanted and screen.focused is screen.code_tree:
        screen.set_focus(screen.text)


def _back_to_text(screen: CodingScreen) -> None:
    if screen.memo.close():
        screen.correction.leave()
        screen.set_focus(screen.text, scroll_visible=False)
        screen.refresh_status()


def _memo(screen: CodingScreen) -> None:
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return
    coding = screen.target()
    if coding is not None:
        title = _("Memo on {code}").format(code=screen.session.code_name(coding.code_id))
        screen.memo.open(title, coding_id=coding.id)
        return
    title = _("Memo on {place}").format(place=desk.place(span[0]))
    screen.memo.open(title, version_id=desk.version_id, start=span[0], end=span[1])


def _transcript_memo(screen: CodingScreen) -> None:
    desk = screen.desk
    if desk is not None:
        title = _("Memo on {name}").format(name=desk.transcript.name)
        screen.memo.open(title, transcript_id=desk.transcript.id)


def _framework(screen: CodingScreen) -> None:
    from hsreview.tui.screens.framework_ways import link_segment

    reached = screen.text.current_coding
    here = [reached] if reached is not None else screen.text.codings_here()
    if here:
        link_segment(screen, here[0].id)
    else:
        screen.say(_("There is no coding here."))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "coding.toggle_tree": _toggle_tree,
    "coding.back_to_text": _back_to_text,
    "coding.search": lambda screen: screen.workbench.perform("go.search"),
    "text.memo": _memo,
    "text.transcript_memo": _transcript_memo,
    "text.framework": _framework,
}
