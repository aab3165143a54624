"""Which copy of a project this is.

A copied folder or a restored backup is a new replica, so that no number is used twice.
The replica's id lives outside the project file, in this machine's state folder.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from hsreview.base.ids import new_id
from hsreview.base.settings import read_json, state_dir, write_json


def _store() -> Path:
    return state_dir() / "replicas.json"


def replica_of(project_id: str, path: Path, connection: sqlite3.Connection) -> str:
    """The id of the replica at `path`; a new one when this file is not the one that was last seen there."""
    known = read_json(_store())
    entry: dict[str, Any] = known.get(project_id, {}).get(str(path.resolve()), {})
    status = path.stat()
    same_file = entry.get("file") == [status.st_dev, status.st_ino]
    if entry and same_file and _reached(connection, entry["replica"]) >= entry.get("clock", 0):
        return str(entry["replica"])
    replica = new_id()
    remember(project_id, path, connection, replica)
    return replica


def remember(project_id: str, path: Path, connection: sqlite3.Connection, replica: str) -> None:
    """Note how far this replica's log goes, so that an older file put in its place is recognised."""
    known = read_json(_store())
    status = path.stat()
    known.setdefault(project_id, {})[str(path.resolve())] = {
        "replica": replica,
        "file": [status.st_dev, status.st_ino],
        "clock": _reached(connection, replica),
    }
    write_json(_store(), known)


def forget(project_id: str, path: Path) -> None:
    """The file at `path` was replaced (restored): its next writer is a new replica."""
    known = read_json(_store())
    if known.get(project_id, {}).pop(str(path.resolve()), None) is not None:
        write_json(_store(), known)


def _reached(connection: sqlite3.Connection, replica: str) -> int:
    row = connection.execute("select coalesce(max(clock), 0) from change where replica = ?", (replica,)).fetchone()
    return int(row[0])
