"""What a reader hands on: the text of a file, and what the format itself says about speakers and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsreview.model.staging import Doubt
from hsreview.model.text import CueTime, Span


@dataclass(frozen=True, slots=True)
class LabelMark:
    """A turn start that the format itself states (a voice tag, a speaker column)."""

    start: int
    label_end: int
    """Where what was said begins; equal to `start` when no label stands in the text."""
    speaker: str | None
    time: int | None = None
    time_end: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: normalised text (no BOM, LF line ends) and hints about it; offsets are its code points."""

    text: str
    format: str
    encoding: str = ""
    marks: tuple[LabelMark, ...] | None = None
    """Turn starts stated by the format; null when labels have to be found in the text."""
    bold: tuple[Span, ...] = ()
    """Bold runs at the start of a line (docx, odt): a strong hint for a label."""
    cues: tuple[CueTime, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    """Encodings that could be meant → the first accented words read that way, the chosen one first."""
