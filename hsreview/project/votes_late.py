"""Votes that came to a ballot after its round was closed: on another laptop, by somebody who did not know."""

from __future__ import annotations

import sqlite3

from hsreview.model.change import Change
from hsreview.project.knowledge import Knowledge
from hsreview.project.log import changes

_HERE = "ballot_id in (select id from ballot where validation_id = ?1 and removed = 0)"


def late_votes(connection: sqlite3.Connection, validation_id: str) -> list[tuple[str, str]]:
    """`(ballot, table)` of the votes of a meeting that were not known where the round of the ballot was closed.

    A round is closed when outcomes are written on its ballots, and the last one when the meeting is closed.
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
    of_meeting = f"kind = 'vote.put' and entity in (select id from vote where {_HERE})"
    for change in changes(connection, of_meeting, (validation_id,)):
        if log.counts(change):
            written.setdefault(change.entity, []).append(change)
    found = []
    for vote, ballot, party in connection.execute(
        f"select id, ballot_id, party_id from vote where removed = 0 and {_HERE}", (validation_id,)
    ):
        closing = ends.get(ballot) or ends.get(validation_id, [])
        if closing and vote in written and not any(_knew(log, each, written[vote]) for each in closing):
            found.append((ballot, party))
    return found


def _knew(log: Knowledge, end: Change, written: list[Change]) -> bool:
    return all(log.has_seen(end, each) for each in written)
