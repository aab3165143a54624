"""The process that looks for words in the bytes of files: it is started as a script.

A process of its own, because a database that is opened and closed by hand would lose the locks of every connection of
the program (POSIX). On stdin a JSON object with `words` and `files`; on stdout a list with the files in which one of
the words stands, each with the numbers of the words. Nothing is written anywhere else.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST = 2_000_000_000
"""Bytes of a member of a container that are looked at."""


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    needles = [tuple(encoded(word)) for word in asked["words"]]
    found = []
    for name in asked["files"]:
        numbers = within(Path(name), needles)
        if numbers is None or numbers:
            found.append([name, numbers])
    json.dump(found, sys.stdout)


def encoded(word: str) -> Iterator[bytes]:
    """The bytes of a word in UTF-8, and in UTF-16 of either order (without the zero at its end or beginning)."""
    yield word.encode("utf-8")
    yield word.encode("utf-16-le")[:-1] if word.isascii() else word.encode("utf-16-le")
    if not word.isascii():
        yield word.encode("utf-16-be")


def within(path: Path, needles: Sequence[Sequence[bytes]]) -> list[int] | None:
    """The numbers of the words that stand in a file, packed members included; null when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return sorted({n for part in parts(data) for n, forms in enumerate(needles) if any(form in part for form in forms)})


def parts(data: bytes) -> Iterator[bytes]:
    """A file as it is, and what is packed in it."""
    yield data
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for member in container.infolist():
                if member.file_size <= MOST:
                    yield from parts(container.read(member))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        return


if __name__ == "__main__":
    main()
