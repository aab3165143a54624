"""The answer of `validation kit`."""

from __future__ import annotations

from typing import TypedDict


class KitMadeAnswer(TypedDict):
    """A project file for a meeting that was written."""

    path: str
    """Of its folder."""
    version: str
    version_id: str
    rows: int
    meetings: list[str]
    """Names of the meetings on that version."""
    records: int
    withheld: int
    """Records that cannot be read in it."""
    bytes: int
    """Size of the project file."""
