"""The workbench: it opens a project for a coder, holds the screens, and tells what went wrong."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from hsreview.base.accidents import EXIT_ACCIDENT, write_report
from hsreview.base.errors import HsreviewError, InputRefused, ProjectSealed
from hsreview.base.messages import _
from hsreview.base.settings import setting
from hsreview.base.terminal import visible, visible_block
from hsreview.model.people import Coder
from hsreview.model.transcript import Transcript
from hsreview.tui.accidents import refusal, sentence
from hsreview.tui.action import Scope
from hsreview.tui.actions import find
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.clipboard import forget
from hsreview.tui.driver import lenient
from hsreview.tui.everywhere import HANDLERS
from hsreview.tui.hang_up import when_told_to_end
from hsreview.tui.keymap import bind, read_keymap
from hsreview.tui.locking import LOOK_EVERY, Locker
from hsreview.tui.session import Session
from hsreview.tui.themes import chosen_theme, themes
from hsreview.tui.ways import Ways
from hsreview.workflows.coders import choose_coder, remember_coder
from hsreview.workflows.projects import Project, open_project, place_warnings
from hsreview.workflows.retention import reminder

Answer = TypeVar("Answer")

LOOK_ELSEWHERE = 2.0
"""Seconds between two looks at what other programs committed."""
PATIENCE = 700
"""Milliseconds for which a key waits while another program writes; then the user is told, and may press it again."""


class Workbench(App[int], inherit_bindings=False):
    """The application."""

    CSS_PATH: ClassVar = [
        "workbench.tcss", "screens/coding/coding.tcss", "screens/list_screen.tcss", "screens/adjudication.tcss",
        "screens/charting.tcss", "screens/code_form.tcss", "screens/help.tcss", "screens/staging.tcss",
    ]  # fmt: skip
    """All styles at once: those that a screen brings make Textual read and apply every style sheet anew."""
    ENABLE_COMMAND_PALETTE = False
    SCOPES = (Scope.EVERYWHERE,)
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = HANDLERS

    def __init__(self, project: Project | None = None, coder: str | None = None, *, sealed: Path | None = None) -> None:
        """Open with a project; without one, with the `sealed` one whose passphrase is asked for, or the welcome."""
        super().__init__()
        self.title = "hsreview"
        for theme in themes():
            self.register_theme(theme)
        wish = chosen_theme()
        self.theme = wish if wish in self.available_themes else chosen_theme_fallback()
        self.ways = Ways(self)
        self.keymap = read_keymap()
        bind(self, self.keymap, self.SCOPES)
        self.session: Session | None = None
        self.locker = Locker(self)
        self._held_back: list[tuple[str, dict[str, Any]]] = []
        """What is told after the lock."""
        self._sealed = (sealed, coder) if sealed is not None else None
        if project is not None:
            chosen = choose_coder(project, coder)
            self.session = Session(project, chosen.coder if chosen else None)
            if chosen:
                remember_coder(project, chosen.coder)
                self._newcomer = chosen.coder.name if chosen.created else ""

    _newcomer = ""
    _refused = False
    """Whether a refusal may still be seen."""
    last_search: Any = None
    """What was searched last, for the next time."""
    last_query = ""
    """The expression that was asked last."""
    last_matrix: Any = None
    """The matrix that was shown last, for the next time."""
    last_layer: str | None = None
    """The layer that was asked last."""

    def get_driver_class(self) -> type[Driver]:
        return lenient(super().get_driver_class())

    def bytes_left_out(self) -> None:
        """Tell that the terminal sent something that is no text."""
        self.warn(_("A key was left out: the terminal does not send UTF-8. Set its encoding to UTF-8."))

    def get_default_screen(self) -> Screen[Any]:
        return self.first_screen()

    def first_screen(self) -> Screen[Any]:
        """The screen that a session (or its absence) starts with."""
        if self.session is None and self._sealed is not None:
            return self.locker.screen_for(*self._sealed)
        if self.session is None:
            from hsreview.tui.screens.welcome import WelcomeScreen

            return WelcomeScreen()
        from hsreview.tui.screens.coding.screen import CodingScreen

        return CodingScreen(self.session)

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the first screen stands."""
        gc.enable()
        when_told_to_end(self.leave)
        self.set_interval(LOOK_ELSEWHERE, self.look_elsewhere)
        self.set_interval(LOOK_EVERY, self.locker.look)
        for problem in self.keymap.problems:
            self.warn(str(problem))
        if self._newcomer:
            self.warn(_("New coder: {name}").format(name=self._newcomer))
        if self.session is not None:
            for warning in place_warnings(self.session.project.root):
                self.warn(warning)
            self._remind(self.session.project)
            if self.session.project.read_only:
                self.warn(_("This project can be read but not changed here."))

    def leave(self, code: int) -> None:
        """End the workbench from outside; what is being written is stored first."""
        self.exit(return_code=code)

    def enter_project(self, root: Path, coder: str | None = None) -> None:
        """Open the project in `root`, from the welcome screen; an encrypted one after its passphrase."""
        try:
            self.take_up(root, coder)
        except ProjectSealed:
            self.push_screen(self.locker.screen_for(root, coder))
        else:
            self.push_screen(self.first_screen())

    def take_up(self, root: Path, coder: str | None) -> None:
        """Open the project in `root` in the place of the one that is open, if any; its screens come after."""
        project = _open(root)
        chosen = choose_coder(project, coder)
        before, self.session = self.session, Session(project, chosen.coder if chosen else None)
        if before is not None:
            before.project.close()
        if chosen is not None:
            remember_coder(project, chosen.coder)
        self.ways.forget()
        self._remind(project)

    def _remind(self, project: Project) -> None:
        """Tell that the day comes or has passed until which the material is kept."""
        told = reminder(project, writing=True)
        if told:
            self.warn(told, timeout=20)

    def coder(self) -> Coder:
        """The coder at the keyboard. Raises InputRefused when nobody said who they are."""
        coder = self.session.coder if self.session else None
        if coder is None:
            keys = " ".join(self.keymap.shown(find(name)) for name in ("everywhere.go", "go.coder"))
            raise InputRefused(_("Say first who codes: press {keys}.").format(keys=keys))
        return coder

    def open_transcript(self, transcript: Transcript, **place: Any) -> None:
        """Go to the coding screen and show a transcript there."""
        from hsreview.tui.screens.coding.screen import CodingScreen

        coding = next((screen for screen in self.screen_stack if isinstance(screen, CodingScreen)), None)
        if coding is None:
            return
        while self.screen is not coding:
            self.pop_screen()
        coding.open(transcript, **place)

    def current_transcript(self) -> Transcript | None:
        """The transcript on the coding screen."""
        from hsreview.tui.screens.coding.screen import CodingScreen

        coding = next((screen for screen in self.screen_stack if isinstance(screen, CodingScreen)), None)
        return coding.desk.transcript if coding is not None and coding.desk is not None else None

    def in_background(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Do slow `work` in a thread of its own and hand its answer to `done`; errors are told as ever."""

        def run_work() -> None:
            try:
                answer = work()
            except Exception as error:
                self.call_from_thread(self._tell_any, error)
            else:
                self.call_from_thread(self.guarded, lambda: done(answer))

        self.run_worker(run_work, thread=True, exit_on_error=False)

    def _tell_any(self, error: Exception) -> None:
        def again() -> None:
            raise error

        self.guarded(again)

    def look_elsewhere(self) -> None:
        """Take over what another program committed."""
        if self.session is not None and not self.locker.locked:
            self.guarded(self._look_elsewhere)

    def _look_elsewhere(self) -> None:
        session = self.session
        if session is not None and session.project.changed_elsewhere():
            session.read_codebook()
            self.refresh_screens()

    def refresh_screens(self) -> None:
        """Let every open screen read again what it shows."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.reread()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste):
            self.locker.touched()
        # Floating panels and our own widgets get their keys here, at once and in order, however fast they come;
        # only the text fields of Textual are left to its bindings.
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, BaseScreen) and not screen.ready:
                screen.early.append(event)
                return
            if isinstance(screen, BaseScreen) and (self._panel_took(screen, event) or self._key_done(screen, event)):
                return
        if isinstance(event, events.AppFocus):
            self.look_elsewhere()
        await super().on_event(event)

    def _key_done(self, screen: BaseScreen, event: events.Key | events.Paste) -> bool:
        """Whether the key did an action, of the nearest scope that knows it."""
        if not isinstance(event, events.Key) or not screen.keys_are_ours():
            return False
        for scope in screen.scopes():
            entry = self.keymap.action_for(event.key, scope)
            if entry is not None and self.perform(entry.id):
                return True
        return False

    def _panel_took(self, screen: BaseScreen, event: events.Key | events.Paste) -> bool:
        """Whether a floating panel of `screen` used the event."""
        used = False

        def take() -> None:
            nonlocal used
            used = screen.offer(event)

        return not self.guarded(take) or used

    def action_perform(self, identity: str) -> None:
        """Do the action with this id, for the part of the screen that has the focus."""
        self.perform(identity)

    def perform(self, identity: str) -> bool:
        """Do an action; false when nothing here can do it. While the workbench is locked it can only be left."""
        if self.locker.locked and identity != "everywhere.quit":
            return False
        screen = self.screen
        start = screen.focused or screen
        for node in start.ancestors_with_self:
            handler = getattr(node, "HANDLERS", {}).get(identity)
            if handler is not None:
                self._forget_refusals()
                if isinstance(screen, BaseScreen):
                    screen.before_action()
                self.guarded(lambda handler=handler, node=node: handler(node))  # type: ignore[misc]
                if isinstance(screen, BaseScreen):
                    screen.after_action()
                return True
        return False

    def _forget_refusals(self) -> None:
        """Take away what was said of the act before: it covers what is looked at now."""
        if self._refused:
            self._refused = False
            self.clear_notifications()

    def guarded(self, work: Callable[[], object]) -> bool:
        """Run `work`; an error is told to the user. True when it went through."""
        try:
            work()
        except HsreviewError as error:
            self.tell(error)
        except OSError as error:
            self.tell(refusal(error))
        except Exception as error:
            super().notify(sentence(write_report(error)), severity="warning", timeout=30, markup=False)
        else:
            return True
        return False

    def notify(self, message: str, **how: Any) -> None:
        """Show a message. While the workbench is locked it waits: it may name what is below."""
        if self.locker.locked:
            self._held_back.append((message, how))
        else:
            super().notify(message, **how)

    def unlocked(self) -> None:
        """Show what was told while the workbench was locked."""
        held, self._held_back = self._held_back, []
        for message, how in held:
            self.notify(message, **how)

    def tell(self, error: HsreviewError) -> None:
        """Show an error that was written for the user; a covered screen that wants its project says nothing."""
        if self.locker.locked and isinstance(error, ProjectSealed):
            return
        lines = [error.message, *(str(problem) for problem in error.problems[:6])]
        if len(error.problems) > 6:
            lines.append(_("… and {count} more.").format(count=len(error.problems) - 6))
        self._refused = True
        self.notify(visible_block("\n".join(lines)), severity="error", timeout=12, markup=False)

    def warn(self, message: str, timeout: float = 8) -> None:
        """Show a warning that does not stop anything."""
        self.notify(visible(message), severity="warning", timeout=timeout, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with the values of variables, which may be words of a transcript.
        self._return_code = error.exit_code if isinstance(error, HsreviewError) else EXIT_ACCIDENT
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        told = error.message if isinstance(error, HsreviewError) else sentence(write_report(error))
        self._leave_with(told)

    def panic(self, *_renderables: object) -> None:
        # As above: what Textual hands over here is a traceback.
        self._return_code = EXIT_ACCIDENT
        self._leave_with(sentence(None))

    def _leave_with(self, told: str) -> None:
        self._exit_renderables.append(visible(told))
        self._close_messages_no_wait()


def chosen_theme_fallback() -> str:
    """The theme that is always there."""
    return themes()[0].name


def _open(root: Path) -> Project:
    return open_project(root, patience=PATIENCE)


def run(project_root: Path | None, coder: str | None = None, *, mouse: bool = True) -> int:
    """Open the workbench on a project (or on the welcome screen) and return the exit code when it is left.

    Raises HsreviewError when the project cannot be opened or the coder is not clear.
    """
    # Start-up makes many objects that all stay; collecting garbage among them only costs time.
    gc.disable()
    project = sealed = None
    try:
        project = _open(project_root) if project_root is not None else None
    except ProjectSealed:
        sealed = project_root
    app = Workbench(project, coder, sealed=sealed)
    try:
        code = app.run(mouse=mouse and bool(setting("mouse", True)))
    finally:
        if app.session is not None:
            app.session.project.close()
        forget()
    sys.stderr.flush()
    return code if code is not None else app.return_code or 0
