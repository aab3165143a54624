"""Encrypt a project at rest, make it plain again, change its passphrase; and say what lies beside it in plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _
from hsreview.project import cipher
from hsreview.project.backups import SUFFIX as _SUFFIX
from hsreview.project.backups import backups
from hsreview.project.cipher import Key
from hsreview.project.connection import key_of
from hsreview.project.encrypting import Converted as Converted
from hsreview.project.encrypting import convert, finish
from hsreview.project.formats import check_is_ours
from hsreview.project.project import FILE_NAME
from hsreview.project.project import Project as Project
from hsreview.project.spares import LOGS

_SEALED = b"age-encryption.org/"
_NO_TESTIMONY = "codebooks"
_SHORT = 16
_FEW = 4


@dataclass(frozen=True, slots=True)
class Protection:
    """How far a project folder is encrypted. No passphrase is needed to see it."""

    encrypted: bool
    plain_backups: tuple[Path, ...]
    """Anybody can read them."""
    other_backups: tuple[Path, ...]
    """Encrypted, but not with the present passphrase: with an earlier one, as a rule."""
    plain_files: tuple[Path, ...]
    """Other files of the folder that are not encrypted: interviews as they came, exports, what a killed run left."""


def protection(root: Path) -> Protection:
    """How far the project in `root` and what lies beside it is encrypted."""
    salt = cipher.salt_of(root / FILE_NAME)
    salts = [(backup, cipher.salt_of(backup)) for backup in backups(root)]
    known = {*(root / (FILE_NAME + suffix) for suffix in ("", "-shm", *LOGS)), *(backup for backup, _salt in salts)}
    return Protection(
        encrypted=salt is not None,
        plain_backups=tuple(backup for backup, found in salts if found is None),
        other_backups=tuple(backup for backup, found in salts if found is not None and found != salt),
        plain_files=tuple(sorted(path for path in set(root.rglob("*")) - known if _is_plain(root, path))),
    )


def _is_plain(root: Path, path: Path) -> bool:
    if path.relative_to(root).parts[0] == _NO_TESTIMONY or not path.is_file():
        return False
    try:
        if _SUFFIX in path.name and cipher.is_noise(path):  # By its name: what is packed looks like noise too.
            return False
        with path.open("rb") as file:
            start = file.read(len(_SEALED))
    except OSError:
        return True
    return start != _SEALED


def encrypt(root: Path, choose: Callable[[], str], progress: Callable[[str], None]) -> Converted:
    """Encrypt the project in `root` and its backups with the passphrase that `choose` gives.

    A project that is encrypted already keeps its passphrase; backups that were left plain are encrypted. Raises
    UsageProblem for an empty passphrase; else as `hsreview.project.encrypting.convert`.
    """
    path = _file(root)
    present = key_of(path)
    if present is not None:
        return finish(path, None, present, progress)
    return convert(path, new_key(choose()), progress)


def decrypt(root: Path, progress: Callable[[str], None]) -> Converted:
    """Make the project in `root` plain; its backups stay encrypted. Raises InputRefused when it is plain already."""
    path = _file(root)
    if key_of(path) is None:
        raise InputRefused(_("{name} is not encrypted; nothing was changed.").format(name=path))
    return convert(path, None, progress)


def change_passphrase(root: Path, choose: Callable[[], str], progress: Callable[[str], None]) -> Converted:
    """Put the project in `root` and its backups under another passphrase.

    Raises InputRefused when it is not encrypted; else as `encrypt`.
    """
    path = _file(root)
    if key_of(path) is None:
        raise InputRefused(
            _("{name} is not encrypted; nothing was changed. Encrypt it with: hsreview encrypt").format(name=path)
        )
    return convert(path, new_key(choose()), progress)


def weakness(passphrase: str) -> str:
    """A sentence about a passphrase that is easy to guess; empty for others."""
    if len(passphrase) >= _SHORT or len(passphrase.split()) >= _FEW:
        return ""
    return _(
        "This passphrase is short. Four or five words that have nothing to do with each other are easy to keep in mind "
        "and hard to guess."
    )


def _file(root: Path) -> Path:
    cipher.library()
    path = root / FILE_NAME
    check_is_ours(path)
    Project.open(root).close()  # In the newest format, and what was left in its log is in it.
    return path


def new_key(passphrase: str) -> Key:
    """A key for a new file. Raises UsageProblem for an empty passphrase."""
    if not passphrase:
        raise UsageProblem(_("An empty passphrase protects nothing; nothing was changed."))
    return cipher.new_key(passphrase)
