"""After an erasing is committed: the words still lie in freed pages, in the log beside the file, in backups and in
files that were being made. Here they go, and what could not be done yet is known until it is done.

The order is the one that left nothing in a byte search: new pages for everything, then the log copied over and cut to
nothing, last. A reader of another program can hold that up; what is erased is erased all the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import HsreviewError
from hsreview.project.backups import FOLDER, SUFFIX, make_backup
from hsreview.project.connection import connect, db_errors, explained
from hsreview.project.erasing import Erased, erased
from hsreview.project.formats import check_is_ours
from hsreview.project.reach import reach
from hsreview.project.spares import SPARES

if TYPE_CHECKING:
    from hsreview.project.project import Project

UNFINISHED = "erasing"
"""The value of a copy in which something was erased that may still lie in its pages or backups."""
WAIT_AT_OPENING = 300
"""Milliseconds that an opening waits for other programs before it leaves the rest for later."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of the places where erased words still lay."""

    done: bool
    """Whether all is done; else the next opening of the project goes on."""
    in_use: bool = False
    """Whether another program reads the project, so that its file still holds the words."""
    removed: tuple[Path, ...] = ()
    """Backups that held what is erased, and are gone."""
    backup: Path | None = None
    """The one that was made in their place."""
    unknown: tuple[Path, ...] = ()
    """Files that could not be opened, so that nobody knows what they hold."""


def begin_erasing(connection: sqlite3.Connection) -> None:
    """Note, in the transaction that erases, that `finish_erasing` has to follow."""
    connection.execute("insert or replace into local values (?, 'true')", (UNFINISHED,))


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether something was erased, and the file and its backups were not cleared of it yet."""
    return connection.execute("select 1 from local where key = ?", (UNFINISHED,)).fetchone() is not None


def finish_erasing(project: Project, *, wait: int | None = None) -> Cleared:
    """Clear the project file, its backups and spare files of what was erased; call it outside of transactions.

    It can be called again at any time; `wait` is how many milliseconds another program is waited for. Backups that hold
    what was erased are removed, and one of today is made in their place; where that one cannot be made, or the disk is
    full, nothing is removed, and it is not done. What is erased stays erased, so that nothing is raised for that.
    """
    if project.read_only:
        return Cleared(done=False)
    try:
        with explained(project.path):
            return _finish(project, wait)
    except (HsreviewError, OSError):
        return Cleared(done=False)


def _finish(project: Project, wait: int | None) -> Cleared:
    connection = project.connection
    before = connection.execute("pragma busy_timeout").fetchone()[0]
    if wait is not None:
        connection.execute(f"pragma busy_timeout = {int(wait)}")
    try:
        in_use = not _rewrite(connection)
        cleared = _clear_folder(project)
        cleared = replace(cleared, in_use=in_use, done=not in_use)
        if cleared.done:
            connection.execute("delete from local where key = ?", (UNFINISHED,))
            connection.execute("pragma wal_checkpoint(truncate)")
        return cleared
    finally:
        connection.execute(f"pragma busy_timeout = {before}")


def _rewrite(connection: sqlite3.Connection) -> bool:
    """Give everything that is still there new pages, and empty the log; false when another program is in the way."""
    try:
        connection.execute("vacuum")
        busy, *_pages = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    except db_errors("OperationalError") as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    return not busy


def _clear_folder(project: Project) -> Cleared:
    known = erased(project.connection)
    holding: list[Path] = []
    unknown: list[Path] = []
    for path in _copies(project.root):
        held = _holds(path, project.id, known)
        if held is None:
            unknown.append(path)
        elif held:
            holding.append(path)
    made = make_backup(project.connection, project.root, "after-erasing") if holding else None
    for path in (*holding, *_spares(project.root)):
        path.unlink(missing_ok=True)
    return Cleared(False, removed=tuple(holding), backup=made, unknown=tuple(unknown))


def unknown_copies(project: Project) -> list[Path]:
    """Copies in the project's folder that cannot be looked into, so that an erasing leaves them as they are."""
    return [path for path in _copies(project.root) if _holds(path, project.id, Erased()) is None]


def _copies(root: Path) -> Iterator[Path]:
    """Backups, and project files that were put aside when another one was restored."""
    yield from sorted((root / FOLDER).glob("*" + SUFFIX))
    yield from sorted(path for path in root.glob("*" + SUFFIX) if path.name != "project" + SUFFIX)


def _spares(root: Path) -> Iterator[Path]:
    for folder in (root, root / FOLDER):
        with suppress(OSError):
            yield from sorted(folder.glob(SPARES))


def _holds(path: Path, project_id: str, known: Erased) -> bool | None:
    """Whether a copy of this project still holds what is erased; null when it cannot be looked into."""
    try:
        check_is_ours(path)
        with explained(path), closing(connect(path, read_only=True)) as connection:
            found = connection.execute("select value from meta where key = 'project_id'").fetchone()
            if found is None or found[0] != project_id:
                return None
            own = erased(connection)
            # What a copy erased itself is judged by its own records: another withdrawal of the same person, carried
            # out in a backup, reaches what was told anew by the first.
            there = reach(connection, own if own.covers(known) else known)
            return _any(connection, "change", "id", there.bodies) or _any(connection, "content", "hash", there.contents)
    except (HsreviewError, OSError):
        return None


def _any(connection: sqlite3.Connection, table: str, column: str, keys: set[str]) -> bool:
    rows = connection.execute(
        f"select 1 from {table} where state = 'present' and {column} in (select value from json_each(?)) limit 1",
        (json.dumps(sorted(keys)),),
    )
    return rows.fetchone() is not None
