"""Keys that are typed before the workbench stands are not shown: they may be those of a passphrase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hsreview.project.cipher import salt_of
from hsreview.project.project import FILE_NAME


@contextmanager
def unseen(root: Path | None, terminal: int | None = None) -> Iterator[None]:
    """Keep the terminal from showing what is typed, when the project in `root` is encrypted; it is as before after.

    What is typed until the workbench takes keys reaches it; what nobody took in the end is thrown away, so that no
    shell gets it. Nothing is done where there is no such terminal (Windows shows nothing before it is asked to).
    """
    try:
        import termios
    except ImportError:
        yield
        return
    try:
        sealed = root is not None and salt_of(root / FILE_NAME) is not None
        fd = sys.stdin.fileno() if terminal is None else terminal
        before, silent = (termios.tcgetattr(fd), termios.tcgetattr(fd)) if sealed else (None, [])
    except (AttributeError, OSError, termios.error):
        before = None
    if before is None:
        yield
        return
    silent[3] &= ~(termios.ECHO | termios.ECHONL)
    with suppress(termios.error):
        termios.tcsetattr(fd, termios.TCSANOW, silent)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcflush(fd, termios.TCIFLUSH)
            termios.tcsetattr(fd, termios.TCSANOW, before)
