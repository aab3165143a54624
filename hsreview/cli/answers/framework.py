"""Answers about the framework: `framework`, `finding`, `trace`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import AttributeValue

RowKindWord = Literal["strategy", "actor", "finding", "outcome", "marker", "indicator", "recommendation"]
StanceWord = Literal["supports", "contradicts", "qualifies", "illustrates"]
SourceWord = Literal["coding", "finding", "document"]
GradeWord = Literal["very_low", "low", "moderate", "high"]


class CodeAgreedEntry(TypedDict):
    """How far coders agree on one code."""

    code: str
    value: float | None
    reason: str
    """Why there is no value; empty where there is one."""
    units: int
    """Units that two coders or more read."""


class EvidenceAgreementEntry(TypedDict):
    """How far coders agree on the codes of what supports a row, by the primary measure of the project."""

    measure: str
    unit: str
    interviews: int
    """Of the project, that two coders or more marked reviewed."""
    double_coded: int
    """Supporting segments in such interviews."""
    reason: str
    """Why there is no agreement to tell; empty where there is."""
    codes: list[CodeAgreedEntry]


class StrengthEntry(TypedDict):
    """What a row stands on, in numbers; people are counted over what supports it."""

    grade: GradeWord
    """As it follows from the counts."""
    set: GradeWord | None
    """As somebody set it, with a reason; null when nobody did."""
    reason: str
    segments: int
    respondents: int
    respondents_heard: int
    """People who speak in the interviews of the project."""
    organisations: int
    groups: list[str]
    by_group: dict[str, int]
    """Group → respondents of it who are heard."""
    both_sides: bool
    """Whether civil society and policymakers are heard."""
    places: list[str]
    sexes: list[str]
    waves: list[str]
    """Rounds of interviews."""
    documents: int
    """Sources other than interviews."""
    firsthand: int
    voiced: int
    """Segments of which it is on record at which hand they are told."""
    contradicting: int
    against: int
    """Respondents who contradict."""
    answered: bool
    unaffiliated: int
    """Respondents whose organisation is not on record."""
    unlinked: int
    """Segments of speakers behind whom nobody is known."""
    missing: int
    """Links to codings that are no longer there."""
    agreement: EvidenceAgreementEntry | None
    """Only of rows that are shown whole; null in lists."""


class FrameworkRowEntry(TypedDict):
    """One row of the framework."""

    id: str
    ref: str
    kind: RowKindWord
    status: str
    parent_id: str | None
    parent: str
    """Ref; empty when it stands under none."""
    text: str
    """What it says, in the interface language, else in the other one."""
    data: dict[str, AttributeValue | list[str]]
    """What its columns hold, by key (`framework columns`); columns that are empty are left out."""
    strength: StrengthEntry | None
    """Null for strategies and actors: they are named, not found."""


class EvidenceEntry(TypedDict):
    """One link on the way down from a row."""

    id: str
    row_id: str
    row: str
    """Ref of the row or finding that stands on it."""
    depth: int
    """1: a link of the row itself; 2: of a finding that it stands on …"""
    source_kind: SourceWord
    source: str
    """Id of a coding or of a finding; the name of a document."""
    stance: StanceWord
    effect: StanceWord
    """What it does to the row from which the trace starts."""
    role: str
    note: str
    transcript_id: str
    """Of a segment; empty otherwise, and when the coding is no longer there."""
    place: str
    """Interview, turn and sentence: `cso-01 12.3`."""
    code: str
    text: str
    """The words of a segment, or what a finding says."""


class FrameworkRows(TypedDict):
    """Rows of the framework."""

    rows: list[FrameworkRowEntry]


class TracedSegment(TypedDict):
    """The segment from which a trace starts."""

    id: str
    transcript_id: str
    place: str
    code: str
    text: str


class RowName(TypedDict):
    """A row that is named."""

    id: str
    ref: str
    kind: RowKindWord
    text: str


class TracedLink(TypedDict):
    """A coding on which an entry of the journal rests."""

    source: str
    """Id of the coding."""
    stance: StanceWord
    place: str
    """Empty when the coding is no longer there."""
    code: str
    text: str


class TracedEntry(TypedDict):
    """An entry of the journal, with the words on which it rests."""

    id: str
    row: str
    """Ref of the row that it is about."""
    date: str
    says: str
    """What it holds, in words."""
    links: list[TracedLink]


class RowDecision(TypedDict):
    """What a row came to in one round of a validation meeting."""

    meeting_id: str
    meeting: str
    date: str
    round: int
    outcome: Literal["accepted", "amended", "again", "rejected"]
    text: str
    """The words that were voted on, in the interface language, else in the other one."""
    reason: str


class TraceAnswer(TypedDict):
    """Both ways from a row or a coding."""

    row: FrameworkRowEntry | None
    """Null when the trace starts at a coding."""
    segment: TracedSegment | None
    above: list[RowName]
    """What the row stands under, the nearest first."""
    below: list[RowName]
    """What stands under the row."""
    down: list[EvidenceEntry]
    up: list[RowName]
    """What stands on it, directly or through findings."""
    decisions: list[RowDecision]
    """Of validation meetings on the row, round by round."""
    entries: list[TracedEntry]
    """Of the journal: those about the row, or those that rest on the coding."""


class FrameworkColumn(TypedDict):
    """A column of a kind of row."""

    key: str
    kind: Literal["text", "both", "choice", "choices", "number", "date", "row", "texts"]
    label: str
    choices: list[str]


class RowProblemEntry(TypedDict):
    """Something that a row of the framework lacks."""

    row_id: str
    ref: str
    kind: RowKindWord
    column: str
    """Key of the column that is meant; empty for the whole row."""
    code: str
    """A stable English word, such as `no_baseline`."""
    level: Literal["error", "warning"]
    message: str
    remedy: str


class RowProblems(TypedDict):
    """What rows of the framework lack."""

    problems: list[RowProblemEntry]


class ThresholdEntry(TypedDict):
    """What one grade of evidence asks for."""

    name: str
    value: int
    usual: int
    """What it asks for in a project that set nothing."""
    meaning: str


class Thresholds(TypedDict):
    """What the grades of evidence ask for."""

    thresholds: list[ThresholdEntry]


class RowsMade(TypedDict):
    """Rows that were made."""

    rows: list[RowName]


class FrameworkColumns(TypedDict):
    """The columns of a kind of row."""

    columns: list[FrameworkColumn]
