"""Keep what is decided about names: the key file is written beside the screen, soon after every decision."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import _

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench
    from hsreview.workflows.pseudonymising import Pseudonymising


class Keeper:
    """The names of one import, and the writing of their key file."""

    def __init__(self, workbench: Workbench, names: Pseudonymising) -> None:
        self.names = names
        self._workbench = workbench
        self._writing = False
        self._one_at_a_time = Lock()

    def acts(self) -> Pseudonymising:
        """What decides, in the name of the coder at the keyboard."""
        self.names.by = self._workbench.coder().id
        return self.names

    def soon(self) -> None:
        """Write the key file as it is now, or once more when the writing that is under way has ended."""
        if self._writing or not self.names.is_changed:
            return
        self._writing = True

        def work() -> HsreviewError | None:
            try:
                self._write()
            except HsreviewError as error:
                return error
            finally:
                self._writing = False
            return None

        def done(error: HsreviewError | None) -> None:
            if error is not None:
                raise error
            self.soon()

        self._workbench.in_background(work, done)

    def now(self) -> str:
        """Write the key file, and wait for it; gives a sentence when it cannot be written."""
        with suppress(HsreviewError):
            self._write()
        return _("What was decided about names is not in the key file yet.") if self.names.is_changed else ""

    def _write(self) -> None:
        with self._one_at_a_time:
            self.names.save()
