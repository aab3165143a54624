"""What a workbook is made of stays in memory until it is written: no words lie in the folder of temporary files.

openpyxl writes every sheet into a named temporary file first, which a program that is killed leaves behind.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook

_FAST = 1


def save(workbook: Workbook, target: Path | IO[bytes]) -> None:
    """Write a workbook of openpyxl to `target`. Raises OSError."""
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            out = BytesIO()
            writer = WorksheetWriter(ws, out)
            ws._drawing = _drawing_of(ws)
            writer.write()
            ws._rels = writer._rels  # type: ignore[attr-defined]  # unknown to the stubs, as the archive below
            self._archive.writestr(ws.path[1:], out.getvalue())  # type: ignore[attr-defined]
            self.manifest.append(ws)

    archive = ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True)
    InMemory(workbook, archive).save()


def _drawing_of(worksheet: Any) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

    drawing = SpreadsheetDrawing()
    drawing.charts, drawing.images = worksheet._charts, worksheet._images
    return drawing


class Spool:
    """Bytes that are written once, kept compressed, and copied once."""

    def __init__(self) -> None:
        self.size = 0
        self._kept: list[bytes] = []
        self._compress = zlib.compressobj(_FAST)

    def write(self, data: bytes) -> None:
        """Add `data`."""
        self.size += len(data)
        if packed := self._compress.compress(data):
            self._kept.append(packed)

    def copy_to(self, stream: IO[bytes]) -> None:
        """Write all to `stream`; nothing can be added afterwards."""
        self._kept.append(self._compress.flush())
        unpack = zlib.decompressobj()
        for packed in self._kept:
            stream.write(unpack.decompress(packed))
        stream.write(unpack.flush())
        self.close()

    def close(self) -> None:
        """Forget what was written."""
        self._kept = []
