"""Schema versions, applied through sqlite-utils. A function's name is the migration's identity: never rename one."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from hsreview.project.connection import transaction
from hsreview.project.schema import (
    CONFIDENTIALITY,
    FRAMEWORK,
    LOG_TABLES,
    MEMO_PLACES,
    STATE_TABLES,
    SUMMARIES,
    TEAM_TABLES,
    VALIDATION,
)


def import_sqlite_utils() -> Any:
    """Import sqlite_utils without its optional pandas and numpy imports, which cost more than all the rest.

    A module that is set to null in `sys.modules` counts as missing; another thread must not import pandas meanwhile.
    """
    if "sqlite_utils" not in sys.modules:
        blocked = [name for name in ("pandas", "numpy") if name not in sys.modules]
        sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]
        try:
            import sqlite_utils  # noqa: F401
        finally:
            for name in blocked:
                del sys.modules[name]
    return sys.modules["sqlite_utils"]


def _m001_first_schema(db: Any) -> None:
    for statement in _statements(LOG_TABLES + STATE_TABLES):
        db.execute(statement)


def _m002_team_work(db: Any) -> None:
    for statement in _statements(TEAM_TABLES):
        db.execute(statement)


def _m003_memo_places(db: Any) -> None:
    for statement in _statements(MEMO_PLACES):
        db.execute(statement)


def _m004_summaries(db: Any) -> None:
    for statement in _statements(SUMMARIES):
        db.execute(statement)


def _m005_framework(db: Any) -> None:
    for statement in _statements(FRAMEWORK):
        db.execute(statement)


def _m006_validation(db: Any) -> None:
    for statement in _statements(VALIDATION):
        db.execute(statement)


def _m007_confidentiality(db: Any) -> None:
    for statement in _statements(CONFIDENTIALITY):
        db.execute(statement)


MIGRATIONS: list[Callable[[Any], None]] = [
    _m001_first_schema, _m002_team_work, _m003_memo_places, _m004_summaries, _m005_framework,
    _m006_validation, _m007_confidentiality,
]  # fmt: skip
"""In order; the n-th brings the file to schema version n."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema version in one transaction, unless another program was faster."""
    sqlite_utils = import_sqlite_utils()
    migrations = sqlite_utils.Migrations("hsreview")
    for migration in MIGRATIONS:
        migrations(name=migration.__name__)(migration)
    database = sqlite_utils.Database(connection, execute_plugins=False)
    with transaction(connection):
        if connection.execute("pragma user_version").fetchone()[0] < len(MIGRATIONS):
            migrations.apply(database)
            connection.execute(f"pragma user_version = {len(MIGRATIONS)}")


def begin(connection: sqlite3.Connection) -> None:
    """Give an empty file the newest schema: a copy takes a fraction of the time of so many statements."""
    if not isinstance(connection, sqlite3.Connection):  # Encrypted: a copy cannot go from one library to the other.
        migrate(connection)
        return
    with _copying:
        _empty(len(MIGRATIONS)).backup(connection)


def empty_database() -> sqlite3.Connection:
    """A new database in memory of the newest schema, to replay records in."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    fresh.execute("pragma temp_store = memory")  # What is sorted may be words of interviews.
    begin(fresh)
    return fresh


_copying = Lock()


@cache
def _empty(_newest: int) -> sqlite3.Connection:
    """The one that is copied, by one thread at a time."""
    empty = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(empty)
    return empty


def _statements(script: str) -> list[str]:
    statements: list[str] = []
    pending = ""
    for part in script.split(";"):
        pending += part + ";"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return [s for s in statements if s.strip(" \n;")]
