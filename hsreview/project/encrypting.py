"""Encrypt, decrypt and re-key a project file and its backups: made beside, compared, renamed; whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project import cipher, unlocking
from hsreview.project.backups import FOLDER, backups
from hsreview.project.cipher import Key
from hsreview.project.connection import connect, explain, explained, key_of
from hsreview.project.doctor import examine
from hsreview.project.formats import check_is_ours
from hsreview.project.spares import LOGS, SPARES, beside, spare_for

_PATIENCE = 200
"""Milliseconds to wait for other programs: whoever has the project open keeps it for hours."""
_BLOCK = 1 << 20

Progress = Callable[[str], None]
"""Is told the name of each file that is done next."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a project and its backups."""

    backups: tuple[Path, ...]
    """Those that stand under the new key now."""
    left: tuple[tuple[Path, str], ...]
    """Those that are as they were, each with the reason."""


def convert(path: Path, new: Key | None, progress: Progress) -> Converted:
    """Put the project file `path` and its backups under the key `new`; null makes the project plain.

    Backups are never made plain. Raises ProjectUnavailable when another program has the project open, InputRefused when
    it cannot be written or the copy does not agree with it; the project is as it was then. What an earlier run left
    behind when it was interrupted is finished.
    """
    check_is_ours(path)
    old = key_of(path)
    progress(path.name)
    if new is not None:
        unlocking.remember(new)
    rekey(path, old, new, thoroughly=True)
    return finish(path, old, new, progress)


def finish(path: Path, old: Key | None, new: Key | None, progress: Progress) -> Converted:
    """Take away half-made files, and put the backups of `path` that are plain or under `old` under the key `new`.

    `new` is the present key of the project itself. Without `old`, the passphrase of a backup that has another one is
    asked for. Raises ProjectUnavailable when another program has the project open.
    """
    with explained(path), _alone(path, new):
        for folder in (path.parent, path.parent / FOLDER):
            _sweep(folder)
    done, left = [], []
    if new is not None:
        for backup in backups(path.parent):
            try:
                if cipher.salt_of(backup) == new.salt:
                    continue
                key = _key_of_backup(backup, old)
                progress(backup.name)
                check_is_ours(backup)
                rekey(backup, key, new)
                done.append(backup)
            except (HsreviewError, OSError) as error:
                left.append((backup, error.message if isinstance(error, HsreviewError) else os_reason(error)))
    return Converted(tuple(done), tuple(left))


def _key_of_backup(backup: Path, old: Key | None) -> Key | None:
    salt = cipher.salt_of(backup)
    if salt is None or old is None:
        return key_of(backup)
    if salt != old.salt:
        raise InputRefused(_("it is encrypted with another passphrase"))
    return old


def rekey(path: Path, old: Key | None, new: Key | None, *, thoroughly: bool = False) -> None:
    """Put one file under another key (null: plain). `thoroughly`, its log is replayed and compared as `doctor` does.

    Raises as `convert`; the file is as it was then.
    """
    try:
        with spare_for(path) as spare:
            with explained(path), _alone(path, old) as source:
                _export(source, spare, new)
                _compare(source, spare, path, thoroughly=thoroughly)
                before = _mark(path)
            if any(beside(path, suffix).exists() for suffix in LOGS) or _mark(path) != before:
                raise explain(sqlite3.OperationalError("database is locked"), path)
            shutil.copymode(path, spare)
            _exchange(spare, path)
    except OSError as error:
        raise InputRefused(
            _("{name} could not be written: {reason}. The project is as it was.").format(
                name=path, reason=os_reason(error)
            )
        ) from error


@contextmanager
def _alone(path: Path, key: Key | None) -> Iterator[Any]:
    """The file in the library for encrypted ones, be it plain, while nobody else reads or writes it."""
    library = cipher.library()
    with closing(library.connect(os.fspath(path), isolation_level=None, timeout=_PATIENCE / 1000)) as connection:
        if key is not None:
            cipher.unlock(connection, key)
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma foreign_keys = off")  # Rows are copied as they are, with their row ids.
        connection.execute("pragma journal_mode = delete")
        connection.execute("begin exclusive")
        yield connection


def _export(source: Any, spare: Path, new: Key | None) -> None:
    source.execute(f"attach ? as made key {cipher.literal(new)}", (os.fspath(spare),))
    source.execute("select sqlcipher_export('made')").fetchall()
    for name in ("application_id", "user_version"):
        value = source.execute(f"pragma main.{name}").fetchone()[0]
        source.execute(f"pragma made.{name} = {int(value)}")
    source.execute("commit")
    source.execute("detach made")
    source.execute("begin exclusive")


def _compare(source: Any, spare: Path, path: Path, *, thoroughly: bool) -> None:
    """Raise InputRefused unless the copy, as it lies on the disk, is whole and holds the same rows and records."""
    with closing(connect(spare, read_only=True)) as copy:
        same = copy.execute("pragma integrity_check").fetchone()[0] == "ok"
        same = same and _schema(source) == _schema(copy)
        same = same and all(_rows_agree(source, copy, name) for name in _tables(source))
        if same and thoroughly:
            found = examine(copy)
            same = not found or found == examine(source)
    if not same:
        told = _("The copy of {name} does not agree with it and was not kept; nothing was changed. Check the disk.")
        raise InputRefused(told.format(name=path))


def _schema(connection: Any) -> list[tuple[Any, ...]]:
    rows = connection.execute("select type, name, tbl_name, sql from sqlite_master order by type, name").fetchall()
    return [*rows, *(connection.execute(f"pragma {name}").fetchone() for name in ("application_id", "user_version"))]


_LIST = "pragma_table_list where schema = 'main'"


def _tables(connection: Any) -> list[str]:
    """All that hold rows of their own; those of the search index are among them."""
    rows = connection.execute(f"select name from {_LIST} and type in ('table', 'shadow') and name <> 'sqlite_schema'")
    return [name for (name,) in rows]


def _rows_agree(source: Any, copy: Any, table: str) -> bool:
    without = source.execute(f"select wr from {_LIST} and name = ?", (table,)).fetchone()
    sql = f'select * from "{table}"' if without[0] else f'select rowid, * from "{table}" order by rowid'
    return all(mine == theirs for mine, theirs in zip_longest(source.execute(sql), copy.execute(sql)))


def _mark(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _exchange(spare: Path, path: Path) -> None:
    """Put `spare` in the place of `path`, and overwrite what was there before it goes."""
    old = spare.with_name(spare.name + "-old")
    with suppress(OSError):  # A file system without hard links: what was there is removed as it is.
        os.link(path, old)
    try:
        cipher.put_in_place(spare, path)
        _sync(path.parent)
    finally:
        _wipe(old)


def _sweep(folder: Path) -> None:
    """Take away what interrupted runs left; nobody else has the project open, so nobody needs it."""
    for left in folder.glob(SPARES):
        _wipe(left)


def _wipe(path: Path) -> None:
    """Overwrite and remove a file. On flash memory and some file systems the old bytes may stay elsewhere.

    What has another name too is somebody's (the project itself, when a run was interrupted): only this name goes.
    """
    with suppress(OSError):
        if path.stat().st_nlink == 1:
            with path.open("r+b") as file:
                for _start in range(0, path.stat().st_size, _BLOCK):
                    file.write(bytes(_BLOCK))
                file.flush()
                os.fsync(file.fileno())
        path.unlink()


def _sync(folder: Path) -> None:
    with suppress(OSError):  # Not every system can.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
