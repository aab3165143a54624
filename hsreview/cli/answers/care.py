"""Answers of `doctor`, `backup`, `restore` and of what encrypts."""

from __future__ import annotations

from typing import TypedDict


class FindingEntry(TypedDict):
    """One thing that is wrong with a project."""

    code: str
    """A stable English word."""
    details: str
    """Ids and numbers, never text."""
    message: str


class Findings(TypedDict):
    """What `doctor` found; empty when the project is sound."""

    findings: list[FindingEntry]


class BackupEntry(TypedDict):
    """A backup."""

    path: str
    bytes: int


class Backups(TypedDict):
    """For `backup` the one that was made, for `restore` the one that was used, with `--list` all, newest first."""

    backups: list[BackupEntry]


class Protected(TypedDict):
    """How far a project folder is encrypted, as it is now."""

    encrypted: bool
    """Whether the project file is."""
    plain_backups: list[str]
    """Backups that anybody can read."""
    other_backups: list[str]
    """Backups that are encrypted with another passphrase, as a rule with an earlier one."""
    plain_files: list[str]
    """Other files in the folder that anybody can read: interviews as they came, exports."""
