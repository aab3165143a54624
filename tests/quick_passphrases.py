"""What stands in for encryption with a passphrase where a test is about something else: the same, without the cost.

A real passphrase costs seconds each time, on purpose; tests/exchange/test_sealing.py pays that price once.
"""

from __future__ import annotations

import hashlib
import hmac

import pyrage

HEADER = b"age-encryption.org/v1\n-> scrypt quick 1\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
_MAC = 32


def _xored(data: bytes, passphrase: str) -> bytes:
    stream = hashlib.shake_256(passphrase.encode()).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def _mac(data: bytes, passphrase: str) -> bytes:
    return hmac.digest(passphrase.encode(), data, "sha256")


def encrypt(data: bytes, passphrase: str) -> bytes:
    """In place of `pyrage.passphrase.encrypt`."""
    return HEADER + _mac(data, passphrase) + _xored(data, passphrase)


def decrypt(data: bytes, passphrase: str) -> bytes:
    """In place of `pyrage.passphrase.decrypt`. Raises DecryptError when the passphrase is another."""
    sealed = data.removeprefix(HEADER)
    opened = _xored(sealed[_MAC:], passphrase)
    if not hmac.compare_digest(sealed[:_MAC], _mac(opened, passphrase)):
        raise pyrage.DecryptError("Decryption failed")
    return opened
