"""An open project: one file, one connection, one thread."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, ProjectUnavailable, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.project import migrations
from hsreview.project.backups import is_sound, make_backup
from hsreview.project.connection import DB_ERRORS, connect, explain, explained, transaction
from hsreview.project.log import Act
from hsreview.project.places import Danger, danger
from hsreview.project.replicas import forget, remember, replica_of
from hsreview.project.schema import APPLICATION_ID
from hsreview.project.state import State
from hsreview.project.undo import Toggled, toggle

FILE_NAME = "project.hsreview"
FOLDERS = ("codebooks", "transcripts", "exports")


class Project:
    """The open project file. Reads go through `connection`; every write is an act inside `write()`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.root = path.parent
        self.connection = connection
        self.read_only = read_only
        self.state = State(connection)
        self.id: str = connection.execute("select value from meta where key = 'project_id'").fetchone()[0]
        self._replica: str | None = None
        self._data_version = self._read_data_version()

    @classmethod
    def open(cls, root: Path) -> Project:
        """Open the project in folder `root`. Raises ProjectUnavailable when it is missing, damaged, newer or locked."""
        path = root / FILE_NAME
        if not path.is_file():
            raise ProjectUnavailable(
                _("There is no project in {folder}. Create one with: hsreview init {folder}").format(folder=root)
            )
        _check_is_ours(path)
        read_only = not (os.access(path, os.W_OK) and os.access(root, os.W_OK))
        with explained(path):
            connection = connect(path, read_only=read_only)
            try:
                _check_version(connection, path, root, read_only=read_only)
                return cls(path, connection, read_only=read_only)
            except BaseException:
                connection.close()
                raise

    @classmethod
    def create(cls, root: Path) -> Project:
        """Make an empty project in `root` (folders included). Raises InputRefused when there is one already."""
        path = root / FILE_NAME
        if path.exists():
            raise InputRefused(_("{folder} already holds a project; nothing was changed.").format(folder=root))
        try:
            for folder in FOLDERS:
                (root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputRefused(
                _("No project can be created in {folder}: {reason}.").format(
                    folder=root, reason=error.strerror or error
                )
            ) from error
        spare = root / f".{FILE_NAME}.{os.getpid()}.new"
        try:
            with explained(path):
                connection = connect(spare, create=True)
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                migrations.migrate(connection)
                connection.execute("insert into meta values ('project_id', ?)", (new_id(),))
                connection.execute("pragma journal_mode = delete")
                connection.close()
            os.replace(spare, path)
        except OSError as error:
            raise InputRefused(
                _("No project can be created in {folder}: {reason}.").format(
                    folder=root, reason=error.strerror or error
                )
            ) from error
        finally:
            spare.unlink(missing_ok=True)
        return cls.open(root)

    def close(self) -> None:
        """Close the file; safe to call twice."""
        if self._replica is not None:
            with contextlib.suppress(OSError):  # What was remembered at the first write then tells the replica apart.
                remember(self.id, self.path, self.connection, self._replica)
            self._replica = None
        self.connection.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def replica(self) -> str:
        """The id of this copy of the project."""
        if self._replica is None:
            self._replica = replica_of(self.id, self.path, self.connection)
        return self._replica

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction: all acts inside are stored together, durably, or not at all."""
        if self.read_only:
            raise InputRefused(
                _("{name} can be read but not written here. Nothing was changed.").format(name=self.path)
            )
        with explained(self.path), transaction(self.connection):
            yield

    @contextmanager
    def act(self, coder_id: str, *, on_behalf: bool = False) -> Iterator[Act]:
        """One act of `coder_id`, in a transaction of its own unless one is open.

        With `on_behalf` the act may make codings and memos of other coders (an import of their work).
        """
        if not coder_id:
            raise UsageProblem(_("Say who you are first: --coder NAME."))
        replica = self.replica
        if self.connection.in_transaction:
            yield Act(self.state, coder_id, replica, on_behalf=on_behalf)
            return
        with self.write():
            yield Act(self.state, coder_id, replica, on_behalf=on_behalf)

    def toggle(self, coder_id: str, *, forward: bool) -> Toggled | None:
        """Undo (or with `forward` redo) the coder's last act; see `hsreview.project.undo.toggle`."""
        replica = self.replica
        with self.write():
            return toggle(self.state, coder_id, replica, forward=forward)

    def backup(self, reason: str, target: Path | None = None) -> Path:
        """A verified copy of the project file; see `hsreview.project.backups.make_backup`."""
        return make_backup(self.connection, self.root, reason, target)

    def danger(self) -> Danger | None:
        """Why the project's folder is not a safe place, or null."""
        return danger(self.root.resolve())

    def changed_elsewhere(self) -> bool:
        """Whether another program committed since this was last asked."""
        version = self._read_data_version()
        changed = version != self._data_version
        self._data_version = version
        return changed

    def _read_data_version(self) -> int:
        try:
            return int(self.connection.execute("pragma data_version").fetchone()[0])
        except DB_ERRORS as error:
            raise explain(error, self.path) from error

    def local(self, key: str, default: Any = None) -> Any:
        """A value that belongs to this copy alone (where a coder stopped reading)."""
        row = self.connection.execute("select value from local where key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else default

    def set_local(self, key: str, value: Any) -> None:
        """Store a value of this copy; quietly nothing in a read-only project."""
        if self.read_only:
            return
        with explained(self.path):
            self.connection.execute(
                "insert into local values (?, ?) on conflict(key) do update set value = excluded.value",
                (key, json.dumps(value)),
            )


def restore_file(backup: Path, root: Path) -> Path | None:
    """Put `backup` in the place of the project in `root`; returns the backup that was made of the present state.

    The restored file starts a new replica. Raises InputRefused when the backup is not sound.
    """
    if not backup.is_file() or not is_sound(backup):
        raise InputRefused(_("{name} is not a sound backup; nothing was changed.").format(name=backup))
    path = root / FILE_NAME
    kept: Path | None = None
    if path.exists():
        try:
            with Project.open(root) as present:
                kept = present.backup("before-restore")
                # This fails while another program has the project open, and folds the write-ahead log into the file.
                with explained(path):
                    present.connection.execute("pragma busy_timeout = 200")
                    present.connection.execute("pragma journal_mode = delete")
        except ProjectUnavailable as error:
            if isinstance(error.__cause__, sqlite3.OperationalError) and "locked" in str(error.__cause__):
                raise
            kept = path.with_name(f"damaged-{new_id()[:8]}.hsreview")
            os.replace(path, kept)
    spare = root / f".{FILE_NAME}.{os.getpid()}.new"
    try:
        import shutil

        shutil.copyfile(backup, spare)
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
        os.replace(spare, path)
    except OSError as error:
        spare.unlink(missing_ok=True)
        raise InputRefused(
            _("The backup could not be put in place: {reason}. Nothing was changed.").format(
                reason=error.strerror or error
            )
        ) from error
    with Project.open(root) as restored:
        forget(restored.id, path)
    return kept


def _check_is_ours(path: Path) -> None:
    """Look at the file's header before SQLite may write to it."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise ProjectUnavailable(
            _("{name} cannot be read: {reason}.").format(name=path, reason=error.strerror or error)
        ) from error
    if not header.startswith(b"SQLite format 3\0") or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise ProjectUnavailable(
            _(
                "{name} is damaged or not a project of hsreview. "
                "Restore the newest backup: hsreview restore (see the folder “backups”)."
            ).format(name=path)
        )


def _check_version(connection: sqlite3.Connection, path: Path, root: Path, *, read_only: bool) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    newest = len(migrations.MIGRATIONS)
    if version > newest:
        raise ProjectUnavailable(
            _(
                "{name} was made by a newer hsreview (format {found}; this one reads up to {newest}). "
                "Update hsreview to open it. Nothing was changed."
            ).format(name=path, found=version, newest=newest)
        )
    if version < newest:
        if read_only:
            raise ProjectUnavailable(
                _("{name} has an older format and cannot be updated here, because it is read-only.").format(name=path)
            )
        make_backup(connection, root, f"before-format-{newest}")
        migrations.migrate(connection)
