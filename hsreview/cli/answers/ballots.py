"""The answer of `validation ballots`."""

from __future__ import annotations

from typing import TypedDict


class BallotsMade(TypedDict):
    """Ballots that were written to be printed."""

    path: str
    meeting: str
    round: int
    rows: int
    """Rows to vote on."""
    ballots: int
    """One to be copied, or one for each table."""
    tally_sheets: int
