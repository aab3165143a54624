"""What is done to the matches of a search: narrowed, sorted, marked, coded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.coding import Origin
from hsreview.model.text import Role
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.slots import DIGITS
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import autocoding, reading
from hsreview.workflows.autocoding import Unit
from hsreview.workflows.searching import How, Order
from hsreview.workflows.undoing import UndoResult

if TYPE_CHECKING:
    from hsreview.tui.screens.search import SearchScreen

ROLE_NAMES: Mapping[Role, str] = {
    Role.INTERVIEWER: N_("interviewer"),
    Role.RESPONDENT: N_("respondent"),
    Role.OTHER: N_("other"),
}
_Kind = TypeVar("_Kind", bound=StrEnum)


HOW_CHOICES: Mapping[How, tuple[str, str]] = {
    How.WORDS: (N_("words"), N_('with "phrases", beginnings* and NEAR(peace budget, 5)')),
    How.REGEX: (N_("pattern"), N_("a regular expression")),
    How.LEMMA: (N_("forms"), N_("words in all their forms, where a spaCy model is installed")),
    How.CUES: (N_("cues"), N_("cues and typical words of a code, in what respondents say")),
}


def _after(one: _Kind, kinds: type[_Kind]) -> _Kind:
    """The kind that comes after one, the first after the last."""
    every = list(kinds)
    return every[(every.index(one) + 1) % len(every)]


def _choice(title: str, rows: Sequence[Row], choose: Callable[[Row], None]) -> Choice:
    """One of a few rows, by any part of it."""

    def find(query: str) -> Sequence[Row]:
        words = fold(query).split()
        return [row for row in rows if all(word in fold(" ".join(row.cells)) for word in words)]

    return Choice(title, find, choose, (Column("", 16, hued=True), Column("")), total=len(rows))


def _how(screen: SearchScreen) -> None:
    rows = [Row(str(how), (_(name), _(said))) for how, (name, said) in HOW_CHOICES.items()]

    def choose(row: Row) -> None:
        screen.workbench.guarded(lambda: screen.search(how=How(row.key)))

    screen.choose(_choice(_("Search for what?"), rows, choose))


def _mark(screen: SearchScreen) -> None:
    row = screen.rows.current
    if row is not None:
        screen.marked ^= {row.key}
        screen.show_marks()
        screen.rows.move(1)


def _mark_all(screen: SearchScreen) -> None:
    listed = {row.key for row in screen.rows.rows}
    screen.marked = set() if listed <= screen.marked else screen.marked | listed
    screen.show_marks()


def code(screen: SearchScreen, code_id: str) -> None:
    """Put a code on the matches that are meant: one act."""
    coder = screen.workbench.coder()
    places = [(line.hit.version_id, line.start, line.end) for line in screen.meant()]
    asked = screen.asked
    meant = asked.how is How.CUES and reading.find_code(screen.session.codebook, asked.words).id == code_id
    origin = Origin.SUGGESTED if meant else Origin.AUTOCODED
    done = autocoding.code_places(screen.session.project, coder, places, code_id, asked.unit, origin=origin)
    if screen.session.slots_used([code_id]):
        screen.session.remember_slots()
    if done.made:
        screen.coded[done.codings] = frozenset(screen.marked)
        screen.marked.clear()
    screen.workbench.refresh_screens()
    name = screen.session.code_name(code_id)
    said = ngettext("{n} coding made: {code}.", "{n} codings made: {code}.", done.made).format(n=done.made, code=name)
    if done.present:
        told = ngettext("{n} stood there already.", "{n} stood there already.", done.present)
        said += " " + told.format(n=done.present)
    screen.say(said)


def _slot(index: int) -> Callable[[SearchScreen], None]:
    def handler(screen: SearchScreen) -> None:
        code_id = screen.session.slots.codes[index]
        if code_id is None:
            told = _("Slot {slot} is empty. A code chosen with {key} takes the next free one.")
            raise InputRefused(told.format(slot=DIGITS[index], key=screen.key("search.code").split()[0]))
        code(screen, code_id)

    return handler


def _picker(screen: SearchScreen) -> None:
    screen.workbench.coder()
    n = len(screen.meant())
    if not n:
        raise InputRefused(_("There is nothing to code: no match is meant."))
    title = ngettext("Code {n} match", "Code {n} matches", n).format(n=n)

    def choose(code_id: str) -> None:
        screen.workbench.guarded(lambda: code(screen, code_id))

    screen.choose(code_choice(screen, title, choose))


# Where is searched

Limit = tuple[str, str, Mapping[str, Any]]
"""What it limits, to what (both for people), and the arguments that say so."""


def _limits(screen: SearchScreen) -> list[Limit]:
    from hsreview.workflows.search_scopes import ANY, choices

    known = choices(screen.session.project)
    found: list[Limit] = [(_("group"), name, {"group": group}) for group, name in known.group_names.items()]
    found += [(_("role"), _(name), {"role": str(role)}) for role, name in ROLE_NAMES.items()]
    found += [(_("language"), language, {"language": language}) for language in known.languages]
    found += [(_("coded"), _("with any code"), {"coded": ANY[0]}), (_("not coded"), _("at all"), {"uncoded": ANY[0]})]
    for name, values in known.attributes.items():
        found += [(name, value, {"attributes": {name: value}}) for value in values]
    found += [(_("transcript"), t.name, {"transcript": t.name}) for t in reading.transcripts(screen.session.project)]
    usable = [(code_id, str(name)) for code_id, name in screen.session.names.items() if screen.session.usable(code_id)]
    found += [(_("coded"), name, {"coded": code_id}) for code_id, name in usable]
    found += [(_("not coded"), name, {"uncoded": code_id}) for code_id, name in usable]
    return found


def _narrow(screen: SearchScreen) -> None:
    limits = _limits(screen)
    rows = [Row(str(number), (what, value)) for number, (what, value, _said) in enumerate(limits)]

    def choose(row: Row) -> None:
        said = limits[int(row.key)][2]
        before = dict(screen.asked.limits)
        if {"coded", "uncoded"} & said.keys():
            before = {name: value for name, value in before.items() if name not in ("coded", "uncoded")}
        if "attributes" in said:
            said = {"attributes": {**before.get("attributes", {}), **said["attributes"]}}
        screen.workbench.guarded(lambda: screen.search(limits={**before, **said}))

    screen.choose(_choice(_("Search only where?"), rows, choose))


def _undoing(screen: SearchScreen, *, back: bool) -> Undoing:
    """With `back` for undo, which brings the marks of the matches back; redo takes them away again."""

    def done(result: UndoResult, said: str) -> None:
        used = screen.coded.get(frozenset(result.codings), frozenset())
        screen.marked = screen.marked | used if back else screen.marked - used
        screen.workbench.refresh_screens()
        screen.say(said)

    def refused(reason: str) -> None:
        screen.say(reason, "warn")

    return Undoing(screen, frozenset({"coding"}), None, done, refused)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "search.how": _how,
    "search.narrow": _narrow,
    "search.everywhere": lambda screen: screen.search(limits={}),
    "search.sort": lambda screen: screen.search(order=_after(screen.asked.order, Order)),
    "search.unit": lambda screen: screen.search(unit=_after(screen.asked.unit, Unit)),
    "search.mark": _mark,
    "search.mark_all": _mark_all,
    **{f"search.slot_{digit}": _slot(index) for index, digit in enumerate(DIGITS)},
    "search.code": _picker,
    "search.undo": lambda screen: _undoing(screen, back=True).undo(),
    "search.redo": lambda screen: _undoing(screen, back=False).redo(),
}
