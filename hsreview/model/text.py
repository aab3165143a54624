"""Text versions and what partitions them: turns, sentence and word units, cue times.

All offsets count Unicode code points of the stored text and are half-open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.folding import fold

Span = tuple[int, int]
"""`(start, end)`, half-open code points."""


class Role(StrEnum):
    """What a speaker does in the conversation."""

    INTERVIEWER = "interviewer"
    RESPONDENT = "respondent"
    OTHER = "other"


_ROLE_WORDS = {
    Role.INTERVIEWER: ("interviewer", "enqueteur", "enquetrice", "enqueteuse", "intervieweur", "intervieweuse"),
    Role.RESPONDENT: ("respondent", "repondant", "repondante"),
    Role.OTHER: ("other", "autre"),
}


def role_words(role: Role) -> tuple[str, ...]:
    """What a role is called: first in English, then in French, folded."""
    return _ROLE_WORDS[role]


def role_named(word: str) -> Role | None:
    """The role that an English or French word names, without regard to case and accents; null for other words."""
    return next((role for role, words in _ROLE_WORDS.items() if fold(word.strip()) in words), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch. The turns of a text partition it; the label is `[start, label_end)`."""

    number: int
    """1 for the first turn of the text, without gaps."""
    speaker: str | None
    """The label exactly as written, without its punctuation and the number of a numbered question or answer; null for
    an unlabelled block."""
    start: int
    label_end: int
    """Where what was said begins; equal to `start` when there is no label."""
    end: int
    time: int | None = None
    """When the turn starts in the recording, in milliseconds."""
    time_end: int | None = None

    def said(self, text: str) -> str:
        """What was said: the turn's text without its label and without the line ends after it."""
        return text[self.label_end : self.end].rstrip("\n")


@dataclass(frozen=True, slots=True)
class CueTime:
    """From `offset` on, the text was spoken at `time` (milliseconds)."""

    offset: int
    time: int
    time_end: int | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """Sentence and word units, made once at intake; they never cross a turn and never include a label."""

    sentences: tuple[Span, ...]
    words: tuple[Span, ...]
    splitter: str
    """Name and version of the rule that made them, such as `hsreview-1/spacy-3.8`."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Immutable normalised text; codings belong to one version."""

    id: str
    transcript_id: str
    number: int
    """1 for the text as imported; later versions are corrections or masks."""
    text_hash: str
    """SHA-256 of the UTF-8 bytes of the text, hexadecimal."""
    original_hash: str
    """SHA-256 of the file it was read from."""
    length: int
    """Code points."""


def text_hash(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of `text`, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_turns(text_length: int, turns: Sequence[Turn]) -> None:
    """Raise ValueError unless `turns` partition `[0, text_length)` with sensible labels and numbers."""
    position = 0
    for number, turn in enumerate(turns, 1):
        if turn.number != number or turn.start != position:
            raise ValueError(f"turn {turn.number} starts at {turn.start}, expected turn {number} at {position}")
        if not turn.start <= turn.label_end <= turn.end or turn.end <= turn.start:
            raise ValueError(f"turn {turn.number} has label end {turn.label_end} outside {turn.start}-{turn.end}")
        position = turn.end
    if position != text_length:
        raise ValueError(f"turns end at {position}, the text at {text_length}")
