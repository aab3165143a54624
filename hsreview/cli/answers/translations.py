"""Answers of `translations`."""

from __future__ import annotations

from typing import TypedDict


class SegmentTranslation(TypedDict):
    """What a segment says in another language."""

    id: str
    transcript_id: str
    transcript: str
    version_id: str
    start: int
    end: int
    place: str
    """`12.3`: turn and sentence."""
    original: str
    language: str
    text: str
    translator: str
    """As it was typed, or `machine`."""
    stored_by_id: str
    checked_by_id: str
    """Empty where nobody compared it with the original."""
    checked_by: str
    created: str


class SegmentTranslations(TypedDict):
    """Translations by transcript and place."""

    hidden: int
    """Transcripts on which the work of others is not shown, because the reader codes blind."""
    translations: list[SegmentTranslation]
