"""Flags, modifiers, pins and ways of showing codings, each by a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.base.settings import change_setting
from hsreview.model.codebook import Modifier
from hsreview.model.coding import Coding
from hsreview.tui.keymap import key_name
from hsreview.tui.screens.coding.acts import show_stored
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.slots import DIGITS
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.transcript_paint import Highlight
from hsreview.workflows import coding as acts

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def keys_for(screen: CodingScreen, wanted: Sequence[str]) -> list[tuple[str, ...]]:
    """The keys of each entry of a menu: the sign that the codebook gives it, else the first free letter."""
    taken = {sign for sign in wanted if sign}
    free = (letter for letter in LETTERS if letter not in taken)
    return [_keys(screen, sign or next(free, "")) for sign in wanted]


def _keys(screen: CodingScreen, sign: str) -> tuple[str, ...]:
    if sign in DIGITS:
        return screen.digit_keys(DIGITS.find(sign)) if sign else ()
    name = key_name(sign)
    return (name,) if name else ()


def _flags(screen: CodingScreen) -> None:
    coding = _target(screen)
    flags = screen.session.codebook.flags
    if coding is None:
        return
    if not flags:
        screen.say(_("The codebook has no flags."))
        return
    language = current_language()
    entries = [
        Entry(
            keys,
            flag.label.get(language) or flag.ref,
            lambda ref=flag.ref: _toggle_flag(screen, coding, ref),  # type: ignore[misc]
            on=flag.ref in coding.flags,
        )
        for flag, keys in zip(flags, keys_for(screen, [flag.key for flag in flags]), strict=True)
    ]
    title = _("Flag {code}").format(code=screen.session.code_name(coding.code_id))
    screen.show_menu(title, entries, avoid=screen.selection_region())


def _toggle_flag(screen: CodingScreen, coding: Coding, ref: str) -> None:
    flags = [flag for flag in coding.flags if flag != ref] if ref in coding.flags else [*coding.flags, ref]
    _change(screen, coding, flags=flags)


def _modifiers(screen: CodingScreen) -> None:
    coding = _target(screen)
    if coding is None:
        return
    modifiers = screen.session.modifiers_for(coding.code_id)
    if not modifiers:
        screen.say(_("No modifier applies to this code."))
        return
    language = current_language()
    entries = [
        Entry(
            keys,
            _labelled(modifier, coding, language),
            lambda modifier=modifier: _values(screen, coding, modifier),  # type: ignore[misc]
            on=modifier.ref in coding.modifiers,
        )
        for modifier, keys in zip(modifiers, keys_for(screen, [m.key for m in modifiers]), strict=True)
    ]
    title = _("Qualify {code}").format(code=screen.session.code_name(coding.code_id))
    screen.show_menu(title, entries, avoid=screen.selection_region())


def _labelled(modifier: Modifier, coding: Coding, language: str) -> str:
    label = modifier.label.get(language) or modifier.ref
    value = coding.modifiers.get(modifier.ref)
    name = next((v.label.get(language) or v.ref for v in modifier.values if v.ref == value), "")
    return labelled(label, name) if name else f"{label} …"


def _values(screen: CodingScreen, coding: Coding, modifier: Modifier) -> None:
    language = current_language()
    present = coding.modifiers.get(modifier.ref)
    others = {ref: value for ref, value in coding.modifiers.items() if ref != modifier.ref}
    entries = [
        Entry(
            keys,
            value.label.get(language) or value.ref,
            lambda ref=value.ref: _change(  # type: ignore[misc]
                screen, coding, modifiers=others if ref == present else {**others, modifier.ref: ref}
            ),
            on=value.ref == present,
        )
        for value, keys in zip(modifier.values, keys_for(screen, [v.key for v in modifier.values]), strict=True)
    ]
    title = modifier.question.get(language) or modifier.label.get(language) or modifier.ref
    screen.show_menu(title, entries, avoid=screen.selection_region())


def _change(screen: CodingScreen, coding: Coding, **fields: Any) -> None:
    def store() -> None:
        new = acts.change_coding(screen.session.project, screen.coder(), coding.id, **fields)
        show_stored(screen, [new])

    screen.workbench.guarded(store)


def _target(screen: CodingScreen) -> Coding | None:
    coding = screen.target()
    if coding is None:
        screen.say(_("There is no coding of yours here."))
    return coding


def _pin(screen: CodingScreen) -> None:
    slots = screen.session.slots
    entries = []
    for index in range(len(DIGITS)):
        code_id = slots.codes[index]
        name = screen.session.code_name(code_id) if code_id else None
        entries.append(
            Entry(
                screen.digit_keys(index),
                str(name) if name else _("empty: choose a code"),
                lambda index=index: _pin_slot(screen, index),  # type: ignore[misc]
                name.hue if name else "",
                on=index in slots.pinned,
            )
        )
    screen.show_menu(_("Pin or free which slot?"), entries, avoid=screen.selection_region())


def _pin_slot(screen: CodingScreen, index: int) -> None:
    if screen.session.slots.codes[index] is not None:
        screen.session.slots.toggle_pin(index)
        _slots_changed(screen)
        return

    def choose(code_id: str) -> None:
        screen.session.slots.pin(index, code_id)
        _slots_changed(screen)

    title = _("Pin which code to slot {slot}?").format(slot=DIGITS[index])
    screen.choose(code_choice(screen, title, choose, uses=screen.code_tree.counts), avoid=screen.selection_region())


def _slots_changed(screen: CodingScreen) -> None:
    screen.session.remember_slots()
    screen.refresh_slots()


HIGHLIGHT_NAMES = {
    Highlight.TINT: N_("Coded text is tinted."),
    Highlight.UNDERLINE: N_("Coded text is underlined."),
    Highlight.MARGIN: N_("Codings show in the margin only."),
}


def _highlight(screen: CodingScreen) -> None:
    order = list(Highlight)
    chosen = order[(order.index(screen.text.highlight) + 1) % len(order)]
    screen.text.set_highlight(chosen)
    change_setting("highlight", chosen.value)
    screen.say(_(HIGHLIGHT_NAMES[chosen]))


def _hide_others(screen: CodingScreen) -> None:
    desk = screen.desk
    if desk is None:
        return
    desk.others_hidden = not desk.others_hidden
    screen.text.set_codings(desk.view_codings())
    if desk.others_hidden:
        screen.say(_("Codings of other coders are hidden."))
    else:
        others = sum(1 for coding in desk.codings.values() if not desk.mine(coding))
        blind = _("You code blind here until you mark the transcript reviewed.")
        screen.say(_("Codings of other coders are shown.") if others else blind)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "text.flags": _flags,
    "text.modifiers": _modifiers,
    "text.pin_slot": _pin,
    "text.highlight": _highlight,
    "text.hide_others": _hide_others,
}
