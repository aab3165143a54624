"""Answers about what goes out: `quotes`, `outputs`, `export public`."""

from __future__ import annotations

from typing import Literal, TypedDict


class Translation(TypedDict):
    """A quote in another language."""

    language: str
    text: str
    by_id: str
    """The translator."""
    by: str


class QuoteEntry(TypedDict):
    """A starred passage and how far its release is."""

    id: str
    """Of the coding by which it is known."""
    transcript_id: str
    transcript: str
    version_id: str
    start: int
    end: int
    place: str
    """`12.3`: turn and sentence."""
    text: str
    """Without labels of speakers, masked words as `[...]`."""
    codes: list[str]
    """Refs."""
    state: Literal["draft", "checked", "released"]
    changed: list[str]
    """What makes it a draft again: `text`, `mask`, `translation`, `consent`."""
    starred_by_id: str
    starred_by: str
    checked_by_id: str
    """Empty where nobody checked it, as the next ones."""
    checked_by: str
    released_by_id: str
    released_by: str
    reason: str
    """Why one person released it alone, or why it was withdrawn."""
    respondent_id: str | None
    """Null where nobody is known, or several people speak."""
    respondent: str
    """Pseudonym, or empty."""
    allowed: bool | None
    """Whether the consent allows quotes today; null when that is not recorded."""
    attribution: str
    """What may be told of the respondent with the quote; empty when not recorded."""
    translations: list[Translation]


class Quotes(TypedDict):
    """Starred passages in the order of transcripts and offsets."""

    quotes: list[QuoteEntry]


class OutputEntry(TypedDict):
    """Something that was handed over."""

    id: str
    kind: str
    """`package`, `excel`, `public`, `transcript`, `codebook` …"""
    at: str
    name: str
    """Of the file."""
    digest: str
    """SHA-256 of the file, or of all files of a folder."""
    by_id: str
    by: str
    recipient: str
    """For whom, as it was typed; for a package the name of the coder. May be empty."""
    layer: str
    """Empty where no layer is meant."""


class Outputs(TypedDict):
    """What went out, oldest first."""

    outputs: list[OutputEntry]


class WithheldEntry(TypedDict):
    """Something that is not in the public file."""

    what: str
    """A group, a value, the ref of a theme or code, or the id of a quote."""
    table: str
    """`group` or the attribute; empty where the whole file is meant."""
    why: str
    """A stable word: `small_column`, `few_in_every_column`, `total_tells`, `not_released` …"""
    reason: str
    """In the language of the interface."""


class PublicExported(TypedDict):
    """A public workbook that was written. What was withheld is internal: do not hand it on with the file."""

    path: str
    layer: str
    k: int
    sheets: list[str]
    respondents: int
    quotes: int
    withheld: list[WithheldEntry]
    warnings: list[str]
