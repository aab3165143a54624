"""When the program itself fails: a report that holds no words of anybody."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from hsreview import __version__
from hsreview.base.ids import now
from hsreview.base.settings import state_dir

EXIT_ACCIDENT = 70
"""The program itself failed (the number that sysexits.h gives to internal errors)."""


def write_report(error: BaseException) -> Path | None:
    """Write where the program failed into the state folder; null when that folder cannot be written.

    The report holds places in the program and kinds of errors only: an error's own words could quote a transcript.
    """
    lines = [f"hsreview {__version__}", f"Python {sys.version.split()[0]}, {sys.platform}", f"at {now()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines += ["", f"{type(seen).__module__}.{type(seen).__qualname__}"]
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or seen.__context__
    path = state_dir() / "reports" / f"{now().replace(':', '-')}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return path


def _place(file_name: str) -> str:
    """The file without the folders above its package, which may bear a person's name."""
    parts = Path(file_name).parts
    for package in ("hsreview", "site-packages"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return Path(file_name).name
