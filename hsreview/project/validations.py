"""Validation meetings, their tables, ballots, votes, comments and amendments, as they are stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from hsreview.base.ids import derived_id, new_id
from hsreview.model.framework import RowKind
from hsreview.model.localized import Localized
from hsreview.model.validation import (
    Amendment,
    AmendmentDecision,
    Ballot,
    Comment,
    CommentKind,
    Outcome,
    Party,
    Rule,
    Side,
    Tally,
    Validation,
    Vote,
    vote_id,
)
from hsreview.project.conflicts import disputed_among
from hsreview.project.log import Act

_OF_BALLOTS = "in (select id from ballot where validation_id = ? and removed = 0)"


def validations(connection: sqlite3.Connection) -> list[Validation]:
    """Every meeting, the oldest first; those whose records are withheld or erased are left out."""
    found = connection.execute(
        "select id, name, date, place, state, language, version_id, rule, closed, coder_id, created from validation"
        " where removed = 0 and name is not null and rule is not null order by created, id"
    )
    return [
        Validation(
            id_, name, date or "", place or "", state or "", language or "", version or "",
            Rule.from_json(json.loads(rule) or {}), closed or "", coder or "", created or "",
        )
        for id_, name, date, place, state, language, version, rule, closed, coder, created in found
    ]  # fmt: skip


def parties(connection: sqlite3.Connection, validation_id: str) -> list[Party]:
    """The tables of a meeting, in their order."""
    found = connection.execute(
        "select id, label, side, size, composition, position from party where removed = 0 and validation_id = ?"
        " and label is not null and side is not null and size is not null order by position, label, id",
        (validation_id,),
    )
    return [
        Party(id_, validation_id, label, Side(side), size, json.loads(counts or "{}") or {}, position or 0)
        for id_, label, side, size, counts, position in found
    ]


def labels(connection: sqlite3.Connection, validation_id: str) -> dict[str, str]:
    """Id of a table → its label, those that were taken out of the room included."""
    return dict(
        connection.execute(
            "select id, label from party where validation_id = ? and label is not null order by id", (validation_id,)
        )
    )


def ballots(connection: sqlite3.Connection, validation_id: str) -> list[Ballot]:
    """The ballots of a meeting, by round and in their order."""
    found = connection.execute(
        "select id, row_id, round, position, ref, kind, text, badge, outcome, reason from ballot where removed = 0"
        " and validation_id = ? and row_id is not null and round is not null and kind is not null"
        " and text is not null order by round, position, id",
        (validation_id,),
    )
    return [
        Ballot(
            id_, validation_id, row_id, round_, position or 0, ref or "?", RowKind(kind), _words(text), _words(badge),
            Outcome(outcome) if outcome else None, reason or "",
        )
        for id_, row_id, round_, position, ref, kind, text, badge, outcome, reason in found
    ]  # fmt: skip


def decided(connection: sqlite3.Connection, row_id: str) -> list[tuple[Validation, Ballot]]:
    """The meetings at which a row came to something, with its ballot of each round, the oldest first."""
    found = connection.execute(
        "select distinct validation_id from ballot where row_id = ? and removed = 0 and outcome is not null", (row_id,)
    )
    held = {row[0] for row in found}
    return [
        (meeting, ballot)
        for meeting in (validations(connection) if held else ())
        if meeting.id in held
        for ballot in ballots(connection, meeting.id)
        if ballot.row_id == row_id and ballot.outcome is not None
    ]


def votes(connection: sqlite3.Connection, validation_id: str) -> list[Vote]:
    """What the tables of a meeting voted."""
    found = connection.execute(
        f"select ballot_id, party_id, agree, amend, reject, abstain, not_understood from vote where removed = 0"
        f" and party_id is not null and ballot_id {_OF_BALLOTS} order by id",
        (validation_id,),
    )
    return [Vote(ballot, party, Tally(*(each or 0 for each in tally))) for ballot, party, *tally in found]


def comments(connection: sqlite3.Connection, validation_id: str) -> list[Comment]:
    """What the tables of a meeting said, in the order in which it was written down."""
    found = connection.execute(
        "select id, ballot_id, party_id, kind, text, answer, answered, position from comment where removed = 0"
        f" and kind is not null and text is not null and ballot_id {_OF_BALLOTS} order by position, id",
        (validation_id,),
    )
    return [
        Comment(id_, ballot, party or "", CommentKind(kind), text, answer or "", answered or "", position or 0)
        for id_, ballot, party, kind, text, answer, answered, position in found
    ]


def amendments(connection: sqlite3.Connection, validation_id: str) -> list[Amendment]:
    """The amendments of a meeting, in the order in which they were proposed."""
    found = connection.execute(
        "select id, ballot_id, party_id, before, after, taken, decision, reason, coder_id, at from amendment"
        " where removed = 0 and before is not null and after is not null and decision is not null"
        f" and ballot_id {_OF_BALLOTS} order by id",
        (validation_id,),
    )
    return [
        Amendment(
            id_, ballot, party or "", _words(before), _words(after), _words(taken), AmendmentDecision(decision),
            reason or "", coder or "", at or "",
        )
        for id_, ballot, party, before, after, taken, decision, reason, coder, at in found
    ]  # fmt: skip


def add_validation(
    act: Act, *, name: str, date: str, place: str, state: str, language: str, version_id: str, rule: Rule
) -> str:  # fmt: skip
    """Open a meeting; its id."""
    return _made(
        act, "validation", name=name, date=date, place=place, state=state, language=language, version_id=version_id,
        rule=rule.to_json(), coder_id=act.coder_id, created=act.at,
    )  # fmt: skip


def add_party(
    act: Act, validation_id: str, *, label: str, side: Side, size: int, position: int,
    composition: Mapping[str, int] | None = None,
) -> str:  # fmt: skip
    """Put a table into the room; its id."""
    return _made(
        act, "party", validation_id=validation_id, label=label, side=str(side), size=size, position=position,
        composition=dict(composition or {}),
    )  # fmt: skip


def add_ballot(
    act: Act, validation_id: str, *, row_id: str, round_: int, position: int, ref: str, kind: RowKind, text: Localized,
    badge: Localized,
) -> str:  # fmt: skip
    """Put a row to the vote; the id of the ballot, which is the same where a round is opened on two laptops."""
    identity = derived_id("ballot", validation_id, row_id, str(round_))
    act.put(
        "ballot", identity, validation_id=validation_id, row_id=row_id, round=round_, position=position, ref=ref,
        kind=str(kind), text=text.to_json(), badge=badge.to_json(),
    )  # fmt: skip
    return identity


def put_vote(act: Act, ballot_id: str, party_id: str, tally: Tally) -> bool:
    """Write what a table voted on a ballot, over what stood there; false when it says this already.

    A tally is one statement: all of it is written, so that no two of them are mixed where laptops come together. What
    two laptops have otherwise is settled by writing it again.
    """
    identity, wanted = vote_id(ballot_id, party_id), counts_of(tally)
    select = f"select {', '.join(wanted)}, removed from vote where id = ?"
    old = act.connection.execute(select, (identity,)).fetchone()
    if old is None:
        return act.put("vote", identity, ballot_id=ballot_id, party_id=party_id, **wanted)
    *counts, removed = old
    if removed:
        act.record("vote.restore", identity, {})
    elif counts == list(wanted.values()) and not disputed_among(act.connection, "vote", [identity]):
        return False
    act.record("vote.put", identity, {"set": wanted, "was": dict(zip(wanted, counts, strict=True))})
    return True


def counts_of(tally: Tally) -> dict[str, int]:
    """The counts of a tally by their names, as they are stored."""
    return {each.name: getattr(tally, each.name) for each in fields(Tally)}


def add_comment(act: Act, ballot_id: str, party_id: str, kind: CommentKind, text: str, position: int) -> str:
    """Write down what a table said; the id of the comment."""
    return _made(
        act, "comment", ballot_id=ballot_id, party_id=party_id or None, kind=str(kind), text=text, position=position
    )


def add_amendment(act: Act, ballot_id: str, party_id: str, before: Localized, after: Localized) -> str:
    """Write down other words for a row; the id of the amendment."""
    return _made(
        act, "amendment", ballot_id=ballot_id, party_id=party_id or None, before=before.to_json(),
        after=after.to_json(), decision=str(AmendmentDecision.OPEN), coder_id=act.coder_id, at=act.at,
    )  # fmt: skip


def _made(act: Act, table: str, **values: Any) -> str:
    identity = new_id()
    act.put(table, identity, **values)
    return identity


def _words(stored: str | None) -> Localized:
    return Localized.from_json(json.loads(stored) or {}) if stored else Localized()
