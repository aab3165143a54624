"""Answers of `mask`."""

from __future__ import annotations

from typing import TypedDict

from hsreview.cli.answers.names import NamePlace


class MaskedTranscript(TypedDict):
    """A transcript in which names are masked."""

    transcript_id: str
    transcript: str
    places: int
    """Replacements in its newest text."""
    erased_texts: int
    """Texts that hold a name, and go."""


class MaskSent(TypedDict):
    """A file that went out since these texts are in the project, and may hold the names."""

    name: str
    kind: str
    at: str


class MaskedPart(TypedDict):
    """A word of a masked name that still stands somewhere alone."""

    form: str
    number: int | None
    """Its number in the register; null when it is not there."""
    places: list[NamePlace]


class MaskPlanned(TypedDict):
    """What a mask would change."""

    texts: list[MaskedTranscript]
    things: dict[str, int]
    """Table → memos, labels and others that hold a name and are told anew."""
    carried: dict[str, int]
    """`changed` or `lost` → codings and memos on words that change."""
    sent: list[MaskSent]
    parts: list[MaskedPart]


class MaskDone(MaskPlanned):
    """What a mask changed, and where the names still stand."""

    left: list[NamePlace]
    """Files of the project's folder that hold a name."""
    unread: list[str]
    """Files that could not be looked into."""
    done: bool
    """Whether the project file and its backups are clear; else `hsreview doctor` goes on with it."""
