"""Several texts of one transcript side by side: the turns that tell them apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from hsreview.model.aligning import only_in
from hsreview.project import queries


def differing_turns(connection: sqlite3.Connection, version_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Version id → its turns that one of the other texts does not have, as `7 words as they stand, with the label`."""
    texts = {each: _turns(connection, each) for each in version_ids}
    found = {}
    for version_id, turns in texts.items():
        others = [each for other, each in texts.items() if other != version_id]
        own = sorted({k for other in others for k in only_in(turns, other)})
        found[version_id] = [f"{k + 1} {' '.join(turns[k].split())}" for k in own]
    return found


def _turns(connection: sqlite3.Connection, version_id: str) -> list[str]:
    text = queries.text_of(connection, version_id)
    return [text[turn.start : turn.end] for turn in queries.turns(connection, version_id)]
