"""Answers of `codebook`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import PassKey, TextIn


class CodeEntry(TypedDict):
    """One code."""

    id: str
    ref: str
    label: TextIn
    definition: TextIn
    use: TextIn
    not_use: TextIn
    example: TextIn
    theme: str
    """Ref of its theme."""
    parent: str | None
    """Ref of the code above it."""
    questions: list[str]
    """Refs of the review questions it serves."""
    groups: list[str]
    codable: bool
    status: Literal["active", "proposed", "merged", "refused", "retired"]
    codings: int
    """By all coders together, in their own layers."""
    transcripts: int


class Codes(TypedDict):
    """The codes in the order of the codebook, parents before their children."""

    codebook: str
    """Ref of the codebook; empty when the project has none."""
    version: str
    title: TextIn
    codes: list[CodeEntry]


class CodebookProblem(TypedDict):
    """Something wrong with a codebook file, or weak in it."""

    level: Literal["error", "warning", "note"]
    message: str
    place: str
    """`line 12, column 3`, or a cell, or empty."""
    code: str
    """A stable English word."""
    ref: str
    """The code, theme or pass that is meant; empty for errors."""


class CodebookProblems(TypedDict):
    """What `codebook check` found."""

    problems: list[CodebookProblem]


class CodebookDifference(TypedDict):
    """One difference between two codebooks."""

    kind: Literal["added", "removed", "moved", "renamed", "changed", "reordered", "merged"]
    what: str
    """`code`, `theme`, `question`, `group`, `pass`, `modifier`, `flag`, `guide`, `rule` or `codebook`."""
    ref: str
    field: str
    language: str
    before: str
    after: str


class DeactivatedCode(TypedDict):
    """A code of the base that a state does not use."""

    id: str
    """Its ref."""
    reason: str


class CodeMapping(TypedDict):
    """How a code that a state added stands to a code of the base."""

    code: str
    """Ref of the added code."""
    to: str
    """Ref of the code of the base; may be empty for `none`."""
    relation: Literal["same", "narrower", "broader", "none"]
    note: str


class OverlayShown(TypedDict):
    """What an overlay makes of its base."""

    codebook: str
    """Ref of the state's codebook."""
    version: str
    state: str
    extends: str
    base_file: str
    """The file of the codebook under all overlays."""
    changes: list[CodebookDifference]
    deactivated: list[DeactivatedCode]
    map: list[CodeMapping]
    lexicon: dict[str, list[str]]
    """`places`, `actors`, `languages` → words of the state."""


class CodebookChanges(TypedDict):
    """What changed between two codebooks; for an import, what it changed in the project's."""

    codebook: str
    version: str
    changes: list[CodebookDifference]


class ProposalEntry(TypedDict):
    """A proposed code that waits for a decision."""

    id: str
    ref: str
    label: TextIn
    by: str
    """The coder's name."""
    created: str
    reason: str
    codings: int


class Proposals(TypedDict):
    """The open proposals, oldest first."""

    proposals: list[ProposalEntry]


class CodeTally(TypedDict):
    """How often a code is used, in the first readings of all coders' own layers."""

    codings: int
    transcripts: int
    coders: int


class CodeCount(TypedDict):
    """A code with its counts before and after a change."""

    id: str
    ref: str
    label: str
    """In the interface language."""
    before: CodeTally
    after: CodeTally


class _TouchedCoding(TypedDict):
    id: str
    transcript_id: str
    transcript: str
    start: int
    end: int
    place: str
    """`12.3`: turn and sentence."""
    coder_id: str
    coder: str
    before: str
    """Ref of the code it counted for."""
    after: list[str]
    """Refs of the codes it counts for now."""
    waits: bool
    """Whether its coder has yet to decide, because its code was split; it counts as before until then."""
    text: str


class TouchedCoding(_TouchedCoding, PassKey):
    """A coding under a code that was changed."""


class CodebookChanged(TypedDict):
    """What a change of codes did, or would do."""

    stored: bool
    """False for a dry run."""
    version: str
    """The codebook's version after it."""
    new_code: str | None
    """Id of the other code of a split."""
    shared: int
    """Passages to which one coder had given both codes that are one now: they count once."""
    counts: list[CodeCount]
    codings: list[TouchedCoding]
    """Every coding under the codes that were changed, before or after it, in the order of transcripts and places."""


class CodebookVersion(TypedDict):
    """One version of the project's codebook."""

    version: str
    """The file's version, with `+3` after three edits made in the project."""
    number: int
    """1, 2, 3 …, in the order of the log."""
    name: str
    """What a lead called it, or empty."""
    at: str
    """ISO time, UTC."""
    coder_id: str
    coder: str
    what: str
    """What was done, in the interface language."""
    taken_back: bool
    """Whether it took back what `what` says."""
    reason: str


class CodebookVersions(TypedDict):
    """The versions of the project's codebook, the oldest first."""

    versions: list[CodebookVersion]
