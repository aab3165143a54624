"""Run a program in a pseudo-terminal, press keys, and measure the time to the first and last painted bytes.

    python -m bench.pty_harness --ready WORD --keys down:40 --keys n:40 -- COMMAND…

prints one JSON document. As a module: `with Terminal(command) as terminal: terminal.wait_for("word"); …`.

The harness plays a terminal of 160x50 with 24-bit colour that knows synchronised output. A key's time runs from the
write of its bytes to the first chunk that comes back; what comes later belongs to it until a silence of `gap` seconds.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import TracebackType

KEYS = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "shift+down": b"\x1b[1;2B",
    "shift+up": b"\x1b[1;2A",
    "enter": b"\r",
    "tab": b"\t",
    "space": b" ",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "f1": b"\x1bOP",
}
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
_FRAME_END = b"\x1b[?2026l"


def key_bytes(key: str) -> bytes:
    """What a terminal sends for a key: a name of `KEYS`, `ctrl+x`, or the characters themselves."""
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[5].upper()) - 64])
    return KEYS.get(key) or key.encode()


@dataclass(frozen=True, slots=True)
class Figures:
    """One kind of key pressed several times; milliseconds and bytes."""

    keys: str
    times: int
    median: float
    p95: float
    max: float
    settled: float
    """Median time to the last byte before the silence."""
    bytes: int
    """Median number of bytes that came back."""
    silent: int
    """How often nothing came back; such presses are in no other figure."""


class Terminal:
    """A program on a pseudo-terminal. Leaving the context ends it by its own process id."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 160,
        rows: int = 50,
        environment: Mapping[str, str] | None = None,
        folder: str | None = None,
    ) -> None:
        self.output = bytearray()
        self._asked = 0
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            # The size must be there before the program asks for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            try:
                if folder:
                    os.chdir(folder)
                os.execvpe(command[0], list(command), variables)
            finally:
                os._exit(127)
        self._ended = False
        self.exit_code: int | None = None
        """What the program returned, once it has ended (minus the signal when one ended it)."""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program (SIGTERM, after two seconds SIGKILL) and release the terminal."""
        if not self._ended:
            os.kill(self.pid, signal.SIGTERM)
            deadline = time.perf_counter() + 2
            while not self._reaped() and time.perf_counter() < deadline:
                self._read(0.05)
            if not self._ended:
                os.kill(self.pid, signal.SIGKILL)
                self._reaped(0)
        self._release()

    def _release(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def hang_up(self, *, timeout: float = 20) -> None:
        """Take the terminal away from the program and wait for its end; nothing can be read or written afterwards.

        Raises TimeoutError when it does not end.
        """
        self._release()
        deadline = time.perf_counter() + timeout
        while not self._reaped():
            if time.perf_counter() > deadline:
                raise TimeoutError("the program outlives its terminal")
            time.sleep(0.01)

    def _reaped(self, options: int = os.WNOHANG) -> bool:
        if not self._ended:
            pid, status = os.waitpid(self.pid, options)
            self._ended = pid == self.pid
            self.exit_code = os.waitstatus_to_exitcode(status) if self._ended else None
        return self._ended

    def has_ended(self) -> bool:
        """Whether the program has ended by itself."""
        return self._reaped()

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the program is told, as by a window that is dragged."""
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def write(self, data: bytes) -> None:
        """Send bytes that no key has."""
        os.write(self._file, data)

    def _read(self, timeout: float) -> bytes:
        """The bytes that came within `timeout` seconds; the terminal's answers are sent at once."""
        if self._file < 0:
            time.sleep(timeout)
            return b""
        if not select.select([self._file], [], [], timeout)[0]:
            return b""
        try:
            chunk = os.read(self._file, 65536)
        except OSError:
            # Linux says EIO where the other side of a pseudo-terminal is closed.
            time.sleep(min(timeout, 0.01))
            return b""
        self.output += chunk
        for question, answer in _ANSWERS.items():
            # A question that ends in this chunk may have begun in the one before.
            if self.output.find(question, max(self._asked - len(question) + 1, 0)) >= 0:
                os.write(self._file, answer)
        self._asked = len(self.output)
        return chunk

    def drain(self, gap: float) -> int:
        """Read until nothing came for `gap` seconds; returns the number of bytes."""
        count = 0
        while chunk := self._read(gap):
            count += len(chunk)
        return count

    def wait_for(self, word: str, *, timeout: float = 60, settle: float = 0.6) -> float:
        """Wait until the output holds `word` and is then silent; returns milliseconds from the start to the word.

        Raises TimeoutError when the word does not come, ChildProcessError when the program ends before.
        """
        wanted = word.encode()
        while wanted not in self.output:
            self._read(0.05)
            if time.perf_counter() - self.started > timeout:
                raise TimeoutError(f"{word!r} did not appear within {timeout} s")
            if self._reaped() and wanted not in self.output:
                raise ChildProcessError(f"the program ended before {word!r} appeared")
        seen = (time.perf_counter() - self.started) * 1000
        self.drain(settle)
        return seen

    def send(self, keys: str) -> None:
        """Press one key (see `key_bytes`) without measuring."""
        os.write(self._file, key_bytes(keys))

    def press(self, key: str, *, gap: float = 0.06, patience: float = 0.5) -> tuple[float, float, int] | None:
        """Press a key; milliseconds to the first and to the last byte, and how many; null when nothing came."""
        self.drain(0.01)
        begun = time.perf_counter()
        self.send(key)
        chunk = self._read(patience)
        if not chunk:
            return None
        first = last = time.perf_counter()
        count = len(chunk)
        while chunk := self._read(gap):
            last = time.perf_counter()
            count += len(chunk)
        return (first - begun) * 1000, (last - begun) * 1000, count

    def measure(self, keys: Sequence[str], times: int, *, before: Sequence[str] = (), gap: float = 0.06) -> Figures:
        """Press `keys` in turn until `times` presses were made; `before` each, press others without measuring."""
        presses = []
        for index in range(times):
            for key in before:
                self.press(key, gap=gap)
            presses.append(self.press(keys[index % len(keys)], gap=gap))
        heard = [press for press in presses if press is not None]
        firsts = sorted(first for first, _, _ in heard) or [float("nan")]
        return Figures(
            keys=">".join(",".join(part) for part in (before, keys) if part),
            times=times,
            median=round(statistics.median(firsts), 2),
            p95=round(firsts[max(-(-len(firsts) * 95 // 100) - 1, 0)], 2),
            max=round(firsts[-1], 2),
            settled=round(statistics.median([last for _, last, _ in heard] or [float("nan")]), 2),
            bytes=int(statistics.median([count for _, _, count in heard] or [0])),
            silent=times - len(heard),
        )

    def burst(self, key: str, times: int) -> dict[str, float]:
        """Send a key many times at once, as autorepeat does; milliseconds until all is painted, and frames painted."""
        self.drain(0.05)
        mark, begun = len(self.output), time.perf_counter()
        last = begun
        os.write(self._file, key_bytes(key) * times)
        while self._read(0.3):
            last = time.perf_counter()
        frames = bytes(self.output[mark:]).count(_FRAME_END)
        return {"keys": times, "milliseconds": round((last - begun) * 1000, 1), "frames": frames}

    def memory(self) -> float:
        """Resident memory of the program in MiB (Linux)."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return round(int(line.split()[1]) / 1024, 1)
        raise OSError("no VmRSS in the process status")


def main() -> None:
    """Measure a command and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ready", required=True, metavar="WORD", help="a word of the first screen")
    parser.add_argument(
        "--keys",
        action="append",
        default=[],
        metavar="[KEY[,KEY…]>]KEY[,KEY…]:TIMES[:GAP]",
        help="keys to press in turn (those before > unmeasured, before each), how often, and the silence that ends one",
    )
    parser.add_argument("--before", action="append", default=[], metavar="KEY", help="keys to press first, unmeasured")
    parser.add_argument("--burst", default="", metavar="KEY:TIMES")
    parser.add_argument("--size", default="160x50", metavar="COLUMNSxROWS")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    with Terminal(command, columns=columns, rows=rows) as terminal:
        report: dict[str, object] = {"size": options.size, "text_on_screen": round(terminal.wait_for(options.ready), 1)}
        report["memory_at_start"] = terminal.memory()
        for key in options.before:
            terminal.press(key, gap=0.3)
        figures = []
        for wish in options.keys:
            keys, times, *gap = wish.split(":")
            *before, measured = (part.split(",") for part in keys.split(">"))
            silence = float(gap[0]) if gap else 0.06
            figures.append(
                asdict(terminal.measure(measured, int(times), before=before[0] if before else (), gap=silence))
            )
        report["keys"] = figures
        if options.burst:
            key, count = options.burst.rsplit(":", 1)
            report["burst"] = terminal.burst(key, int(count))
        report["memory"] = terminal.memory()
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
