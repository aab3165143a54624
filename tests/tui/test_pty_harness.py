"""The harness that measures keys in a pseudo-terminal, on a program small enough to know what it must see."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are a POSIX thing")

from bench.pty_harness import Terminal, key_bytes

ECHO = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"\\x1b[?2026$p")
answer = os.read(0, 64)
size = os.get_terminal_size()
os.write(1, b"ready %d %d %r" % (size.columns, size.lines, answer))
while (key := os.read(0, 64)) != b"q":
    os.write(1, b"" if key == b"s" else b"<%b>\\x1b[?2026l" % key)
"""


def test_keys_are_sent_answered_and_counted() -> None:
    with Terminal([sys.executable, "-c", ECHO], columns=91, rows=33) as terminal:
        assert terminal.wait_for("ready 91 33", settle=0.05) > 0
        assert b"2026;2$y" in terminal.output
        assert terminal.memory() > 1
        heard = terminal.measure(["a", "down"], 4, gap=0.02)
        assert (heard.times, heard.silent) == (4, 0)
        assert 0 < heard.median <= heard.p95 <= heard.max
        assert b"<a>" in terminal.output and b"<\x1b[B>" in terminal.output
        assert terminal.press("s", gap=0.02, patience=0.05) is None
        assert terminal.burst("x", 5)["frames"] >= 1


def test_a_program_that_ends_too_early_is_said_to_have_ended() -> None:
    with (
        Terminal([sys.executable, "-c", "print('bye')"]) as terminal,
        pytest.raises(ChildProcessError, match="never"),
    ):
        terminal.wait_for("never")


@pytest.mark.parametrize(("key", "sent"), [("down", b"\x1b[B"), ("ctrl+f", b"\x06"), ("é", "é".encode()), ("1", b"1")])
def test_what_a_terminal_sends_for_a_key(key: str, sent: bytes) -> None:
    assert key_bytes(key) == sent
