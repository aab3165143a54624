"""An open project: one file, one connection, one thread."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from hsreview.base.errors import InputRefused, ProjectDamaged, ProjectUnavailable, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.model.framework import OF_MEETINGS
from hsreview.project import migrations
from hsreview.project.backups import make_backup
from hsreview.project.cipher import Key
from hsreview.project.connection import connect, db_errors, explain, explained, key_of, snapshot, transaction
from hsreview.project.creating import make_file
from hsreview.project.formats import check_is_ours, format_of
from hsreview.project.log import Act
from hsreview.project.places import Danger, danger
from hsreview.project.replicas import Replicas
from hsreview.project.schema import APPLICATION_ID
from hsreview.project.scrubbing import WAIT_AT_OPENING, finish_erasing, is_unfinished
from hsreview.project.sealable import Sealable
from hsreview.project.state import State
from hsreview.project.undo import Toggled, toggle

FILE_NAME = "project.hsreview"
_T = TypeVar("_T")
_NEVER_READ = -1
_KIT = "kit"
"""The value of a copy for a validation meeting: who writes in it."""
_IN_KITS = OF_MEETINGS | {"ruling", "output", "act"}
"""What can be written there: also how contradictions are decided, and which files were written."""
FOLDERS = ("codebooks", "transcripts", "exports")


class _NothingFollowed(Exception):
    """What was to be done before the first write is taken back, because nothing was written then."""


class Project:
    """The open project file. Reads go through `connection`; every write is an act inside `write()`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.root = path.parent
        self.connection = connection
        self.read_only = read_only
        self.state = State(connection)
        self.id: str = connection.execute("select value from meta where key = 'project_id'").fetchone()[0]
        self._replicas = Replicas(self.id, path)
        self._log = path.with_name(path.name + "-wal")
        self._files: tuple[_Identity | None, _Identity | None] = (_identity(path), None)
        self._data_version = self._read_data_version()
        self._last_record = self._read_last_record()
        self._remembered: dict[Hashable, Any] | None = None
        self._first: tuple[Callable[[], object], Callable[[], object]] | None = None

    @classmethod
    def open(cls, root: Path, *, patience: int | None = None, read_only: bool = False) -> Project:
        """Open the project in folder `root`; `patience` as in `connect`. With `read_only` nothing in it is written.

        Raises ProjectUnavailable when it is missing, damaged, newer or locked.
        """
        path = root / FILE_NAME
        if not path.is_file():
            raise ProjectUnavailable(
                _("There is no project in {folder}. Create one with: hsreview init {folder}").format(folder=root)
            )
        there = _mark(path)
        try:
            return cls._open(path, patience=patience, read_only=read_only)
        except ProjectDamaged:
            if _mark(path) == there:
                raise
        # Another program put another file in its place meanwhile, such as an encrypted one.
        return cls._open(path, patience=patience, read_only=read_only)

    @classmethod
    def _open(cls, path: Path, *, patience: int | None, read_only: bool) -> Project:
        root = path.parent
        check_is_ours(path)
        read_only = read_only or not (os.access(path, os.W_OK) and os.access(root, os.W_OK))
        with explained(path):
            connection = _connect(path, read_only=read_only, patience=patience)
            try:
                _update_format(connection, path, root, read_only=read_only)
                project = cls(path, connection, read_only=read_only)
                if is_unfinished(connection):
                    finish_erasing(project, wait=WAIT_AT_OPENING)  # What is left over `doctor` tells.
                return project
            except BaseException:
                connection.close()
                raise

    @classmethod
    def create(
        cls, root: Path, fill: Callable[[Project], None] | None = None, *, project_id: str | None = None,
        key: Key | None = None,
    ) -> Project:  # fmt: skip
        """Make a project in `root` (folders included); `fill` writes what it begins with.

        `project_id` is that of the project which this will be another replica of; without it, the project is a new one.
        With a `key` it is encrypted from its first byte.
        Raises InputRefused when there is one already or it cannot be made; nothing is left behind then.
        """
        path = root / FILE_NAME

        def build(connection: sqlite3.Connection) -> None:
            migrations.begin(connection)
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute("insert into meta values ('project_id', ?)", (project_id or new_id(),))
            if fill is not None:
                fill(cls(path, connection, read_only=False))

        make_file(path, FOLDERS, build, key)
        return cls.open(root)

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self.connection.close()

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is; then it can be sealed."""
        return isinstance(self.connection, Sealable)

    def seal(self) -> None:
        """Close the file of an encrypted project until `unseal`; whoever uses it meanwhile gets ProjectSealed."""
        if isinstance(self.connection, Sealable):
            self.connection.close()

    def unseal(self) -> None:
        """Open the file again. Raises ProjectUnavailable when it cannot be opened or is another project now."""
        if not isinstance(self.connection, Sealable):
            return
        replaced = _("{name} was replaced meanwhile. Leave, and open it again.").format(name=self.path)
        try:
            with explained(self.path):
                self.connection.reopen()
                found = self.connection.execute("select value from meta where key = 'project_id'").fetchone()
                same = found[0] == self.id and format_of(self.connection, self.path) == len(migrations.MIGRATIONS)
            if not same or key_of(self.path) is None:
                raise ProjectUnavailable(replaced)
        except BaseException:
            self.connection.close()
            raise
        self._files = (_identity(self.path), None)
        self._data_version = _NEVER_READ

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def replica(self) -> str:
        """The id of this copy of the project, under which its next record will be written."""
        return self._replicas.next(self.connection)

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction: all acts inside are stored together, durably, or not at all."""
        self._refuse_if_read_only()
        committed = False
        first, self._first = self._first, None
        try:
            with explained(self.path), transaction(self.connection):
                self._check_in_place()
                before = self._read_last_record()
                self._replicas.begin(self.connection)
                changes = -1
                if first is not None:
                    first[0]()
                    changes = self.connection.total_changes
                yield
                if changes == self.connection.total_changes:
                    raise _NothingFollowed
                self._replicas.end(self.connection)
                own = self._read_last_record() - before
            committed = True
            self._files = self._files[0], _identity(self._log)
            self._last_record += own
        except _NothingFollowed:
            pass
        finally:
            self._replicas.finish(committed=committed)
            if not committed:
                self._first = first
        if first is not None and committed:
            first[1]()

    def before_first_write(self, work: Callable[[], object], then: Callable[[], object]) -> None:
        """Do `work` at the beginning of the next transaction that writes something, and `then` afterwards.

        It is stored with what follows, or not at all.
        """
        self._first = work, then

    def _check_in_place(self) -> None:
        """What is written into a file (or its log) that was replaced or taken away would be lost."""
        file, log = self._files
        if _identity(self.path) != file or (log is not None and _identity(self._log) != log):
            raise ProjectUnavailable(
                _(
                    "{name} was replaced, moved or removed while it was open; nothing was stored. "
                    "Open the project again."
                ).format(name=self.path)
            )

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see one state of the project, whatever other programs commit meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with snapshot(self.connection):
            self._remembered = {}
            try:
                yield
            finally:
                self._remembered = None

    def remembered(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` derives from the project, made once in a snapshot, whose reads cannot change; anew elsewhere.

        `key` tells it apart from all else that is remembered; whoever is given it only reads it.
        """
        if self._remembered is None:
            return make()
        if key not in self._remembered:
            self._remembered[key] = make()
        found: _T = self._remembered[key]
        return found

    def forget(self) -> None:
        """Let go of what was remembered in this snapshot: what comes next needs the room, and not those things."""
        if self._remembered is not None:
            self._remembered.clear()

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise InputRefused(
                _("{name} can be read but not written here. Nothing was changed.").format(name=self.path)
            )

    @contextmanager
    def act(self, coder_id: str, *, on_behalf: bool = False) -> Iterator[Act]:
        """One act of `coder_id`, in a transaction of its own unless `write()` has opened one.

        With `on_behalf` the act may make codings and memos of other coders (an import of their work).
        """
        if not coder_id:
            raise UsageProblem(_("Say who you are first: --coder NAME."))
        if self._replicas.writing:
            yield self._act(coder_id, on_behalf)
            return
        with self.write():
            yield self._act(coder_id, on_behalf)

    def _act(self, coder_id: str, on_behalf: bool) -> Act:
        only = _IN_KITS if self.kit_coder is not None else None
        return Act(self.state, coder_id, self.replica, on_behalf=on_behalf, only=only)

    def toggle(self, coder_id: str, *, forward: bool) -> Toggled | None:
        """Undo (or with `forward` redo) the coder's last act; see `hsreview.project.undo.toggle`."""
        with self.write():
            return toggle(self.state, coder_id, self.replica, forward=forward)

    def backup(self, reason: str, target: Path | None = None) -> Path:
        """A verified copy of the project file; see `hsreview.project.backups.make_backup`.

        An automatic one precedes a write: a project that cannot be written refuses it.
        """
        if reason != "asked":
            self._refuse_if_read_only()
        return make_backup(self.connection, self.root, reason, target)

    def danger(self) -> Danger | None:
        """Why the project's folder is not a safe place, or null."""
        return danger(self.root.resolve())

    def changed_elsewhere(self) -> bool:
        """Whether another program added to the log since this was last asked (or the project was opened)."""
        version = self._read_data_version()
        if version == self._data_version:
            return False
        with explained(self.path):
            last = self._read_last_record()
        changed = last != self._last_record
        self._data_version, self._last_record = version, last
        return changed

    def _read_data_version(self) -> int:
        try:
            return int(self.connection.execute("pragma data_version").fetchone()[0])
        except db_errors() as error:
            raise explain(error, self.path) from error

    def _read_last_record(self) -> int:
        return int(self.connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])

    def become_kit(self, coder_id: str) -> None:
        """From now on this copy is for a validation meeting: what is done there is all that can be written in it, by
        that coder, and it takes no packages."""
        self.set_local(_KIT, coder_id)

    @property
    def kit_coder(self) -> str | None:
        """Id of the coder who writes in a copy for a validation meeting; null in any other."""
        found = self.local(_KIT)
        return found if isinstance(found, str) else None

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


def _connect(path: Path, *, read_only: bool, patience: int | None) -> sqlite3.Connection:
    """As `connect`; the connection to an encrypted file can be sealed."""

    def open_() -> sqlite3.Connection:
        return connect(path, read_only=read_only, patience=patience)

    if key_of(path) is None:
        return open_()
    return cast(sqlite3.Connection, Sealable(open_))


_Identity = tuple[int, int]


def _identity(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _mark(path: Path) -> tuple[_Identity | None, int]:
    """Tells a file from the next one, which may get its number."""
    return _identity(path), path.stat().st_mtime_ns


def _update_format(connection: sqlite3.Connection, path: Path, root: Path, *, read_only: bool) -> None:
    newest = len(migrations.MIGRATIONS)
    if format_of(connection, path) == newest:
        return
    if read_only:
        raise ProjectUnavailable(
            _("{name} has an older format and cannot be updated here, because it is read-only.").format(name=path)
        )
    make_backup(connection, root, f"before-format-{newest}")
    migrations.migrate(connection)
