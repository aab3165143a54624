"""The versions of the codebook: one for every act that touched it, each of which can be looked at again.

They follow from the log: the records of codebook and codes are replayed up to where a version ends. Names that people
gave to versions are settings that begin with `VERSION_NAME`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby

from hsreview.model.change import Change
from hsreview.model.codebook import Codebook
from hsreview.project import queries
from hsreview.project.codebooks import CODEBOOK_ID, load_codebook
from hsreview.project.describing import describe
from hsreview.project.log import changes
from hsreview.project.migrations import empty_database
from hsreview.project.state import State

VERSION_NAME = "codebook.version."
"""What the name of the setting with the name of a version begins with; its act follows."""
_RECORDS = "(kind glob 'code.*' or kind glob 'codebook.*')"
_MEANT = "(kind glob 'code.*' or kind glob 'codebook.*' or kind glob 'setting.*')"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the codebook."""

    number: int
    """1, 2, 3 … in the order of the log; a merge of packages may put others in between."""
    label: str
    """The file's version, with `+3` after three edits made in the project."""
    name: str
    """What a lead called it; empty: nothing."""
    act: str
    at: str
    coder_id: str
    what: str
    """What its act did, in the user's language; empty when it cannot be said."""
    taken_back: bool
    """Whether its act took another one back."""
    reason: str


def versions(connection: sqlite3.Connection) -> list[Version]:
    """Every version, the oldest first."""
    names = {act: str(name) for act, name in queries.settings(connection, VERSION_NAME).items() if name}
    found = []
    with _replaying(connection) as (fresh, state):
        for act, records in groupby(changes(connection, _RECORDS), key=lambda change: change.act):
            written = list(records)
            state.apply_all(written)
            number, label = _standing(fresh)
            if number:
                found.append(_version(connection, number, label, names.get(act, ""), act, written))
    # Of an act that others came between, only the last part is called by its name.
    named = {version.act: version.number for version in found if version.name}
    return [v if not v.name or named[v.act] == v.number else replace(v, name="") for v in found]


def version_labels(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Logical time of the first record of every version → its label, the oldest first."""
    found = []
    with _replaying(connection) as (fresh, state):
        for _act, records in groupby(changes(connection, _RECORDS), key=lambda change: change.act):
            written = list(records)
            state.apply_all(written)
            number, label = _standing(fresh)
            if number:
                found.append((written[0].clock, label))
    return found


def book_at(connection: sqlite3.Connection, number: int) -> Codebook | None:
    """The whole codebook (see `load_codebook`) as that version left it; null when there is no such version."""
    with _replaying(connection) as (fresh, state):
        for _act, records in groupby(changes(connection, _RECORDS), key=lambda change: change.act):
            state.apply_all(records)
            if _standing(fresh)[0] == number:
                return load_codebook(fresh, whole=True)
    return None


@contextmanager
def _replaying(connection: sqlite3.Connection) -> Iterator[tuple[sqlite3.Connection, State]]:
    with closing(empty_database()) as fresh:
        fresh.execute("begin")
        yield fresh, State(fresh, connection)


def _standing(fresh: sqlite3.Connection) -> tuple[int, str]:
    row = fresh.execute(
        "select number, version, number - base_number from codebook where id = ?", (CODEBOOK_ID,)
    ).fetchone()
    if row is None:
        return 0, ""
    return row[0], f"{row[1]}+{row[2]}" if row[2] else str(row[1] or "")


def _version(
    connection: sqlite3.Connection, number: int, label: str, name: str, act: str, records: list[Change]
) -> Version:
    first = records[0]
    written = [change.body["set"] for change in records if change.body is not None and "set" in change.body]
    reason = next((str(fields["reason"]) for fields in written if fields.get("reason")), "")
    back = first.undoes is not None
    # Without the codings of the act: where somebody coded is not for those who code blind.
    meant = changes(connection, f"act = ? and {_MEANT}", (first.undoes or first.redoes or act,))
    what = describe(connection, list(meant) or records)
    return Version(number, label, name, act, first.at, first.coder, what, back, "" if back else reason)
