"""The keys of encrypted files that this program may use, in its memory only, and how it asks for a passphrase.

Every command imports it at its start; it loads nothing of encryption itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from hsreview.base.errors import ProjectSealed
from hsreview.base.messages import _

if TYPE_CHECKING:
    from hsreview.project.cipher import Key, Opens

Ask = Callable[[Path, bool], str | None]
"""Gives the passphrase of a file, or null when nobody can be asked (any more); the second argument says that the one
before was wrong."""

_keys: dict[bytes, Key] = {}
_given: list[str] = []
_ask: Ask | None = None
_one_at_a_time = RLock()


def ask_with(ask: Ask | None) -> None:
    """Who asks the user from now on; null when nobody does."""
    global _ask
    _ask = ask


def remember(key: Key) -> None:
    """Keep a key for the files that begin with its salt."""
    _leave_no_core()
    _keys[key.salt] = key


def known(salt: bytes) -> Key | None:
    """The key of the files that begin with `salt`, when this program has it."""
    return _keys.get(salt)


def lock() -> None:
    """Forget all keys and passphrases; whatever is opened next asks for its passphrase."""
    with _one_at_a_time:
        _keys.clear()
        _given.clear()


def key_for(path: Path, salt: bytes, opens: Opens) -> Key:
    """The key of the encrypted file `path`: known, made of a passphrase that was given before, or asked for.

    Raises ProjectSealed when nobody gives the right passphrase.
    """
    with _one_at_a_time:
        if salt in _keys:
            return _keys[salt]
        for passphrase in _given:
            if found := opened_by(passphrase, salt, opens):
                return found
        wrong = False
        while typed := _ask(path, wrong) if _ask else None:
            if found := opened_by(typed, salt, opens):
                _given.append(typed)
                return found
            wrong = True
        raise wrong_passphrase(path) if wrong else sealed(path)


def opened_by(passphrase: str, salt: bytes, opens: Opens) -> Key | None:
    """The key that `passphrase` makes with `salt`, which is kept; null when it does not open the file."""
    from hsreview.project.cipher import derive

    key = derive(passphrase, salt)
    if not opens(key):
        return None
    remember(key)
    return key


def _leave_no_core() -> None:
    """A program that the system ends writes no picture of its memory to the disk: the key and the texts are in it."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such thing.
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def sealed(path: Path) -> ProjectSealed:
    """The error for an encrypted file without a passphrase."""
    return ProjectSealed(
        _(
            "{name} is encrypted. Give its passphrase in a terminal, with --passphrase-fd, or in HSREVIEW_PASSPHRASE."
        ).format(name=path)
    )


def wrong_passphrase(path: Path) -> ProjectSealed:
    """The error for a passphrase that does not open the file."""
    return ProjectSealed(
        _(
            "That is not the passphrase of {name}; nothing was changed. Mind capitals, keyboard layout and blanks. A "
            "passphrase that is lost cannot be recovered by anybody; if you are sure of it, the file is damaged: "
            "restore a backup with hsreview restore."
        ).format(name=path)
    )
