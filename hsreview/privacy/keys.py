"""Keys for packages: the private key of this user, outside of every project, and what a public key looks like.

The private key is an age identity in a file that only this user may read, encrypted when it was given a passphrase.
It is never printed, logged or put into a project; public keys may go anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.settings import config_dir

_AGE = b"age-encryption.org/v"
_SECRET = "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key in memory; its representation does not show it."""

    secret: str = field(repr=False)
    public: str


def key_file() -> Path:
    """Where this user's private key lies."""
    return config_dir() / "keys" / "private.age-key"


def public_key_file() -> Path:
    """The public key beside it, which can be shown without a passphrase."""
    return key_file().with_name("public.txt")


def has_key() -> bool:
    """Whether this user has a private key."""
    return key_file().exists()


def new_key(passphrase: str | None = None) -> PrivateKey:
    """Make this user's key pair. Raises InputRefused when there is one already or the folder cannot be written."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    key = PrivateKey(str(identity), str(identity.to_public()))
    data = f"{key.secret}\n".encode()
    if passphrase:
        data = bytes(pyrage.passphrase.encrypt(data, normalize("NFC", passphrase)))
    path = key_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(path, data)
        public_key_file().write_text(key.public + "\n", encoding="ascii")
    except FileExistsError as error:
        raise InputRefused(
            _(
                "You have a key already, in {path}. Packages that were made for it can be opened with it alone, "
                "so it is not replaced."
            ).format(path=path)
        ) from error
    except OSError as error:
        raise InputRefused(
            _("The key could not be written to {path}: {reason}.").format(path=path, reason=os_reason(error))
        ) from error
    return key


def _write_private(path: Path, data: bytes) -> None:
    """Make the file, readable by its owner only from its first byte; a half-written one does not stay."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def own_public_key() -> str | None:
    """This user's public key; null when there is none. It needs no passphrase."""
    try:
        public = public_key_file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        public = ""
    if public or not has_key():
        return public or None
    data = _read()
    return None if data.startswith(_AGE) else _parsed(data).public


def private_key(passphrase: Callable[[], str]) -> PrivateKey:
    """This user's private key; `passphrase` is asked only when the key has one.

    Raises InputRefused when there is no key, it cannot be read, or the passphrase is another.
    """
    if not has_key():
        raise InputRefused(
            _(
                "This package was made for a key, and you have none on this computer. "
                "A key is made with: hsreview keys new"
            )
        )
    data = _read()
    if data.startswith(_AGE):
        data = _opened(data, passphrase())
    return _parsed(data)


def _opened(data: bytes, passphrase: str) -> bytes:
    """What is encrypted with a passphrase, however its accents were typed now and when the key was made."""
    import pyrage

    for each in dict.fromkeys((normalize("NFC", passphrase), passphrase)):
        with suppress(pyrage.DecryptError):
            return bytes(pyrage.passphrase.decrypt(data, each))
    raise InputRefused(_("The passphrase is not the one of your key; nothing was stored."))


def _read() -> bytes:
    try:
        return key_file().read_bytes()
    except OSError as error:
        raise InputRefused(
            _("Your key in {path} cannot be read: {reason}.").format(path=key_file(), reason=os_reason(error))
        ) from error


def _parsed(data: bytes) -> PrivateKey:
    import pyrage

    try:
        secret = next(line for line in data.decode("ascii").split("\n") if line.startswith(_SECRET)).strip()
        return PrivateKey(secret, str(pyrage.x25519.Identity.from_str(secret).to_public()))
    except (StopIteration, UnicodeDecodeError, pyrage.IdentityError):  # Its message could hold part of the key.
        raise InputRefused(_("Your key in {path} is damaged.").format(path=key_file())) from None


def checked_public_key(text: str) -> str:
    """A public key as it is written. Raises UsageProblem when it is none, above all when it is a private one."""
    import pyrage

    key = text.strip()
    if key.upper().startswith("AGE-SECRET-KEY"):
        raise UsageProblem(
            _(
                "This is a private key, which nobody but its owner may have. "
                "Give the public one, which begins with age1."
            )
        )
    try:
        return str(pyrage.x25519.Recipient.from_str(key))
    except pyrage.RecipientError:
        raise UsageProblem(
            _("This is not a public key. One begins with age1 and has 62 letters and digits; copy it whole.")
        ) from None
