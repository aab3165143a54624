"""Encryption of package files as age files: to people's public keys, or with a passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.exchange.package import damaged, foreign, is_zip

if TYPE_CHECKING:
    from hsreview.privacy.keys import PrivateKey

_MARK = b"age-encryption.org/v"
_HEADER_END = b"\n--- "


class Lock(StrEnum):
    """What opens a package file."""

    NONE = "none"
    KEY = "key"
    PASSPHRASE = "passphrase"


def lock_of(data: bytes) -> Lock:
    """What opens the file. Raises InputRefused when it is no package at all, or cut short."""
    if is_zip(data):
        return Lock.NONE
    if not data.startswith(_MARK):
        raise damaged() if not data or _MARK.startswith(data) else foreign()
    header, end, _rest = data.partition(_HEADER_END)
    if not end:
        raise damaged()
    return Lock.PASSPHRASE if b"\n-> scrypt " in header else Lock.KEY


def seal_to_keys(data: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt so that the owner of any of the public keys can open it."""
    import pyrage

    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))


def seal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Encrypt with a passphrase; it takes seconds, on purpose."""
    import pyrage

    return bytes(pyrage.passphrase.encrypt(data, passphrase))


def unseal_with_key(data: bytes, key: PrivateKey) -> bytes:
    """Decrypt a file that was made for a public key. Raises InputRefused: made for others, or damaged."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key.secret)]))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise InputRefused(
                _(
                    "This package was made for somebody else’s key and cannot be opened with yours. "
                    "Ask its sender for one that is made for you (your public key: hsreview keys show)."
                )
            ) from None
        raise damaged() from None


def unseal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Decrypt a file that was made with a passphrase. Raises InputRefused: another passphrase, or damaged."""
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        if "Decryption failed" in str(error):
            raise InputRefused(_("The passphrase is not the one of this package; nothing was stored.")) from None
        if "work" in str(error).casefold():  # Its passphrase was made too costly to try, perhaps on purpose.
            raise InputRefused(
                _("Opening this package would take this computer too long. Ask for one that is made for your key.")
            ) from None
        raise damaged() from None
