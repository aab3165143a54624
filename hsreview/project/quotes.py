"""What was decided about quotes, as it is on record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SEEN = "seen"
"""The key beside the translations under which stands what was shown to whoever checked the quote."""


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A quote that somebody decided on."""

    id: str
    coding_id: str
    state: str
    """`draft`, `checked` or `released`."""
    checked_by: str
    """Coder id, or empty."""
    released_by: str
    reason: str
    translations: Mapping[str, Mapping[str, str]]
    """Language → `text`, and `by`: the translator's coder id."""
    seen: Mapping[str, str]
    """Digests of what was shown when it was checked or released."""


def quote_records(connection: sqlite3.Connection) -> dict[str, QuoteRecord]:
    """Coding id → what was decided; those whose record is withheld or erased are left out."""
    rows = connection.execute(
        "select id, coding_id, state, checked_by, released_by, reason, translation from quote"
        " where removed = 0 and coding_id is not null and state is not null order by id"
    )
    return {row[1]: _record(row) for row in rows}


def _record(row: tuple[Any, ...]) -> QuoteRecord:
    found = {key: value for key, value in json.loads(row[6]).items() if isinstance(value, dict)}
    seen = found.pop(SEEN, {})
    return QuoteRecord(row[0], row[1], row[2], row[3] or "", row[4] or "", row[5] or "", found, seen)
