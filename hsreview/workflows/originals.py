"""Files in the project's folder that hold what people said as they said it: the originals of imported interviews."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, UsageProblem
from hsreview.base.messages import N_, _
from hsreview.base.reasons import os_reason
from hsreview.model.people import Coder
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.content import digest
from hsreview.project.project import Project

FOLDER = "transcripts"
_PROJECT = ".hsreview"
_LARGEST = 50_000_000
"""Bytes of a file of which the words are compared with what was erased."""


class State(StrEnum):
    """What a file is the original of."""

    REPLACED = "replaced"
    """A transcript in which names were replaced: the file still has them."""
    ERASED = "erased"
    """A text that was erased, since somebody withdrew or a name was masked."""
    STORED = "stored"
    """A transcript that is stored as it is."""
    OTHER = "other"
    """It lies among the transcripts, and the project does not know it."""


STATES = {
    State.REPLACED: N_("names are replaced in the project, not in this file"),
    State.ERASED: N_("its text is erased from the project"),
    State.STORED: N_("stored as it is"),
    State.OTHER: N_("not known to the project"),
}
"""Each state in words."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file in the project's folder."""

    path: Path = field(repr=False)
    name: str = field(repr=False)
    """Below the project's folder."""
    size: int
    digest: str
    """SHA-256 of the file."""
    state: State
    transcript_id: str = ""
    transcript: str = ""


def check_may(project: Project, coder: Coder) -> None:
    """Raise UsageProblem when this member of the team may not move originals away."""
    check(Duty.ORIGINALS, coder, queries.coders(project.connection))


def originals(project: Project) -> list[Original]:
    """Every original in the project's folder, and whatever else lies in its folder of transcripts.

    They are known by what they hold, whatever they are called. Project files and backups are none. Raises InputRefused
    when a file cannot be read.
    """
    known = _imported(project.connection)
    erased = {row[0] for row in project.connection.execute("select hash from content where state = 'erased'")}
    found = [_original(project.root, path, known, erased) for path in _files(project.root)]
    return [each for each in found if each is not None]


def chosen(project: Project, wanted: Sequence[Path], *, everything: bool = False) -> list[Original]:
    """Those of the project's files that are named (as they are listed, or from the current folder), else all originals.

    With `everything`, files among the transcripts that the project does not know are taken too. Raises UsageProblem
    when it is wanted beside names, InputRefused for one that is not listed.
    """
    if wanted and everything:
        raise UsageProblem(_("Name files, or take all of them with --all."))
    found = originals(project)
    if not wanted:
        return [each for each in found if everything or each.state is not State.OTHER]
    by_place = {each.path.resolve(): each for each in found}
    picked: dict[str, Original] = {}
    for path in wanted:
        each = by_place.get(path.resolve()) or by_place.get((project.root / path).resolve())
        if each is None:
            raise InputRefused(
                _("{path} is not among the originals of this project. They are listed by: hsreview originals").format(
                    path=path
                )
            )
        picked[each.name] = each
    return list(picked.values())


def unknown(project: Project) -> list[Original]:
    """Files among the transcripts that the project does not know: tables of respondents, lists, notes."""
    return [each for each in originals(project) if each.state is State.OTHER]


def _imported(connection: sqlite3.Connection) -> dict[str, tuple[State, str, str]]:
    """SHA-256 of each imported file → what became of it, and its transcript."""
    rows = connection.execute(
        "select v.original_hash, t.id, t.name,"
        " exists (select 1 from masking m where m.transcript_id = t.id and m.removed = 0 and m.items <> '[]'),"
        " exists (select 1 from text_version o join content c on c.hash = o.text_hash and c.state = 'erased'"
        " where o.transcript_id = t.id)"
        " from text_version v join transcript t on t.id = v.transcript_id where v.original_hash is not null"
    )
    return {
        key: (State.REPLACED if masked else State.ERASED if erased else State.STORED, id_, name or "")
        for key, id_, name, masked, erased in rows
    }


def _original(
    root: Path, path: Path, known: dict[str, tuple[State, str, str]], erased: set[str]
) -> Original | None:  # fmt: skip
    name = path.relative_to(root).as_posix()
    try:
        with open(path, "rb") as file:
            key = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        raise InputRefused(_("{name} cannot be read: {reason}.").format(name=path, reason=os_reason(error))) from error
    if key in known:
        return Original(path, name, size, key, *known[key])
    if path.relative_to(root).parts[0] != FOLDER:
        return None
    is_erased = bool(erased) and size <= _LARGEST and digest(_words(path)) in erased
    return Original(path, name, size, key, State.ERASED if is_erased else State.OTHER)


def _words(path: Path) -> bytes:
    """The text of a file as it would be stored; nothing when it is no transcript."""
    from hsreview.intake.reader import read_content

    try:
        return read_content(path.read_bytes(), path.name).text.encode()
    except (HsreviewError, OSError):
        return b""


def _files(root: Path) -> Iterator[Path]:
    def walk(folder: Path) -> Iterable[Path]:
        for path in sorted(folder.iterdir()):
            if path.is_symlink():
                continue
            if path.is_dir():
                yield from walk(path)
            elif path.is_file() and _PROJECT not in path.suffixes:
                yield path

    yield from walk(root)
