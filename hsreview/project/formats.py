"""What a file is before it is trusted: a project at all, and of a format that we can read."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from hsreview.base.errors import NewerFormat, ProjectUnavailable
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project import migrations
from hsreview.project.connection import application_id, damaged, db_errors
from hsreview.project.schema import APPLICATION_ID


def check_is_ours(path: Path) -> None:
    """Look at the file's header before SQLite may write to it.

    Raises ProjectDamaged when it is not that of a project, ProjectUnavailable when the file cannot be read.
    """
    try:
        mark = application_id(path)
    except db_errors("OperationalError") as error:
        raise ProjectUnavailable(
            _("{name} cannot be read: {reason}.").format(name=path, reason=os_reason(_why_unreadable(path, error)))
        ) from error
    except db_errors("DatabaseError") as error:
        raise damaged(path) from error
    if mark != APPLICATION_ID:
        raise damaged(path)


def _why_unreadable(path: Path, error: Exception) -> OSError:
    """SQLite only says that it cannot open a file; the system says why."""
    if not path.exists():
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not os.access(path, os.R_OK):
        return PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return OSError(errno.EIO, str(error))


def format_of(connection: sqlite3.Connection, path: Path) -> int:
    """The format of the open file `path`. Raises NewerFormat when only a newer hsreview can read it."""
    version = int(connection.execute("pragma user_version").fetchone()[0])
    newest = len(migrations.MIGRATIONS)
    if version > newest:
        raise NewerFormat(
            _(
                "{name} was made by a newer hsreview (format {found}; this one reads up to {newest}). "
                "Update hsreview to open it. Nothing was changed."
            ).format(name=path, found=version, newest=newest)
        )
    return version
