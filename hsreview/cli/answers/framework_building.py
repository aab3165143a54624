"""Answers about the views of the framework and what it is built from: `framework show --view`, `framework segments`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.framework import RowKindWord, RowName, StanceWord


class FrameworkPlace(TypedDict):
    """One line of a view; deeper ones that follow belong to it."""

    depth: int
    heading: str
    """A heading that is no row, such as outcomes that name no actor; empty for a row."""
    row: RowName | None
    again: bool
    """Whether the row, an actor, has its own line further up and is only named here."""
    status: str
    level: str
    actor: str
    """The institution that the row names; of a recommendation its addressee."""
    baseline: str
    target: str
    verification: str
    assumptions: str


class FrameworkViewAnswer(TypedDict):
    """The rows of the framework as one of its views lays them out: each row once, `again` apart."""

    view: Literal["list", "outcome-map", "logframe"]
    places: list[FrameworkPlace]


class BuildingSegment(TypedDict):
    """A coded segment from which a row may be made."""

    coding_id: str
    transcript_id: str
    place: str
    """Interview, turn and sentence: `cso-01 12.3`."""
    code: str
    group: str
    """Of the interview."""
    text: str
    kind: RowKindWord
    """The kind of row that its code suggests."""
    role: str
    """The part of a row that its code suggests; empty for none."""
    stance: StanceWord
    """What it is proposed to do to a row that is there already."""
    level: str
    """The level of a progress marker that its modifier says; empty for none."""
    rows: list[str]
    """Refs of the rows that stand on these words already."""


class BuildingSegments(TypedDict):
    """The segments of the codes from which the framework is built, of one layer."""

    layer: str
    segments: list[BuildingSegment]


class BuildingCode(TypedDict):
    """A code from which rows are made."""

    id: str
    ref: str
    label: str
    kind: RowKindWord
    role: str
    stance: StanceWord


class BuildingCodes(TypedDict):
    """The codes from which the framework is built."""

    chosen: bool
    """Whether the project chose them; otherwise they are those of the table in the program that the codebook has."""
    codes: list[BuildingCode]
