"""Copying: to the terminal's clipboard, to the system's where a program for it is there, else into a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _
from hsreview.base.settings import state_dir

if TYPE_CHECKING:
    from textual.app import App

PROGRAMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("wl-copy", (), "WAYLAND_DISPLAY"),
    ("xclip", ("-selection", "clipboard"), "DISPLAY"),
    ("xsel", ("--clipboard", "--input"), "DISPLAY"),
    ("pbcopy", (), ""),
    ("clip.exe" if sys.platform != "win32" else "clip", (), ""),
)
"""Program, arguments, and the variable without which it cannot work."""


def copy(app: App[Any], text: str, *, keep: bool = True) -> str:
    """Copy `text` and say, in the user's language, what came of it; into a file only with `keep`."""
    app.copy_to_clipboard(text)
    if _by_program(text):
        return _("Copied.")
    if not keep or not (os.environ.get("SSH_CONNECTION") or _unsure_terminal()):
        return _("Copied (if your terminal allows it).")
    path = _kept()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        # A quote is testimony: nobody else on this machine may read it.
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError:
        return _("Copied (if your terminal allows it).")
    return _("Copied (if your terminal allows it), and kept in {path} until you leave.").format(path=path)


def forget() -> None:
    """Delete what was kept for want of a clipboard; the workbench is left."""
    with suppress(OSError):
        _kept().unlink()


def _kept() -> Path:
    return state_dir() / "copied.txt"


def _unsure_terminal() -> bool:
    return bool(os.environ.get("TMUX")) or os.environ.get("TERM_PROGRAM") == "Apple_Terminal"


def _by_program(text: str) -> bool:
    # Some stay in the background for as long as they keep the text: a passphrase is not theirs.
    world = {name: value for name, value in os.environ.items() if not name.startswith("HSREVIEW_")}
    for program, arguments, needed in PROGRAMS:
        path = shutil.which(program)
        if path is None or (needed and not os.environ.get(needed)):
            continue
        encoding = "utf-16-le" if program.startswith("clip") else "utf-8"
        try:
            done = subprocess.run(
                [path, *arguments],
                input=text.encode(encoding),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=2,
                check=False,
                env=world,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if done.returncode == 0:
            return True
    return False
