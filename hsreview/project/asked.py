"""Which questions of the guide were asked in which interview, as far as somebody put it on record."""

from __future__ import annotations

import sqlite3

from hsreview.base.ids import derived_id
from hsreview.project.log import Act

YES, NO = "asked", "not_asked"


def asked(connection: sqlite3.Connection) -> dict[str, dict[str, bool]]:
    """Transcript id → ref of a guide question → whether it was asked; what is missing is on no record."""
    found: dict[str, dict[str, bool]] = {}
    for transcript_id, ref, answer in connection.execute(
        "select transcript_id, guide_ref, answer from asked where removed = 0 and guide_ref is not null"
    ):
        found.setdefault(transcript_id, {})[ref] = answer != NO
    return found


def put_asked(act: Act, transcript_id: str, ref: str, was_asked: bool) -> bool:
    """Write that a question was asked (or not); false when it is on record so."""
    return act.put(
        "asked", _id(transcript_id, ref), transcript_id=transcript_id, guide_ref=ref, answer=YES if was_asked else NO
    )


def forget_asked(act: Act, transcript_id: str, ref: str) -> bool:
    """Take the record away; false when there is none."""
    return act.remove("asked", _id(transcript_id, ref))


def _id(transcript_id: str, ref: str) -> str:
    return derived_id("asked", transcript_id, ref)
