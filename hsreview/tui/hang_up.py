"""The window is closed, the connection breaks or the system shuts down: leave as by the key, so that all is stored."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable

_SIGNALS = ("SIGHUP", "SIGTERM")


def when_told_to_end(leave: Callable[[int], object]) -> None:
    """Call `leave` with the exit code when the system asks the program to end.

    That it was started to outlive its terminal (nohup) does not count: nobody could use it.
    """
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        # Windows and threads other than the first one have no such handlers.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            if number is not None:
                loop.add_signal_handler(number, leave, 128 + number)
