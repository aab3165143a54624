"""Answers about the framework matrix: `framework-matrix`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.queries import Basis
from hsreview.cli.answers.shared import AttributeValue

CaseKindWord = Literal["respondent", "organisation", "group", "transcript"]
StatusWord = Literal["todo", "drafted", "checked"]
EmptyWord = Literal[
    "",
    "to_do",
    "silent",
    "not_asked",
    "not_recorded",
    "not_coded",
    "unsettled",
    "not_read",
    "no_interview",
    "hidden",
    "not_agreed",
]


class FrameworkTheme(TypedDict):
    """A column."""

    id: str
    ref: str
    label: str
    """In the interface language."""


class FrameworkCase(TypedDict):
    """A row."""

    id: str
    """Of a group its ref."""
    name: str
    group: str
    attributes: dict[str, AttributeValue]
    """Those of a person are the organisation's and the interview's where the person has none."""
    transcript_ids: list[str]
    """The interviews in which it speaks."""


class FrameworkSegment(TypedDict):
    """A segment of a cell."""

    id: str
    """Of its coding."""
    transcript_id: str
    place: str
    """Interview, turn and sentence: `cso-01 12.3`."""
    code: str
    """Ref."""
    text: str
    linked: bool
    """Whether the summary rests on it."""


class FrameworkCell(TypedDict):
    """One case under one theme."""

    case_id: str
    case: str
    theme_id: str
    theme: str
    """Ref."""
    text: str
    status: StatusWord
    empty: EmptyWord
    """Why there is no text; empty when there is one. `to_do`: there are segments to sum up; `silent`: asked, nothing
    said; `not_recorded`: nothing said, and whether it was asked is on no record; `not_coded`: begun, not reviewed to
    the end; `unsettled`: read, not in the consensus; `hidden`: the reader codes blind; `not_agreed`: in files,
    the consent does not allow it."""
    segments: list[FrameworkSegment]
    gone: int
    """Segments that the summary rests on and the layer no longer has."""
    unlinked: int
    """Segments here that the summary does not rest on."""
    coder_id: str
    """Who wrote it last; empty when nobody did."""
    at: str


class SummaryApart(TypedDict):
    """A summary whose case or theme is no longer in the project."""

    id: str
    case_id: str
    theme_id: str
    text: str


class FrameworkMatrixAnswer(TypedDict):
    """Cases × themes of one layer."""

    kind: CaseKindWord
    basis: Basis
    themes: list[FrameworkTheme]
    cases: list[FrameworkCase]
    cells: list[FrameworkCell]
    apart: list[SummaryApart]


class FrameworkCounts(TypedDict):
    """How far the cells of one theme, or (null) of all, are."""

    theme: str | None
    todo: int
    drafted: int
    checked: int
    empty: dict[str, int]
    """Why the others are empty → how many; the words are those of `empty` in a cell."""


class FrameworkStatus(TypedDict):
    """How far the charting is."""

    kind: CaseKindWord
    basis: Basis
    themes: list[FrameworkCounts]
    """All themes together come last."""


class FrameworkSheet(TypedDict):
    """A sheet that was written."""

    path: str
    kind: CaseKindWord
    cases: int
    themes: int
    too_long: int
    """Summaries that no cell of a spreadsheet can hold; they are shown cut, and are not changed through the sheet."""


class FrameworkChange(TypedDict):
    """A cell of a sheet that says something else than the project."""

    cell: str
    """Of the sheet: `E7`."""
    case_id: str
    case: str
    theme_id: str
    theme: str
    kind: Literal["new", "changed", "emptied", "status", "conflict"]
    """`conflict`: it was changed in the project since the sheet was written, too."""
    before: str
    """What the project has now."""
    after: str
    """What the sheet has."""
    status_before: StatusWord
    status_after: StatusWord
    taken: bool
    """Whether it was (or in a dry run would be) stored."""


class FrameworkFault(TypedDict):
    """Something in a sheet that cannot be read."""

    cell: str
    code: str
    message: str


class FrameworkRead(TypedDict):
    """What a sheet that came back brought."""

    dry_run: bool
    stored: int
    changes: list[FrameworkChange]
    faults: list[FrameworkFault]
    missing: list[str]
    """Cases that are no longer in the sheet; their summaries stay."""
    notices: list[str]
    """What else should be known, comments on cells among it."""
