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


class MaskedCodebookText(TypedDict):
    """A text of the codebook that is told anew."""

    what: str
    """`codebook`, `question`, `theme` or `code`."""
    ref: str
    field: str
    """The key as in a codebook file (`example.fr`); empty where only an earlier wording is erased."""
    after: str
    """How it reads then."""


class MaskPlanned(TypedDict):
    """What a mask would change."""

    texts: list[MaskedTranscript]
    things: dict[str, int]
    """Table → memos, labels and others that hold a name and are told anew."""
    codebook: list[MaskedCodebookText]
    """Each text of the codebook among them; texts of the codebook that comes with hsreview stay."""
    shipped: list[str]
    """Names that the codebook that comes with hsreview says itself, where they stay."""
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
