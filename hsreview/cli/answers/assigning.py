"""Answers about who reads what: `assign`, its draws."""

from __future__ import annotations

from typing import TypedDict

from hsreview.cli.answers.shared import PassKey


class _AssignmentEntry(TypedDict):
    id: str
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    blind: bool
    """Whether the coder sees others' codings only after marking a pass of their own reviewed."""
    reason: str
    started: bool
    reviewed: bool


class AssignmentEntry(_AssignmentEntry, PassKey):
    """One transcript that one coder should read. `pass` is empty for the first pass."""


class Assignments(TypedDict):
    """Assignments by transcript, coder and order of passes."""

    assignments: list[AssignmentEntry]


class Assigned(TypedDict):
    """What `assign` stored, and the assignments of these coders to these transcripts now."""

    new: int
    """Assignments that are new or changed."""
    present: int
    """Assignments that were there already."""
    assignments: list[AssignmentEntry]


class StratumEntry(TypedDict):
    """One stratum of a draw."""

    name: str
    """Empty for transcripts without a value, and for a draw without strata."""
    size: int
    drawn: list[str]
    """Names of the transcripts, as they were called then."""


class _DrawEntry(TypedDict):
    id: str
    at: str
    """ISO time, UTC."""
    by: str
    """Id of the coder who drew."""
    seed: int
    size: str
    """As it was asked for: `20%` or `8`."""
    stratified_by: str
    drawn: int
    population: int
    strata: list[StratumEntry]
    coder_ids: list[str]
    blind: bool


class DrawEntry(_DrawEntry, PassKey):
    """A random draw of the transcripts that several coders read."""


class Draws(TypedDict):
    """Random draws."""

    draws: list[DrawEntry]


class MethodsEntry(DrawEntry):
    """A random draw with its paragraph for the methods text."""

    text: str
    """In the interface language."""


class Methods(TypedDict):
    """The random draws that stand, by time."""

    draws: list[MethodsEntry]


class _RecodeEntry(TypedDict):
    id: str
    transcript_id: str
    transcript: str
    version_id: str
    start: int
    end: int
    turn: int
    sentence: int
    text: str
    code_id: str
    code: str
    """Ref, such as `D1`."""
    coder_id: str
    coder: str
    changed: list[str]
    """Which of `label`, `definition`, `use` and `not_use` differ."""
    before: dict[str, dict[str, str]]
    """Those rules as they were when the coding was made, in both languages."""
    now: dict[str, dict[str, str]]
    split_into: list[str]
    """Refs of the codes to which a part of its code goes, where its coder has not decided yet; else empty."""
    changed_at: str
    """ISO time of the last change of the rules, UTC."""
    changed_by: str
    """Coder id."""


class RecodeEntry(_RecodeEntry, PassKey):
    """A coding made under rules of its code that have changed since, or before its code was split."""


class RecodeQueue(TypedDict):
    """Codings to look at again, in the order of transcripts and offsets."""

    hidden: int
    """Transcripts on which the reader, who codes blind, does not see the work of others."""
    codings: list[RecodeEntry]
