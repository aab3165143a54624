"""Encryption of packages: only who should can open them, and the sentence says why another cannot."""

from __future__ import annotations

import base64
import os

import pyrage
import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.exchange.sealing import (
    Lock,
    lock_of,
    seal_to_keys,
    seal_with_passphrase,
    unseal_with_key,
    unseal_with_passphrase,
)
from hsreview.privacy import keys

DATA = b"PK\x03\x04" + bytes(200_000)
CHEAP = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBIQVFKcFhTall6Y1l2clFqdjF5RENnIDQKNUdpQXNENmRnV25xZnpkZ1Y0bWQydnMybHZYOWhC"
    "T05rN3JYV05VL3JVawotLS0gdCtzRTdER0V6dytGeFJCT1ZtN2pJendXQ2YzcmdFUENZOVJXamlRdnVlSQr1U/sG9183t4OgY94UIW8rXFA2LoNxVqUt"
    "J8eX7cVzyp2X0mI="
)
"""Sealed with “deux chèvres” at a work factor of 4 (an age file, as any other): each try costs nothing, not seconds."""


def another_key() -> keys.PrivateKey:
    identity = pyrage.x25519.Identity.generate()
    return keys.PrivateKey(str(identity), str(identity.to_public()))


def test_any_of_the_recipients_opens_it_and_nobody_else() -> None:
    one, two, stranger = another_key(), another_key(), another_key()
    sealed = seal_to_keys(DATA, [one.public, two.public])
    assert lock_of(sealed) is Lock.KEY and b"PK\x03\x04" not in sealed
    assert unseal_with_key(sealed, one) == unseal_with_key(sealed, two) == DATA
    with pytest.raises(InputRefused, match="somebody else"):
        unseal_with_key(sealed, stranger)


@pytest.mark.parametrize("cut", [0, 3, 25, 100, 250, 300, 70_000, 200_000])
def test_a_sealed_package_that_was_cut_short_is_damaged(cut: int) -> None:
    key = another_key()
    sealed = seal_to_keys(DATA, [key.public])[:cut]
    with pytest.raises(InputRefused, match="damaged"):
        lock_of(sealed)
        unseal_with_key(sealed, key)


def test_a_changed_byte_is_damage() -> None:
    key = another_key()
    sealed = bytearray(seal_to_keys(DATA, [key.public]))
    sealed[100_000] ^= 1
    with pytest.raises(InputRefused, match="damaged"):
        unseal_with_key(bytes(sealed), key)


def test_a_passphrase_opens_it() -> None:
    sealed = seal_with_passphrase(DATA, "deux chèvres")
    assert lock_of(sealed) is Lock.PASSPHRASE and b"PK\x03\x04" not in sealed
    assert unseal_with_passphrase(sealed, "deux chèvres") == DATA


def test_another_passphrase_does_not() -> None:
    assert unseal_with_passphrase(CHEAP, "deux chèvres") == b"PK\x03\x04"
    with pytest.raises(InputRefused, match="passphrase is not the one"):
        unseal_with_passphrase(CHEAP, "trois chèvres")


def test_a_passphrase_made_too_costly_on_purpose_is_not_tried() -> None:
    header = b"age-encryption.org/v1\n-> scrypt zdGKR2LzlgVbcOK5AVxTVw 60\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    assert lock_of(header) is Lock.PASSPHRASE
    with pytest.raises(InputRefused, match="too long"):
        unseal_with_passphrase(header + bytes(50), "deux chèvres")


def test_other_files_are_no_packages() -> None:
    for data in (b"%PDF-1.7", b"SQLite format 3\0", os.urandom(50)):
        with pytest.raises(InputRefused, match="not a package"):
            lock_of(data)
    assert lock_of(DATA) is Lock.NONE


def test_the_private_key_is_for_its_owner_only() -> None:
    made = keys.new_key()
    assert keys.private_key(lambda: "") == made and keys.own_public_key() == made.public
    if os.name == "posix":
        assert keys.key_file().stat().st_mode & 0o777 == 0o600
    assert made.secret not in repr(made)
    with pytest.raises(InputRefused, match="already"):
        keys.new_key()
    assert keys.private_key(lambda: "") == made


@pytest.mark.usefixtures("quick_passphrases")
def test_a_key_with_a_passphrase_needs_it_only_to_open_packages() -> None:
    made = keys.new_key("deux chèvres")
    assert made.secret.encode() not in keys.key_file().read_bytes()
    assert keys.own_public_key() == made.public
    assert keys.private_key(lambda: "deux chèvres") == made
    assert keys.private_key(lambda: "deux che\u0300vres") == made, "as another keyboard composes it"
    with pytest.raises(InputRefused, match="passphrase"):
        keys.private_key(lambda: "trois")
    old = pyrage.passphrase.encrypt(made.secret.encode(), "deux che\u0300vres")
    keys.key_file().write_bytes(old)
    assert keys.private_key(lambda: "deux che\u0300vres").secret == made.secret, "made before all were composed alike"


def test_without_a_key_it_is_said_how_to_make_one() -> None:
    assert keys.own_public_key() is None
    with pytest.raises(InputRefused, match="keys new"):
        keys.private_key(lambda: "")


def test_a_damaged_key_is_said_to_be_damaged_and_not_shown() -> None:
    made = keys.new_key()
    keys.key_file().write_text(made.secret[:-3], encoding="ascii")
    with pytest.raises(InputRefused, match="damaged") as caught:
        keys.private_key(lambda: "")
    assert made.secret[:30] not in caught.value.message


def test_only_public_keys_are_taken_for_public_keys() -> None:
    key = another_key()
    assert keys.checked_public_key(f" {key.public}\n") == key.public
    with pytest.raises(UsageProblem, match="private") as caught:
        keys.checked_public_key(key.secret)
    assert key.secret not in caught.value.message
    for wrong in ("", "age1", key.public[:-1], key.public[:-1] + "b"):
        with pytest.raises(UsageProblem, match="age1"):
            keys.checked_public_key(wrong)
