"""Answers of `doctor`, `backup` and `restore`."""

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
