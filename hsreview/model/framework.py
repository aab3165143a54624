"""The framework: rows of six kinds and findings, and the evidence that each of them stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hsreview.model.localized import Localized


class RowKind(StrEnum):
    """What a row of the framework is."""

    STRATEGY = "strategy"
    ACTOR = "actor"
    """An institution or a group, never a person."""
    FINDING = "finding"
    OUTCOME = "outcome"
    MARKER = "marker"
    """A progress marker of outcome mapping."""
    INDICATOR = "indicator"
    RECOMMENDATION = "recommendation"


PREFIXES: Mapping[RowKind, str] = {
    RowKind.STRATEGY: "ST", RowKind.ACTOR: "AC", RowKind.FINDING: "F", RowKind.OUTCOME: "OC",
    RowKind.MARKER: "PM", RowKind.INDICATOR: "IN", RowKind.RECOMMENDATION: "R",
}  # fmt: skip
"""What the ref of a row begins with; a number follows."""

PARENTS: Mapping[RowKind, tuple[RowKind, ...]] = {
    RowKind.STRATEGY: (),
    RowKind.ACTOR: (),
    RowKind.FINDING: (),
    RowKind.OUTCOME: (RowKind.STRATEGY,),
    RowKind.MARKER: (RowKind.OUTCOME,),
    RowKind.INDICATOR: (RowKind.OUTCOME, RowKind.MARKER),
    RowKind.RECOMMENDATION: (RowKind.OUTCOME, RowKind.STRATEGY),
}
"""What a row may stand under."""

BUILDING_CODES = "framework.codes"
"""The setting that lists the ids of the codes from which rows are made; null: those that the program suggests."""

GROUNDED = (RowKind.FINDING, RowKind.OUTCOME, RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION)
"""Rows that stand on evidence; strategies and actors are named, not found."""


class RowStatus(StrEnum):
    """How far a row is; which of them a kind of row may have stands in `STATUSES`."""

    ACTIVE = "active"
    DRAFT = "draft"
    PROPOSED = "proposed"
    FINAL = "final"
    VALIDATED = "validated"
    AMENDED = "amended"
    """Validated with other words than were proposed."""
    REJECTED = "rejected"
    RETIRED = "retired"
    OPEN = "open"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"
    LAPSED = "lapsed"


_BUILT = (
    RowStatus.DRAFT, RowStatus.PROPOSED, RowStatus.VALIDATED, RowStatus.AMENDED, RowStatus.REJECTED, RowStatus.RETIRED,
)  # fmt: skip
STATUSES: Mapping[RowKind, tuple[RowStatus, ...]] = {
    RowKind.STRATEGY: (RowStatus.ACTIVE, RowStatus.RETIRED),
    RowKind.ACTOR: (RowStatus.ACTIVE, RowStatus.RETIRED),
    RowKind.FINDING: (RowStatus.DRAFT, RowStatus.FINAL, RowStatus.RETIRED),
    RowKind.OUTCOME: _BUILT,
    RowKind.MARKER: _BUILT,
    RowKind.INDICATOR: _BUILT,
    RowKind.RECOMMENDATION: (
        RowStatus.OPEN, RowStatus.SENT, RowStatus.ACKNOWLEDGED, RowStatus.ACCEPTED, RowStatus.IN_PROGRESS,
        RowStatus.DONE, RowStatus.REFUSED, RowStatus.LAPSED,
    ),
}  # fmt: skip
"""The first one is that of a new row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the framework."""

    id: str
    kind: RowKind
    ref: str
    status: RowStatus
    parent_id: str | None = None
    position: int = 0
    """Order among the rows of its kind under the same parent."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What its columns hold, by key (`framework_columns.COLUMNS`); a column in two languages has two keys."""
    derived_from: str = ""
    """Id of the row of another version or state that it was made from."""
    coder_id: str = ""
    created: str = ""


class SourceKind(StrEnum):
    """What a row stands on."""

    CODING = "coding"
    FINDING = "finding"
    DOCUMENT = "document"
    """Named in words, such as a report; it is not in the project."""


class Stance(StrEnum):
    """What a source does to what the row says."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    ILLUSTRATES = "illustrates"


class EvidenceRole(StrEnum):
    """Which part of the row a source is about."""

    NONE = ""
    PROBLEM = "problem"
    OUTCOME = "outcome"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"
    SOURCE = "source"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One link from a row to what it stands on."""

    id: str
    row_id: str
    source_kind: SourceKind
    source: str
    """Id of a coding or of a finding; of a document its name."""
    stance: Stance
    role: EvidenceRole = EvidenceRole.NONE
    note: str = ""
    coder_id: str = ""
    created: str = ""


class VersionState(StrEnum):
    """What a stored version of the framework is."""

    FROZEN = "frozen"
    """Set aside as it stood, to be shown, voted on or compared."""
    SIGNED = "signed"
    """What a validation meeting signed off."""


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A row as it stood in a version, with what may be told of its evidence."""

    row: Row
    badge: Localized
    """How strong its evidence is, in words that may leave the team."""
    links: Mapping[Stance, int]
    """On how many segments it stood, by what they do to it."""


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """The framework as it stood at a time; it never changes."""

    id: str
    number: str
    """`1`, `2` …; of two that were made apart from each other the later one is `2b`."""
    name: str
    state: VersionState
    rows: tuple[FrozenRow, ...]
    reason: str = ""
    validation_id: str = ""
    """The meeting that signed it off."""
    from_id: str = ""
    """The version that was brought to that meeting."""
    coder_id: str = ""
    at: str = ""


TABLES = frozenset(
    {
        "framework_row", "evidence", "framework_version", "validation", "party", "ballot", "vote", "comment",
        "amendment", "observation",
    }
)  # fmt: skip
"""Tables of the framework: what stands in them rests on what was coded."""
OF_MEETINGS = frozenset({"framework_version", "validation", "party", "ballot", "vote", "comment", "amendment"})
"""Tables of what is done at a validation meeting; a project file for a meeting takes nothing else."""
