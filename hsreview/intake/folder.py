"""Which files of a folder are transcripts: walked in a stable order, everything else named with its reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.intake.reader import extension, read_bytes, supported
from hsreview.intake.word_sets import word_set

_NOT_TRANSCRIPTS = word_set(
    "readme lisezmoi lisez-moi lis-moi licence licences license licenses copying notice authors changelog "
    "contributing manifest manifeste respondents repondants index codings reviewed codebook"
)
_TABLES = ("csv", "tsv", "xlsx")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that a walk passed by."""

    path: Path
    reason: str
    unsupported: bool = False
    """Somebody may have meant it: its type is not read."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The transcript files found, in order, and what was passed by."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def walk(paths: Sequence[Path]) -> Walk:
    """The transcript files in `paths`: files as given, folders with everything below them, sorted by name.

    A file that is named itself is always taken (its reader says what is wrong with it). In folders, hidden files,
    lock files, READMEs, manifests, `respondents.*`, tables of something else and unsupported types are skipped.
    Links to folders are not followed. No file is listed twice.
    """
    files: dict[Path, Path] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(_identity(path), path)
            continue
        for found in _below(path):
            reason = _reason(found)
            if reason is None:
                files.setdefault(_identity(found), found)
            else:
                skipped.append(Skipped(found, reason, unsupported=not supported(found) and _named(found) is None))
    return Walk(tuple(files.values()), tuple(skipped))


def _identity(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _below(folder: Path) -> Iterator[Path]:
    """Every file below `folder` outside hidden folders, folder by folder, names in order."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names))


def _reason(path: Path) -> str | None:
    """Why a file found in a folder is no transcript; null when it may be one."""
    named = _named(path)
    if named is not None:
        return named
    if not supported(path):
        return _("This type of file is not read.")
    if extension(path) in _TABLES and not _holds_turns(path):
        return _("A table without columns called speaker and text.")
    return None


def _holds_turns(path: Path) -> bool:
    from hsreview.intake.formats.table import holds_turns

    try:
        return holds_turns(read_bytes(path), path.name)
    except InputRefused:
        return True  # taken, so that its reader says what is wrong


def _named(path: Path) -> str | None:
    """The reason that a file's name alone gives."""
    name = fold(path.name)
    if name.startswith((".", "~$", "~")) or name.endswith("~") or name in _SYSTEM or name.startswith(".~lock"):
        return _("A hidden or temporary file.")
    stem = name.split(".")[0]
    if stem in _NOT_TRANSCRIPTS:
        return _("No transcript, by its name.")
    return None
