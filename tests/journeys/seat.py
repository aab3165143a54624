"""A coder's seat: the workbench in a real pseudo-terminal, and what stands on its screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pyte

from bench.pty_harness import Terminal

PATIENCE = 30.0
"""Seconds until something that should appear is missed; far more than it takes, for slow and busy machines."""
GLANCE = 0.02


class Seat:
    """The program `hsreview` with keyboard and screen. Leaving the context ends it by its own process id."""

    def __init__(
        self,
        *args: str,
        columns: int = 100,
        rows: int = 30,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._fed = 0
        self._lines: list[str] | None = None
        command = [sys.executable, "-m", "hsreview", *args]
        self.terminal = Terminal(command, columns=columns, rows=rows, environment=environment)

    def __enter__(self) -> Seat:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminal.close()

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        if self._lines is None:  # pyte puts them together from single signs, which takes as long as painting them.
            self._lines = list(self.screen.display)
        return self._lines

    @property
    def raw(self) -> str:
        """Every byte that ever came."""
        return self.terminal.output.decode("utf-8", "replace")

    def press(self, *keys: str) -> None:
        """Press keys one after the other; `=words` types words."""
        for key in keys:
            for one in key[1:] if key.startswith("=") else [key]:
                self.terminal.send(one)

    def until(self, true: Callable[[], bool], wanted: str) -> None:
        """Read until something is true of the screen; fails with the screen when it does not come true."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"not seen: {wanted}\n" + "\n".join(self.lines))
            self.terminal.drain(GLANCE)
            if self._fed < len(self.terminal.output):
                self._stream.feed(bytes(self.terminal.output[self._fed :]))
                self._fed = len(self.terminal.output)
                self._lines = None

    def see(self, *texts: str) -> None:
        """Read until all of these stand on the screen, each on one line."""
        self.until(lambda: all(any(text in line for line in self.lines) for text in texts), repr(texts))

    def see_no(self, text: str) -> None:
        """Read until this no longer stands on the screen."""
        self.until(lambda: not any(text in line for line in self.lines), f"a screen without {text!r}")

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window to another size."""
        self.screen.resize(rows, columns)
        self._lines = None
        self.terminal.resize(columns, rows)

    def close_the_window(self) -> None:
        """The terminal goes away, as when its window is closed."""
        self.terminal.hang_up()

    def ended(self) -> int:
        """Read until the program has ended; returns its exit code."""
        self.until(self.terminal.has_ended, "the end of the program")
        assert self.terminal.exit_code is not None
        return self.terminal.exit_code


def on(root: Path, coder: str = "Awa", **settings: object) -> Seat:
    """A seat at the workbench of the project in `root`."""
    return Seat("-p", str(root), "--coder", coder, **settings)  # type: ignore[arg-type]
