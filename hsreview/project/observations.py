"""What is observed on rows of the framework, as it is stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from hsreview.base.ids import new_id
from hsreview.model.framework import RowStatus
from hsreview.model.observation import EngagementKind, Frequency, Observation
from hsreview.project.log import Act

_SELECT = (
    "select id, row_id, date, level, value, parts, status, kind, frequency, quality, description, source, verified_by,"
    " who, coder_id, created from observation where removed = 0 and row_id is not null and date is not null"
    " and (?1 is null or row_id in (select value from json_each(?1)) or id in (select value from json_each(?1)))"
    " order by date, created, id"
)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Id of a row → how many observations are about it."""
    return dict(connection.execute("select row_id, count(*) from observation where removed = 0 group by row_id"))


def observations(connection: sqlite3.Connection, ids: Iterable[str] | None = None) -> list[Observation]:
    """Every observation, by date; or those on rows with these ids, and those that have one of these ids themselves."""
    wanted = None if ids is None else json.dumps(list(ids))
    return [
        Observation(
            id_, row_id, date, level, None if value is None else json.loads(value), json.loads(parts or "{}") or {},
            RowStatus(status) if status else None, EngagementKind(kind) if kind else None,
            Frequency(frequency) if frequency else None, quality, description or "", source or "", verified_by or "",
            who or "", coder or "", created or "",
        )
        for id_, row_id, date, level, value, parts, status, kind, frequency, quality, description, source, verified_by,
        who, coder, created in connection.execute(_SELECT, (wanted,))
    ]  # fmt: skip


def put_observation(act: Act, observed: Observation) -> str:
    """Store an observation, or what it says now where its id is one that is there; its id."""
    identity = observed.id or new_id()
    act.put(
        "observation", identity, row_id=observed.row_id, date=observed.date, level=observed.level,
        value=observed.value, parts=dict(observed.parts), status=_word(observed.status), kind=_word(observed.kind),
        frequency=_word(observed.frequency), quality=observed.quality, description=observed.description,
        source=observed.source, verified_by=observed.verified_by, who=observed.who,
        coder_id=observed.coder_id or act.coder_id, created=observed.created or act.at,
    )  # fmt: skip
    return identity


def _word(value: RowStatus | EngagementKind | Frequency | None) -> str | None:
    return None if value is None else str(value)
