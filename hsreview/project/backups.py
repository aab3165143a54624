"""Verified, rotating backups in the project's folder `backups`."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hsreview.base.errors import InputRefused, ProjectDamaged
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project.cipher import salt_of
from hsreview.project.connection import connect, db_errors, empty_for, explain, explained
from hsreview.project.spares import spare_for

FOLDER = "backups"
SUFFIX = ".hsreview"
KEEP = 10
"""Automatic backups that are kept; those a person asked for are never removed."""

_NAME = re.compile(r"(?P<stamp>\d{8}T\d{9})-(?P<reason>asked|(?:before|after)-[a-z0-9-]+)\.hsreview")
"""The names that we give; a file with any other name in the folder was put there by a person."""


def make_backup(connection: sqlite3.Connection, root: Path, reason: str, target: Path | None = None) -> Path:
    """Copy the open project into `backups/`, verify the copy, and drop the oldest automatic ones.

    `reason` becomes part of the name: `asked`, or `before-…` of an automatic one, such as `before-import`. Raises
    InputRefused when the copy cannot be written or does not pass its check; the project itself is never touched.
    """
    if target is None:
        target = stamped(root / FOLDER, reason)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with spare_for(target) as spare:
            copy_file(connection, spare)
            if not is_sound(spare):
                raise InputRefused(_("The backup did not pass its check and was not kept. Check the disk."))
            os.replace(spare, target)
    except OSError as error:
        raise InputRefused(
            _("No backup could be written to {folder}: {reason}. Nothing was changed.").format(
                folder=target.parent, reason=os_reason(error)
            )
        ) from error
    except db_errors() as error:
        raise explain(error, target) from error
    if reason != "asked":
        _rotate(root)
    return target


def stamped(folder: Path, reason: str) -> Path:
    """A name in `folder` that no file has and that tells when and why the file was made."""
    while True:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
        target = folder / f"{stamp}-{reason}{SUFFIX}"
        if not target.exists():
            return target


def copy_file(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the open project, its write-ahead log included, into the new file `target`, encrypted when it is."""
    with closing(empty_for(connection, target)) as copy:
        connection.backup(copy)
        copy.execute("pragma journal_mode = delete")


def backups(root: Path) -> list[Path]:
    """The backups in the project's folder, newest first; those with names of their own by their date."""
    return sorted((root / FOLDER).glob("*" + SUFFIX), key=_made, reverse=True)


def plain_backups(root: Path) -> list[Path]:
    """The backups in the project's folder that are not encrypted, newest first."""
    return [path for path in backups(root) if salt_of(path) is None]


def newest_backup(root: Path) -> Path | None:
    """The newest backup that we named; one with a name of its own is never chosen without being asked for."""
    return next((path for path in backups(root) if _NAME.fullmatch(path.name)), None)


def is_sound(path: Path) -> bool:
    """Whether the file is a whole, readable project. Raises ProjectUnavailable when another program keeps it locked."""
    try:
        with explained(path), closing(connect(path, read_only=True)) as connection:
            whole = connection.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
            return whole and bool(connection.execute("select count(*) from change").fetchone())
    except (InputRefused, ProjectDamaged):
        return False


def _made(path: Path) -> tuple[str, float]:
    named = _NAME.fullmatch(path.name)
    changed = path.stat().st_mtime
    if named:
        return named["stamp"], changed
    return datetime.fromtimestamp(changed, UTC).strftime("%Y%m%dT%H%M%S%f")[:-3], changed


def _rotate(root: Path) -> None:
    automatic = [path for path in backups(root) if (named := _NAME.fullmatch(path.name)) and named["reason"] != "asked"]
    for path in automatic[KEEP:]:
        path.unlink(missing_ok=True)
