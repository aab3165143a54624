"""Votes that came or changed after the round of their ballot was closed: on another laptop, which did not know."""

from __future__ import annotations

import sqlite3

from hsreview.model.change import Change
from hsreview.project.knowledge import Knowledge
from hsreview.project.log import changes

_HERE = "ballot_id in (select id from ballot where validation_id = ?1 and removed = 0)"
_OF_VOTES = f"(kind in ('vote.put', 'vote.remove', 'vote.restore') and entity in (select id from vote where {_HERE}))"
_OF_TABLES = (
    "((kind in ('party.remove', 'party.restore') or (kind = 'party.put' and json_extract(body, '$.set.side') is not"
    " null)) and entity in (select id from party where validation_id = ?1))"
)


def late_votes(connection: sqlite3.Connection, validation_id: str) -> list[tuple[str, str]]:
    """`(ballot, table)` of the votes of a meeting that were not known as they are where the round was closed.

    A round is closed when outcomes are written on its ballots, and the last one when the meeting is closed. Votes are
    others too when they are taken away, or when their table changes sides or leaves the room.
    """
    said = list(
        changes(
            connection,
            "(kind = 'validation.put' and entity = ?1 and json_extract(body, '$.set.closed') is not null)"
            " or (kind = 'ballot.put' and json_extract(body, '$.set.outcome') is not null"
            " and entity in (select id from ballot where validation_id = ?1))",
            (validation_id,),
        )
    )
    if not said:
        return []
    log = Knowledge(connection)
    ends: dict[str, list[Change]] = {}
    """Id of a ballot or of the meeting → the records by which it was closed."""
    for change in said:
        if log.counts(change):
            ends.setdefault(change.entity, []).append(change)
    written: dict[str, list[Change]] = {}
    """Id of a vote or a table → the records that say what it is."""
    for change in changes(connection, f"{_OF_VOTES} or {_OF_TABLES}", (validation_id,)):
        if log.counts(change):
            written.setdefault(change.entity, []).append(change)
    found = []
    for vote, ballot, party, removed in connection.execute(
        f"select id, ballot_id, party_id, removed from vote where {_HERE}", (validation_id,)
    ):
        closing, said = ends.get(ballot) or ends.get(validation_id, []), written.get(vote, [])
        if removed and not any(log.has_seen(end, each) for end in closing for each in said):
            continue  # It came and went without the round.
        said = [*said, *written.get(party, [])]
        if closing and said and not any(_knew(log, each, said) for each in closing):
            found.append((ballot, party))
    return found


def _knew(log: Knowledge, end: Change, written: list[Change]) -> bool:
    return all(log.has_seen(end, each) for each in written)
