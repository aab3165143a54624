"""Texts of one transcript that people made apart from each other, until somebody decides which one holds.

The newest text is the one that is read. It holds the corrections on which it rests; a text that nobody who corrected
further had as theirs is in none of it, and may not vanish without a word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.ids import new_id
from hsreview.model.change import Change
from hsreview.project.carried import newest_version
from hsreview.project.entities import ENTITIES
from hsreview.project.knowledge import Knowledge
from hsreview.project.log import Act, changes
from hsreview.project.state import State
from hsreview.project.text_versions import next_number

TEXT = "text"
"""The field of a transcript that a conflict of its texts is about."""
_VERSION = ENTITIES["text_version"]
_CONTENTS = ("text_hash", "turns_hash")


@dataclass(frozen=True)
class _Texts:
    """The texts of one transcript that stand, and on which other one each rests."""

    made: Mapping[str, Change]
    """Version id → the record that made it."""
    base: Mapping[str, str | None]
    rulings: Sequence[Change]
    """Decisions between them that nobody who decided later had seen."""

    def line(self, version_id: str | None) -> Iterator[str]:
        """A text, the one on which it rests, and so on to the imported one."""
        while version_id is not None:
            yield version_id
            version_id = self.base[version_id]

    def heads(self) -> list[str]:
        """The texts on which no other one rests."""
        beneath = set(self.base.values())
        return [each for each in self.made if each not in beneath]


def texts_apart(connection: sqlite3.Connection, log: Knowledge) -> Iterator[tuple[str, list[Change]]]:
    """Each transcript with texts that say different things side by side, and the records that made those."""
    several = [
        row[0]
        for row in connection.execute(
            "select transcript_id from text_version where removed = 0 group by 1 having count(*) > 1 order by 1"
        )
    ]
    decided = _rulings(connection, log) if several else []
    for transcript_id in several:
        texts = _texts(connection, log, transcript_id, decided)
        left = [head for head in texts.heads() if not _is_settled(log, texts, head)]
        if len({_said(texts.made[head]) for head in left}) > 1:
            yield transcript_id, [texts.made[head] for head in left]


def resting_on(connection: sqlite3.Connection, transcript_id: str, version_id: str) -> list[Change]:
    """The records that made the texts that rest on a text, or were made when it had been seen and taken back."""
    log = Knowledge(connection)
    texts = _texts(connection, log, transcript_id, _rulings(connection, log))
    if version_id in texts.made:
        return [made for each, made in texts.made.items() if version_id in list(texts.line(each))[1:]]
    taken_back = _makings(connection, transcript_id)[version_id]
    return [made for made in texts.made.values() if log.has_seen(made, taken_back)]


def held(connection: sqlite3.Connection, transcript_id: str) -> set[str]:
    """Ids of the texts whose corrections are in the newest one."""
    log = Knowledge(connection)
    texts = _texts(connection, log, transcript_id, _rulings(connection, log))
    first = next(iter(texts.made), None)
    return set(texts.line(newest_version(connection, first))) if first else set()


def bases(connection: sqlite3.Connection, transcript_id: str) -> Mapping[str, str | None]:
    """Id of each text of a transcript → the one on which it rests; null for the imported one."""
    log = Knowledge(connection)
    return _texts(connection, log, transcript_id, _rulings(connection, log)).base


def take(state: State, act: Act, transcript_id: str, version_id: str) -> None:
    """Make a text the one that is read, as a new one: with its turns, and who speaks in them."""
    newest = newest_version(state.connection, version_id)
    (taken, _gone), (now, _removed) = (state.row(_VERSION, each) or ({}, True) for each in (version_id, newest))
    if all(taken.get(name) == now.get(name) for name in _CONTENTS):
        return
    again = new_id()
    act.put(_VERSION.table, again, **{**taken, "number": next_number(state.connection, transcript_id)})
    speakers = "select number, speaker_id from turn where version_id = ?"
    for number, speaker in state.connection.execute(speakers, (version_id,)).fetchall():
        act.put_turn(again, number, speaker)


def _rulings(connection: sqlite3.Connection, log: Knowledge) -> list[Change]:
    """The decisions between texts that stand."""
    return [
        change
        for change in changes(connection, "kind = 'ruling.put'")
        if log.counts(change) and (change.body or {})["set"].get("field") == TEXT
    ]


def _texts(connection: sqlite3.Connection, log: Knowledge, transcript_id: str, decided: Sequence[Change]) -> _Texts:
    made = {each: change for each, change in _makings(connection, transcript_id).items() if log.counts(change)}
    rulings = [each for each in decided if (each.body or {})["set"].get("entity") == transcript_id]
    last = [each for each in rulings if not any(log.has_seen(other, each) for other in rulings)]
    chosen = {each.act: (each.body or {})["set"]["value"] for each in rulings}
    base: dict[str, str | None] = {}
    earlier: list[str] = []
    for version, change in sorted(made.items(), key=lambda pair: (_number(pair[1]), pair[0])):
        known = (each for each in reversed(earlier) if log.has_seen(change, made[each]))
        taken = chosen.get(change.act)
        base[version] = taken if taken in base else next(known, None)
        earlier.append(version)
    return _Texts(made, base, last)


def _makings(connection: sqlite3.Connection, transcript_id: str) -> dict[str, Change]:
    """Version id → the record that made it, of all texts of a transcript."""
    versions = "select id from text_version where transcript_id = ?"
    found = changes(connection, f"kind = 'text_version.put' and entity in ({versions})", (transcript_id,))
    return {each.entity: each for each in found if each.body is not None and "was" not in each.body}


def _is_settled(log: Knowledge, texts: _Texts, head: str) -> bool:
    """Whether whoever decided had seen a text, and took one on which it does not rest."""
    line = list(texts.line(head))
    return bool(texts.rulings) and all(
        log.has_seen(each, texts.made[head]) and (each.body or {})["set"]["value"] not in line for each in texts.rulings
    )


def _number(made: Change) -> int:
    return int((made.body or {})["set"]["number"])


def _said(made: Change) -> tuple[str, ...]:
    return tuple((made.body or {})["set"][name] for name in _CONTENTS)
