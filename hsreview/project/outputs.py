"""What was handed over, as it is on record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Output:
    """A record that something was handed over."""

    id: str
    kind: str
    """`package`, or which export: `excel`, `public`, `transcript`, `codebook` …"""
    coder_id: str
    """Who did it."""
    name: str
    """Of the file."""
    at: str
    digest: str
    recipient: str
    """Coder id of a package (empty: whoever leads the project); of an export a name as it was typed, or empty."""
    details: Mapping[str, Any]


def outputs(connection: sqlite3.Connection, kind: str | None = None) -> list[Output]:
    """What is on record as handed over, of one kind or all, oldest first; what is withheld is left out."""
    rows = connection.execute(
        "select o.id, o.kind, c.coder, o.name, o.at, o.digest, o.recipient, o.details from output o"
        " join (select entity, coder, min(clock) from change where kind = 'output.put' group by entity) c"
        " on c.entity = o.id"
        " where o.removed = 0 and o.kind is not null and ?1 in (o.kind, '') order by o.at, o.id",
        (kind or "",),
    )
    return [
        Output(key, kind_, coder, name, at, digest, recipient or "", json.loads(details))
        for key, kind_, coder, name, at, digest, recipient, details in rows
    ]


def packages_made(connection: sqlite3.Connection) -> list[Output]:
    """The packages that are on record as made."""
    return outputs(connection, "package")
