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

    coder_id: str
    """Who did it."""
    name: str
    """Of the file."""
    at: str
    digest: str
    recipient: str
    """Coder id; empty for whoever leads the project."""
    details: Mapping[str, Any]


def packages_made(connection: sqlite3.Connection) -> list[Output]:
    """The packages that are on record as made; those whose record is withheld are left out."""
    rows = connection.execute(
        "select c.coder, o.name, o.at, o.digest, o.recipient, o.details from output o"
        " join change c on c.entity = o.id and c.kind = 'output.put' where o.kind = 'package' and o.removed = 0"
    )
    return [
        Output(coder, name, at, digest, recipient or "", json.loads(details))
        for coder, name, at, digest, recipient, details in rows
    ]
