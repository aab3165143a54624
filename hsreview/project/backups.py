"""Verified, rotating backups in the project's folder `backups`."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.project.connection import DB_ERRORS, connect, explain

FOLDER = "backups"
KEEP = 10
"""Automatic backups that are kept; those a person asked for are never removed."""


def make_backup(connection: sqlite3.Connection, root: Path, reason: str, target: Path | None = None) -> Path:
    """Copy the open project into `backups/`, verify the copy, and drop the oldest automatic ones.

    `reason` becomes part of the name (`before-import`, `asked`). Raises InputRefused when the copy cannot be written
    or does not pass its check; the project itself is never touched.
    """
    if target is None:
        folder = root / FOLDER
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
        target = folder / f"{stamp}-{reason}.hsreview"
    spare = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        spare.unlink(missing_ok=True)
        with closing(sqlite3.connect(spare)) as copy:
            connection.backup(copy)
            copy.execute("pragma journal_mode = delete")
        if not is_sound(spare):
            spare.unlink(missing_ok=True)
            raise InputRefused(_("The backup did not pass its check and was not kept. Check the disk."))
        os.replace(spare, target)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise InputRefused(
            _("No backup could be written to {folder}: {reason}. Nothing was changed.").format(
                folder=target.parent, reason=error.strerror or error
            )
        ) from error
    except DB_ERRORS as error:
        spare.unlink(missing_ok=True)
        raise explain(error, target) from error
    if reason != "asked":
        _rotate(root)
    return target


def backups(root: Path) -> list[Path]:
    """The backups of a project, newest first."""
    return sorted((root / FOLDER).glob("*.hsreview"), key=lambda path: path.name, reverse=True)


def is_sound(path: Path) -> bool:
    """Whether the file is a whole, readable project."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            whole = connection.execute("pragma integrity_check").fetchone()[0] == "ok"
            return whole and bool(connection.execute("select count(*) from change").fetchone())
    except DB_ERRORS:
        return False


def _rotate(root: Path) -> None:
    automatic = [path for path in backups(root) if not path.stem.endswith("-asked")]
    for path in automatic[KEEP:]:
        path.unlink(missing_ok=True)
