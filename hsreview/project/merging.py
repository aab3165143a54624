"""Merging: packages are checked wholly, their records are added, and every table is made anew from the log."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.model.change import BodyState
from hsreview.model.exchange import Content, Gap, Merged, Package
from hsreview.project.codebooks import load_codebook
from hsreview.project.conflicts import conflicts
from hsreview.project.connection import transaction
from hsreview.project.log import insert, rebuild
from hsreview.project.project import Project
from hsreview.project.received import Row, Unsound, check_content, row, sentence
from hsreview.project.schema import SCHEMA_VERSION
from hsreview.project.selecting import Selected, select

__all__ = ["Selected", "merge", "plan", "select"]

Named = tuple[str, Package]
"""A package with the name of its file."""


def plan(project: Project, packages: Sequence[Named]) -> Merged:
    """What `merge` would do; nothing is changed. Works in a read-only project too."""
    candidates = [_Candidate(name, package) for name, package in packages]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        project.connection.backup(copy)
        copy.execute("pragma foreign_keys = on")
        with transaction(copy):
            return _take_in(copy, project.id, candidates)


def merge(project: Project, packages: Sequence[Named]) -> Merged:
    """Take in packages, in any order, any number of times: what is refused is reported and nothing of it is stored.

    One transaction, after a verified backup. Raises InputRefused when the project cannot be written,
    ProjectUnavailable when it is locked; the project is as it was then.
    """
    candidates = [_Candidate(name, package) for name, package in packages]
    with project.snapshot():
        here = _Here(project.connection)
        begun = bool(here.heads)
        _sort_out(here, project.id, candidates)
        idle = not here.changed
    if not idle:
        if begun:  # A project that a package makes has nothing yet that could be lost.
            project.backup("before-merge")
        with project.write():
            return _take_in(project.connection, project.id, candidates)
    with project.snapshot():
        return _report(project.connection, here, candidates)


class _Candidate:
    """A package that is looked at; `problems` and `gaps` say why it is refused."""

    def __init__(self, name: str, package: Package) -> None:
        self.name = name
        self.package = package
        self.rows: list[Row] = []
        self.unsound: list[Problem] = []
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        found: Counter[str] = Counter()
        ids: set[str] = set()
        for change in package.changes:
            try:
                checked = row(change)
            except Unsound as error:
                found[str(error)] += 1
                continue
            if checked.change.id in ids:
                found["header"] += 1
            ids.add(checked.change.id)
            self.rows.append(checked)
        for given in package.contents:
            try:
                check_content(given)
            except Unsound as error:
                found[str(error)] += 1
        self.unsound = [Problem(sentence(word), name, word) for word in found]

    @property
    def refused(self) -> bool:
        return bool(self.problems)


@dataclass
class _Known:
    digest: str
    state: BodyState
    stored: BodyState | None
    """How the body stands in the project file; null when the record is not there yet."""


class _Here:
    """What the project holds, and what packages that were accepted add to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.records: dict[str, _Known] = {}
        self.numbers: dict[tuple[str, str, int], str] = {}
        self.heads: dict[tuple[str, str], int] = {}
        self.clocks: dict[tuple[str, str], int] = {}
        for key, digest, state, coder, replica, seq, clock in connection.execute(
            "select id, digest, state, coder, replica, seq, clock from change order by seq"
        ):
            body = BodyState(state)
            self.records[key] = _Known(digest, body, body)
            self.numbers[coder, replica, seq] = key
            self.heads[coder, replica] = seq
            self.clocks[coder, replica] = clock
        self.contents = {
            key: (kind, state) for key, kind, state in connection.execute("select hash, kind, state from content")
        }
        self.lengths: dict[str, int | None] = dict(connection.execute("select id, length from text_version"))
        self.rows: dict[str, Row] = {}
        self.given: dict[str, Content] = {}
        self.known: set[str] = set()

    @property
    def changed(self) -> bool:
        """Whether anything was accepted that is not in the project file as it is."""
        return bool(self.rows or self.given)

    def add(self, candidate: _Candidate) -> None:
        """Accept a package that was found sound."""
        for each in candidate.rows:
            change = each.change
            actor = (change.coder, change.replica)
            found = self.records.get(change.id)
            if found is None:
                self.records[change.id] = _Known(each.digest, change.state, None)
                self.numbers[*actor, change.seq] = change.id
                self.rows[change.id] = each
            else:
                if found.stored is not None:
                    self.known.add(change.id)
                if _RANK[change.state] > _RANK[found.state]:
                    found.state = change.state
                    self.rows[change.id] = each
            if change.seq > self.heads.get(actor, 0):
                self.heads[actor] = change.seq
                self.clocks[actor] = change.clock
        self.lengths.update(_lengths(candidate))
        for given in candidate.package.contents:
            before = self.contents.get(given.hash)
            if before is None or _RANK[BodyState(given.state)] > _RANK[BodyState(before[1])]:
                self.contents[given.hash] = (given.kind, given.state)
                self.given[given.hash] = given


