"""Answers of `audit`, `retention` and `keyfile`."""

from __future__ import annotations

from typing import Literal, TypedDict


class AuditRecord(TypedDict):
    """One record of an act."""

    kind: str
    """`coding.put`, `coding.remove` …"""
    id: str
    """Of the thing that it is about; empty where that could tell words."""
    ref: str
    """Ref of its code or row, or the kind of a file; may be empty."""
    transcript_id: str
    """Empty where it is about no transcript."""
    body: Literal["present", "withheld", "erased"]
    digest: str
    """SHA-256 of the record, as it stands in the log; empty for a reader who codes blind."""


class AuditAct(TypedDict):
    """One act: records that were written, and are taken back, together."""

    act: str
    at: str
    by_id: str
    by: str
    """The coder's name."""
    others: list[str]
    """Names of coders who took part: who checked a quote that is released, who confirmed an archive."""
    replica: str
    """On which copy of the project."""
    kind: str
    """A stable word: `coding`, `consent`, `release`, `withdrawal`, `masking`, `export` …"""
    verb: str
    """`put`, `change`, `remove`, `restore`, `undo`, `redo`, or a word of the log."""
    stands: bool
    """Whether it was not taken back, or was done again since."""
    of: str
    """The act that it takes back or does again; else empty."""
    codebook_version: str
    """At that time; empty before there was a codebook."""
    framework_version: str
    """The version of the framework frozen last at that time; empty before there was one, and for who codes blind."""
    records: list[AuditRecord]


class AuditActs(TypedDict):
    """A page of the log, the newest act first."""

    acts: list[AuditAct]
    page: int
    more: bool
    """Whether older acts follow on the next page."""
    own_only: bool
    """Whether the acts of others are left out, because the reader codes blind."""


class AuditExported(TypedDict):
    """The audit that was written to a file."""

    path: str
    acts: int


class RetentionStep(TypedDict):
    """Something that people do when the date comes."""

    step: Literal["archive", "key", "withdraw", "delete"]
    text: str
    """In the language of the interface."""
    done: str
    """ISO time at which it was done last, as far as the project knows; else empty."""


class RetentionShown(TypedDict):
    """Until when the material is kept."""

    date: str | None
    """ISO day; null when nobody said."""
    because: str
    days_left: int | None
    """Negative when the day has passed."""
    steps: list[RetentionStep]


class KeyFileShown(TypedDict):
    """The key file of the project, as far as this computer and the log know of it."""

    path: str
    """Where it lies, or would."""
    exists: bool
    destroyed: str
    """ISO time at which one was destroyed last; else empty, as the next ones."""
    digest: str
    """SHA-256 of the file that was destroyed."""
    because: str
