"""Merging: packages are checked wholly, their records are added, and every table is made anew from the log."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

from hsreview.base.bulk import bulk
from hsreview.base.messages import _
from hsreview.model.change import BodyState
from hsreview.model.exchange import Gap, Merged, Package
from hsreview.project.brought import works_of
from hsreview.project.candidates import Candidate, Here
from hsreview.project.carried import PLACED
from hsreview.project.codebooks import load_codebook
from hsreview.project.conflicts import conflicts
from hsreview.project.connection import db_errors, empty_for, transaction
from hsreview.project.log import Logged, insert, rebuild
from hsreview.project.objections import sort_out
from hsreview.project.project import Project
from hsreview.project.reach import take_away
from hsreview.project.received import Row
from hsreview.project.scrubbing import begin_erasing, finish_erasing
from hsreview.project.selecting import Selected, select
from hsreview.project.weights import weighty_acts

__all__ = ["Selected", "merge", "plan", "select"]

Named = tuple[str, Package]
"""A package with the name of its file."""

Reopened = Callable[[Project], frozenset[str]]
"""The settled differences that are open again: a rule of another room."""


def _not_asked(project: Project) -> frozenset[str]:
    return frozenset()


def plan(project: Project, packages: Sequence[Named], reopened: Reopened = _not_asked) -> Merged:
    """What `merge` would do; nothing is changed. Works in a read-only project too."""
    with bulk():
        return _plan(project, packages, reopened)


def _plan(project: Project, packages: Sequence[Named], reopened: Reopened) -> Merged:
    candidates = [Candidate(name, package) for name, package in packages]
    with closing(empty_for(project.connection)) as copy:
        project.connection.backup(copy)
        copy.execute("pragma temp_store = memory")
        copy.execute("pragma foreign_keys = on")
        with transaction(copy):
            there = Project(project.path, copy, read_only=True)
            before = reopened(there)
            merged = _take_in(_looked_at(copy, project.id, candidates), project.id, candidates)
            return replace(merged, reopened=len(reopened(there) - before))


def merge(project: Project, packages: Sequence[Named], reopened: Reopened = _not_asked) -> Merged:
    """Take in packages, in any order, any number of times: what is refused is reported and nothing of it is stored.

    One transaction, after a verified backup. Raises InputRefused when the project cannot be written,
    ProjectUnavailable when it is locked; the project is as it was then.
    """
    with bulk():
        return _merge(project, packages, reopened)


def _merge(project: Project, packages: Sequence[Named], reopened: Reopened) -> Merged:
    candidates = [Candidate(name, package) for name, package in packages]
    with project.snapshot():
        here = _looked_at(project.connection, project.id, candidates)
        looked = _data_version(project.connection)
        if not here.changed:
            return _report(here, candidates)
    if here.heads_before:  # A project that a package makes has nothing yet that could be lost.
        project.backup("before-merge")
    with project.write():
        if _data_version(project.connection) != looked:  # Another program wrote meanwhile.
            here = _looked_at(project.connection, project.id, candidates)
        before = reopened(project)
        merged = _take_in(here, project.id, candidates)
        merged = replace(merged, reopened=len(reopened(project) - before))
        erased = bool(merged.erased or merged.erased_contents)
        if erased:
            begin_erasing(project.connection)
    if erased:
        finish_erasing(project)
    return merged


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma data_version").fetchone()[0])


def _looked_at(connection: sqlite3.Connection, project_id: str, candidates: Sequence[Candidate]) -> Here:
    """What is here with all that can be accepted; why the others are refused stands in them."""
    here = Here(connection)
    sort_out(here, project_id, candidates)
    return here


def _take_in(here: Here, project_id: str, candidates: Sequence[Candidate]) -> Merged:
    """Add what was accepted, inside an open transaction, and make the tables anew."""
    connection = here.connection
    if here.changed and not _is_carried_out(connection, here):
        accepted = [candidate for candidate in candidates if not candidate.refused]
        guilty = [candidate for candidate in accepted if not _works_alone(connection, candidate)]
        for candidate in guilty or accepted:
            said = _("Its records contradict others and cannot be carried out.")
            candidate.unsound = [candidate.problem(said, "contradiction")]
        return _take_in(_looked_at(connection, project_id, candidates), project_id, candidates)
    return _report(here, candidates)


def _is_carried_out(connection: sqlite3.Connection, here: Here) -> bool:
    """Store and make anew; false, and nothing is changed, when the records make no sense together."""
    connection.execute("savepoint merging")
    try:
        _store(connection, here)
        rebuild(connection)
        load_codebook(connection)
    except _contradictions():
        connection.execute("rollback to merging")
        return False
    finally:
        if connection.in_transaction:
            connection.execute("release merging")
    return True


def _contradictions() -> tuple[type[Exception], ...]:
    return (*db_errors("IntegrityError"), KeyError, TypeError, ValueError, AttributeError)


def _works_alone(connection: sqlite3.Connection, candidate: Candidate) -> bool:
    here = Here(connection)
    here.add(candidate)
    connection.execute("savepoint alone")
    works = _is_carried_out(connection, here)
    connection.execute("rollback to alone")
    connection.execute("release alone")
    return works


def _store(connection: sqlite3.Connection, here: Here) -> None:
    """Add what was accepted. What a record erases, here or among the new ones, is not stored."""
    new = [each for key, each in here.rows.items() if here.records[key].stored is None]
    new.sort(key=lambda each: (each.change.clock, each.change.coder, each.change.replica, each.change.seq))
    insert(connection, (_to_store(here, each) for each in new))
    connection.executemany(
        "update change set body = ?, salt = ?, state = ? where id = ?",
        [
            (each.body, each.change.salt, here.state_of(key).value, key)
            for key, each in here.rows.items()
            if here.records[key].stored is not None and key not in here.erased.bodies
        ],
    )
    connection.executemany(
        "insert into content(hash, kind, data, state) values (?, ?, ?, ?)"
        " on conflict(hash) do update set data = excluded.data, state = excluded.state",
        [
            (key, given.kind, given.data if here.state_of_content(key) is BodyState.PRESENT else None,
             here.state_of_content(key).value)
            for key, given in here.given.items()
        ],
    )  # fmt: skip
    take_away(connection, here.erased)


def _to_store(here: Here, each: Row) -> Logged:
    state = here.state_of(each.change.id)
    if state is each.change.state:
        return each.change, each.body, each.digest
    return replace(each.change, body=None, salt=None, state=state), None, each.digest


def _report(here: Here, candidates: Sequence[Candidate]) -> Merged:
    connection = here.connection
    accepted = [candidate for candidate in candidates if not candidate.refused]
    new: Counter[str] = Counter()
    filled = 0
    for key, each in here.rows.items():
        if here.records[key].stored is None:
            new[each.change.coder] += 1
        else:
            filled += here.state_of(key) is BodyState.PRESENT
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
    people = Counter(name for (name,) in connection.execute("select name from respondent where removed = 0") if name)
    return Merged(
        packages=tuple(candidate.name for candidate in accepted),
        new=dict(sorted(new.items())),
        filled=filled,
        erased=sum(key in here.records and here.records[key].stored in _READABLE for key in here.erased.bodies),
        known=len(here.known),
        missing=tuple(sorted(gaps, key=lambda gap: (gap.coder, gap.replica, gap.first))),
        conflicts=tuple(conflicts(connection)),
        refused=tuple(problem for candidate in candidates for problem in candidate.problems),
        carried=_carried(connection, here),
        same_names=tuple(row[0] for row in names),
        same_people=tuple(sorted(name for name, n in people.items() if n > 1)),
        erased_contents=sum(here.contents_before.get(key) in _READABLE for key in here.erased.contents),
        withdrawn=_not_taken_in(here, accepted),
        spared=here.spared(),
        unproven=len(here.unproven - here.erased.bodies - here.erased.contents),
        weighty=tuple(weighty_acts(here)),
        works=works_of(here),
    )


def _not_taken_in(here: Here, accepted: Sequence[Candidate]) -> int:
    """How many different records and contents of the packages were not taken in, because a withdrawal erases them."""
    if not here.erased.stamps:
        return 0
    given = {each.change.id for one in accepted for each in one.rows if each.change.body is not None}
    texts = {each.hash for one in accepted for each in one.package.contents if each.data is not None}
    return len(given & here.erased.bodies) + len(texts & here.erased.contents)


_READABLE = (BodyState.PRESENT, BodyState.WITHHELD)
"""What can still be erased."""


def _carried(connection: sqlite3.Connection, here: Here) -> dict[str, int]:
    """What became of codings and memos on an older text that came, or whose transcript got another text."""
    new = [each.change for each in here.rows.values() if here.records[each.change.id].stored is None]
    came = {change.entity for change in new if change.kind in {f"{table}.put" for table in PLACED}}
    texts = {change.entity for change in new if change.kind.startswith("text_version.")}
    transcripts = {
        version: transcript for version, transcript in connection.execute("select id, transcript_id from text_version")
    }
    touched = {transcripts.get(text) for text in texts}
    found: Counter[str] = Counter()
    for entity, version, state in connection.execute(
        " union all ".join(
            f"select id, given_version_id, carried from {table} where carried is not null and removed = 0"
            for table in PLACED
        )
    ):
        if entity in came or transcripts.get(version) in touched:
            found[state] += 1
    return dict(sorted(found.items()))
