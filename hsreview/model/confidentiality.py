"""What protects people in a project: replaced names, what a withdrawal erased, how long data are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsreview.model.text import Span


@dataclass(frozen=True, slots=True)
class Masked:
    """One replacement in a text: where the new words stand, and of what class the old ones were."""

    start: int
    end: int
    kind: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Masking:
    """The replacements with which one text of a transcript was made. The words that stood there are nowhere in it."""

    id: str
    transcript_id: str
    version_id: str
    items: tuple[Masked, ...]
    undecided: Mapping[str, int]
    """Class → candidates about which nobody decided."""
    engines: tuple[str, ...]
    """What proposed candidates, each with its version."""
    coder_id: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of a segment `[start, end)` of a text, in code points."""

    id: str
    version_id: str
    start: int
    end: int
    language: str
    text: str
    translator: str
    """A name as it was typed."""
    checked_by: str = ""
    """Id of the coder who compared it with the original; never who stored it."""
    coder_id: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The trace of a withdrawal: who is meant by id, and what was erased, by ids and offsets."""

    id: str
    respondent_id: str
    reason: str
    """One word of a fixed list, never a sentence."""
    things: tuple[str, ...] = ()
    stretches: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """Text version → what the person said in a text that others share."""
    contents: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    coder_id: str = ""
    at: str = ""
