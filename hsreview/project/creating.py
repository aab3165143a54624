"""A new project file is made beside its place and put there whole, or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project.cipher import Key
from hsreview.project.connection import connect, explained
from hsreview.project.spares import spare_for
from hsreview.project.unlocking import remember


def make_file(
    path: Path, folders: Sequence[str], build: Callable[[sqlite3.Connection], None], key: Key | None = None
) -> None:
    """Make the file `path` as `build` fills it, encrypted when there is a `key`, and `folders` beside it.

    Raises InputRefused when there is a file already or the folder cannot be written; nothing is left behind then.
    """
    root = path.parent
    if key is not None:
        remember(key)
    if path.exists():
        raise _taken(root)
    try:
        with _folders([root, *(root / name for name in folders)]), spare_for(path) as spare:
            with explained(path), closing(connect(spare, create=True, key=key)) as connection:
                build(connection)
                connection.execute("pragma journal_mode = delete")
            _put_in_place(spare, path)
    except OSError as error:
        raise InputRefused(
            _("No project can be created in {folder}: {reason}.").format(folder=root, reason=os_reason(error))
        ) from error


def _taken(root: Path) -> InputRefused:
    return InputRefused(_("{folder} already holds a project; nothing was changed.").format(folder=root))


@contextmanager
def _folders(wanted: Sequence[Path]) -> Iterator[None]:
    """Make folders; when what follows fails, those that were made are taken away again."""
    missing = {folder for path in wanted for folder in (path, *path.parents) if not folder.is_dir()}
    made = sorted(missing, key=lambda folder: len(folder.parts))
    try:
        for folder in made:
            folder.mkdir(exist_ok=True)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _put_in_place(spare: Path, path: Path) -> None:
    """Rename, but never over a project that somebody made meanwhile."""
    try:
        os.link(spare, path)
    except FileExistsError as error:
        raise _taken(path.parent) from error
    except OSError:  # A file system without hard links.
        if path.exists():
            raise _taken(path.parent) from None
        os.rename(spare, path)
