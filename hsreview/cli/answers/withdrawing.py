"""Answers of `withdraw`."""

from __future__ import annotations

from typing import Literal, TypedDict

WithdrawalReason = Literal["request", "consent", "harm", "error", "other", "none"]
WhyTold = Literal["name", "words", "word"]


class TextLostEntry(TypedDict):
    """An interview in which the person speaks."""

    transcript_id: str
    transcript: str
    whole: bool
    """Whether it goes as a whole; else only what the person says goes, and a mark stands there."""
    turns: int
    """Of the person, or all of them where the interview goes."""
    of: int
    """Turns of the interview."""
    words: int
    """In what goes."""
    others: int
    """Other people who answer in it; what they say stays."""


class CellLostEntry(TypedDict):
    """A cell of themes by groups."""

    theme: str
    group: str
    before: int
    """Respondents of the group of whom anybody coded words under the theme."""
    after: int


class RowLostEntry(TypedDict):
    """A row of the framework that loses evidence."""

    id: str
    ref: str
    text: str
    links: int
    """Codings that it is linked with now."""
    links_after: int
    respondents: int
    """Who support it now."""
    respondents_after: int
    grade: str
    grade_after: str


class CodeToldEntry(TypedDict):
    """A code that tells of the person: it stays; a label that is their words becomes its ref."""

    id: str
    ref: str
    label: str
    in_vivo: bool
    """Whether the label goes."""
    example: bool
    """Whether the example goes."""
    reason: bool
    """Whether the reason that was given for it goes, as far as it tells of them."""


class SummaryTouched(TypedDict):
    """A summary of another case."""

    id: str
    case: str
    theme: str
    why: WhyTold | None
    """Null: it rests on the person's words and does not repeat them."""


class TellingEntry(TypedDict):
    """Something else in the project that tells of the person; it stays, and somebody looks at it."""

    kind: str
    """What it is: `memo`, `framework_row`, `comment` …"""
    id: str
    name: str
    """Its ref or name, or that of what it is about; empty where it has none."""
    by: str
    """Name of who wrote it; empty where it is not known."""
    look: str
    """The command that shows it; empty where there is none."""
    why: WhyTold


class SentEntry(TypedDict):
    """Something that went out of the project since the interview was in it."""

    id: str
    kind: str
    at: str
    name: str
    recipient: str
    digest: str
    path: str
    """Where the file lies in the project's folder `exports`, as it was written; empty when it is not there."""


class WithdrawalPlanned(TypedDict):
    """What `withdraw --dry-run` found. Nothing was changed."""

    respondent_id: str
    respondent: str
    transcripts: list[TextLostEntry]
    counts: dict[str, int]
    """What goes with the words → how many: `coding`, `memo`, `quote`, `evidence` …"""
    released_quotes: int
    themes: list[str]
    """Refs of the themes under which somebody coded the person's words: their cells of theme by case are emptied."""
    cells: list[CellLostEntry]
    rows: list[RowLostEntry]
    codes: list[CodeToldEntry]
    queries: list[str]
    """Names of saved queries in the person's words, which go."""
    summaries: list[SummaryTouched]
    telling: list[TellingEntry]
    sent: list[SentEntry]
    originals: list[str]
    """Files from which the interviews were imported."""
    naming: list[str]
    """Other files in the project's folder in which the pseudonym stands."""
    backups: int
    """Files in the folder `backups`; those that hold the words are removed."""


class WithdrawalDone(TypedDict):
    """What `withdraw` did, and what is left outside of the project file."""

    id: str
    """Of the withdrawal."""
    respondent_id: str
    at: str
    because: WithdrawalReason
    finished: bool
    """Whether the file is cleared; else the next opening of the project goes on with it."""
    removed_backups: list[str]
    backup: str | None
    """The backup that was made in their place."""
    unknown: list[str]
    """Files that could not be opened, so that nobody knows what they hold."""
    searched: int
    """Rare words of the person that were looked for in the bytes of files; 0: none was rare enough."""
    sealed: bool
    """Whether the project file was not searched, because it is encrypted."""
    holding: list[str]
    """Files that still hold such words."""
    unread: list[str]
    """Files that could not be read, so that nobody knows."""
    telling: list[TellingEntry]
    """What others wrote that tells of the person; it stays."""
    sent: list[SentEntry]
    """What went out: people to be told. Names of files have a mark in the place of names of interviews."""
    deleted: list[str]
    """Exports that were deleted."""
    undeleted: list[str]
    """Files that were to be deleted and could not be."""
    originals: list[str]
    naming: list[str]
    """Other files in the project's folder in which the pseudonym stands."""
    key_file: str | None
    """The key file of the project, which may tell who they are."""


class WithdrawalEntry(TypedDict):
    """The trace of a withdrawal."""

    id: str
    respondent_id: str
    at: str
    because: str
    by_id: str
    by: str


class Withdrawals(TypedDict):
    """The traces of all withdrawals, the oldest first."""

    withdrawals: list[WithdrawalEntry]
    still_holding: list[str]
    """Files on this computer that held words of these people when it was told, and are there still."""
