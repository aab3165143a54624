"""Any supported file → Source: the reader is chosen by extension, and the content must agree with it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.intake.source import Source

MEGABYTE = 1_000_000
LARGEST_FILE = 50 * MEGABYTE
LARGEST_PDF = 100 * MEGABYTE

READERS = {
    "txt": "hsreview.intake.formats.text",
    "text": "hsreview.intake.formats.text",
    "md": "hsreview.intake.formats.text",
    "markdown": "hsreview.intake.formats.text",
    "rst": "hsreview.intake.formats.text",
    "vtt": "hsreview.intake.formats.vtt",
    "srt": "hsreview.intake.formats.srt",
    "csv": "hsreview.intake.formats.table",
    "tsv": "hsreview.intake.formats.table",
    "xlsx": "hsreview.intake.formats.table",
    "docx": "hsreview.intake.office.docx",
    "odt": "hsreview.intake.office.odt",
    "rtf": "hsreview.intake.office.rtf",
    "pdf": "hsreview.intake.pdf",
}
"""Extension → module with `read(data, name, *, encoding)`. A new format is one more line and one more module."""

_TEXTS = ("txt", "text", "md", "markdown", "rst", "vtt", "srt", "csv", "tsv")
_SIGNATURES = (
    (b"PK\x03\x04", N_("an Office file or a zip archive")),
    (b"PK\x05\x06", N_("an Office file or a zip archive")),
    (b"%PDF-", N_("a PDF")),
    (b"{\\rtf", N_("rich text (rtf)")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an old Office file")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF87a", N_("a picture")),
    (b"GIF89a", N_("a picture")),
    (b"ID3\x03", N_("a recording")),
    (b"ID3\x04", N_("a recording")),
    (b"OggS\x00", N_("a recording")),
    (b"SQLite format 3", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90", N_("a program")),
)
_SRT_START = re.compile(rb"\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s*-->")


class _Reader(Protocol):
    def read(self, data: bytes, name: str, *, encoding: str | None) -> Source: ...


def extension(path: Path) -> str:
    """The extension of a file name, in lower case and without the point."""
    return path.suffix.lower().removeprefix(".")


def supported(path: Path) -> bool:
    """Whether there is a reader for files of this name."""
    return extension(path) in READERS


def read_bytes(path: Path) -> bytes:
    """The content of a file of a supported type and size. Raises InputRefused with the reason otherwise."""
    kind = extension(path)
    if kind not in READERS:
        raise InputRefused(_unsupported(kind))
    limit = LARGEST_PDF if kind == "pdf" else LARGEST_FILE
    try:
        if not path.is_file():
            raise InputRefused(_("There is no such file.") if not path.exists() else _("This is not an ordinary file."))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputRefused(_("The file cannot be read: {reason}.").format(reason=os_reason(error))) from None
    if len(data) > limit:
        message = _("The file is larger than {limit} MB.")
        raise InputRefused(message.format(limit=limit // MEGABYTE))
    if not data:
        raise InputRefused(_("The file is empty."))
    return data


def read_file(path: Path, *, encoding: str | None = None) -> Source:
    """What stands in the file: its text and what its format says about speakers and times.

    Raises InputRefused with one clear sentence (unsupported, empty, too large, damaged, other content than its name
    says), UsageProblem for an unknown `encoding`.
    """
    return read_content(read_bytes(path), path.name, encoding=encoding)


def read_content(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """As `read_file`, for bytes already at hand; `name` is the file's name."""
    kind = extension(Path(name))
    if kind not in READERS:
        raise InputRefused(_unsupported(kind))
    _check_content(kind, data)
    if kind in ("txt", "text") and data.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        kind = "vtt"
    elif kind in ("txt", "text", "vtt") and _SRT_START.match(data.lstrip(b"\xef\xbb\xbf")[:200]):
        kind = "srt"
    return cast(_Reader, import_module(READERS[kind])).read(data, name, encoding=encoding)


def _unsupported(kind: str) -> str:
    if kind == "doc":
        return _("The old Word format .doc is not read: save the document as .docx.")
    known = ", ".join(k for k in READERS if k not in ("text", "markdown"))
    if not kind:
        return _("The file has no extension; these are read: {known}.").format(known=known)
    return _("Files of type .{kind} are not read; these are: {known}.").format(kind=visible(kind), known=known)


def _check_content(kind: str, data: bytes) -> None:
    """Refuse a text whose first bytes are those of another kind of file; other readers look for themselves."""
    found = next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")
    if kind in _TEXTS and found:
        message = _("The file is named .{kind}, but it is {found}. Rename it, or save it as text.")
        raise InputRefused(message.format(kind=kind, found=_(found)))
