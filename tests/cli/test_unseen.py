"""What is typed before the workbench of an encrypted project stands is not shown."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hsreview.cli.unseen import unseen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")


def typed(root: Path | None) -> tuple[bytes, bool]:
    """What a terminal shows of a passphrase that is typed early, and whether it shows what is typed afterwards."""
    import termios

    outer, inner = os.openpty()
    try:
        kept = termios.tcgetattr(inner)
        kept[3] |= termios.ECHONL
        termios.tcsetattr(inner, termios.TCSANOW, kept)
        with unseen(root, inner):
            os.write(outer, b"secret\n")
            assert os.read(inner, 100) == b"secret\n", "it is not lost"
            os.write(inner, b"|")
            shown = b""
            while not shown.endswith(b"|"):
                shown += os.read(outer, 100)
        return shown, bool(termios.tcgetattr(inner)[3] & termios.ECHO)
    finally:
        os.close(inner)
        os.close(outer)


def test_a_passphrase_that_is_typed_early_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "project.hsreview").write_bytes(os.urandom(8192))  # As an encrypted file looks.
    assert typed(tmp_path) == (b"|", True)


def test_what_nobody_took_is_not_left_for_the_shell(tmp_path: Path) -> None:
    (tmp_path / "project.hsreview").write_bytes(os.urandom(8192))
    outer, inner = os.openpty()
    try:
        with unseen(tmp_path, inner):
            os.write(outer, b"secret\n")
        os.set_blocking(inner, False)
        with pytest.raises(BlockingIOError):
            os.read(inner, 100)
    finally:
        os.close(inner)
        os.close(outer)


def test_a_plain_project_leaves_the_terminal_alone(tmp_path: Path) -> None:
    (tmp_path / "project.hsreview").write_bytes(b"SQLite format 3\0" + bytes(8192))
    assert typed(tmp_path) == (b"secret\r\n|", True) and typed(None) == (b"secret\r\n|", True)
