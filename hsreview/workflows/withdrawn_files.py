"""Files on this computer that tell of somebody who withdrew: what went out, imported files, and what still holds words.

Files that still hold words are kept in mind by their digests alone, so that they can be named later, whatever they are
called then, and no name and no word is stored for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsreview.base.messages import _
from hsreview.base.settings import config_dir, state_dir
from hsreview.base.terminal import visible
from hsreview.model.change import Change
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.residue import naming, own_files, search
from hsreview.project.withdrawal import Theirs, withdrawals
from hsreview.workflows.outputs import Output, digest_of, outputs
from hsreview.workflows.withdrawal_words import PersonWords

_KEY = "files_left"
"""The value of a copy that maps digests of files that held words of somebody who withdrew to their sizes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that went out of the project since their words were in it, and where it lies, if it does."""

    output: Output
    path: Path | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of somebody before a package erases their words here."""

    withdrawal: str
    words: frozenset[str]
    name: str
    sent: Sequence[Sent]
    originals: Sequence[Path]


def sent(project: Project, mine: Theirs) -> list[Sent]:
    """What went out since the first of their interviews was imported."""
    since = project.connection.execute(
        "select min(at) from change where kind = 'transcript.put' and entity in (select value from json_each(?))",
        (json.dumps(mine.transcripts),),
    ).fetchone()[0]
    found = [
        each
        for each in outputs(project)
        if since is not None
        and each.at >= since
        and each.details.get("transcript", since) in (since, *mine.transcripts)
    ]
    folder = project.root / "exports"
    there = [*_files(folder), *(each for each in folder.rglob("*") if each.is_dir())] if found else []
    files: dict[str, list[Path]] = {}
    for path in there:
        with suppress(OSError):  # What cannot be read is told by the search for words.
            files.setdefault(digest_of(path), []).append(path)
    called = {(each.digest, each.name) for each in found}
    taken: set[Path] = set()
    known = []
    for each in found:
        same = files.get(each.digest, [])
        own = [path for path in same if path.name == each.name]
        own = own or [path for path in same if (each.digest, path.name) not in called]  # It was given another name.
        where = next((path for path in own if path not in taken), own[0] if own else None)
        taken |= {where} if where else set()
        known.append(Sent(each, where))
    return known


def originals(project: Project, mine: Theirs) -> list[Path]:
    """Files in the project's folder from which their interviews were imported."""
    hashes = {
        row[0]
        for row in project.connection.execute(
            "select original_hash from text_version where id in (select value from json_each(?))",
            (json.dumps(mine.versions),),
        )
    }
    found = []
    for path in _files(project.root / "transcripts"):
        with suppress(OSError):
            if digest_of(path) in hashes:
                found.append(path)
    return found


def before_erasing(project: Project, changes: Iterable[Change]) -> list[Looked]:
    """Who is withdrawn by records that are not here yet, and what is known of them while their words still are."""
    known = {each.id for each in withdrawals(project.connection)}
    new = (each for each in changes if each.kind == "withdrawal.put" and each.entity not in known and each.body)
    told = {each.entity: said for each in new if each.body and isinstance(said := each.body.get("set"), Mapping)}
    if not told:
        return []
    with project.snapshot():
        return [_looked_at(project, key, said) for key, said in told.items()]


def _looked_at(project: Project, key: str, said: Mapping[str, Any]) -> Looked:
    mine = _theirs(project, said)
    person = {each.id: each.name for each in queries.respondents(project.connection)}.get(mine.respondent_id, "")
    words = PersonWords(project.connection, mine).written if mine.versions else frozenset()
    return Looked(key, words, person, sent(project, mine), originals(project, mine))


def _theirs(project: Project, said: Mapping[str, Any]) -> Theirs:
    """What of this copy a withdrawal names, which nobody has checked yet."""
    things = frozenset(_texts(said.get("things")))
    told = said.get("stretches")
    stretches = {
        version: [(each[0], each[1]) for each in spans if _is_span(each)]
        for version, spans in (told if isinstance(told, Mapping) else {}).items()
        if isinstance(spans, list)
    }
    owner = dict(project.connection.execute("select id, transcript_id from text_version order by number, id"))
    versions = [each for each, whole in owner.items() if each in things or whole in things or each in stretches]
    transcripts = tuple(dict.fromkeys(owner[each] for each in versions))
    return Theirs(
        str(said.get("respondent_id") or ""), transcripts, (), (), tuple(versions), stretches, things, frozenset()
    )  # fmt: skip


def _texts(value: object) -> Iterator[str]:
    return (each for each in value if isinstance(each, str)) if isinstance(value, list) else iter(())


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)


def after_erasing(project: Project, looked: Iterable[Looked]) -> None:
    """Search this computer for the words of those who are withdrawn now, and keep in mind which files hold them."""
    carried_out = {each.id for each in withdrawals(project.connection)}
    for each in looked:
        if each.withdrawal in carried_out:
            found = search(project, each.words, [config_dir(), state_dir()])
            own = theirs_among(each.sent, searched=bool(found.words))
            keep_in_mind(project, [*found.files, *own, *each.originals, *naming(project.root, {each.name})])


def theirs_among(sent_: Iterable[Sent], *, searched: bool) -> list[Path]:
    """What of files that went out is theirs for sure, and all of it where none of their words could be looked for."""
    there = [(each.path, each.output) for each in sent_ if each.path is not None]
    return [path for path, output in there if not searched or output.details.get("transcript")]


def keep_in_mind(project: Project, paths: Iterable[Path]) -> None:
    """Note files that hold words of somebody who withdrew, so that `still_holding` finds them again."""
    known = dict(project.local(_KEY) or {})
    before = len(known)
    own = set(own_files(project.path))
    for path in paths:
        for file in _files(path) if path.is_dir() else [path]:
            with suppress(OSError):
                if file not in own:
                    known[digest_of(file)] = file.stat().st_size
    if len(known) > before:
        project.set_local(_KEY, known)


def still_holding(project: Project) -> list[Path]:
    """Files of this computer that held words of somebody who withdrew and are there still, wherever they were put."""
    known = project.local(_KEY) or {}
    sizes = set(known.values())
    if not known:
        return []
    own = set(own_files(project.path))
    found = set()
    for place in (project.root, config_dir(), state_dir()):
        for path in _files(place):
            with suppress(OSError):
                if path not in own and path.stat().st_size in sizes and digest_of(path) in known:
                    found.add(path)
    return sorted(found)


def holding_lines(project: Project) -> list[str]:
    """Those files, and what to do."""
    found = still_holding(project)
    if not found:
        return []
    told = _("Files on this computer that still hold words of somebody who withdrew, or their name; delete them:")
    return [told, *(f"  {visible(str(path))}" for path in found)]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []
