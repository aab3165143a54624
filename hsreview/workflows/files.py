"""Files that we write: beside their target first, then renamed, so that nothing is ever half written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import get_ident

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible

_about_to_write: ContextVar[Callable[[], None] | None] = ContextVar("about_to_write", default=None)


@contextmanager
def before_writing(check: Callable[[], None]) -> Iterator[None]:
    """Meanwhile, `check` is called before a file is written; what it raises leaves the file as it was."""
    token = _about_to_write.set(check)
    try:
        yield
    finally:
        _about_to_write.reset(token)


def about_to_write() -> None:
    """Everything is ready to be written: somebody may look on, or say no."""
    check = _about_to_write.get()
    if check is not None:
        check()


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A spare path with the same suffix to write to; on leaving it takes the place of `path`.

    Raises InputRefused when the folder cannot be written, the disk is full or the target is open in another program.
    """
    about_to_write()
    # Two exports may run beside each other in one program: each has a spare file of its own.
    spare = path.with_name(f".{path.stem}.{os.getpid()}-{get_ident()}.new{path.suffix}")
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
        with suppress(OSError):  # It was never made, or its folder is none.
            spare.unlink()


@contextmanager
def written_folder(folder: Path) -> Iterator[Path]:
    """A spare folder to write to; on leaving it takes the place of `folder`, whole or not at all.

    Raises InputRefused when it cannot be written.
    """
    about_to_write()
    spare, old = (folder.with_name(f".{new_id()}") for _each in range(2))
    try:
        spare.mkdir(parents=True)
        yield spare
        if folder.exists():
            folder.rename(old)
        try:
            spare.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    except OSError as error:
        raise InputRefused(
            _("{name} could not be written: {reason}.").format(name=visible(str(folder)), reason=os_reason(error))
        ) from error
    finally:
        shutil.rmtree(spare, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
