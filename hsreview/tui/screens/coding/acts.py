"""What a coder does to the text: apply, repeat, in vivo, delete, undo, review, copy. Each is stored before it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _
from hsreview.model.codebook import Code
from hsreview.model.coding import Coding, Origin
from hsreview.model.text import Span
from hsreview.project import queries
from hsreview.tui.clipboard import copy
from hsreview.tui.slots import DIGITS
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows import assigning, people
from hsreview.workflows import coding as acts
from hsreview.workflows.leaving import check_words

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.workflows.undoing import UndoResult

Handler = Callable[[Any], None]
OWN_ACTS = frozenset({"coding", "memo", "code", "reviewed", "translation"})
"""What undo takes back here without a question."""


def apply_codes(screen: CodingScreen, code_ids: Iterable[str], origin: Origin = Origin.TYPED) -> list[Coding]:
    """Put codes on the selection."""
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return []
    wanted = list(code_ids)
    stored = acts.add_codings(
        screen.session.project, screen.coder(), desk.version_id, *span, wanted, origin=origin, pass_=desk.pass_
    )
    new = [coding for coding in stored if coding.id not in desk.codings]
    _remember_codes(screen, span, stored)
    if not new:
        screen.say(_("This code stands here already."))
        return stored
    show_stored(screen, new)
    return stored


def show_stored(screen: CodingScreen, codings: Iterable[Coding]) -> None:
    """Show codings that have just been committed."""
    desk = screen.desk
    assert desk is not None
    for coding in codings:
        before = desk.codings.get(coding.id)
        desk.put(coding)
        screen.text.add_coding(desk.view_of(coding))
        if before is None:
            screen.code_tree.count(coding.code_id, 1)
    screen.saved()
    screen.refresh_bars()


def _remember_codes(screen: CodingScreen, span: Span, codings: Collection[Coding]) -> None:
    """Keep them for `repeat`, and give their codes slots."""
    screen.applied.add(span, codings)
    if screen.session.slots_used([coding.code_id for coding in codings]):
        screen.call_later(screen.workbench.guarded, screen.session.remember_slots)


def _slot(index: int) -> Handler:
    def handler(screen: CodingScreen) -> None:
        code_id = screen.session.slots.codes[index]
        if code_id is None:
            told = _("Slot {slot} is empty. A code chosen with {key} takes the next free one.")
            screen.say(told.format(slot=DIGITS[index], key=screen.key("text.picker")))
            return
        apply_codes(screen, [code_id])

    return handler


def _repeat(screen: CodingScreen) -> None:
    last = screen.applied.last(screen.session.project)
    codes = [code_id for code_id in last if screen.session.usable(code_id)]
    if codes:
        apply_codes(screen, codes)
    elif screen.applied:
        screen.say(_("Nothing to repeat: none of the codes that were applied last still stands."))
    else:
        screen.say(_("Nothing to repeat: no code was applied yet."))


def _in_vivo(screen: CodingScreen) -> None:
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return
    made = acts.in_vivo(screen.session.project, screen.coder(), desk.version_id, *span, pass_=desk.pass_)
    show_new_code(screen, span, *made)
    name = screen.session.code_name(made[0].id)
    screen.say(Piece(_("New code from these words, proposed to the lead:")), Piece(f" {name}", "strong"))


def show_new_code(screen: CodingScreen, span: Span, code: Code, coding: Coding) -> None:
    """Show a code that was made with its first coding, which stands on `span`."""
    screen.session.read_codebook()
    _remember_codes(screen, span, [coding])
    show_stored(screen, [coding])
    screen.code_tree.reread(screen.session)


def remove(screen: CodingScreen, coding: Coding) -> None:
    """Take a coding away."""
    acts.remove_coding(screen.session.project, screen.coder(), coding.id)
    desk = screen.desk
    assert desk is not None
    desk.drop(coding.id)
    screen.text.remove_coding(coding.id)
    screen.code_tree.count(coding.code_id, -1)
    screen.saved()
    screen.refresh_bars()
    name = screen.session.code_name(coding.code_id)
    key = screen.key("text.undo")
    screen.say(Piece(_("Deleted:")), Piece(f" {name}", name.hue), Piece(f"  {key}", "key"), Piece(f" {_('undo')}"))


def _delete(screen: CodingScreen) -> None:
    own = screen.own_here()
    current = screen.text.current_coding
    if current is not None and current.mine:
        own = [coding for coding in own if coding.id == current.id]
    if not own:
        others = screen.text.codings_here()
        screen.say(_("Codings of other coders stay theirs.") if others else _("There is no coding of yours here."))
    elif len(own) == 1:
        remove(screen, own[0])
    else:
        choose_coding(screen, _("Delete which coding?"), own, lambda coding: remove(screen, coding))


def choose_coding(screen: CodingScreen, title: str, codings: Iterable[Coding], then: Callable[[Coding], None]) -> None:
    """Let the coder choose one of several codings by a digit."""
    desk = screen.desk
    assert desk is not None
    entries = []
    for index, coding in enumerate(list(codings)[: len(DIGITS)]):
        view = desk.view_of(coding)
        where = f"{desk.place(coding.start)}–{desk.place(coding.end - 1)}"
        details = screen.session.details(coding)
        label = f"{view.name}  {where}" + (f"  {details}" if details else "")
        entries.append(Entry(screen.digit_keys(index), label, lambda coding=coding: then(coding), view.hue))  # type: ignore[misc]
    screen.show_menu(title, entries, avoid=screen.selection_region())


def _undoing(screen: CodingScreen) -> Undoing:
    transcript = screen.desk.transcript if screen.desk is not None else None
    return Undoing(
        screen, OWN_ACTS, transcript, partial(_toggled, screen), lambda reason: screen.say(Piece(reason, "warn"))
    )


def _toggled(screen: CodingScreen, result: UndoResult, said: str) -> None:
    """Show what undo or redo left, go there, and say it."""
    screen.saved()
    _show_toggled(screen, result)
    desk = screen.desk
    if desk is not None and result.version_id == desk.version_id and result.start is not None:
        screen.text.select(result.start, result.end or result.start + 1)
    screen.say(said)


def _show_toggled(screen: CodingScreen, result: UndoResult) -> None:
    """Show what undo or redo left; only the touched codings where nothing else was touched."""
    desk, session = screen.desk, screen.session
    if desk is None or set(result.changed) != {"coding"}:
        session.read_codebook()
        screen.reread()
        return
    for coding_id in result.codings:
        before = desk.codings.get(coding_id)
        found = queries.codings(session.project.connection, coding_id=coding_id, layer=None)
        if before is not None:
            desk.drop(coding_id)
            screen.text.remove_coding(coding_id)
            screen.code_tree.count(before.code_id, -1)
        if found and found[0].version_id == desk.version_id and desk.in_reading(found[0]):
            show_stored(screen, found)
    screen.refresh_bars()


def _reviewed(screen: CodingScreen) -> None:
    if screen.desk is None:
        return
    if screen.reviewed:
        take_back = Entry(("enter",), _("Take the mark away"), lambda: _mark(screen, done=False))
        screen.show_menu(_("You marked this transcript as reviewed."), [take_back], avoid=screen.selection_region())
    else:
        _mark(screen, done=True)


def _mark(screen: CodingScreen, *, done: bool) -> None:
    desk, session, coder = screen.desk, screen.session, screen.coder()
    if desk is None:
        return
    acts.mark_reviewed(session.project, coder, desk.transcript.id, done, desk.pass_)
    screen.saved()
    screen.reread()
    if not done:
        screen.say(_("No longer marked as reviewed."))
        return
    following = assigning.next_assigned(session.project, coder.id, desk.transcript.id)
    screen.next_offered = following
    if following is None:
        screen.say(_("Reviewed. No other transcript waits for you."))
    else:
        key = screen.key("text.details")
        screen.say(_("Reviewed."), Piece(f"  {key}", "key"), Piece(f" {_('opens the next one:')} {following.name}"))


def _copy_quote(screen: CodingScreen) -> None:
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return
    check_words(screen.session.project, desk.transcript.id, desk.version_id, *span)
    turn = desk.turn_at(span[0])
    label = turn.speaker if turn else None
    person = people.respondent_of(screen.session.project, desk.transcript.id, label)
    first, last = desk.place(span[0]), desk.place(span[1] - 1)
    where = f"{desk.transcript.name} {first}" + ("" if first == last else f"–{last}")
    source = f"{person.name}, {where}" if person else where
    words = desk.text.text[span[0] : span[1]]
    quote = _("“{words}” ({source})").format(words=" ".join(words.split("\n")), source=source)
    said = copy(screen.app, quote, keep=not screen.session.project.is_encrypted)
    screen.say(said if person else said + " " + _("This speaker has no pseudonym yet; only the place is named."))


HANDLERS: Mapping[str, Handler] = {
    **{f"text.slot_{digit}": _slot(index) for index, digit in enumerate(DIGITS)},
    "text.repeat": _repeat,
    "text.in_vivo": _in_vivo,
    "text.delete": _delete,
    "text.undo": lambda screen: _undoing(screen).undo(),
    "text.redo": lambda screen: _undoing(screen).redo(),
    "text.reviewed": _reviewed,
    "text.copy_quote": _copy_quote,
}
