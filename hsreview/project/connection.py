"""The one place that opens a connection to a project file, and that says what database errors mean to a user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from hsreview.base.errors import HsreviewError, InputRefused, ProjectUnavailable
from hsreview.base.messages import _

DB_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)
"""Every exception that a connection may raise."""

BUSY_MILLISECONDS = 5000


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> sqlite3.Connection:
    """Open `path` in autocommit mode (transactions are opened by name, `begin immediate`).

    `read_only` also works in a folder that cannot be written: the file is then taken as it stands.
    """
    mode = "rwc" if create else "rw"
    if read_only:
        mode = "ro" if _has_wal(path) else "ro&immutable=1"
    uri = f"file:{quote(path.resolve().as_posix())}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma temp_store = memory")
    if not read_only:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")
    return connection


def _has_wal(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists() and path.with_name(path.name + "-shm").exists()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: taken at once, so that a read before the write cannot be overtaken."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    try:
        connection.commit()
    except DB_ERRORS:
        if connection.in_transaction:
            connection.rollback()
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn database errors into sentences for the user."""
    try:
        yield
    except DB_ERRORS as error:
        raise explain(error, path) from error


def explain(error: Exception, path: Path) -> HsreviewError:
    """What `error` means for the user of the project file `path`."""
    text = str(error).lower()
    name = path.name
    if "locked" in text or "busy" in text:
        return ProjectUnavailable(
            _("{name} is in use by another program. Wait a moment and try again; nothing was changed.").format(
                name=name
            )
        )
    if "full" in text:
        return InputRefused(
            _(
                "The disk is full: this step was not stored, and the project is as it was. "
                "Free some space, then repeat it."
            )
        )
    if "readonly" in text or "read-only" in text:
        return InputRefused(_("{name} can be read but not written here. Nothing was changed.").format(name=name))
    if "unable to open" in text:
        return ProjectUnavailable(
            _("{name} cannot be opened. Check that the folder exists and that you may read and write it.").format(
                name=name
            )
        )
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return ProjectUnavailable(
            _(
                "{name} is damaged or not a project of hsreview. "
                "Restore the newest backup: hsreview restore (see the folder “backups”)."
            ).format(name=name)
        )
    if "disk i/o" in text:
        return InputRefused(_("The disk reported an error: this step was not stored. Check the disk, then repeat it."))
    return InputRefused(_("The project file refused this step: {reason}. Nothing was changed.").format(reason=error))
