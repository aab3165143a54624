"""The sheet on which partners fill in a framework matrix, and what its cells are known by.

A row is known by its id and a column by that of its theme, never by their places or names, so that sorting does no
harm. Beside every cell the file keeps a digest of what it showed, so that what changed in the sheet can be told from
what changed in the project meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.ids import derived_id
from hsreview.model.framework_matrix import CaseKind, Charted, FrameworkMatrix

FORMAT = "1"
META = "hsreview_framework"
"""Name of the hidden sheet that says what the sheet belongs to."""
ID_HEADING = "hsreview_id"
STATUS_MARK = "status:"
"""What stands before a theme's id over the column of its states."""
CELL = "cell"
"""First column of the rows of the hidden sheet that are about one cell."""


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    """What a sheet belongs to."""

    project_id: str
    case_kind: CaseKind
    layer: str
    language: str
    codebook: str
    codebook_version: str
    made: str

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, in the order of the hidden sheet."""
        return [
            ("format", FORMAT),
            ("project_id", self.project_id),
            ("case_kind", str(self.case_kind)),
            ("layer", self.layer),
            ("language", self.language),
            ("codebook", self.codebook),
            ("codebook_version", self.codebook_version),
            ("made", self.made),
        ]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> FrameworkFacts:
        """From names and values; raises KeyError or ValueError when one is missing or makes no sense."""
        return cls(
            values["project_id"], CaseKind(values["case_kind"]), values["layer"], values["language"],
            values["codebook"], values["codebook_version"], values["made"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Base:
    """What a cell was when the sheet was written."""

    text: str
    """Digest of the summary in the project."""
    status: Charted
    shown: str
    """Digest of what the cell showed."""
    cut: bool
    """Whether the summary was too long to be shown whole."""
    segments: tuple[str, ...]
    """Ids of the codings that stood behind the cell."""


@dataclass(frozen=True, slots=True)
class SheetSegment:
    """A segment that is there to be read."""

    case: str
    theme: str
    place: str
    code: str
    text: str
    linked: bool


@dataclass(frozen=True, slots=True)
class FrameworkSheet:
    """Everything that is written into the file."""

    facts: FrameworkFacts
    matrix: FrameworkMatrix
    attributes: Sequence[str]
    segments: Sequence[SheetSegment]
    behind: Mapping[tuple[str, str], tuple[str, ...]]
    """`(case id, theme id)` → ids of the codings behind the cell."""


def row_id(kind: CaseKind, case_id: str) -> str:
    """The id of a case's row; its first letter keeps a spreadsheet from reading it as a number."""
    return "c" + derived_id("case", str(kind), case_id).replace("-", "")[:15]


def plain(text: str) -> str:
    """`text` without what spreadsheets change by themselves: kinds of line ends, and blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def digest(text: str) -> str:
    """SHA-256 of a summary, hexadecimal; the same whatever a spreadsheet did to line ends."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()
