"""The records about replaced names: what stands in which text in the place of something else."""

from __future__ import annotations

import json
import sqlite3

from hsreview.model.confidentiality import Masked, Masking


def maskings(connection: sqlite3.Connection) -> list[Masking]:
    """Every record about replacements, oldest first; erased ones are left out."""
    rows = connection.execute(
        "select id, transcript_id, version_id, items, undecided, engines, coder_id, at from masking"
        " where removed = 0 and items is not null order by at, id"
    )
    return [
        Masking(
            id_, transcript_id, version_id, tuple(Masked(*item) for item in json.loads(items)),
            json.loads(undecided or "{}"), tuple(json.loads(engines or "[]")), coder_id or "", at or "",
        )
        for id_, transcript_id, version_id, items, undecided, engines, coder_id, at in rows
    ]  # fmt: skip


def any_masking(connection: sqlite3.Connection) -> bool:
    """Whether names were replaced in a text of the project."""
    return connection.execute("select 1 from masking where removed = 0 limit 1").fetchone() is not None


def left_out(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Transcript → what its reader remarked about the imported file, by the word of the remark, and how often."""
    rows = connection.execute(
        "select transcript_id, doubts from text_version where removed = 0 and number = 1 and doubts is not null"
    )
    return {transcript_id: {str(code): int(n) for code, n in json.loads(doubts)} for transcript_id, doubts in rows}
