"""Answers about practice: `practice check`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import TextIn


class PracticeRule(TypedDict):
    """A code with its rules."""

    id: str
    code: str
    """Ref, such as `D1`."""
    label: TextIn
    definition: TextIn
    use: TextIn
    not_use: TextIn


class LessonEntry(TypedDict):
    """A place where the coder and the key differ."""

    kind: Literal["split", "boundary", "extra", "different", "missed"]
    start: int
    end: int
    place: str
    """Turn and sentence in which it starts: `12.3`."""
    text: str
    key: list[str]
    """Refs of what the key has there; empty when nothing."""
    own: list[str]
    """Refs of what the coder put there; empty when nothing."""
    codes: list[PracticeRule]
    """The codes concerned, those of the key first."""


class PracticeFeedback(TypedDict):
    """What was coded for practice against the answer key."""

    transcript: str
    agreed: int
    """Places where both have the same code on matching text."""
    key: int
    """Codings of the key."""
    own: int
    """Codings of the coder."""
    counts: dict[str, int]
    """Kind of difference → how many."""
    differences: list[LessonEntry]
