"""What every screen of the workbench has: header, body, prompt line, footer, floating panels and their keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from hsreview.base.messages import _
from hsreview.tui.action import Action, Scope
from hsreview.tui.actions import actions_of, find
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import bind, types_a_character
from hsreview.tui.slots import DIGITS
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench
    from hsreview.tui.session import Session
    from hsreview.tui.widgets.chooser import Choice, Chooser
    from hsreview.tui.widgets.key_menu import Entry, KeyMenu

NEVER_TAKEN = ("everywhere.quit", "everywhere.help", "everywhere.lock")
"""What works also while a panel takes the keys, by those of its keys that type nothing."""
LEAST_WIDTH, LEAST_HEIGHT = 60, 15
"""Below this size a screen only says that it is too small."""


class KeyTaker(Protocol):
    """Something that takes the keys while it is open."""

    def take_key(self, event: events.Key) -> bool: ...

    def take_paste(self, text: str) -> None: ...


class BaseScreen(Screen[None], inherit_bindings=False):
    """A screen of the workbench. Subclasses give scopes, handlers and a body."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {}
    ABOUT: ClassVar[HelpText | None] = None
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.header = Bar(id="header")
        self.prompt = Prompt()
        self.footer = Bar(id="footer")
        self.takers: list[KeyTaker] = []
        self.ready = False
        """Whether the screen is filled; keys that come earlier wait."""
        self.early: list[events.Event] = []
        self._focus_before: Widget | None = None
        self._laid_out: Size | None = None
        self._chooser: Chooser | None = None
        self._menu: KeyMenu | None = None

    @property
    def workbench(self) -> Workbench:
        """The application."""
        return cast("Workbench", self.app)

    @property
    def session(self) -> Session:
        """The open project and coder; only screens of an open project ask for it."""
        session = self.workbench.session
        assert session is not None
        return session

    def compose(self) -> ComposeResult:
        yield self.header
        yield from self.body()
        yield self.prompt
        yield self.footer

    def body(self) -> Iterable[Widget]:
        """What stands between header and footer."""
        return ()

    def on_mount(self) -> None:
        bind(self, self.workbench.keymap, self.SCOPES)
        self.workbench.guarded(self.fill)
        self.refresh_footer()
        self.ready = True
        for event in self.early:
            self.app.post_message(event)

    def fill(self) -> None:
        """Show what the screen shows, for the first time."""
        self.reread()

    def reread(self) -> None:
        """Show again what is in the project now."""

    def before_action(self) -> None:
        """Called before every action of this screen."""

    def after_action(self) -> None:
        """Called after every action of this screen."""

    def coder_leaves(self) -> bool:
        """Another coder takes the keyboard: store what this one wrote. False when it cannot be stored."""
        return True

    def before_lock(self) -> None:
        """The workbench is locked now, and the screen covered: store what can be stored without leaving."""

    def unstored(self) -> str:
        """What would be lost with this screen, in a sentence; empty when nothing would."""
        return ""

    def first_focus(self) -> Widget | None:
        """The part of the screen that has the focus first."""
        return None

    def on_screen_resume(self) -> None:
        self.refresh_footer()

    def keys_are_ours(self) -> bool:
        """Whether what has the focus is a widget of the workbench, not a text field of Textual."""
        return self.focused is None or bool(getattr(self.focused, "SCOPES", ()))

    def selection_region(self) -> Region | None:
        """The part of the screen that a floating panel must not cover."""
        return None

    def every(self, seconds: float, work: Callable[[], object]) -> Timer:
        """Do `work` again and again, but not while the workbench is locked."""
        return self.set_interval(seconds, lambda: None if self.workbench.locker.locked else work())

    # Keys of floating panels

    def offer(self, event: events.Key | events.Paste) -> bool:
        """Give the event to the panel that was opened last; true when it was used."""
        if not self.takers:
            return False
        taker = self.takers[-1]
        if isinstance(event, events.Paste):
            taker.take_paste(event.text)
            return True
        entry = self.workbench.keymap.action_for(event.key, Scope.EVERYWHERE)
        # A panel that keeps keys for later keeps all of them, in their order.
        keeps = getattr(taker, "KEEPS_KEYS", False)
        if entry is not None and entry.id in NEVER_TAKEN and not types_a_character(event.key) and not keeps:
            return self.workbench.perform(entry.id)
        return taker.take_key(event)

    def choose(self, choice: Choice, *, avoid: Region | None = None, width: int = 76, height: int = 14) -> None:
        """Open the chooser."""
        from hsreview.tui.widgets.chooser import Chooser

        chooser = self._chooser
        if chooser is None:
            chooser = self._chooser = Chooser(self.workbench.keymap)
            self.mount(chooser)
        chooser.on_closed = lambda: self._panel_closed(chooser)
        chooser.open(choice, self.size, avoid, width=width, height=height)
        self._panel_opened(chooser)

    def show_menu(
        self, title: str, entries: Sequence[Entry], *, avoid: Region | None = None, delay: float = 0.0, hint: str = "",
        keeps: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        """Open the key menu; with `keeps`, other keys than these and those of its lines close it and go on."""
        from hsreview.tui.widgets.key_menu import KeyMenu

        menu = self._menu
        if menu is None:
            menu = self._menu = KeyMenu()
            self.mount(menu)
        menu.on_closed = lambda: self._panel_closed(menu)
        self._panel_opened(menu)
        menu.open(title, entries, self.size, avoid, delay=delay, hint=hint, keeps=keeps)

    def menu_shows(self, entries: Sequence[Entry]) -> bool:
        """Whether the key menu is open with these very entries."""
        return self._menu is not None and self._menu.is_open and self._menu.entries is entries

    def ask(
        self,
        question: str,
        done: Callable[[str], None],
        *,
        text: str = "",
        select: bool = True,
        typed: Callable[[str], None] | None = None,
        given_up: Callable[[], None] | None = None,
        secret: bool = False,
        must: bool = False,
    ) -> None:
        """Ask for a line of text at the foot of the screen; an error that `done` raises leaves the question open.

        The proposed `text` is selected, unless it is (`select=False`) a beginning to go on from.
        Dots stand for the letters of a `secret`. Where one `must` answer, no way to give up is offered.
        """
        prompt = self.prompt
        opened, closed = partial(self._panel_opened, prompt), partial(self._panel_closed, prompt)
        opened()
        prompt.open(Question(question, done, typed, given_up, opened, closed, secret, must), text, select=select)

    def close_panels(self) -> None:
        """Take every floating panel away."""
        for panel in (self._chooser, self._menu):
            if panel is not None and panel in self.takers:
                panel.close()
        if self.prompt in self.takers:
            self.prompt.give_up()

    def _panel_opened(self, taker: KeyTaker) -> None:
        if taker in self.takers:
            self.takers.remove(taker)
        self.takers.append(taker)
        self.refresh_footer()

    def _panel_closed(self, taker: KeyTaker) -> None:
        if taker in self.takers:
            self.takers.remove(taker)
        self.refresh_footer()

    def key(self, *identities: str) -> str:
        """The keys of these actions as they are now, written for people: `g t`."""
        return " ".join(self.workbench.keymap.shown(find(identity)) for identity in identities)

    def digit_keys(self, index: int) -> tuple[str, ...]:
        """The keys of the digit at `index` (0 is `1`), as every keyboard sends them; nothing beyond ten."""
        if not 0 <= index < len(DIGITS):
            return ()
        return self.workbench.keymap.keys(find(f"text.slot_{DIGITS[index]}"))

    # Footer

    def about(self) -> HelpText | None:
        """What help says of the panel that takes the keys, else of what has the focus."""
        nodes = [self.takers[-1]] if self.takers else (self.focused or self).ancestors_with_self
        found = (getattr(node, "ABOUT", None) for node in nodes)
        return next((text for text in found if isinstance(text, HelpText)), None)

    def help_scopes(self) -> list[Scope]:
        """The scopes whose keys help lists."""
        if self.takers:
            return [Scope.CHOOSER] if self.takers[-1] is self._chooser else []
        scopes = self.scopes()
        return list(dict.fromkeys([*scopes, Scope.GO, *([Scope.CHOOSER] if Scope.TEXT in scopes else [])]))

    def scopes(self) -> list[Scope]:
        """The scopes whose keys work now, the nearest first."""
        if self._chooser is not None and self._chooser in self.takers:
            return [Scope.CHOOSER]
        nodes = (self.focused or self).ancestors_with_self
        return list(dict.fromkeys(scope for node in nodes for scope in getattr(node, "SCOPES", ())))

    def can_perform(self, identity: str) -> bool:
        """Whether something here can do the action."""
        return any(identity in getattr(node, "HANDLERS", {}) for node in (self.focused or self).ancestors_with_self)

    def live_actions(self) -> list[Action]:
        """The actions that can be done now, without those whose key a nearer scope uses."""
        taken: set[str] = set()
        found = []
        ours = self.keys_are_ours()
        for scope in self.scopes():
            for entry in actions_of(scope):
                keys = set(self.workbench.keymap.keys(entry))
                keys = keys if ours else {key for key in keys if not types_a_character(key)}
                if keys <= taken or not self._works(entry):
                    continue
                found.append(entry)
            taken |= {key for entry in actions_of(scope) for key in self.workbench.keymap.keys(entry)}
        return found

    def _works(self, entry: Action) -> bool:
        if entry.scope is Scope.CHOOSER:
            return self._chooser is not None and self._chooser.offers(entry.name)
        return self.can_perform(entry.id)

    def footer_key(self, entry: Action) -> str:
        """How the footer writes the key of an action; the ten slots stand there as one."""
        shown = self.workbench.keymap.shown
        last = find(f"{entry.scope}.slot_0") if entry.name == "slot_1" else None
        return f"{shown(entry)}-{shown(last)}" if last is not None else shown(entry)

    def refresh_footer(self) -> None:
        """Write the keys that work now, as many as there is room for."""
        if not self.is_attached:
            return
        if self.takers and self.takers[-1] is self.prompt:
            self.footer.show_line(self.prompt.footer())
            return
        shown = sorted((entry for entry in self.live_actions() if entry.show), key=lambda entry: -entry.show)
        pieces: list[Piece] = []
        names: set[str] = set()
        room = self.size.width - 1
        for entry in shown:
            if entry.name in names:
                continue
            key, label = self.footer_key(entry), _(entry.label)
            if len(key) + len(label) + 3 <= room:
                names.add(entry.name)
                room -= len(key) + len(label) + 3
                pieces += [Piece(f" {key} ", "key", entry.id), Piece(f"{label} ", "", entry.id)]
        self.footer.show_line(pieces)

    def on_descendant_focus(self) -> None:
        self.refresh_footer()

    def on_bar_clicked(self, message: Bar.Clicked) -> None:
        self.workbench.perform(message.action)

    # Size

    def on_resize(self, event: events.Resize) -> None:
        too_small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        if too_small and not self.has_class("-too-small"):
            self._focus_before = self.focused
        elif not too_small and self.has_class("-too-small"):
            self.call_after_refresh(self.set_focus, self._focus_before)
        self.set_class(too_small, "-too-small")
        self.header.set_class(too_small, "-too-small")
        self.resized(event)
        if too_small:
            sentence = _("The terminal is too small: {width}×{height}. Make it at least {least}.")
            text = sentence.format(
                width=event.size.width, height=event.size.height, least=f"{LEAST_WIDTH}×{LEAST_HEIGHT}"
            )
            from hsreview.tui.widgets.floating import wrapped

            lines = wrapped(text, event.size.width, event.size.height)
            self.header.show(*(([Piece(line, "warn")], ()) for line in lines))
        else:
            self.refresh_header()
        # The first size, and the same size again, move no panel; a question may have been asked before.
        if self._laid_out not in (None, event.size):
            self.close_panels()
        self._laid_out = event.size
        self.refresh_footer()

    def resized(self, event: events.Resize) -> None:
        """Called when the size changed."""

    def refresh_header(self) -> None:
        """Write the header."""

    def show_header(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        """Write the header, unless the terminal is too small for anything."""
        if not self.has_class("-too-small"):
            self.header.show_line(left, right)
