"""The rules of codes over time, as the log has them, and when each coding was last written."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.project.entities import dump
from hsreview.project.log import changes

RULES = ("label", "definition", "use", "not_use")
"""What says when a code is to be used."""

Place = tuple[int, str, str, int]
"""Where a record stands in the order of replay: clock, coder, replica, number."""


@dataclass(frozen=True, slots=True)
class RuleState:
    """The rules of a code from one record on."""

    place: Place
    at: str
    coder_id: str
    rules: Mapping[str, Any]
    """Field → `{language: text}`."""

    @property
    def digest(self) -> str:
        """SHA-256 of the rules; the same rules have the same."""
        return hashlib.sha256(dump(dict(self.rules)).encode()).hexdigest()


def rule_history(connection: sqlite3.Connection) -> dict[str, list[RuleState]]:
    """Code id → its rules, in the order of replay; a record that changes none of them adds nothing.

    Records whose body is withheld or erased say nothing.
    """
    found: dict[str, list[RuleState]] = {}
    for change in changes(connection, "kind = 'code.put'"):
        written = change.body.get("set", {}) if change.body is not None else {}
        states = found.setdefault(change.entity, [])
        now = dict(states[-1].rules) if states else {}
        for name in RULES:
            if f"data.{name}" in written:
                now[name] = written[f"data.{name}"] or {}
        if not states or now != states[-1].rules:
            states.append(
                RuleState((change.clock, change.coder, change.replica, change.seq), change.at, change.coder, now)
            )
    return found


def last_written(connection: sqlite3.Connection) -> dict[str, Place]:
    """Coding id → the place of the last record that made or changed it; what was taken back does not count."""
    rows = connection.execute(
        "select c.entity, max(c.clock), c.coder, c.replica, c.seq from change c left join act a on a.id = c.act"
        " where c.kind = 'coding.put' and c.undoes is null and c.redoes is null and coalesce(a.state, '') <> 'undone'"
        " group by c.entity"
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def rechecks(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """`(coding id, code id, digest of the rules)` of every coding that its coder looked at again and kept."""
    return set(connection.execute("select coding_id, code_id, edit from recheck where removed = 0"))
