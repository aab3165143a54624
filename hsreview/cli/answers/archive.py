"""The answer of `export archive`."""

from __future__ import annotations

from typing import Literal, TypedDict


class NotArchived(TypedDict):
    """A transcript that is not in the archive."""

    transcript_id: str
    transcript: str
    reason: Literal["consent", "unknown_speaker", "names", "withheld"]
    why: str
    """In the language of the interface."""


class ArchiveMade(TypedDict):
    """An archive that was written. What was left out is internal: do not hand it on with the archive."""

    path: str
    released: bool
    """Whether it may be handed over; else it waits for a second person."""
    counts: dict[str, int]
    """How many `transcripts`, `respondents`, `codings`, `consensus` codings, `translations`, `acts` … are in it."""
    to_be_masked: int
    """Segments that are flagged to be masked and still stand in the texts."""
    labels: list[str]
    """How the texts call people who did not agree to be named."""
    left_out: list[NotArchived]
