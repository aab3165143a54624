"""Files that go for good: written over first, then removed; what that cannot promise, others have to say."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason

_BLOCK = 1 << 20


def destroy_file(path: Path, digest: str) -> None:
    """Write over every byte of a file, then remove it.

    Raises InputRefused when its SHA-256 is not `digest` any more (nothing is changed then), or it cannot be done.
    """
    try:
        with open(path, "r+b") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise InputRefused(_("{path} was changed meanwhile; nothing was destroyed.").format(path=path))
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            for start in range(0, size, _BLOCK):
                file.write(os.urandom(min(_BLOCK, size - start)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise InputRefused(
            _("{path} could not be destroyed: {reason}.").format(path=path, reason=os_reason(error))
        ) from error
