"""Answers about the languages that are spoken: `transcripts languages`."""

from __future__ import annotations

from typing import Literal, TypedDict


class SpokenWords(TypedDict):
    """Words of a transcript by the language of their turn; those of a turn in both by its telling words."""

    fr: int
    en: int
    other: int
    """In turns of which nothing can be told."""


class SpokenTurn(TypedDict):
    """The language of one turn."""

    turn: int
    speaker: str | None
    heard: Literal["fr", "en", "mixed", ""]
    """Empty when its words are too few to tell."""


class SpokenLanguages(TypedDict):
    """The languages of a transcript."""

    transcript_id: str
    transcript: str
    language: str
    """What is on record; empty when nothing is."""
    heard: Literal["fr", "en", "mixed", ""]
    """`mixed` when at least a tenth of the words that tell is in the lesser language."""
    words: SpokenWords
    turns: list[SpokenTurn]
    """All turns when one transcript is asked for, else empty."""


class TranscriptLanguages(TypedDict):
    """The languages of transcripts, by name."""

    transcripts: list[SpokenLanguages]
