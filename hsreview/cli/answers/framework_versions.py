"""Answers about versions of the framework: `framework versions`, `framework show --version`, `framework diff`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.framework import RowKindWord
from hsreview.cli.answers.shared import AttributeValue, TextIn


class FrameworkVersionEntry(TypedDict):
    """One version of the framework."""

    id: str
    number: str
    """`1`, `2` …; of two that were made apart from each other the later one is `2b`."""
    name: str
    state: Literal["frozen", "signed"]
    """`signed`: a validation meeting signed it off."""
    at: str
    coder_id: str
    coder: str
    """Name of whoever set it aside; empty where it is withheld."""
    reason: str
    rows: int
    since: DiffCounts | None
    """What changed since; null where the rows are not in this project file."""
    from_id: str
    """The version that was brought to the meeting; empty for one that was set aside."""
    validation_id: str


class DiffCounts(TypedDict):
    """How many rows differ."""

    added: int
    removed: int
    changed: int


class FrameworkVersions(TypedDict):
    """The versions of the framework, the oldest first."""

    versions: list[FrameworkVersionEntry]


class LinkCounts(TypedDict, total=False):
    """On how many segments a row stood, by what they do to it; a stance without any is absent."""

    supports: int
    contradicts: int
    qualifies: int
    illustrates: int


class FrozenRowEntry(TypedDict):
    """A row as it stood in a version."""

    id: str
    ref: str
    kind: RowKindWord
    status: str
    parent_id: str | None
    parent: str
    """Ref; empty when it stood under none."""
    text: str
    """What it said, in the interface language, else in the other one."""
    data: dict[str, AttributeValue | list[str]]
    badge: TextIn
    """How strong its evidence was, in words that may leave the team."""
    links: LinkCounts


class FrameworkVersionShown(TypedDict):
    """A version with its rows."""

    version: FrameworkVersionEntry
    rows: list[FrozenRowEntry]


class CellDifference(TypedDict):
    """One cell that differs, in words of the interface language."""

    field: str
    """One of `status`, `parent_id`, `position`, `ref`, `badge`, `links` and `derived_from`, or
    `data.` and the key of one of its columns."""
    label: str
    before: str
    after: str


class RowDifference(TypedDict):
    """A row that came, went or changed."""

    id: str
    ref: str
    kind: RowKindWord
    change: Literal["added", "removed", "changed"]
    text: str
    cells: list[CellDifference]
    """Empty for a row that came or went."""


class FrameworkDiffAnswer(TypedDict):
    """What leads from one version to another."""

    before: FrameworkVersionEntry
    after: FrameworkVersionEntry | None
    """Null: the framework as it stands now."""
    rows: list[RowDifference]
