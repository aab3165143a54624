"""Which packages went out from a project and came in here: when, between whom, under what lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.ids import now
from hsreview.exchange.sealing import Lock
from hsreview.model.exchange import Package
from hsreview.project.outputs import packages_made
from hsreview.project.project import Project

_RECEIVED = "packages-received"
"""What this copy of the project took in; it is not handed on."""


class Direction(StrEnum):
    """Which way a package went."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Came:
    """A package file that was opened."""

    name: str
    package: Package
    lock: Lock
    digest: str
    """SHA-256 of the file."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A package that went out or came in."""

    direction: Direction
    at: str
    name: str
    """Of the file."""
    lock: str
    because: str
    """Why it was not encrypted."""
    made_by: str
    made_for: str
    """Coder ids; the second is empty for whoever leads the project."""
    records: int
    digest: str
    heads: Mapping[str, int]
    """`coder/replica` → number of the newest record inside."""


def note(project: Project, came: Sequence[Came]) -> None:
    """Remember, in this copy of the project alone, what was taken in; a file that came before is not noted again."""
    noted = project.local(_RECEIVED, [])
    known = {each["digest"] for each in noted}
    new = [
        {
            "at": now(), "name": each.name, "lock": str(each.lock), "digest": each.digest,
            "made_by": each.package.manifest.made_by, "made_for": each.package.manifest.made_for,
            "records": len(each.package.changes), "heads": dict(each.package.manifest.heads),
        }
        for each in came
        if each.digest not in known
    ]  # fmt: skip
    if new:
        project.set_local(_RECEIVED, noted + new)


def packages(project: Project) -> list[Listed]:
    """All packages that are on record as made, and those that this copy of the project took in, oldest first."""
    found = [Listed(Direction.RECEIVED, **{**each, "because": ""}) for each in project.local(_RECEIVED, [])]
    for each in packages_made(project.connection):
        details = each.details
        found.append(
            Listed(
                Direction.SENT, each.at, each.name, details.get("lock", ""), details.get("because", ""), each.coder_id,
                each.recipient, details.get("records", 0), each.digest, details.get("heads", {}),
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.at, each.direction, each.digest))
