"""Where a coder was last on this machine; it is not part of the project's log."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.project.project import Project


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coder was last."""

    transcript_id: str
    start: int
    end: int
    unit: str = "sentence"


def last_place(project: Project, coder_id: str) -> Place | None:
    """Where the coder stopped on this machine."""
    value = project.local(f"place:{coder_id}")
    return Place(**value) if value else None


def remember_place(project: Project, coder_id: str, place: Place) -> None:
    """Note where the coder is, for the next start."""
    project.set_local(
        f"place:{coder_id}",
        {"transcript_id": place.transcript_id, "start": place.start, "end": place.end, "unit": place.unit},
    )
