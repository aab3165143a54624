"""Files are made beside their place under a name of their own and renamed when they are whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hsreview.base.ids import new_id

LOGS = ("-wal", "-journal")
"""Suffixes of files beside a project file that hold changes which it may not have yet."""

SPARES = ".*.hsreview.*.new*"
"""The names of files that are being made, or were when a program was killed."""

_ABANDONED = 24 * 60 * 60
"""Seconds after which a spare file is nobody's: whoever made it was killed."""


@contextmanager
def spare_for(path: Path) -> Iterator[Path]:
    """A new name in the folder of `path`; what bears it afterwards is removed, and so are old abandoned ones."""
    with suppress(OSError):
        for old in path.parent.glob(SPARES):
            if time.time() - old.stat().st_mtime > _ABANDONED:
                old.unlink()
    spare = path.with_name(f".{path.name}.{new_id()}.new")
    try:
        yield spare
    finally:
        for suffix in ("", "-shm", *LOGS):
            with suppress(OSError):
                beside(spare, suffix).unlink()


def beside(path: Path, suffix: str) -> Path:
    """The file called as `path` with `suffix` added."""
    return path.with_name(path.name + suffix)
