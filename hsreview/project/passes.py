"""Passes of coders: which of them are parts of one reading, and which readings are finished.

The rule itself is `hsreview.model.review.reading_of`; this is what it needs from the project file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from hsreview.model.review import reading_of
from hsreview.project.codebooks import CODEBOOK_ID


def parts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Refs of the passes of the project's codebook, in its order: parts of the first reading."""
    row = connection.execute("select data from codebook where id = ? and removed = 0", (CODEBOOK_ID,)).fetchone()
    return tuple(each["ref"] for each in json.loads(row[0]).get("passes", ())) if row else ()


def reading_column(connection: sqlite3.Connection, column: str = "pass") -> str:
    """SQL for the reading of a pass in a column: empty for the first, else the name of the repetition."""
    known = ", ".join("'" + each.replace("'", "''") + "'" for each in parts(connection))
    return f"case when {column} in ({known}) then '' else {column} end" if known else column


Reading = tuple[str, str, str]
"""`(transcript id, coder id, reading)`."""


def marks(connection: sqlite3.Connection) -> Mapping[Reading, bool]:
    """Every reading of which a pass was marked reviewed → whether it is finished.

    It is finished when no pass of it that was assigned still waits for its mark: who has read for one half of the
    codebook only has not said anything about the other.
    """
    known = parts(connection)
    done: dict[Reading, set[str]] = {}
    for transcript, coder, pass_ in connection.execute(
        "select transcript_id, coder_id, pass from reviewed where removed = 0 and transcript_id is not null"
    ):
        done.setdefault((transcript, coder, reading_of(pass_, known)), set()).add(pass_)
    waiting: set[Reading] = set()
    for transcript, coder, pass_ in connection.execute(
        "select transcript_id, coder_id, pass from assignment where removed = 0 and transcript_id is not null"
    ):
        key = (transcript, coder, reading_of(pass_, known))
        if pass_ not in done.get(key, ()):
            waiting.add(key)
    return {key: key not in waiting for key in done}


def on_earlier_text(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """`(transcript id, coder id, pass)` of the marks that were made before the text was corrected; they still count."""
    rows = connection.execute(
        "select r.transcript_id, r.coder_id, r.pass from reviewed r where r.removed = 0 and r.version_id <>"
        " (select v.id from text_version v where v.transcript_id = r.transcript_id and v.removed = 0"
        " order by v.number desc, v.id desc limit 1)"
    )
    return frozenset(rows)


def finished(connection: sqlite3.Connection) -> frozenset[Reading]:
    """The readings that are finished (see `marks`)."""
    return frozenset(key for key, complete in marks(connection).items() if complete)
