"""Look for original names of the register in everything that a project holds: its file, backups, folders, archives.

Nothing of it is stored; places are told, never the names.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import N_, _
from hsreview.model.people import Coder
from hsreview.privacy.joined import CAMEL
from hsreview.privacy.register import Register
from hsreview.project import queries
from hsreview.project.connection import connect, explained
from hsreview.project.pieces import Piece, pieces
from hsreview.project.project import FILE_NAME, Project
from hsreview.review.blind import Sight, sight
from hsreview.workflows.shipped_words import TABLES, Authors, is_shipped
from hsreview.workflows.undoing import undo_label

_MOST = 200_000_000
"""Bytes of a file, or of a member of an archive, that are looked at."""
_BINARY = 4_000
"""In so many bytes of what is no text there is a zero."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".ttf", ".odttf", ".bin")
_BLOCKS = re.compile(r"</(?:w:p|text:p|text:h|si|row|c|p|li|h\d|td|tr|title|a:p)>|<(?:w:br|w:tab|br)\b[^>]*>")
_TAGS = re.compile(r"<[^>]*>")
_SHARED = frozenset({
    "text", "label", "file_name", "local", "setting", "organisation", "respondent", "transcript", "text_version",
    "speaker", "codebook", "code", "assignment", "reviewed", "asked", "output", "masking", "translation", "withdrawal",
})  # fmt: skip
"""What everybody sees; all else tells what was coded, which others may not see yet."""
_NAMES_OF_FILES = frozenset({"file_name", "transcript", "output"})
KINDS = {
    "text": N_("text"), "label": N_("speakers"), "file_name": N_("name of a file"), "local": N_("this copy alone"),
    "log": N_("an earlier state, in the log"), "backup": N_("backup"), "file": N_("file"),
}  # fmt: skip
"""Each kind of place that is no table, in words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where original names stand."""

    kind: str
    """A table, or one of `KINDS`."""
    where: str
    """A transcript, an id, or a path below the project's folder."""
    names: tuple[int, ...]
    """Numbers of the names in the register."""
    count: int

    @property
    def label(self) -> str:
        """The kind in words."""
        return _(KINDS[self.kind]) if self.kind in KINDS else undo_label(self.kind)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a search found, and what it could not look into."""

    places: tuple[Place, ...]
    unread: tuple[str, ...]
    """Files below the project's folder that are encrypted, damaged, too large or no text."""
    partial: bool
    """Whether the work of others was left out, since the reader may not see it yet."""
    authors: tuple[str, ...]
    """Names that the codebook that comes with hsreview says itself: no place above."""
    codebook: int
    """How often they stand there."""
    team: tuple[int, ...]
    """Numbers of names that members of the team bear too: where they stand, it may say who coded."""


