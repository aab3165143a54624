"""Refuse every use of the network in this process; Python imports it by itself when this folder is on PYTHONPATH.

An audit hook also sees what C code does, and a child process gets it from the environment. Unix
sockets stay open, because asyncio wakes itself through a pair of them.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

REFUSED = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
attempts: list[str] = sys.__dict__.setdefault("_hsreview_network_attempts", [])
"""What was tried in this process, whichever name this file was imported by."""


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event not in REFUSED:
        return
    family = getattr(args[0], "family", None) if args else None
    if family is not None and family == getattr(socket, "AF_UNIX", object()):
        return
    # urllib3, which spaCy imports, asks once whether the machine has IPv6; a loopback address reaches nobody.
    if event == "socket.bind" and len(args) > 1 and args[1][0] in ("::1", "127.0.0.1"):
        return
    attempts.append(f"{event} {args[1:]}")
    raise RuntimeError(f"no network in tests: {attempts[-1]}")


def watch() -> None:
    """Install the hook, once; it stays for the life of the process."""
    if not sys.__dict__.setdefault("_hsreview_network_watched", []):
        sys.__dict__["_hsreview_network_watched"].append(True)
        sys.addaudithook(_watch)


watch()
