"""The framework matrix: cases × themes, each cell a summary that a person wrote, with the segments it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.base.ids import derived_id
from hsreview.model.codebook import Theme
from hsreview.model.dataset import Basis
from hsreview.model.people import AttributeValue


class CaseKind(StrEnum):
    """What a row of the matrix is."""

    RESPONDENT = "respondent"
    ORGANISATION = "organisation"
    GROUP = "group"
    TRANSCRIPT = "transcript"


class Charted(StrEnum):
    """How far the summary of a cell is."""

    TODO = "todo"
    DRAFTED = "drafted"
    CHECKED = "checked"


class Empty(StrEnum):
    """Why a cell holds no summary."""

    NO = ""
    """It holds one."""
    TO_DO = "to_do"
    """There are segments, and nobody has summed them up."""
    SILENT = "silent"
    """Asked, and nothing said."""
    NOT_ASKED = "not_asked"
    NOT_RECORDED = "not_recorded"
    """Nothing was said, and whether it was asked is on no record."""
    NOT_CODED = "not_coded"
    """Begun, and not reviewed to the end: nothing found so far."""
    UNSETTLED = "unsettled"
    """Read by coders, and not in the consensus yet."""
    NOT_READ = "not_read"
    NO_INTERVIEW = "no_interview"
    """The case speaks in no interview."""
    HIDDEN = "hidden"
    """The reader codes blind and may not see it yet."""
    NOT_AGREED = "not_agreed"
    """In a file: the consent does not let what was said there leave the project, nor what was written of it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written of one case under one theme."""

    id: str
    case_kind: CaseKind
    case_id: str
    theme_id: str
    text: str
    status: Charted
    segments: tuple[str, ...]
    """Ids of the codings that it rests on."""
    coder_id: str
    """Who wrote it last."""
    at: str


@dataclass(frozen=True, slots=True)
class Case:
    """A row: a person, an organisation, a group or an interview. Its id is its own, of a group the ref."""

    kind: CaseKind
    id: str
    name: str
    group: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    transcripts: tuple[str, ...] = ()
    """Ids of the interviews in which it speaks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One case under one theme."""

    case: Case
    theme: Theme
    summary: Summary | None
    """Null when nothing was ever written, and when it is hidden."""
    empty: Empty
    """Why there is no text; `Empty.NO` when there is."""
    behind: tuple[int, ...]
    """Positions in `Dataset.segments` of the case's segments under the theme, of whichever words are not an
    interviewer's."""
    gone: int = 0
    """Segments that the summary rests on and that the layer does not have (any more)."""
    unlinked: int = 0
    """Segments of the cell that the summary does not rest on: they may be newer than it."""

    @property
    def text(self) -> str:
        """The summary; empty where there is none."""
        return self.summary.text if self.summary is not None else ""

    @property
    def status(self) -> Charted:
        """How far it is; what nobody has begun is to do."""
        return self.summary.status if self.summary is not None else Charted.TODO


@dataclass(frozen=True, slots=True)
class FrameworkMatrix:
    """Cases × themes of one layer."""

    kind: CaseKind
    basis: Basis
    interviews: int
    reviewed: int
    cases: Sequence[Case]
    themes: Sequence[Theme]
    cells: Mapping[tuple[str, str], Cell]
    """`(case id, theme id)` → cell; every pair is there."""
    apart: Sequence[Summary] = ()
    """Summaries of this kind whose case or theme is no longer in the project: they are kept, in no cell."""

    def cell(self, case: Case, theme: Theme) -> Cell:
        """The cell of a case and a theme."""
        return self.cells[case.id, theme.id]

    def count(self, status: Charted) -> int:
        """How many of the cells that can be seen are so far; an empty one with nothing to sum up is in no count."""
        return sum(
            each.status is status and (bool(each.text) or each.empty is Empty.TO_DO) for each in self.cells.values()
        )


def summary_id(kind: CaseKind, case_id: str, theme_id: str) -> str:
    """The id of a cell's summary: the same wherever it is written, so that two drafts of one cell meet."""
    return derived_id("summary", str(kind), case_id, theme_id)
