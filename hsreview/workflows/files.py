"""Files that we write: beside their target first, then renamed, so that nothing is ever half written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A spare path with the same suffix to write to; on leaving it takes the place of `path`.

    Raises InputRefused when the folder cannot be written, the disk is full or the target is open in another program.
    """
    spare = path.with_name(f".{path.stem}.{os.getpid()}.new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield spare
        os.replace(spare, path)
    except PermissionError as error:
        raise InputRefused(
            _("{name} cannot be written. If it is open in another program, close it there and try again.").format(
                name=path
            )
        ) from error
    except OSError as error:
        raise InputRefused(
            _("{name} could not be written: {reason}.").format(name=path, reason=os_reason(error))
        ) from error
    finally:
        spare.unlink(missing_ok=True)
