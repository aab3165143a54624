"""The process that looks for words in the bytes of files: it is started as a script.

A process of its own, because a database that is opened and closed by hand would lose the locks of every connection of
the program (POSIX). On stdin a JSON list of pairs: words, and files to look for them in; on stdout a list of the files
in which one of its words stands (`true`), or which cannot be read (`null`). Nothing is written anywhere else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST = 2_000_000_000
"""Bytes of a member of a container that are looked at."""


def main() -> None:
    """Answer one question."""
    found = []
    for words, files in json.load(sys.stdin):
        needles = [form for word in words for form in encoded(word)]
        for name in files:
            held = holds(Path(name), needles)
            if held is not False:
                found.append([name, held])
    json.dump(found, sys.stdout)


def encoded(word: str) -> Iterator[bytes]:
    """The bytes of a word in UTF-8, and in UTF-16 of either order (without the zero at its end or beginning)."""
    yield word.encode("utf-8")
    yield word.encode("utf-16-le")[:-1] if word.isascii() else word.encode("utf-16-le")
    if not word.isascii():
        yield word.encode("utf-16-be")


def holds(path: Path, needles: Sequence[bytes]) -> bool | None:
    """Whether one of the words stands in a file, packed members included; null when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return any(needle in part for part in parts(data) for needle in needles)


def parts(data: bytes) -> Iterator[bytes]:
    """A file as it is, and what is packed in it."""
    yield data
    if not data.startswith(b"PK"):
        return
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for member in container.infolist():
                if member.file_size <= MOST:
                    yield from parts(container.read(member))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        return


if __name__ == "__main__":
    main()
