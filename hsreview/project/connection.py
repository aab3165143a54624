"""The one place that opens a connection to a project file, and that says what database errors mean to a user."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from hsreview.base.errors import HsreviewError, InputRefused, ProjectDamaged, ProjectUnavailable
from hsreview.base.messages import _
from hsreview.project import cipher, unlocking
from hsreview.project.cipher import Key, address

BUSY_MILLISECONDS = 5000
"""How long a write waits for another program to end its own."""
DECRYPTED_KILOBYTES = 16_000
"""How much of an encrypted file is kept decrypted in memory: of the usual 2,000 a search decrypts most each time."""
LEAST_ROOM = 100_000
"""Bytes that must be free for a disk not to count as full."""


def db_errors(name: str = "Error") -> tuple[type[Exception], ...]:
    """The exceptions called `name` that a connection may raise, for `except`: by default every one."""
    libraries = [sqlite3, cipher.loaded()]
    return tuple(getattr(library, name) for library in libraries if library is not None)


def connect(
    path: Path, *, read_only: bool = False, create: bool = False, patience: int | None = None, key: Key | None = None
) -> sqlite3.Connection:
    """Open `path` in autocommit mode (transactions are opened by name, `begin immediate`).

    `patience` is how many milliseconds a write waits while another program writes (else BUSY_MILLISECONDS).
    `read_only` also works in a folder that cannot be written. A file that is made (`create`) is encrypted when there is
    a `key`; that of a file which is there is asked for. Raises ProjectUnavailable when the newest changes stand
    in a log beside the file that cannot be read there: they would be missing without a word; ProjectSealed when it is
    encrypted and nobody gives its passphrase.
    """
    if not create:
        key = key_of(path)
    mode = "rwc" if create else "rw"
    logged = _has_log(path)
    if read_only:
        mode = "ro" if logged else "ro&immutable=1"
    wait = (BUSY_MILLISECONDS if patience is None else patience) / 1000
    connection = _open(address(path, mode), key, timeout=wait)
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma temp_store = memory")
        if key is not None:
            connection.execute(f"pragma cache_size = {-DECRYPTED_KILOBYTES}")
        if read_only and logged:
            _check_log_is_read(connection, path)
        if not read_only:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma secure_delete = on")
    except BaseException:
        connection.close()  # Left open, it would keep others (and our own next try) from the file.
        raise
    return connection


def application_id(path: Path) -> int:
    """The mark in the header of a database, read before SQLite could write to the file and, if possible, unlocked.

    It goes through SQLite on purpose: a file that is opened and closed by hand takes the locks of every other
    connection of this program with it (POSIX), and the next program would then remove the log from under them.
    """
    key = key_of(path)
    try:
        return _application_id(path, "ro&immutable=1", key)
    except db_errors("OperationalError"):
        raise
    except db_errors("DatabaseError"):
        if _has_log(path):
            return _application_id(path, "ro", key)  # Killed while the log was copied over: they are whole together.
        if key is None and cipher.look_again(path):  # Another file was written over it.
            return application_id(path)
        raise


def _application_id(path: Path, mode: str, key: Key | None) -> int:
    with closing(_open(address(path, mode), key)) as connection:
        return int(connection.execute("pragma application_id").fetchone()[0])


def key_of(path: Path) -> Key | None:
    """The key of an encrypted file; null when it is plain (or not there). Raises ProjectSealed."""
    try:
        salt = cipher.salt_of(path)
    except OSError:
        return None  # Whoever opens it next says what is wrong.
    if salt is None:
        return None
    return unlocking.key_for(path, salt, lambda key: _opens(path, key))


def unlock_file(path: Path, passphrase: str) -> bool:
    """Keep the key of an encrypted file when `passphrase` is that of the file; whether it is."""
    salt = cipher.salt_of(path)
    return salt is None or unlocking.opened_by(passphrase, salt, lambda key: _opens(path, key)) is not None


def _opens(path: Path, key: Key) -> bool:
    cipher.library()  # Before its errors can be named.
    modes = ("ro&immutable=1", "ro") if _has_log(path) else ("ro&immutable=1",)
    for mode in modes:
        with suppress(*db_errors("DatabaseError")), closing(_open(address(path, mode), key)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
            return True
    return False


def key_behind(connection: sqlite3.Connection) -> Key | None:
    """The key of the file that is open; null when it is plain."""
    if isinstance(connection, sqlite3.Connection):
        return None
    return unlocking.known(cipher.salt_of_connection(connection))


def empty_for(source: sqlite3.Connection, target: Path | None = None) -> sqlite3.Connection:
    """A new database, in memory or at `target`, that takes a `backup` of `source`: as encrypted as that is."""
    return _open(":memory:" if target is None else os.path.abspath(target), key_behind(source))


def _open(target: str, key: Key | None, **settings: Any) -> sqlite3.Connection:
    """A connection in autocommit mode, to a file that is given as a path or as `file:` and options."""
    library = sqlite3 if key is None else cipher.library()
    uri = target.startswith("file:")
    connection: sqlite3.Connection = library.connect(target, uri=uri, isolation_level=None, **settings)
    if key is not None:
        cipher.unlock(connection, key)
    return connection


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log holds changes, or another program has the file open and may write one."""
    log, shared = (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))
    return log.exists() and (log.stat().st_size > 0 or shared.exists())


def _check_log_is_read(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("select 1 from sqlite_master").fetchone()
    except db_errors("OperationalError") as error:
        if "unable to open" not in str(error):
            raise
        raise ProjectUnavailable(
            _(
                "{name} was not closed properly: its newest changes are in {log} and cannot be read in a folder that "
                "cannot be written. Copy the whole folder to a place where you may write, and open it there."
            ).format(name=path, log=path.name + "-wal")
        ) from error


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
    except db_errors():
        if connection.in_transaction:
            connection.rollback()
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All reads inside see one state of the file, whatever others commit meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("begin")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn database errors into sentences for the user."""
    try:
        yield
    except db_errors() as error:
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
    if "full" in text or ("disk i/o" in text and _is_full(path.parent)):
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
        return damaged(name)
    if "disk i/o" in text:
        return InputRefused(_("The disk reported an error: this step was not stored. Check the disk, then repeat it."))
    return InputRefused(_("The project file refused this step: {reason}. Nothing was changed.").format(reason=error))


def _is_full(folder: Path) -> bool:
    """Whether the disk has no room left: SQLite calls it an error of the disk when it cannot grow its side files."""
    try:
        return shutil.disk_usage(folder).free < LEAST_ROOM
    except OSError:
        return False


def damaged(name: str | Path) -> ProjectDamaged:
    """The error for a file that cannot be read as a project."""
    return ProjectDamaged(
        _(
            "{name} is damaged or not a project of hsreview. "
            "Restore the newest backup: hsreview restore (see the folder “backups”)."
        ).format(name=name)
    )
