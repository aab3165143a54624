"""Answers of `codebook`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import TextIn


class CodeEntry(TypedDict):
    """One code."""

    id: str
    ref: str
    label: TextIn
    definition: TextIn
    use: TextIn
    not_use: TextIn
    example: TextIn
    theme: str
    """Ref of its theme."""
    parent: str | None
    """Ref of the code above it."""
    questions: list[str]
    """Refs of the review questions it serves."""
    groups: list[str]
    codable: bool
    status: Literal["active", "proposed", "merged", "refused", "retired"]
    codings: int
    """By all coders together, in their own layers."""
    transcripts: int


class Codes(TypedDict):
    """The codes in the order of the codebook, parents before their children."""

    codebook: str
    """Ref of the codebook; empty when the project has none."""
    version: str
    title: TextIn
    codes: list[CodeEntry]


class CodebookProblem(TypedDict):
    """Something wrong with a codebook file, or weak in it."""

    level: Literal["error", "warning", "note"]
    message: str
    place: str
    """`line 12, column 3`, or a cell, or empty."""
    code: str
    """A stable English word."""
    ref: str
    """The code, theme or pass that is meant; empty for errors."""


class CodebookProblems(TypedDict):
    """What `codebook check` found."""

    problems: list[CodebookProblem]


class CodebookDifference(TypedDict):
    """One difference between two codebooks."""

    kind: Literal["added", "removed", "moved", "renamed", "changed", "reordered"]
    what: str
    """`code`, `theme`, `question`, `group`, `pass`, `modifier`, `flag`, `guide`, `rule` or `codebook`."""
    ref: str
    field: str
    language: str
    before: str
    after: str


class CodebookChanges(TypedDict):
    """What changed between two codebooks; for an import, what it changed in the project's."""

    codebook: str
    version: str
    changes: list[CodebookDifference]


class ProposalEntry(TypedDict):
    """A proposed code that waits for a decision."""

    id: str
    ref: str
    label: TextIn
    by: str
    """The coder's name."""
    created: str
    reason: str
    codings: int


class Proposals(TypedDict):
    """The open proposals, oldest first."""

    proposals: list[ProposalEntry]
