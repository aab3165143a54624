"""The test after an erasing: are words of a person still in the bytes of any file?"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from hsreview.base.folding import fold
from hsreview.project import residue_child
from hsreview.project.backups import SUFFIX
from hsreview.project.connection import key_behind
from hsreview.project.project import FILE_NAME, Project

LEAST = 8
"""Letters of a word that is looked for; what is left of it without its first ones must still be rare."""
CUT = 3
"""A search index keeps words without the letters that they share with the word before."""
MOST = 16
"""Words that are looked for."""


@dataclass(frozen=True, slots=True)
class Residue:
    """What the search found."""

    words: int
    """How many words were looked for; 0: none was rare enough, and nothing was searched."""
    files: tuple[Path, ...]
    """Files that still hold words of the person."""
    unread: tuple[Path, ...]
    """Files that could not be read."""
    sealed: bool
    """Whether the project file is encrypted: its bytes say nothing then, and were not searched."""


def search(project: Project, words: Collection[str], places: Sequence[Path]) -> Residue:
    """Look for rare `words` (as they were written and folded) in all files of the project's folder and of `places`.

    In the project file without their first letters too, for that is how an index keeps them.
    """
    rare = sorted({word for word in words if len(word) >= LEAST}, key=lambda word: (-len(word), word))
    told = _Told(project.connection)
    chosen = list(islice((word for word in rare if not told.has(word[CUT:])), MOST))
    sealed = key_behind(project.connection) is not None
    own = own_files(project.path)
    if not chosen:
        return Residue(0, (), (), sealed)
    others = sorted({path for place in (project.root, *places) for path in _files(place)} - set(own))
    found = _ask(
        ([word[CUT:] for word in chosen], [] if sealed else [path for path in own if path.exists()]), (chosen, others)
    )
    files, unread = (sorted(path for path, held in found.items() if held is said) for said in (True, None))
    return Residue(len(chosen), tuple(files), tuple(unread), sealed)


def naming(root: Path, names: Collection[str]) -> tuple[Path, ...]:
    """Files in a project's folder, but for the project itself and copies of it, that one of `names` stands in."""
    own = own_files(root / FILE_NAME)
    there = [path for path in _files(root) if path not in own and path.suffix != SUFFIX]
    wanted = sorted(name for name in names if name)
    found = _ask((wanted, sorted(there))) if wanted and there else {}
    return tuple(path for path in sorted(there) if found.get(path) or any(name in path.name for name in wanted))


def own_files(path: Path) -> list[Path]:
    """The files of a project's database."""
    return [path.with_name(FILE_NAME + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


class _Told:
    """What the project still tells, in the words of others or of its own tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def has(self, part: str) -> bool:
        """Whether these letters stand in it; in texts without case and accents too, for the index keeps them so."""
        pattern = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        row = self._connection.execute(
            "select exists (select 1 from content where kind in ('text', 'file_name') and data like ?1 escape '\\')"
            " or exists (select 1 from change where body like ?1 escape '\\')"
            " or exists (select 1 from sqlite_master where sql like ?1 escape '\\')",
            (pattern,),
        ).fetchone()
        return bool(row[0]) or any(fold(part) in text for text in self._folded)

    @cached_property
    def _folded(self) -> list[str]:
        rows = self._connection.execute("select data from content where kind = 'text' and data is not null")
        return [fold(text) for (text,) in rows]


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from (path for path in place.rglob("*") if path.is_file() and not path.is_symlink())


def _ask(*questions: tuple[Sequence[str], Sequence[Path]]) -> dict[Path, bool | None]:
    asked = [(list(words), [str(path) for path in files]) for words, files in questions]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "ignore", residue_child.__file__],
        input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return {Path(name): held for name, held in json.loads(done.stdout)}
