"""Opening a workbook that somebody sent: what is not a workbook, or a trap, is refused in one sentence."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
MAX_STREAMED = 1_500_000_000
"""Of a workbook that is read row by row."""
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)


def open_workbook(path: Path) -> Workbook:
    """The workbook in `path`, with formulas as they stand and merged cells known.

    Raises InputRefused when the file is missing, protected by a password, of another kind, damaged or hostile.
    """
    from openpyxl import load_workbook

    with _explained(path, MAX_UNPACKED):
        return load_workbook(path)


@contextmanager
def open_streamed(path: Path) -> Iterator[Workbook]:
    """As `open_workbook`, for a large file that is read row by row; it is closed on leaving."""
    from openpyxl import load_workbook

    with _explained(path, MAX_STREAMED):
        workbook = load_workbook(path, read_only=True)
        try:
            yield workbook
        finally:
            workbook.close()


@contextmanager
def _explained(path: Path, most: int) -> Iterator[None]:
    """Check a file before it is opened, and say in one sentence what is wrong with it."""
    name = visible(path.name or str(path))
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        if start.startswith(_OLE):
            text = _("{name} is protected by a password or in the old .xls form. Save it as .xlsx without a password.")
            raise InputRefused(text.format(name=name))
        _check_parts(path, name, most)
        yield
    except OSError as error:
        text = _("The workbook {name} cannot be read: {reason}.")
        raise InputRefused(text.format(name=name, reason=os_reason(error))) from None
    except InputRefused:
        raise
    # openpyxl lets nearly any exception of its parsers through when a part is damaged.
    except Exception:
        raise InputRefused(_("{name} is damaged or not an .xlsx workbook.").format(name=name)) from None


def _check_parts(path: Path, name: str, most: int) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if parts and parts[0].filename == "mimetype":
            raise InputRefused(_("{name} is an OpenDocument file. Save it as .xlsx.").format(name=name))
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most:
            raise InputRefused(_("{name} unpacks to far more than a workbook of this kind.").format(name=name))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if _DOCTYPE.search(stream.read(5000)):
                        raise InputRefused(
                            _("{name} holds a document type, which no spreadsheet writes.").format(name=name)
                        )
