"""Answers of `consent`."""

from __future__ import annotations

from typing import Literal, TypedDict


class ConsentEntry(TypedDict):
    """What one respondent consents to."""

    respondent_id: str
    respondent: str
    """The pseudonym."""
    transcripts: list[str]
    """Names of those in which the person speaks."""
    status: Literal["not_recorded", "none", "oral", "written", "limited", "withdrawn"]
    scope: list[str]
    """`analysis`, `quotes`, `archive`, `transfer`; empty when not recorded."""
    attribution: str
    """The finest one allowed: `none`, `group`, `organisation`, `role` or `name`; empty when not recorded."""
    date: str
    language: str
    embargo: str
    """Day before which nothing may be published."""
    because: str
    """Why what had been recorded was changed last."""
    may_code: bool | None
    """Null: not recorded, and not asked for when the transcript was imported."""
    may_quote: bool | None
    """On the present day."""


class ConsentRecord(TypedDict):
    """That somebody recorded something of a consent."""

    at: str
    coder: str
    recorded: dict[str, str | list[str]]
    """Field → what it was set to."""


class ConsentShown(ConsentEntry):
    """One respondent, and who recorded what, oldest first."""

    records: list[ConsentRecord]


class TranscriptGate(TypedDict):
    """What the consents of all who speak in a transcript allow together."""

    transcript_id: str
    transcript: str
    gated: bool
    """Whether nothing may be coded before consent is recorded: of what was imported since consent is asked for."""
    unnamed: list[str]
    """Labels that speak as respondents with nobody known behind them."""
    may_code: bool | None
    why: str
    """Why not, in the language of the interface."""


class Consents(TypedDict):
    """Consent of every respondent, and what may be coded."""

    consents: list[ConsentEntry]
    transcripts: list[TranscriptGate]


class ConsentsChanged(TypedDict):
    """What `consent set` and `consent table` stored."""

    consents: list[ConsentEntry]
    """Of whom something was recorded."""
    unknown: list[str]
    """Pseudonyms of a table that the project does not know."""
