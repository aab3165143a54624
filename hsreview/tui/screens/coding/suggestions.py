"""Suggested codes for the selection, on one key: a list with reasons; a digit or Enter puts a code there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _
from hsreview.model.coding import Origin
from hsreview.model.text import Span
from hsreview.tui.keymap import key_text
from hsreview.tui.screens.coding.acts import apply_codes
from hsreview.tui.session import short
from hsreview.tui.slots import DIGITS
from hsreview.tui.widgets.bar import fitted
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows.projects import Project

if TYPE_CHECKING:
    from hsreview.model.people import Coder
    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.workflows.suggesting import Helper, Proposal

WIDTH = 58
"""Cells of a suggestion in the list."""
LONGEST = 10_000
"""Characters of a selection that is answered at once."""


@dataclass(slots=True)
class Suggesting:
    """What the screen keeps of suggestions; all of it in memory."""

    helper: Helper | None = None
    coder_id: str = ""
    """Whose view the helper has."""
    prepared: set[str] = field(default_factory=set)
    """Versions whose words were looked up."""
    busy: bool = False


def _suggest(screen: CodingScreen) -> None:
    """Show what is suggested for the selection, as soon as it is known."""
    desk, span, state = screen.desk, screen.text.selection, screen.suggesting
    if desk is None or span is None:
        return
    coder = screen.coder()
    if span[1] - span[0] > LONGEST:
        screen.say(_("This is too long for a suggestion: select a sentence or a few of them."))
    elif state.busy:
        screen.say(_preparing())
    elif _ready(screen, coder):
        show(screen, span)
    else:
        _prepare(screen, coder, span)


def _preparing() -> str:
    return _("Suggestions are being prepared; go on meanwhile.")


def _ready(screen: CodingScreen, coder: Coder) -> bool:
    state, desk = screen.suggesting, screen.desk
    helper = state.helper
    if helper is None or desk is None or state.coder_id != coder.id or desk.version_id not in state.prepared:
        return False
    return helper.stands(screen.session.project)


def _prepare(screen: CodingScreen, coder: Coder, span: Span) -> None:
    """Learn beside the screen, with a list that waits; then show what is suggested, unless somebody went on.

    The list takes the digits: one that is meant for it would code with a slot else.
    """
    desk, state = screen.desk, screen.suggesting
    assert desk is not None
    root, text, version = screen.session.project.root, desk.text.text, desk.version_id
    old = state.helper if state.coder_id == coder.id else None
    state.busy = True

    def wait() -> None:
        _show_list(screen, waiting, key_text("escape"))

    waiting = [Entry((), _("preparing suggestions …"), wait)]
    wait()

    def work() -> Helper:
        from hsreview.workflows.suggesting import Helper, taught_by

        try:
            with Project.open(root) as own:
                helper = old if old and old.taught else Helper(taught_by(own, None, coder), coder)
                helper.refresh(own)
                helper.prepare(text)
                return helper
        except BaseException:
            screen.workbench.call_from_thread(lambda: screen.close_panels() if screen.menu_shows(waiting) else None)
            raise
        finally:
            state.busy = False

    def done(helper: Helper) -> None:
        if state.coder_id != coder.id:
            state.prepared.clear()
        state.helper, state.coder_id = helper, coder.id
        state.prepared.add(version)
        here = screen.desk is not None and screen.desk.version_id == version
        wanted = screen.menu_shows(waiting)
        if wanted:
            screen.close_panels()
        screen.refresh_status()
        if wanted and here and screen.text.selection == span and screen.is_current:
            show(screen, span)

    screen.workbench.in_background(work, done)


def show(screen: CodingScreen, span: Span) -> None:
    """The list of suggestions for `span`, which stays selected."""
    desk, helper = screen.desk, screen.suggesting.helper
    if desk is None or helper is None:
        return
    taken = {coding.code_id for coding in screen.own_here()}
    found = helper.propose(desk.text.text[slice(*span)], desk.transcript.language, taken=taken)
    found = [each for each in found if screen.session.usable(each.code_id)]
    if found:
        _offer(screen, found, frozenset())
    else:  # A list all the same: a digit that is typed out of habit would code with a slot else.
        nothing = Entry((), _("Nothing to suggest here: no cue, and nothing typical."), lambda: None)
        _show_list(screen, [nothing], key_text("escape"))


def _offer(screen: CodingScreen, found: Sequence[Proposal], done: frozenset[str]) -> None:
    """Show the proposals, those that are `done` with a tick: a digit means one code as long as the list is open."""
    _show_list(screen, _entries(screen, found, done), _("Digit or Enter puts it there  Esc"))


def _show_list(screen: CodingScreen, entries: Sequence[Entry], hint: str) -> None:
    """Digits mean lines of the list, and never a slot while it is open."""
    digits = frozenset(key for index in range(len(DIGITS)) for key in screen.digit_keys(index))
    screen.show_menu(
        _("Suggested, and why"), entries, avoid=screen.selection_region(), hint=hint, keeps=digits
    )  # fmt: skip


def _entries(screen: CodingScreen, found: Sequence[Proposal], done: frozenset[str]) -> list[Entry]:
    from hsreview.workflows.suggestion_words import why

    entries = []
    for index, proposal in enumerate(found):
        name = screen.session.code_name(proposal.code_id)
        label = fitted(f"{name.ref} {short(name.label)} – {why(proposal.reasons)}", WIDTH).rstrip()

        def apply(code_id: str = proposal.code_id) -> None:
            screen.message = []
            apply_codes(screen, [code_id], Origin.SUGGESTED)
            now = done | {code_id}
            if len(now) < len(found):
                _offer(screen, found, now)

        entries.append(Entry(screen.digit_keys(index), label, apply, name.hue, done=proposal.code_id in done))
    return entries


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.suggest": _suggest}
