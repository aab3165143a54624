"""The recode queue: codings made under rules of their code that have changed since, or before their code was split.

Nothing of it is stored: a coding waits as long as the rules of its code (label, definition, use, do not use) differ
from those that stood when the coding was last written, in the order of the log. An edit that is taken back empties the
queue again; so does changing or removing the coding. It waits too when its coder wrote it without knowing that its code
was split (see `hsreview.project.splits`). The one record is that its coder looked at it again and kept it: it holds for
the rules as they were then, or for that split, so that the next edit asks anew.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hsreview.model.coding import Coding
from hsreview.project import queries, rules
from hsreview.project.rules import Place, RuleState
from hsreview.project.splits import Knowing, Split, splits


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding that waits to be looked at again."""

    coding: Coding
    before: RuleState
    """The rules under which it was made."""
    now: RuleState
    """The rules of its code now; who wrote them last, and when."""
    splits: tuple[Split, ...] = ()
    """The splits of its code about which its coder has not decided."""
    amended: bool = True
    """Whether it waits because of the rules."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Which of `label`, `definition`, `use` and `not_use` differ."""
        fields = rules.RULES if self.amended else ()
        return tuple(name for name in fields if self.before.rules.get(name) != self.now.rules.get(name))


def queue(connection: sqlite3.Connection, coding_ids: Collection[str] | None = None) -> list[Waiting]:
    """The codings that wait, of all coders, in the order of texts and places; only of `coding_ids` when given."""
    everything = rules.rule_history(connection)
    divided = _Divided(connection, splits(connection))
    asked = {code for code, states in everything.items() if len(states) > 1} | divided.codes
    if not asked:
        return []
    written, kept = rules.last_written(connection), rules.rechecks(connection)
    found = []
    for coding in queries.codings(connection, code_ids=asked):
        states = everything.get(coding.code_id)
        place = written.get(coding.id)
        if not states or place is None or (coding_ids is not None and coding.id not in coding_ids):
            continue
        then = bisect_right(states, place, key=lambda state: state.place) - 1
        before, now = states[max(then, 0)], states[-1]
        amended = before.rules != now.rules and (coding.id, coding.code_id, now.digest) not in kept
        undecided = tuple(
            split for split in divided.of(coding, place) if (coding.id, split.code_id, split.id) not in kept
        )
        if amended or undecided:
            found.append(Waiting(coding, before, now, undecided, amended))
    return found


class _Divided:
    """The splits, and for which codings each is asked about: also where the code was merged into another one since."""

    def __init__(self, connection: sqlite3.Connection, standing: Sequence[Split]) -> None:
        self._by_code: dict[str, list[tuple[Split, Knowing]]] = {}
        self._merged: dict[str, str] = {}
        self._given: dict[str, str] = {}
        if standing:
            self._merged = dict(connection.execute("select id, merged_into from code where status = 'merged'"))
            self._given = dict(
                connection.execute(
                    "select id, given_code_id from coding where given_code_id <> code_id and removed = 0"
                )
            )
        for split in standing:
            self._by_code.setdefault(split.code_id, []).append((split, Knowing(connection, split.id)))
        self.codes = frozenset(each for code in self._by_code for each in (code, self._line(code)[-1]))

    def _line(self, code_id: str) -> list[str]:
        """A code, the one that took it over, and so on."""
        line = [code_id]
        while (into := self._merged.get(line[-1])) is not None and into not in line:
            line.append(into)
        return line

    def of(self, coding: Coding, place: Place) -> list[Split]:
        """The splits of a coding's code that its coder did not know of when it was last written.

        Nothing is asked about one whose two codes were merged again.
        """
        codes = {*self._line(self._given.get(coding.id, coding.code_id)), coding.code_id}
        asked = [
            split
            for code in codes
            for split, knowing in self._by_code.get(code, ())
            if not knowing.knew(place) and coding.code_id not in self._line(split.into)
        ]
        return sorted(asked, key=lambda split: split.id)
