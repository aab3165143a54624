"""Put a backup in the place of a project; what was there before is always kept."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from hsreview.base.errors import (
    HsreviewError,
    InputRefused,
    NewerFormat,
    ProjectDamaged,
    ProjectSealed,
    ProjectUnavailable,
)
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.project import migrations
from hsreview.project.backups import copy_file, is_sound, make_backup, stamped
from hsreview.project.cipher import put_in_place
from hsreview.project.connection import connect, damaged, explain, explained, key_of
from hsreview.project.encrypting import rekey
from hsreview.project.erasing import KINDS
from hsreview.project.formats import check_is_ours, format_of
from hsreview.project.project import FILE_NAME, Project
from hsreview.project.scrubbing import begin_erasing
from hsreview.project.spares import LOGS, beside, spare_for

_PATIENCE = 200
"""Milliseconds that another program is waited for."""
_ERASING = ", ".join(f"'{kind}'" for kind in sorted(KINDS))


def restore_file(
    backup: Path, root: Path, *, other_project: bool = False, prepare: Callable[[Project], None] | None = None
) -> Path | None:  # fmt: skip
    """Put `backup` in the place of the project in `root`; returns where the state before it was kept, if any.

    `prepare` is called with the copy before it takes that place, so that nobody ever finds it as it was.

    A sound project is kept as a backup; a damaged or newer one, or one whose passphrase nobody gives, as it is. What is
    put in the place of an encrypted project is encrypted with the same passphrase. Raises InputRefused when the backup
    is not sound, or is of another project and `other_project` does not say that this is meant; nothing is changed then.
    """
    path = root / FILE_NAME
    _note_erased(path)
    try:
        with spare_for(path) as spare:
            project_id, name = _copy(backup, spare)
            if not other_project and _id_of(path) not in (None, project_id):
                raise InputRefused(
                    _(
                        "{name} is a backup of another project (“{other}”); nothing was changed. "
                        "If that one is meant, add --other-project."
                    ).format(name=backup, other=name)
                )
            _encrypt_as(path, spare)
            if prepare is not None:
                _prepare(spare, prepare)
            kept = _put_in_place(spare, path)
    except OSError as error:
        raise InputRefused(
            _("The backup could not be put in place: {reason}. Nothing was changed.").format(reason=os_reason(error))
        ) from error
    Project.open(root).close()
    return kept


def counted_since(present: Path, backup: Path) -> tuple[int, int] | None:
    """How many acts, and how many codings that were made, are in a project and not in a backup of it; null when the
    backup is of another project. Raises the errors of a file that cannot be read.
    """
    for path in (present, backup):
        check_is_ours(path)
    if _id_of(present) != _id_of(backup):
        return None
    with explained(backup), closing(connect(backup, read_only=True)) as older:
        heads = {(coder, replica): seq for coder, replica, seq in older.execute("select coder, replica, seq from head")}
        codings = {key for (key,) in older.execute("select id from coding")}
    with explained(present), closing(connect(present, read_only=True)) as newer:
        new: set[str] = set()
        for coder, replica, _seq in newer.execute("select coder, replica, seq from head").fetchall():
            rows = newer.execute(
                "select distinct act from change where coder = ? and replica = ? and seq > ?",
                (coder, replica, heads.get((coder, replica), 0)),
            )
            new |= {act for (act,) in rows}
        made = {key for (key,) in newer.execute("select id from coding where removed = 0")}
    return len(new), len(made - codings)


def _note_erased(path: Path) -> None:
    """Note in a project that erased something that there may be copies of it again: when this program is killed, the
    next opening clears them away."""
    with suppress(HsreviewError), explained(path):
        with closing(connect(path, read_only=True)) as present:
            format_of(present, path)
            erased = present.execute(f"select 1 from change where kind in ({_ERASING}) limit 1").fetchone()
        if erased and is_sound(path):  # A damaged one stays as it is, with its log.
            with closing(connect(path, patience=_PATIENCE)) as present:
                begin_erasing(present)


def _copy(backup: Path, spare: Path) -> tuple[str, str]:
    """Copy a backup into `spare`, and check the copy; returns the id and the name (or again the id) of its project."""
    unsound = InputRefused(_("{name} is not a sound backup; nothing was changed.").format(name=backup))
    if not backup.is_file():
        raise unsound
    try:
        check_is_ours(backup)
        with explained(backup), closing(connect(backup, read_only=True)) as source:
            format_of(source, backup)
            copy_file(source, spare)
            found = source.execute("select value from meta where key = 'project_id'").fetchone()
            name = source.execute("select value from setting where id = 'name' and removed = 0").fetchone()
    except ProjectDamaged as error:
        raise unsound from error
    except ProjectSealed:
        raise
    except ProjectUnavailable as error:
        raise InputRefused(error.message) from error
    if not found or not is_sound(spare):
        raise unsound
    return found[0], json.loads(name[0]) if name else found[0]


def _id_of(path: Path) -> str | None:
    """The id of the project that is in place, or null when it cannot be read."""
    try:
        check_is_ours(path)
        with explained(path), closing(connect(path, read_only=True)) as present:
            found = present.execute("select value from meta where key = 'project_id'").fetchone()
    except HsreviewError:
        return None
    return str(found[0]) if found else None


def _encrypt_as(path: Path, spare: Path) -> None:
    """Put `spare` under the key of the project that is in place, when that is encrypted and can be opened."""
    try:
        present = key_of(path)
    except ProjectSealed:
        return
    if present is not None and present != key_of(spare):
        rekey(spare, key_of(spare), present)


def _prepare(spare: Path, prepare: Callable[[Project], None]) -> None:
    with explained(spare), closing(connect(spare)) as connection:
        migrations.migrate(connection)
        prepare(Project(spare, connection, read_only=False))
        connection.execute("pragma journal_mode = delete")


def _put_in_place(spare: Path, path: Path) -> Path | None:
    if not path.exists():
        put_in_place(spare, path)
        return None
    try:
        kept = _back_up(path)
    except ProjectDamaged:
        return _exchange(spare, path, "damaged")
    except NewerFormat:
        return _exchange(spare, path, "newer-format")
    except ProjectSealed:
        return _exchange(spare, path, "sealed")
    put_in_place(spare, path)
    return kept


def _back_up(path: Path) -> Path:
    """Keep the sound project as a backup; afterwards it has no log and nobody has it open.

    Raises ProjectDamaged or NewerFormat before anything is written into it, ProjectUnavailable when it is in use.
    """
    check_is_ours(path)
    if not is_sound(path):
        raise damaged(path)
    with explained(path):
        with closing(connect(path, read_only=True)) as present:
            format_of(present, path)
        with closing(connect(path)) as present:
            present.execute(f"pragma busy_timeout = {_PATIENCE}")
            present.execute("pragma journal_mode = delete")
            kept = make_backup(present, path.parent, "before-restore")
    if any(beside(path, suffix).exists() for suffix in LOGS):
        raise explain(sqlite3.OperationalError("database is locked"), path)
    return kept


def _exchange(spare: Path, path: Path, reason: str) -> Path:
    """Rename the present file, with its logs, and put `spare` in its place; on failure all is as before."""
    kept = stamped(path.parent, reason)
    pairs = [(path, kept)]
    pairs += [(beside(path, s), beside(kept, s)) for s in LOGS if beside(path, s).exists()]
    moved = []
    try:
        for old, new in pairs:
            os.replace(old, new)
            moved.append((old, new))
        put_in_place(spare, path)
    except OSError:
        for old, new in reversed(moved):
            os.replace(new, old)
        raise
    with suppress(OSError):
        beside(path, "-shm").unlink()
    return kept