def check(
    project: Project, register: Register, viewer: Coder | None = None, progress: Callable[[str], None] | None = None
) -> Checked:
    """Every place in the project with an original of a name that is replaced.

    `progress` is called with what is looked at.
    """
    found = _Found(register)
    tell = progress or (lambda _what: None)
    tell(FILE_NAME)
    seen = sight(project.connection, viewer)
    _look_at_project(project, seen, found)
    unread = []
    own = [project.path.with_name(FILE_NAME + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
    for path in sorted(project.root.rglob("*")):
        name = path.relative_to(project.root).as_posix()
        if path.is_file() and path not in own:
            tell(name)
            found.add_joined("file_name", name, name)
            if not _look_into(path, name, found):
                unread.append(name)
    told = {number for place in found.places() for number in place.names}
    team = found.numbers_in(each.name for each in queries.coders(project.connection))
    return Checked(
        found.places(), tuple(unread), not seen.everything, tuple(found.authors), found.codebook,
        tuple(sorted(told & team)),
    )  # fmt: skip


def check_project(
    project: Project, register: Register, viewer: Coder | None = None
) -> Mapping[tuple[str, str], Mapping[int, int]]:
    """As `check`, for the project file alone: kind and place → number of the name → how often."""
    found = _Found(register)
    _look_at_project(project, sight(project.connection, viewer), found)
    return found.counts


def is_hidden(seen: Sight, table: str, coder_id: str) -> bool:
    """Whether a row is work of somebody else that may not be seen yet."""
    return not seen.everything and table not in _SHARED and coder_id != seen.coder_id


def _look_at_project(project: Project, seen: Sight, found: _Found) -> None:
    with explained(project.path):
        for piece in pieces(project.connection):
            if not is_hidden(seen, piece.table if piece.kind == "log" else piece.kind, piece.coder_id):
                found.look_at(piece)


def check_files(
    paths: Mapping[str, Path], register: Register, books: Collection[str]
) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Every one of these files (by what it is called) with an original of a name that is replaced, and the names that
    the codebook that comes with hsreview says itself in those that are codebooks (`books`)."""
    found = _Found(register)
    for name, path in paths.items():
        _look_into(path, name, found, in_book=name in books)
    return found.places(), tuple(found.authors)


class _Found:
    """Hits, by place."""

    def __init__(self, register: Register) -> None:
        self._replacer = register.replacer
        self._joined = register.joined
        self._numbers = {name.form: name.number for name in register.names}
        self._shipped = Authors(lambda text: bool(self._replacer.hits(text)))
        self.authors: dict[str, None] = {}
        """Names that the codebook that comes with hsreview says itself."""
        self.codebook = 0
        """How often, in the codebook of the project."""
        self.counts: dict[tuple[str, str], Counter[int]] = {}
        """Kind and place → number of the name → how often."""

    def add(self, kind: str, where: str, text: str, node: str | None = None) -> None:
        """Look for names in a text; `node` is the part of a codebook that it is of."""
        hits = self._replacer.hits(text)
        if hits and node is not None and is_shipped(node, text):
            self.authors |= dict.fromkeys(text[hit.start : hit.end] for hit in hits)
            self.codebook += len(hits) if kind in TABLES else 0
            return
        for hit in hits:
            self.counts.setdefault((kind, where), Counter())[self._numbers[hit.rule.forms[0]]] += 1

    def add_file(self, name: str, text: str) -> None:
        """Look for names in what a file says, which may repeat the codebook that comes with hsreview."""
        hits = self._replacer.hits(text)
        left = self._shipped.without(text) if hits else text
        if left != text:
            own = {left[hit.start : hit.end] for hit in self._replacer.hits(left)}
            said = (text[hit.start : hit.end] for hit in hits)
            self.authors |= dict.fromkeys(each for each in said if each not in own)
        self.add("file", name, left)

    def add_joined(self, kind: str, where: str, text: str, _node: str | None = None) -> None:
        """Look for names in the name of a file, in which words are joined."""
        for rule in self._joined.rules_in(text):
            self.counts.setdefault((kind, where), Counter())[self._numbers[rule.forms[0]]] += 1

    def numbers_in(self, texts: Iterable[str]) -> set[int]:
        """Numbers of the names that stand in texts; they are not counted."""
        return {self._numbers[hit.rule.forms[0]] for text in texts for hit in self._replacer.hits(text)}

    def look_at(self, piece: Piece) -> None:
        """Look for names in a piece of a project; what stands in a row is not told again for the log."""
        known = piece.kind == "log" and (piece.table, piece.thing) in self.counts
        if not known:
            add = self.add_joined if piece.kind in _NAMES_OF_FILES else self.add
            add(piece.kind, piece.transcript or piece.thing, piece.text, _node(piece))

    def places(self) -> tuple[Place, ...]:
        """All places, in the order in which they were looked at."""
        return tuple(
            Place(kind, where, tuple(sorted(names)), names.total()) for (kind, where), names in self.counts.items()
        )


def _node(piece: Piece) -> str | None:
    """The part of a codebook that a piece of a project is of; null when it is of none."""
    return piece.thing if (piece.table or piece.kind) in TABLES else None


def _look_into(path: Path, name: str, found: _Found, *, in_book: bool = True) -> bool:
    """Look for names in a file, which may hold a codebook; false when it cannot be read."""
    try:
        if path.stat().st_size > _MOST:
            return False
        if path.suffix == ".hsreview":
            return _look_into_project(path, name, found)
        for text in _texts(path.read_bytes(), path.name):
            (found.add_file if in_book else partial(found.add, "file"))(name, text)
    except (OSError, HsreviewError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False
    return True


def _look_into_project(path: Path, name: str, found: _Found) -> bool:
    with explained(path), closing(connect(path, read_only=True)) as connection:
        for piece in pieces(connection):
            found.add("backup", name, piece.text, _node(piece))
    return True


def _texts(data: bytes, name: str) -> Iterator[str]:
    """What a file says, members of an archive included. Raises ValueError when it is encrypted."""
    if data.startswith(b"age-encryption.org/"):
        raise ValueError
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.file_size > _MOST:
                    raise ValueError
                yield CAMEL.sub("_", member.filename)
                if not member.filename.lower().endswith(_PICTURES):
                    yield from _texts(archive.read(member), member.filename)
        return
    if name.lower().endswith((".pdf", ".rtf")):
        from hsreview.intake.reader import read_content

        yield read_content(data, name).text
        return
    if b"\0" in data[:_BINARY] and data[:2] not in _MARKS:
        raise ValueError
    text = _decoded(data)
    if text.lstrip("\ufeff \r\n").startswith("<"):
        text = html.unescape(_TAGS.sub("", _BLOCKS.sub("\n", text)))
    yield text


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in _MARKS else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
