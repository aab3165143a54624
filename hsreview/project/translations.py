"""Translations of segments as they stand in the newest texts."""

from __future__ import annotations

import sqlite3

from hsreview.model.confidentiality import Translation
from hsreview.project.queries import LIVE

_FIELDS = 'id, version_id, start, "end", language, text, translator, checked_by, coder_id, created'


def translations(
    connection: sqlite3.Connection, *, version_id: str | None = None, translation_id: str | None = None
) -> list[Translation]:
    """Translations by text and place; those of removed transcripts, and what is withheld or erased, are left out."""
    wanted, values = "", []
    for column, value in (("version_id", version_id), ("id", translation_id)):
        if value is not None:
            wanted += f" and {column} = ?"
            values.append(value)
    rows = connection.execute(
        f"select {_FIELDS} from translation where removed = 0 and text is not null and start is not null"
        f' and "end" > start and version_id in ({LIVE}){wanted} order by version_id, start, "end" desc, language, id',
        values,
    )
    return [Translation(*row[:6], *(each or "" for each in row[6:])) for row in rows]
