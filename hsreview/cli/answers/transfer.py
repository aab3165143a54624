"""Answers of `framework transfer`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.framework import RowKindWord


class TransferSegment(TypedDict):
    """A segment of this project under T1 or T2."""

    id: str
    code: str
    place: str
    """Interview, turn and sentence: `cso-01 12.3`."""
    text: str


class TransferRow(TypedDict):
    """A row of the other framework that may be taken over."""

    id: str
    """Of the row in the other project; `derived_from` of what it became."""
    ref: str
    kind: RowKindWord
    text: str
    choice: Literal["adopt", "adapt", "drop"] | None
    """Null while nobody decided."""
    reason: str
    taken_id: str | None
    """The row of this project that it became."""
    taken: str
    """Its ref; empty when it was not taken over."""
    needs_new_baseline: bool
    """True for every indicator."""
    segments: list[TransferSegment]
    """Those on the same words as a code on which the row stands in the other project."""
    comments: list[str]
    """What tables of validation meetings said about its use in other states."""


class TransferAnswer(TypedDict):
    """The rows of another state's framework, and what became of them here."""

    project: str
    project_id: str
    state: str
    version: str
    """Number of the version that was read; empty for the rows as they stand."""
    layer: str
    """Whose segments are shown; empty when there are none to be seen."""
    rows: list[TransferRow]
    segments: list[TransferSegment]
    """All segments of this project under T1 and T2."""
