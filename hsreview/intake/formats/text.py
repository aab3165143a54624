"""Plain text, Markdown and reStructuredText: the file's own text, unchanged but for line ends."""

from __future__ import annotations

from pathlib import PurePath

from hsreview.intake.encoding import decode
from hsreview.intake.source import Source


def read(data: bytes, name: str, *, encoding: str | None) -> Source:
    """The text of the file `name`, read as `encoding` or the likeliest one; InputRefused when it is no text."""
    read_as = decode(data, encoding)
    kind = PurePath(name).suffix.lower().lstrip(".")
    format_ = {"markdown": "md", "text": "txt"}.get(kind, kind or "txt")
    return Source(read_as.text, format_, read_as.encoding, doubts=read_as.doubts, readings=read_as.readings)
