"""What a file is before it is trusted: a project at all, and of a format that we can read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hsreview.base.errors import NewerFormat, ProjectUnavailable
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project import migrations
from hsreview.project.connection import damaged
from hsreview.project.schema import APPLICATION_ID


def check_is_ours(path: Path) -> None:
    """Look at the file's header before SQLite may write to it.

    Raises ProjectDamaged when it is not that of a project, ProjectUnavailable when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise ProjectUnavailable(
            _("{name} cannot be read: {reason}.").format(name=path, reason=os_reason(error))
        ) from error
    if not header.startswith(b"SQLite format 3\0") or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise damaged(path)


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
