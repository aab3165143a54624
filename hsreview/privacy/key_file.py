"""The key file: the register of names of a project, encrypted, outside of every project.

An age file, opened with a passphrase or with the private key of one of the people it was made for. It is written beside
its place and renamed; what another program changed meanwhile is not overwritten.
"""

from __future__ import annotations

import hashlib
import json
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
from hsreview.privacy import passphrase_work
from hsreview.privacy.keys import PrivateKey
from hsreview.privacy.register import Register
from hsreview.privacy.register_json import FORMAT, as_json, from_json

_MARK = b"age-encryption.org/v"
_PASSPHRASE = b"\n-> scrypt "


@dataclass(frozen=True, slots=True)
class Lock:
    """What a key file is encrypted with: a passphrase, or the public keys of those who may read it."""

    passphrase: str = field(default="", repr=False)
    recipients: tuple[str, ...] = ()


@dataclass(slots=True)
class KeyFile:
    """An open key file."""

    path: Path
    lock: Lock
    register: Register
    _read: str = ""
    """SHA-256 of the file as it was read; empty for one that is not written yet."""

    def save(self, register: Register) -> None:
        """Write a register in the place of the one before.

        Raises InputRefused when the place cannot be written or another program changed the file meanwhile.
        """
        document = json.dumps({**as_json(register), "recipients": self.lock.recipients}, ensure_ascii=False)
        data = _sealed(document.encode(), self.lock)
        if _digest(self.path) != self._read:
            raise InputRefused(
                _(
                    "{path} was changed by another program meanwhile, so it was not overwritten; what you just decided "
                    "is not in it. Do it again."
                ).format(path=self.path)
            )
        _write(self.path, data)
        self.register, self._read = register, hashlib.sha256(data).hexdigest()

    def relock(self, lock: Lock) -> None:
        """Encrypt the file anew, for something else. Raises InputRefused as `save`; the old lock stays then."""
        before, self.lock = self.lock, lock
        try:
            self.save(self.register)
        except BaseException:
            self.lock = before
            raise

    def check_value(self, text: str) -> None:
        """Raise UsageProblem when a text is the passphrase itself, typed where it would be readable and kept."""
        bare = normalize("NFC", text).strip().removeprefix("[").removesuffix("]").strip()
        if bare and bare == self.lock.passphrase.strip():
            raise UsageProblem(
                _("This is the passphrase of the key file, which would be readable here. Type what is asked for.")
            )


def default_place(project: str) -> Path:
    """Where the key file of a project lies when nothing else is said."""
    return config_dir() / "registers" / f"{project}.age"


def checked_passphrase(passphrase: str) -> str:
    """A passphrase as it is used, composed. Raises UsageProblem when it is empty."""
    if not passphrase.strip():
        raise UsageProblem(_("An empty passphrase protects nothing."))
    return normalize("NFC", passphrase)


def new_key_file(path: Path, project: str, lock: Lock) -> KeyFile:
    """Make an empty key file. Raises InputRefused when there is one, or the place cannot be written."""
    if os.path.lexists(path):
        raise InputRefused(_("{path} is there already, and is not overwritten.").format(path=path))
    made = KeyFile(path, lock, Register(project))
    made.save(made.register)
    return made


def check_writable(path: Path) -> None:
    """Raise InputRefused when a key file could not be written there; asked before anything is decided.

    A folder that is missing is made when the file is written.
    """
    folder = next(each for each in path.resolve().parents if os.path.lexists(each))
    spare = _spare(folder / path.name)
    try:
        spare.touch(mode=0o600)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            spare.unlink()


def open_key_file(
    path: Path, project: str, passphrase: Callable[[], str], identity: Callable[[], PrivateKey]
) -> KeyFile:
    """Open the key file of a project; what opens it is asked for: the passphrase, or the private key of this user.

    Raises InputRefused when it cannot be read, is damaged, of another project, or opened by something else.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(
            _(
                "There is no key file in {path}. If it lies elsewhere, say where with --key-file; "
                "the first one of a project is made with: hsreview names new"
            ).format(path=path)
        ) from error
    except OSError as error:
        raise InputRefused(_("{path} cannot be read: {reason}.").format(path=path, reason=os_reason(error))) from error
    if not data.startswith(_MARK):
        if data and not _MARK.startswith(data):
            raise InputRefused(_("{path} is not a key file of hsreview.").format(path=path))
        raise _damaged(path)
    header, end, _rest = data.partition(b"\n--- ")
    if not end:
        raise _damaged(path)
    by_passphrase = _PASSPHRASE in header
    lock = Lock(checked_passphrase(passphrase())) if by_passphrase else Lock()
    document = _opened(path, data, lock, None if by_passphrase else identity())
    try:
        value = json.loads(document)
        if value["format"] > FORMAT:
            raise InputRefused(
                _("{path} was written by a newer hsreview. Update hsreview on this computer.").format(path=path)
            )
        register = from_json(value)
        recipients = tuple(map(str, value["recipients"]))
    except (KeyError, TypeError, ValueError, AttributeError):  # Its message could hold a name.
        raise _damaged(path) from None
    if register.project != project:
        raise InputRefused(
            _("{path} is the key file of another project. Say where this project’s lies with --key-file.").format(
                path=path
            )
        )
    if not by_passphrase:
        lock = Lock(recipients=recipients)
    return KeyFile(path, lock, register, hashlib.sha256(data).hexdigest())


def _sealed(data: bytes, lock: Lock) -> bytes:
    import pyrage

    if lock.passphrase:
        return passphrase_work.encrypt(data, lock.passphrase)
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in lock.recipients]))


def _opened(path: Path, data: bytes, lock: Lock, key: PrivateKey | None) -> bytes:
    import pyrage

    try:
        if key is None:
            return passphrase_work.decrypt(data, lock.passphrase)
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key.secret)]))
    except pyrage.DecryptError as error:
        told = str(error)
        if "No matching keys" in told:
            raise InputRefused(
                _("{path} was made for other people’s keys and cannot be opened with yours.").format(path=path)
            ) from None
        if key is None and "Decryption failed" in told:
            raise InputRefused(
                _("The passphrase is not the one of the key file, or the file is damaged: {path}").format(path=path)
            ) from None
        raise _damaged(path) from None


def _damaged(path: Path) -> InputRefused:
    return InputRefused(
        _("{path} is damaged or cut short and cannot be opened. Put a copy of it in its place.").format(path=path)
    )


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _unwritable(path, error) from error


def _spare(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def _write(path: Path, data: bytes) -> None:
    """Put the file in its place, readable by its owner only from its first byte; where a link leads to, it stays."""
    path = path.resolve()
    spare = _spare(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(spare, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            spare.unlink()


def _unwritable(path: Path, error: OSError) -> InputRefused:
    return InputRefused(
        _(
            "The key file cannot be written to {path}: {reason}. Nothing was decided or stored. "
            "Name a place that can be written with --key-file."
        ).format(path=path, reason=os_reason(error))
    )
