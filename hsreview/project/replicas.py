"""Under which replica's id a project file's next records are written, so that no number is ever given twice.

A replica goes on only where the file holds exactly as many of its records as were noted just before they were
committed. A copied folder, a backup put in place by hand, a program killed between note and commit: a new replica
starts. The note lies outside the project file, in this machine's state folder; programs that have the same file open
share its replica, because they look and write inside their transactions.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from functools import cached_property
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.settings import state_dir


class Replicas:
    """The replicas that write to the project file at one path of this machine, one after the other."""

    def __init__(self, project_id: str, path: Path) -> None:
        self._project_id = project_id
        self._path = path
        self._fresh = new_id()
        self._unnoted: str | None = None
        self._current: str | None = None
        self._records = 0
        self._noted: int | None = None

    @property
    def writing(self) -> bool:
        """Whether a write transaction is under way."""
        return self._current is not None

    def next(self, connection: sqlite3.Connection) -> str:
        """The replica of the next record."""
        if self._current or self._unnoted:
            return self._current or self._unnoted or ""
        replica, records = self._read()
        if replica and records == _count(connection, replica):
            return replica
        if _count(connection, self._fresh):
            self._fresh = new_id()
        return self._fresh

    def begin(self, connection: sqlite3.Connection) -> None:
        """First thing in a write transaction.

        Where no note can be written, the records get an id that no later run of the program knows.
        """
        replica = self.next(connection)
        self._records = _count(connection, replica)
        if self._unnoted is None and not self._write(replica, self._records):
            replica = self._unnoted = new_id()
        self._current = replica

    def end(self, connection: sqlite3.Connection) -> None:
        """Last thing before the commit. Raises InputRefused when the note fails: then nothing may be committed."""
        assert self._current is not None
        records = _count(connection, self._current)
        if records != self._records and self._unnoted is None:
            if not self._write(self._current, records):
                raise InputRefused(
                    _("{folder} cannot be written, and this step was not stored. Check the disk.").format(
                        folder=self._note.parent
                    )
                )
            self._noted = records

    def finish(self, *, committed: bool) -> None:
        """After the transaction; when it was rolled back, what was noted for it is taken back."""
        if self._noted is not None and not committed:
            replica, records = self._read()
            if (replica, records) == (self._current, self._noted):
                self._write(replica, self._records)
        self._current = self._noted = None

    @cached_property
    def _note(self) -> Path:
        key = hashlib.sha256(self._project_id.encode() + b"\0" + os.fsencode(self._path.resolve())).hexdigest()
        return state_dir() / "replicas" / key[:32]

    def _read(self) -> tuple[str, int]:
        try:
            replica, _blank, records = self._note.read_text(encoding="ascii").partition(" ")
            return replica, int(records)
        except (OSError, ValueError):
            return "", 0

    def _write(self, replica: str, records: int) -> bool:
        """Overwrite the note in place (its length is always the same); a torn note is an unknown replica."""
        note = f"{replica} {records:020d}".encode("ascii")
        try:
            try:
                file = os.open(self._note, os.O_WRONLY)
            except FileNotFoundError:
                self._note.parent.mkdir(parents=True, exist_ok=True)
                file = os.open(self._note, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                return os.write(file, note) == len(note)
            finally:
                os.close(file)
        except OSError:
            return False


def _count(connection: sqlite3.Connection, replica: str) -> int:
    """How many records of `replica` the file holds: each of its actors numbers them without gaps."""
    row = connection.execute("select coalesce(sum(seq), 0) from head where replica = ?", (replica,)).fetchone()
    return int(row[0])
