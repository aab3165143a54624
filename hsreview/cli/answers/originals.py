"""Answers of `originals`."""

from __future__ import annotations

from typing import Literal, TypedDict


class OriginalFile(TypedDict):
    """A file in the project's folder that is, or may be, what a transcript was imported from."""

    path: str
    """Below the project's folder."""
    bytes: int
    sha256: str
    state: Literal["replaced", "erased", "stored", "other"]
    """`replaced`: names are replaced in the project, not in this file; `erased`: its text is erased from the project;
    `stored`: stored as it is; `other`: it lies among the transcripts, and the project does not know it."""
    transcript_id: str | None
    transcript: str | None


class OriginalFiles(TypedDict):
    """The originals in the project's folder."""

    originals: list[OriginalFile]
