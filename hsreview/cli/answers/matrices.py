"""Answers about matrices: `matrix`, and `asked` (which questions of the guide were asked of whom)."""

from __future__ import annotations

from typing import TypedDict

from hsreview.cli.answers.shared import TextIn


class MatrixBasis(TypedDict):
    """What the numbers of a matrix rest on."""

    layer: str
    coder_id: str | None
    """Whose layer it is; null for the consensus."""
    codebook: str
    codebook_version: str
    interviews: int
    """Transcripts in the project."""
    reviewed: int
    """Of them reviewed in this layer: sums and n rest on these."""
    begun: int
    """Coded and not marked as reviewed; they are in no sum."""
    selection: str


class MatrixHeader(TypedDict):
    """A row or a column."""

    kind: str
    """`theme`, `code`, `question`, `interview`, `group`, `value`, `period`, `wave`, `cell` (a group in a place),
    `speaker`, `modifier`, `none` (without a value), `all` (all together), `used`, `new` or `total`."""
    key: str
    """Unique among the rows or columns; of a theme, code, question or interview its id."""
    name: str
    """As `--cell` takes it; empty for `all` and `none`."""
    label: TextIn
    base: dict[str, int]
    """Of a column: its n for each thing that is counted."""
    state: str
    """Of the column of an interview that was not reviewed: `so_far`, `not_read` or `unsettled`; else empty."""
    about: dict[str, str]
    """What else is known of it: `date`, `interview`, `role`, `place`, `modifier`, `theme`; of a row of divergence `how`
    (`one_side` or `opposite_stance`), `who`, `positive`, `negative`."""


class MatrixCell(TypedDict):
    """A cell; those that were not looked at are listed too."""

    row: str
    """Key of the row."""
    column: str
    """Key of the column."""
    values: dict[str, int | float | None]
    """What is counted → the number; null where there is none."""
    shares: dict[str, float]
    """Parts of the n (0–1), where a share may be given: of at least 20 people."""
    state: str
    """Empty for an ordinary number (0 was looked for), else `not_read`, `so_far`, `unsettled`, `nobody`, `self`,
    `nothing`, `heard`, `heard_so_far`, `heard_nameless`, `silent`, `not_asked`, `not_coded` or `not_recorded`."""
    codings: int
    """How many codings stand behind it; `--cell` lists them."""


class Matrix(TypedDict):
    """A matrix of one layer."""

    matrix: str
    detail: str
    """What it was asked for beside its kind: an attribute, a period, a relation."""
    basis: MatrixBasis
    measures: list[str]
    """What is counted: `respondents`, `organisations`, `interviews`, `segments`, `words`, `pairs`, `turns`, `jaccard`,
    `codes`, `positive`, `negative`."""
    rows: list[MatrixHeader]
    columns: list[MatrixHeader]
    cells: list[MatrixCell]
    notes: list[str]
    """What a reader should know, in the language of the interface."""


class BehindTranslation(TypedDict):
    """What a coded segment says in another language."""

    language: str
    text: str
    translator: str
    checked_by: str
    """Empty where nobody compared it with the original."""


class BehindCoding(TypedDict):
    """A coding behind a cell."""

    id: str
    transcript_id: str
    transcript: str
    place: str
    """`12.3`: turn and sentence."""
    start: int
    end: int
    code_id: str
    code: str
    respondent: str
    """Pseudonym, or empty."""
    speaker: str | None
    text: str
    translations: list[BehindTranslation]


class CodeMeeting(TypedDict):
    """Words that bear codings of both codes."""

    first_id: str
    second_id: str
    transcript_id: str
    start: int
    end: int
    text: str


class MatrixCodings(TypedDict):
    """The codings behind one cell."""

    matrix: str
    basis: MatrixBasis
    row: MatrixHeader
    column: MatrixHeader
    codings: list[BehindCoding]
    overlaps: list[CodeMeeting]
    """Of two codes that stand on the same words: those words; else empty."""


class AskedEntry(TypedDict):
    """A question of the guide in one interview."""

    transcript_id: str
    transcript: str
    question: str
    """Ref in the guide."""
    text: TextIn
    questions: list[str]
    """Refs of the review questions that it serves."""
    asked: bool | None
    """Null: not on record."""


class Asked(TypedDict):
    """What was asked in interviews, as far as it is on record."""

    asked: list[AskedEntry]
