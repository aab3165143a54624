"""Encrypt and decrypt with a passphrase, which takes seconds on purpose, without stopping the screen meanwhile.

The library lets no other thread work as long as it takes; so in a thread the work is given to a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import current_thread, main_thread

from hsreview.base.children import module_path
from hsreview.privacy.passphrase_child import WRONG


def encrypt(data: bytes, passphrase: str) -> bytes:
    """An age file of `data`."""
    return _done("encrypt", data, passphrase)


def decrypt(data: bytes, passphrase: str) -> bytes:
    """What is in an age file. Raises pyrage.DecryptError when the passphrase is another one or it is damaged."""
    return _done("decrypt", data, passphrase)


def apart() -> bool:
    """Whether a screen may have to be drawn meanwhile."""
    return current_thread() is not main_thread()


def _done(which: str, data: bytes, passphrase: str) -> bytes:
    import pyrage

    if apart():
        try:
            child = subprocess.run(
                [sys.executable, "-P", "-m", "hsreview.privacy.passphrase_child"],
                input=json.dumps([which, passphrase]).encode() + b"\n" + data,
                capture_output=True, env={**os.environ, "PYTHONPATH": module_path()}, check=False,
            )  # fmt: skip
        except OSError:
            child = None  # No second process can be started: the screen has to wait.
        if child is not None and child.returncode == 0:
            return child.stdout
        if child is not None and child.returncode == WRONG:
            raise pyrage.DecryptError(child.stderr.decode("utf-8", "replace"))
    return bytes(getattr(pyrage.passphrase, which)(data, passphrase))
