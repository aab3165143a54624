"""Answers about corrected texts: `transcripts correct`, `transcripts versions`, `speakers split|join`, `carried`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import PassKey


class CarriedPlace(TypedDict):
    """A stretch of one text with its words."""

    version_id: str
    """The text version; empty for a text that is not stored yet."""
    start: int
    end: int
    place: str
    """Turn and sentence, such as `12.3`."""
    text: str


class _CarriedEntry(TypedDict):
    kind: Literal["coding", "memo"]
    id: str
    transcript_id: str
    transcript: str
    code_id: str
    """Empty for a memo, as `code` is."""
    code: str
    coder_id: str
    coder: str
    state: Literal["unchanged", "moved", "changed", "lost"]
    before: CarriedPlace
    """Where its coder put it."""
    after: CarriedPlace | None
    """Where it stands in the newest text; null when it is lost."""


class CarriedEntry(_CarriedEntry, PassKey):
    """What became of a coding, or of a memo on words, when the text was corrected. `pass` is empty for the first."""


class CarriedCounts(TypedDict):
    """How many are in each state."""

    unchanged: int
    moved: int
    changed: int
    lost: int


class Corrected(TypedDict):
    """A correction of a text: what it changes, and what becomes of the codings and memos that the reader may see."""

    transcript_id: str
    transcript: str
    stored: bool
    """False for a trial (`--dry-run`)."""
    version_id: str | None
    """The new text version; null when nothing was stored."""
    characters_before: int
    characters: int
    turns_before: int
    turns: int
    new_speakers: list[str]
    """Labels that the transcript did not have."""
    counts: CarriedCounts
    hidden: int
    """1 when others are at work on the transcript, whose work the reader, who codes blind, does not see."""
    pieces: list[CarriedEntry]


class CarriedQueue(TypedDict):
    """What is changed or lost in the newest texts and waits for its coder."""

    hidden: int
    """Transcripts on which the reader, who codes blind, does not see the work of others."""
    pieces: list[CarriedEntry]


class TextVersionEntry(TypedDict):
    """One text of a transcript."""

    id: str
    number: int
    """1 for the imported text. Two of one number were made on two computers apart."""
    at: str
    """ISO time, UTC."""
    coder_id: str
    coder: str
    """Who brought it."""
    what: Literal["imported", "corrected", "turns", "apart"]
    """`turns`: the same words with other turns; `apart`: another text of the same number took its place."""
    characters: int
    words: int
    turns: int
    newest: bool
    """Whether it is read and coded now."""
    sha256: str
    """Of the text."""


class TextVersions(TypedDict):
    """The texts of a transcript, the oldest first."""

    transcript_id: str
    transcript: str
    versions: list[TextVersionEntry]


class ChangedTurnEntry(TypedDict):
    """A turn that is not the same in two texts."""

    how: Literal["changed", "put_in", "taken_out"]
    turn: int
    """Its number in the newer text; of one that was taken out in the older one."""
    before: str
    """`speaker: words`; empty where it was put in."""
    after: str
    """Empty where it was taken out."""


class TextChanges(TypedDict):
    """What a correction of a text changed, and what was put on the texts before it, as it stands in the newest one."""

    transcript_id: str
    transcript: str
    old: int
    """Number of the text before."""
    new: int
    changes: list[ChangedTurnEntry]
    counts: CarriedCounts
    hidden: int
    """1 when others are at work on the transcript, whose work the reader, who codes blind, does not see."""
    pieces: list[CarriedEntry]
