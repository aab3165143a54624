"""Transcripts: one interview, focus group or document each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.model.people import Attributes


class Kind(StrEnum):
    """What a transcript is a record of."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript; its text lives in its versions."""

    id: str
    name: str
    """Unique in the project; the stem of the imported file unless renamed."""
    kind: Kind = Kind.INTERVIEW
    group: str = ""
    language: str = ""
    """`fr`, `en` or empty when unknown."""
    date: str = ""
    wave: str = ""
    attributes: Attributes = field(default_factory=dict)
    version_id: str = ""
    """The current text version."""
