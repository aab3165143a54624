"""The passphrases of encrypted projects in this run of the program."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.errors import ProjectSealed, ProjectUnavailable
from hsreview.base.messages import _
from hsreview.project import cipher, unlocking
from hsreview.project.connection import unlock_file
from hsreview.project.project import FILE_NAME


def is_encrypted(root: Path) -> bool:
    """Whether the project in `root` is encrypted; no passphrase is asked for."""
    try:
        return cipher.salt_of(root / FILE_NAME) is not None
    except OSError:
        return False
    except ProjectUnavailable:  # Of the library, which only an encrypted file needs.
        return True


def unlock(root: Path, passphrase: str) -> None:
    """Take the passphrase of the encrypted project in `root` for this run of the program.

    Raises ProjectSealed, in a sentence for whoever typed it, when it is another one.
    """
    if not unlock_file(root / FILE_NAME, passphrase):
        raise ProjectSealed(_("That is not the passphrase. Mind capitals, keyboard layout and blanks."))


def lock() -> None:
    """Forget every passphrase and key: what is opened next asks."""
    unlocking.lock()
