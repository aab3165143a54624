"""The workbench locks on an encrypted project: by a key, or when nobody touched it for some minutes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.settings import setting
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.clipboard import forget
from hsreview.workflows import unlocking

if TYPE_CHECKING:
    from pathlib import Path

    from hsreview.tui.app import Workbench
    from hsreview.tui.screens.unlocking import UnlockScreen

LOOK_EVERY = 5.0
"""Seconds between two looks at the clock."""
MINUTES = (1, 2, 5, 10, 15, 30, 60)
"""What the settings offer beside never (0)."""
USUAL = 10


def chosen_minutes() -> int:
    """After how many minutes without a key the workbench locks; 0 when it does not."""
    found = setting("lock_minutes", USUAL)
    return found if isinstance(found, int) and found >= 0 else USUAL


class Locker:
    """Covers the screens, closes the project and forgets its key; the screens stay as they are, below."""

    def __init__(self, app: Workbench) -> None:
        self._app = app
        self.locked = False
        self._wanted = False
        """Whether somebody asked for the lock while something was being done."""
        self.clocks = (time.monotonic, time.time)
        """The second one goes on while the computer sleeps."""
        self.touched()

    def touched(self) -> None:
        """Somebody is here."""
        self._last = [clock() for clock in self.clocks]

    def look(self) -> None:
        """Lock when nobody was here for too long or somebody asked for it, unless something is being done."""
        session, minutes = self._app.session, chosen_minutes()
        idle = max(clock() - last for clock, last in zip(self.clocks, self._last, strict=True))
        if session is None or not session.project.is_encrypted or self.locked or self._busy():
            return
        if self._wanted or (minutes and idle >= minutes * 60):
            self._lock_soon()

    def lock(self) -> None:
        """Lock now. Raises InputRefused without a passphrase, and while something is done: then it locks later."""
        session = self._app.session
        if self.locked or session is None:
            return
        if not session.project.is_encrypted:
            raise InputRefused(
                _(
                    "This project has no passphrase to lock it with. Leave the workbench and encrypt the project: "
                    "hsreview encrypt"
                )
            )
        self._wait_while_busy()
        self._lock_soon()

    def screen_for(self, root: Path, coder: str | None) -> UnlockScreen:
        """Asks for the passphrase of the project in `root`, and opens it in the place of that screen."""
        from hsreview.tui.screens.unlocking import UnlockScreen

        def open_it(passphrase: str) -> None:
            unlocking.unlock(root, passphrase)
            self._app.take_up(root, coder)
            self._app.switch_screen(self._app.first_screen())

        return UnlockScreen(open_it, root)

    def _busy(self) -> bool:
        return any(not worker.is_finished for worker in self._app.workers)

    def _wait_while_busy(self) -> None:
        self._wanted = self._busy()
        if self._wanted:
            raise InputRefused(_("Something is still being done. The workbench locks when it is through."))

    def _lock_soon(self) -> None:
        # After what the screens put off until they stand, which reads the project.
        self._app.call_after_refresh(self._app.guarded, self._lock)

    def _lock(self) -> None:
        from hsreview.tui.screens.unlocking import UnlockScreen

        session = self._app.session
        if self.locked or session is None:
            return
        self._wait_while_busy()  # A key that came before this may have begun something.
        for screen in self._app.screen_stack:
            if isinstance(screen, BaseScreen):
                self._app.guarded(screen.before_lock)  # What cannot be stored stays where it stands, below the lock.
        self.locked = True
        forget()
        session.project.seal()
        unlocking.lock()
        self._app.push_screen(UnlockScreen(self.unlock))
        self._app.call_later(self._app.clear_notifications)  # What is being told this moment is among them then.

    def unlock(self, passphrase: str) -> None:
        """Open the project again where it was left. Raises ProjectUnavailable when that cannot be."""
        session = self._app.session
        assert session is not None
        try:
            unlocking.unlock(session.project.root, passphrase)
            session.project.unseal()
        except BaseException:
            unlocking.lock()  # The right passphrase of what cannot be opened after all.
            raise
        self.locked = False
        self.touched()
        self._app.pop_screen()
        self._app.unlocked()
        self._app.look_elsewhere()
