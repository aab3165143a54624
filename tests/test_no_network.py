"""The suite, and every process it starts, works without a network."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys

import pytest

from tests.no_network import sitecustomize as no_network


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="no network"):
        socket.getaddrinfo("example.org", 443)
    no_network.attempts.clear()


def test_a_connection_is_refused() -> None:
    with socket.socket() as line, pytest.raises(RuntimeError, match="no network"):
        line.connect(("127.0.0.1", 9))
    no_network.attempts.clear()


def test_an_attempt_is_noted_even_when_the_error_is_caught() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as line, contextlib.suppress(Exception):
        line.sendto(b"", ("127.0.0.1", 9))
    assert len(no_network.attempts) == 1
    no_network.attempts.clear()


def test_a_child_process_is_refused_too() -> None:
    program = "import socket; socket.create_connection(('127.0.0.1', 9))"
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "no network" in child.stderr


def test_event_loops_still_work() -> None:
    async def answer() -> int:
        return await asyncio.to_thread(lambda: 42)

    assert asyncio.run(answer()) == 42
