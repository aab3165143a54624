"""What a workbook is made of beside the layer and the counts that every workbook has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.model.framework_matrix import FrameworkMatrix
from hsreview.model.since import Changes
from hsreview.model.tables import Meeting, Table


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act of the change log."""

    act: str
    at: str
    coder_id: str
    replica: str
    verb: str
    """`put`, `remove`, `restore`, `undo`, `redo`, or a word of the log."""
    entity: str
    """The kind of thing that its first record is about."""
    records: int
    of: str = ""
    """The act that it takes back or does again."""
    stands: bool = True
    """Whether it was not taken back, or was done again since."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The acts of the change log, oldest first."""

    rows: Sequence[AuditRow]
    own_only: bool = False
    """Whether the acts of others are left out, because the reader codes blind."""


@dataclass(frozen=True, slots=True)
class Material:
    """Every part has a default: a sheet whose part is not there is not wanted, and is no error."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    """Stable name of a sheet → the matrix that it draws; `crosstabs:region` where a sheet draws several."""
    overlaps: Sequence[tuple[int, int, Meeting]] = ()
    """Of two rows of the table of overlapping codes: where their codings share words."""
    framework: Sequence[FrameworkMatrix] = ()
    """One for each kind of case that has summaries."""
    audit: Audit | None = None
    changes: Changes | None = None
    """Since an earlier export, where one was named."""
