"""Packages that are looked at, what is known beside them, and which of them can be accepted."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import Problem
from hsreview.model.change import BodyState, Change
from hsreview.model.exchange import Content, Gap, Package
from hsreview.project.erasing import Erased, erased
from hsreview.project.personal import beyond, bounded
from hsreview.project.reach import contents_of, reach
from hsreview.project.received import Row, Unsound, check_content, row, sentence

Actor = tuple[str, str]
"""Coder and replica."""

_RANK = {BodyState.WITHHELD: 0, BodyState.PRESENT: 1, BodyState.ERASED: 2}
"""What is there fills what was withheld; what was erased anywhere is erased everywhere."""


class Candidate:
    """A package that is looked at; `problems` and `gaps` say why it is refused."""

    def __init__(self, name: str, package: Package) -> None:
        self.name = name
        self.package = package
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        self.erased = Erased()
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
            self.erased.note(checked.change)
        for given in package.contents:
            try:
                check_content(given)
            except Unsound as error:
                found[str(error)] += 1
        self.unsound = [Problem(sentence(word), name, word) for word in found]

    @property
    def refused(self) -> bool:
        return bool(self.problems)

    def miss(self, coder: str, replica: str, first: int, last: int) -> None:
        """Note records that are missing, because of which this package is refused."""
        self.gaps.append(Gap(coder, replica, first, last, refused=True))

    def problem(self, message: str, code: str) -> Problem:
        """A reason why this package is refused."""
        return Problem(message, self.name, code)


@dataclass(slots=True)
class Known:
    """A record that is here, or came in a package that was accepted."""

    digest: str
    state: BodyState
    stored: BodyState | None
    """How the body stands in the project file; null when the record is not there yet."""


class Here:
    """What the project holds, and what packages that were accepted add to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.records: dict[str, Known] = {}
        self.numbers: dict[tuple[str, str, int], str] = {}
        self.clocks: dict[Actor, int] = {}
        self.acts: dict[str, str] = {}
        """Act → its coder."""
        self.arrived: dict[str, list[Change]] = {}
        """Thing → the records about it that were accepted."""
        states = {state.value: state for state in BodyState}
        for key, digest, state, coder, replica, seq, clock, act in connection.execute(
            "select id, digest, state, coder, replica, seq, clock, act from change order by seq"
        ):
            self.records[key] = Known(digest, states[state], states[state])
            self.numbers[coder, replica, seq] = key
            self.clocks[coder, replica] = clock
            self.acts[act] = coder
        self.heads: dict[Actor, int] = {}
        self.claims: dict[str, int] = {}
        """`coder/replica` → the newest record that somebody says to have seen."""
        for coder, replica, seq, saw in connection.execute("select coder, replica, seq, saw from head"):
            self.heads[coder, replica] = seq
            self.claim(json.loads(saw))
        self.heads_before = bool(self.heads)
        """Whether the project holds any record yet."""
        self.contents = {
            key: (kind, BodyState(state))
            for key, kind, state in connection.execute("select hash, kind, state from content")
        }
        self.contents_before = {key: state for key, (_kind, state) in self.contents.items()}
        self.versions: dict[str, tuple[str, Mapping[str, Any]]] = {
            entity: (key, json.loads(body)["set"] if body else {})
            for entity, key, body in connection.execute(
                "select entity, id, body from change where kind = 'text_version.put'"
            )
        }
        """Text version → the record that made it, and its fields where they are known."""
        self._said = erased(connection)
        self.erased = reach(connection, self._said)
        """What records say is erased, and what follows from that."""
        self.rows: dict[str, Row] = {}
        self.given: dict[str, Content] = {}
        self.known: set[str] = set()
        self.unproven: set[str] = set()
        """Records and contents that a package calls erased, while no record says so."""

    def erased_by(self, candidate: Candidate) -> Erased:
        """What the records of a package erase, as far as withdrawals reach."""
        new = [*(each.change for each in self.rows.values()), *(each.change for each in candidate.rows)]
        return bounded(self.connection, candidate.erased, new)

    def spared(self) -> int:
        """How many things and records new withdrawals name that are no person's, so that they stay."""
        new = [each.change for key, each in self.rows.items() if self.records[key].stored is None]
        said = Erased()
        for change in new:
            said.note(change)
        return beyond(self.connection, said, new) if said.stamps else 0

    @property
    def changed(self) -> bool:
        """Whether anything was accepted that is not in the project file as it is."""
        return bool(self.rows or self.given)

    def claim(self, saw: dict[str, int]) -> None:
        """Take in what the writer of a record says to have seen."""
        for actor, seq in saw.items():
            if seq > self.claims.get(actor, 0):
                self.claims[actor] = seq

    def add(self, candidate: Candidate) -> None:
        """Accept a package that was found sound."""
        self._said.add(candidate.erased)
        self.erased.add(self.erased_by(candidate))
        for each in candidate.rows:
            self._add_row(each)
        for given in candidate.package.contents:
            state = self._believed(given.hash, BodyState(given.state), self.erased.contents)
            before = self.contents.get(given.hash)
            if before is None or self._is_more(given.hash, before[1], state, self.erased.contents):
                self.contents[given.hash] = (given.kind, state)
                self.given[given.hash] = given
        self._take_away_what_belongs(candidate)

    def _take_away_what_belongs(self, candidate: Candidate) -> None:
        """What somebody made without knowing of a withdrawal is erased when it meets it, wherever that is."""
        if self.erased.stamps:
            self.erased = reach(self.connection, self._said, (each.change for each in self.rows.values()))
            self._said.contents |= contents_of(self.erased, (each.change for each in candidate.rows))
            self.erased.contents |= self._said.contents

    def _add_row(self, each: Row) -> None:
        change = each.change
        actor = (change.coder, change.replica)
        state = self._believed(change.id, change.state, self.erased.bodies)
        found = self.records.get(change.id)
        if found is None:
            self.records[change.id] = Known(each.digest, state, None)
            self.numbers[*actor, change.seq] = change.id
            self.rows[change.id] = each
            self.acts.setdefault(change.act, change.coder)
            self.arrived.setdefault(change.entity, []).append(change)
        else:
            if found.stored is not None:
                self.known.add(change.id)
            if self._is_more(change.id, found.state, state, self.erased.bodies):
                found.state = state
                self.rows[change.id] = each
                self.arrived.setdefault(change.entity, []).append(change)
        if change.kind == "text_version.put" and (change.body or change.entity not in self.versions):
            self.versions[change.entity] = (change.id, (change.body or {}).get("set", {}))
        if change.seq > self.heads.get(actor, 0):
            self.heads[actor] = change.seq
            self.clocks[actor] = change.clock
        if change.saw is not None:
            self.claim(dict(change.saw))

    def _believed(self, key: str, state: BodyState, gone: set[str]) -> BodyState:
        """What is called erased is so where a record says it, or may follow from a withdrawal (see `_is_more`)."""
        if key in gone:
            return BodyState.ERASED
        if state is BodyState.ERASED and not self.erased.stamps:
            self.unproven.add(key)
            return BodyState.WITHHELD
        return state

    def _is_more(self, key: str, before: BodyState, state: BodyState, gone: set[str]) -> bool:
        """Whether what comes says more than what is here. Only a record erases what can be read."""
        if state is BodyState.ERASED and before is BodyState.PRESENT and key not in gone:
            self.unproven.add(key)
            return False
        if state is BodyState.PRESENT and before is BodyState.ERASED:
            return key not in gone  # It was called erased; whether it is follows from what it says.
        return _RANK[state] > _RANK[before]

    def state_of(self, key: str) -> BodyState:
        """How the body of an accepted record is to be stored."""
        return BodyState.ERASED if key in self.erased.bodies else self.records[key].state

    def state_of_content(self, key: str) -> BodyState:
        """How an accepted content is to be stored."""
        return BodyState.ERASED if key in self.erased.contents else self.contents[key][1]


def new_or_filled(here: Here, candidate: Candidate) -> Iterable[Row]:
    """The records of a package that are not known yet, or whose body was withheld."""
    for each in candidate.rows:
        found = here.records.get(each.change.id)
        if found is None or (found.state is BodyState.WITHHELD and each.change.state is BodyState.PRESENT):
            yield each
