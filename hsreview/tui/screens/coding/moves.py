"""Moving, selecting, scrolling, finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.line_editor import typed_number
from hsreview.tui.text.find import ANYWHERE
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.bar import Piece

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.tui.screens.coding.text import CodingText

Handler = Callable[[Any], None]


def _moving(move: Callable[[CodingText], object], nothing: str = "") -> Handler:
    def handler(screen: CodingScreen) -> None:
        moved = move(screen.text)
        if moved is False and nothing:
            screen.say(_(nothing))

    return handler


def _unit(unit: Unit) -> Handler:
    def handler(screen: CodingScreen) -> None:
        screen.text.set_unit(unit)
        screen.refresh_header()
        screen.refresh_status()

    return handler


def _sticky(screen: CodingScreen) -> None:
    screen.text.toggle_sticky()
    screen.refresh_header()
    told = _("Moving extends until you press {key} again.").format(key=screen.key("text.sticky"))
    screen.say(told if screen.text.sticky else _("Moving selects again."))


def _find(screen: CodingScreen) -> None:
    before = screen.text.selection

    def typed(query: str) -> None:
        screen.text.find(query)
        screen.refresh_status()

    def done(query: str) -> None:
        count = screen.text.find(query)
        if not query:
            screen.refresh_status()
        elif count:
            screen.say(places_found(count), *(_ways_on(screen) if count > 1 else ()))
        else:
            screen.say(_("Not found: {words}").format(words=query), *_inside(screen, query))

    def given_up() -> None:
        screen.text.find("")
        if before:
            screen.text.select(*before)
        screen.refresh_status()

    screen.ask(_("Find (* first: inside words):"), done, typed=typed, given_up=given_up)


def places_found(count: int) -> str:
    """How many places were found."""
    return ngettext("{count} place found.", "{count} places found.", count).format(count=count)


def _ways_on(screen: CodingScreen) -> Iterator[Piece]:
    """The keys that go from place to place, each with what it does."""
    for name, label in (("text.next_hit", _("next place")), ("text.previous_hit", _("previous place"))):
        yield Piece(f"  {screen.key(name)}", "key")
        yield Piece(f" {label}")


def _inside(screen: CodingScreen, query: str) -> list[str]:
    """What to type for words that stand only inside others."""
    if query.strip().startswith(ANYWHERE):
        return []
    anywhere = ANYWHERE + query.strip()
    count = screen.text.find(anywhere)
    screen.text.find(query)
    said = ngettext("{words} finds {count} place inside words.", "{words} finds {count} places inside words.", count)
    return [f"  {said.format(words=anywhere, count=count)}"] if count else []


def _go_to_turn(screen: CodingScreen) -> None:
    def done(answer: str) -> None:
        number = typed_number(answer)
        if number is None:
            raise InputRefused(_("That is not the number of a turn."))
        screen.text.go_to_turn(number)
        screen.refresh_status()

    screen.ask(_("Turn number:"), done)


HANDLERS: Mapping[str, Handler] = {
    "text.next_unit": _moving(lambda text: text.move_unit(1)),
    "text.previous_unit": _moving(lambda text: text.move_unit(-1)),
    "text.nudge_forward": _moving(lambda text: text.nudge(1)),
    "text.nudge_back": _moving(lambda text: text.nudge(-1)),
    "text.unit_word": _unit(Unit.WORD),
    "text.unit_sentence": _unit(Unit.SENTENCE),
    "text.unit_turn": _unit(Unit.TURN),
    "text.extend": _moving(lambda text: text.extend_unit(1)),
    "text.give_back": _moving(lambda text: text.extend_unit(-1)),
    "text.swap_ends": _moving(lambda text: text.swap_ends()),
    "text.sticky": _sticky,
    "text.next_coding": _moving(lambda text: text.next_coding(1), N_("There is no further coding.")),
    "text.previous_coding": _moving(lambda text: text.next_coding(-1), N_("There is no coding before this.")),
    "text.next_same": _moving(
        lambda text: text.next_coding(1, same_code=True), N_("There is no further coding of the code here.")
    ),
    "text.previous_same": _moving(
        lambda text: text.next_coding(-1, same_code=True), N_("There is no coding of the code here before this.")
    ),
    "text.next_uncoded": _moving(lambda text: text.next_uncoded(1), N_("Everything from here on is coded.")),
    "text.previous_uncoded": _moving(lambda text: text.next_uncoded(-1), N_("Everything before this is coded.")),
    "text.page_down": _moving(lambda text: text.action_page_down()),
    "text.page_up": _moving(lambda text: text.action_page_up()),
    "text.scroll_top": _moving(lambda text: text.action_scroll_home()),
    "text.scroll_end": _moving(lambda text: text.action_scroll_end()),
    "text.recentre": _moving(lambda text: text.recentre()),
    "text.find": _find,
    "text.next_hit": _moving(lambda text: text.next_hit(1), N_("Nothing was searched for yet.")),
    "text.previous_hit": _moving(lambda text: text.next_hit(-1), N_("Nothing was searched for yet.")),
    "go.top": _moving(lambda text: text.go_top()),
    "go.bottom": _moving(lambda text: text.go_end()),
    "go.line": _go_to_turn,
}
