"""Encrypted project files (SQLCipher): which are, how a passphrase becomes a key, and the library that reads them.

An encrypted file begins with the salt of its key, and all else in it is noise. The library is loaded when the first
such file is met; a program that opens plain files only never needs it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from hsreview.base.errors import ProjectUnavailable
from hsreview.base.messages import _

_MODULE = "sqlcipher3.dbapi2"
_MAGIC = b"SQLite format 3\0"
_PAGE = 4096
_SALT = 16
_ITERATIONS = 256_000
"""Of PBKDF2 with SHA-512, as SQLCipher 4 makes its keys: its own tools open our files with the same passphrase."""
_NOISE = 240
"""Different bytes in the first page from which it counts as noise: noise has about all 256, damaged pages far fewer."""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a file: the salt that it begins with, and the secret made of it and the passphrase."""

    salt: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def literal(self) -> str:
        """As SQL; nothing in it needs to be quoted."""
        return f"\"x'{self.secret.hex()}{self.salt.hex()}'\""


def literal(key: Key | None) -> str:
    """The key of a database as SQL; null says that it is plain."""
    return key.literal if key else "''"


def normalised(passphrase: str) -> str:
    """A passphrase as it is used: the same for all the ways to write an accent."""
    return unicodedata.normalize("NFC", passphrase)


def derive(passphrase: str, salt: bytes) -> Key:
    """The key that `passphrase` makes with `salt`: slow on purpose, so that guessing is."""
    secret = hashlib.pbkdf2_hmac(
        "sha512", normalised(passphrase).encode("utf-8", "surrogateescape"), salt, _ITERATIONS, 32
    )
    return Key(salt, secret)


def new_key(passphrase: str) -> Key:
    """A key for a new file."""
    return derive(passphrase, os.urandom(_SALT))


def library() -> Any:
    """The database library that reads encrypted files. Raises ProjectUnavailable when it is not installed."""
    try:
        import sqlcipher3.dbapi2
    except ImportError as error:
        raise ProjectUnavailable(
            _(
                "Encrypted projects need a part of hsreview that is not installed here. "
                "Install it with: pipx inject hsreview sqlcipher3 (or: pip install sqlcipher3)"
            )
        ) from error
    return sqlcipher3.dbapi2


def loaded() -> Any | None:
    """The same library when this program has met an encrypted file; else null."""
    return sys.modules.get(_MODULE)


def salt_of(path: Path) -> bytes | None:
    """The salt of the key of an encrypted file; null when the file is not encrypted. Raises OSError.

    The file is read by hand at its first sight only, before any connection to it: a file that is opened and closed by
    hand takes the locks of all connections of this program with it (POSIX). Later the library says what it begins with.
    """
    identity = _identity(path)
    with _looking:
        if identity not in _encrypted:
            _encrypted[identity] = is_noise(path)
        if not _encrypted[identity] or path.stat().st_size < _PAGE:
            return None
        salt = _first_bytes(path)
        _encrypted[identity] = (
            salt != _MAGIC
        )  # Another program may have made it plain, under the number of the old one.
        return salt if _encrypted[identity] else None


def look_again(path: Path) -> bool:
    """Look at a file anew that is not the plain one it was taken for; whether it is encrypted now."""
    with _looking:
        _encrypted.pop(_identity(path), None)
    return salt_of(path) is not None


def put_in_place(spare: Path, path: Path) -> None:
    """Rename `spare` to `path`, over what is there; systems give the number of a file that is gone to the next one."""
    os.replace(spare, path)
    with _looking:
        _encrypted.pop(_identity(path), None)


def address(path: Path, mode: str) -> str:
    """The file as an address for SQLite; bytes that are not UTF-8 and names of Windows servers included."""
    place = path.resolve().as_posix()
    slash = "" if place.startswith("/") else "/"
    return f"file://{slash}{quote(os.fsencode(place))}?mode={mode}"


_Identity = tuple[str, int, int]
_encrypted: dict[_Identity, bool] = {}
_looking = Lock()


def _identity(path: Path) -> _Identity:
    status = path.stat()
    return str(path.resolve()), status.st_dev, status.st_ino


def is_noise(path: Path) -> bool:
    """Whether a file begins as an encrypted one does; read by hand, so not for one that is open. Raises OSError."""
    with path.open("rb") as file:
        page = file.read(_PAGE)
    return len(page) == _PAGE and not page.startswith(_MAGIC) and len(set(page)) >= _NOISE


def _first_bytes(path: Path) -> bytes:
    nothing = Key(bytes(_SALT), bytes(32))
    with closing(library().connect(address(path, "ro&immutable=1"), uri=True)) as connection:
        unlock(connection, nothing)
        return salt_of_connection(connection)


def unlock(connection: Any, key: Key) -> None:
    """First thing on a connection to an encrypted file. A wrong key shows at the first look into the file."""
    connection.execute("pragma cipher_log_level = none")  # What it says goes straight to the terminal.
    connection.execute(f"pragma key = {key.literal}")


def salt_of_connection(connection: Any) -> bytes:
    """The salt of the file behind a connection that was unlocked."""
    return bytes.fromhex(connection.execute("pragma cipher_salt").fetchone()[0])


Opens = Callable[[Key], bool]
"""Whether a key is the right one."""
