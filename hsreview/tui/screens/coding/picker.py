"""The code picker: a few letters of a name, number, path or cue, and the rule of the highlighted code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, current_language
from hsreview.model.codebook import CodePlace, Status
from hsreview.model.localized import Localized
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.screens.coding.acts import apply_codes, show_new_code
from hsreview.tui.session import Session
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import coding as acts

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen

SHOWN_AT_MOST = 200
COLUMNS = (
    Column("", hued=True),
    Column("", 26, least=62),
    Column("", 6, least=40),
    Column("", 9, right=True, least=50),
)


def code_row(session: Session, place: CodePlace, uses: int) -> Row:
    """A code in the picker: number and name, where it belongs, its slot, how often it was used."""
    name = session.code_name(place.code.id)
    digit = session.slots.digit_of(place.code.id)
    above = " › ".join([*place.questions[:2], place.theme.label.get(current_language())])
    proposed = " ?" if place.code.status is Status.PROPOSED else ""
    slot = _("key {digit}").format(digit=digit) if digit else ""
    return Row(place.code.id, (f"{name}{proposed}", above, slot, f"{uses} ×" if uses else "–"), hue=name.hue)


def rule_of(session: Session, code_id: str) -> str:
    """Definition, when to use and when not to use a code, in the interface language."""
    place = session.places.get(code_id)
    if place is None:
        return ""
    language = current_language()
    code = place.code
    parts = [code.definition.get(language)]
    if code.use:
        parts.append(_("Use: {rule}").format(rule=code.use.get(language)))
    if code.not_use:
        parts.append(_("Not: {rule}").format(rule=code.not_use.get(language)))
    return " ".join(part for part in parts if part) or _("This code has no rule yet.")


def code_choice(
    screen: BaseScreen,
    title: str,
    choose: Callable[[str], None],
    *,
    uses: Mapping[str, int] | None = None,
    stay: bool = False,
    again: Callable[[], None] | None = None,
    new: Callable[[str], None] | None = None,
    hint: str = "",
) -> Choice:
    """Ask for one code of the codebook; `choose` gets its id."""
    session = screen.session
    counts = uses or {}

    def find(query: str) -> Sequence[Row]:
        if query.strip():
            places = [hit.place for hit in session.index.search(query, SHOWN_AT_MOST)]
        else:
            places = [place for code_id, place in session.places.items() if session.usable(code_id)]
        return [code_row(session, place, counts.get(place.code.id, 0)) for place in places]

    total = sum(1 for code_id in session.places if session.usable(code_id))
    return Choice(
        title, find, lambda row: choose(row.key), COLUMNS, lambda row: rule_of(session, row.key),
        stay=stay, again=again, new=new, total=total, hint=hint,
    )  # fmt: skip


def _picker(screen: CodingScreen) -> None:
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return
    screen.coder()
    words = " ".join(desk.text.text[span[0] : min(span[1], span[0] + 70)].split())
    hint = _("Enter apply  Tab apply, stay  ctrl+n new code  Esc")
    last = bool(screen.applied)

    def again() -> None:
        if last:
            screen.workbench.perform("text.repeat")

    choice = code_choice(
        screen,
        _("Code “{words}”").format(words=words),
        lambda code_id: _apply(screen, code_id),
        uses=screen.code_tree.counts,
        stay=True,
        again=again if last else None,
        new=lambda label: propose(screen, label),
        hint=hint,
    )
    screen.choose(choice, avoid=screen.selection_region())


def _apply(screen: CodingScreen, code_id: str) -> None:
    screen.message = []
    screen.workbench.guarded(lambda: apply_codes(screen, [code_id]))


def propose(screen: CodingScreen, label: str) -> None:
    """Propose a new code and put it on the selection; without a label, ask for one."""
    if not label.strip():
        screen.ask(_("Name of the new code:"), lambda answer: propose(screen, answer) if answer.strip() else None)
        return

    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        return
    version, pass_, written = desk.version_id, desk.pass_, label.strip()

    def store() -> None:
        code, coding = acts.code_with_new(
            screen.session.project, screen.coder(), version, *span, Localized(fr=written, en=written), pass_
        )
        show_new_code(screen, span, code, coding)
        screen.say(_("New code, proposed to the lead: {name}").format(name=screen.session.code_name(code.id)))

    screen.workbench.guarded(store)


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.picker": _picker}
