"""What the workbook's sheets about the review are made of: agreement, differences, confusion, assignments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hsreview.model.agreement import AgreementReport
    from hsreview.model.review import Entry


@dataclass(frozen=True, slots=True)
class DisagreementRow:
    """One difference between coders, with its decision if it has one."""

    key: str
    transcript_id: str
    kind: str
    """A value of `DifferenceKind`."""
    place: str
    """Turn and sentence in which it starts, such as `12.3`."""
    quote: str
    codes: Mapping[str, tuple[str, ...]]
    """Coder id → refs of the codes that this coder put there; a coder who did not read the transcript is absent."""
    same_parent: bool
    standing: str
    """A value of `Standing`."""
    outcome: str = ""
    """A value of `Outcome`; empty when nothing was decided."""
    taken: str = ""
    """The coder (id) whose codings were taken."""
    result: tuple[str, ...] = ()
    """Refs of the codes that the decision puts there."""
    because: str = ""
    by: str = ""
    """Name of who decided."""
    at: str = ""


@dataclass(frozen=True, slots=True)
class ConfusionRows:
    """Which code of one coder meets which code of another. The last row and column are what was left uncoded."""

    coders: tuple[str, str]
    """Names; empty texts: pooled over all pairs."""
    refs: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One transcript that one coder should read in one pass."""

    transcript_id: str
    coder: str
    pass_: str
    blind: bool
    reason: str
    started: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class InterviewStatus:
    """How one interview stands to the consensus."""

    entry: Entry
    coders: tuple[str, ...]
    """Names of those who marked it reviewed."""
    differences: int
    open: int
    adopted_from: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The team's review, beside the layer that is exported."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Coder id → name."""
    report: AgreementReport | None = None
    """Null when no transcript was reviewed by two coders."""
    disagreements: Sequence[DisagreementRow] = ()
    confusions: Sequence[ConfusionRows] = ()
    assignments: Sequence[AssignmentRow] = ()
    statuses: Mapping[str, InterviewStatus] = field(default_factory=dict)
    """Transcript id → its status."""
