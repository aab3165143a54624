"""Translations of segments as they stand in the newest texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from hsreview.model.confidentiality import Translation
from hsreview.model.dataset import Translated
from hsreview.project import queries
from hsreview.project.queries import LIVE, May

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


def translated(
    connection: sqlite3.Connection, may: May | None = None
) -> Mapping[tuple[str, int, int], Sequence[Translated]]:  # fmt: skip
    """`(version id, start, end)` → what just that stretch says in other languages, as far as the reader may see it."""
    names = {coder.id: coder.name for coder in queries.coders(connection)}
    of_version = dict(connection.execute("select id, transcript_id from text_version").fetchall())
    found: dict[tuple[str, int, int], list[Translated]] = {}
    for each in translations(connection):
        if may is None or may(of_version.get(each.version_id), each.coder_id, ""):
            said = Translated(each.language, each.text, each.translator, names.get(each.checked_by, ""))
            found.setdefault((each.version_id, each.start, each.end), []).append(said)
    return found