_RANK = {BodyState.WITHHELD: 0, BodyState.PRESENT: 1, BodyState.ERASED: 2}
"""What is there fills what was withheld; what was erased anywhere is erased everywhere."""


def _lengths(candidate: _Candidate) -> dict[str, int | None]:
    """Text version → its length, or null when its record says none; of every version that a package speaks of."""
    found: dict[str, int | None] = {}
    for each in candidate.rows:
        if each.change.kind.startswith("text_version."):
            length = (each.change.body or {}).get("set", {}).get("length")
            if length is not None or each.change.entity not in found:
                found[each.change.entity] = length
    return found


def _sort_out(here: _Here, project_id: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Accept what can be accepted; a package may rest on another one, in whichever order they were given."""
    waiting = list(candidates)
    accepted: list[_Candidate] = []
    while True:
        before = len(accepted)
        for candidate in list(waiting):
            candidate.gaps = []
            candidate.problems = list(_problems(here, project_id, candidate))
            if not candidate.refused:
                here.add(candidate)
                accepted.append(candidate)
                waiting.remove(candidate)
        if len(accepted) == before or not waiting:
            return accepted


def _problems(here: _Here, project_id: str, candidate: _Candidate) -> Iterable[Problem]:
    name, manifest = candidate.name, candidate.package.manifest
    if manifest.project_id != project_id:
        return [
            Problem(_("It belongs to another project (“{name}”).").format(name=manifest.project), name, "other_project")
        ]
    if manifest.format > SCHEMA_VERSION:
        return [
            Problem(
                _("It was made by a newer hsreview ({tool}). Update hsreview, then merge it again.").format(
                    tool=manifest.tool
                ),
                name,
                "newer_format",
            )
        ]
    if candidate.unsound:
        return candidate.unsound
    return [*_against_log(here, candidate), *_gaps(here, candidate), *_texts(here, candidate)]


def _against_log(here: _Here, candidate: _Candidate) -> Iterable[Problem]:
    changed = taken = 0
    for each in candidate.rows:
        found = here.records.get(each.change.id)
        if found is not None and found.digest != each.digest:
            changed += 1
        other = here.numbers.get((each.change.coder, each.change.replica, each.change.seq))
        if other is not None and other != each.change.id:
            taken += 1
    if changed:
        yield Problem(
            _("It holds {count} records that differ from the ones with the same id here.").format(count=changed),
            candidate.name,
            "record_differs",
        )
    if taken:
        yield Problem(
            _("It numbers {count} records as other records of the same coder are numbered here.").format(count=taken),
            candidate.name,
            "number_taken",
        )


def _gaps(here: _Here, candidate: _Candidate) -> Iterable[Problem]:
    numbers: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for each in candidate.rows:
        change = each.change
        numbers.setdefault((change.coder, change.replica), []).append((change.seq, change.clock))
    for (coder, replica), found in sorted(numbers.items()):
        found.sort()
        head, clock = here.heads.get((coder, replica), 0), here.clocks.get((coder, replica), 0)
        if len({seq for seq, _clock in found}) < len(found):
            yield Problem(sentence("header"), candidate.name, "header")
        for seq, later in found:
            if seq <= head:
                continue
            if seq > head + 1:
                candidate.gaps.append(Gap(coder, replica, head + 1, seq - 1, refused=True))
                yield Problem(
                    _("Records {first} to {last} of coder {coder} are missing. Ask for a new package.").format(
                        first=head + 1, last=seq - 1, coder=coder
                    ),
                    candidate.name,
                    "missing_records",
                )
                break
            if later <= clock:
                yield Problem(sentence("header"), candidate.name, "header")
                break
            head, clock = seq, later


def _texts(here: _Here, candidate: _Candidate) -> Iterable[Problem]:
    lengths = here.lengths | {
        key: value for key, value in _lengths(candidate).items() if value is not None or key not in here.lengths
    }
    unknown = outside = 0
    for each in candidate.rows:
        body: Any = each.change.body
        if not body or each.change.kind not in ("coding.put", "turn.put"):
            continue
        version, end = body["set"].get("version_id"), body["set"].get("end")
        if version is not None and version not in lengths:
            unknown += 1
        elif version is not None and end is not None and (lengths[version] or end) < end:
            outside += 1
    brought = {given.hash: given for given in candidate.package.contents}
    for each in candidate.rows:
        body = each.change.body
        if each.change.kind == "text_version.put" and body:
            made = body["set"]
            if any(
                made.get(n) not in brought and made.get(n) not in here.contents
                for n in ("text_hash", "turns_hash")
                if n in made
            ):
                unknown += 1
            text = brought.get(made.get("text_hash", ""))
            if text is not None and isinstance(text.data, str) and len(text.data) != made.get("length"):
                outside += 1
    if unknown:
        yield Problem(
            _("It speaks of a text that this project does not have. Merge the package that brings the text first."),
            candidate.name,
            "unknown_text",
        )
    if outside:
        yield Problem(sentence("coding_offsets"), candidate.name, "coding_offsets")


def _take_in(connection: sqlite3.Connection, project_id: str, candidates: Sequence[_Candidate]) -> Merged:
    """Add what can be accepted, inside an open transaction, and make the tables anew."""
    here = _Here(connection)
    accepted = _sort_out(here, project_id, candidates)
    if here.changed and not _is_carried_out(connection, here):
        guilty = [candidate for candidate in accepted if not _works_alone(connection, candidate)]
        for candidate in guilty or accepted:
            sentence_ = _("Its records contradict others and cannot be carried out.")
            candidate.unsound = [Problem(sentence_, candidate.name, "contradiction")]
        return _take_in(connection, project_id, candidates)
    return _report(connection, here, candidates)


def _is_carried_out(connection: sqlite3.Connection, here: _Here) -> bool:
    """Store and make anew; false, and nothing is changed, when the records make no sense together."""
    connection.execute("savepoint merging")
    try:
        _store(connection, here)
        rebuild(connection)
        load_codebook(connection)
    except (sqlite3.IntegrityError, KeyError, TypeError, ValueError, AttributeError):
        connection.execute("rollback to merging")
        return False
    finally:
        if connection.in_transaction:
            connection.execute("release merging")
    return True


def _works_alone(connection: sqlite3.Connection, candidate: _Candidate) -> bool:
    here = _Here(connection)
    here.add(candidate)
    connection.execute("savepoint alone")
    works = _is_carried_out(connection, here)
    connection.execute("rollback to alone")
    connection.execute("release alone")
    return works


def _store(connection: sqlite3.Connection, here: _Here) -> None:
    new = [each for key, each in here.rows.items() if here.records[key].stored is None]
    new.sort(key=lambda each: (each.change.clock, each.change.coder, each.change.replica, each.change.seq))
    insert(connection, ((each.change, each.body) for each in new))
    for key, each in here.rows.items():
        if here.records[key].stored is not None:
            connection.execute(
                "update change set body = ?, salt = ?, state = ? where id = ?",
                (each.body, each.change.salt, each.change.state.value, key),
            )
    connection.executemany(
        "insert into content(hash, kind, data, state) values (?, ?, ?, ?)"
        " on conflict(hash) do update set data = excluded.data, state = excluded.state",
        [(given.hash, given.kind, given.data, given.state) for given in here.given.values()],
    )


def _report(connection: sqlite3.Connection, here: _Here, candidates: Sequence[_Candidate]) -> Merged:
    accepted = [candidate for candidate in candidates if not candidate.refused]
    new: Counter[str] = Counter()
    filled = erased = 0
    for key, each in here.rows.items():
        stored = here.records[key].stored
        if stored is None:
            new[each.change.coder] += 1
        elif each.change.state is BodyState.ERASED:
            erased += 1
        else:
            filled += 1
    gaps = {gap for candidate in candidates for gap in candidate.gaps}
    for candidate in accepted:
        for actor, last in candidate.package.manifest.knows.items():
            coder, _slash, replica = actor.partition("/")
            head = here.heads.get((coder, replica), 0)
            if last > head:
                gaps.add(Gap(coder, replica, head + 1, last, refused=False))
    names = connection.execute(
        "select name from coder where removed = 0 and name is not null group by name having count(*) > 1 order by name"
    )
    return Merged(
        packages=tuple(candidate.name for candidate in accepted),
        new=dict(sorted(new.items())),
        filled=filled,
        erased=erased,
        known=len(here.known),
        missing=tuple(sorted(gaps, key=lambda gap: (gap.coder, gap.replica, gap.first))),
        conflicts=tuple(conflicts(connection)),
        refused=tuple(problem for candidate in candidates for problem in candidate.problems),
        carried=_carried(connection, here),
        same_names=tuple(row[0] for row in names),
    )


def _carried(connection: sqlite3.Connection, here: _Here) -> dict[str, int]:
    """What became of the codings that came, or whose transcript got another text, and were made on an older one."""
    new = [each.change for each in here.rows.values() if here.records[each.change.id].stored is None]
    came = {change.entity for change in new if change.kind == "coding.put"}
    texts = {change.entity for change in new if change.kind.startswith("text_version.")}
    transcripts = {
        version: transcript for version, transcript in connection.execute("select id, transcript_id from text_version")
    }
    touched = {transcripts.get(text) for text in texts}
    found: Counter[str] = Counter()
    for coding, version, state in connection.execute(
        "select id, given_version_id, carried from coding where carried is not null and removed = 0"
    ):
        if coding in came or transcripts.get(version) in touched:
            found[state] += 1
    return dict(sorted(found.items()))
