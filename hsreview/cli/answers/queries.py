"""Answers about queries: `query`, `queries`."""

from __future__ import annotations

from typing import TypedDict


class Basis(TypedDict):
    """What the numbers of an answer rest on."""

    layer: str
    """Name of the layer; with `--layer all` the names of the coders."""
    coder_id: str | None
    """Whose layer it is; null for the consensus and for several coders."""
    codebook: str
    codebook_version: str
    interviews: int
    """Transcripts in the project."""
    reviewed: int
    """Of them reviewed in this layer."""
    selection: str
    """What the layer consists of, in words; empty when nothing is to be said."""


class Partner(TypedDict):
    """Another coding by which a coding came into the answer."""

    id: str
    code: str
    """Ref."""
    place: str
    """`12.3`: turn and sentence."""


class QueryHit(TypedDict):
    """A coding that the expression picks."""

    id: str
    transcript_id: str
    transcript: str
    version_id: str
    start: int
    end: int
    turn: int
    sentence: int
    speaker: str | None
    respondent_id: str | None
    respondent: str
    """Pseudonym, or empty."""
    code_id: str
    code: str
    """Ref."""
    coder_id: str
    """Empty for what was adjudicated."""
    coder: str
    text: str
    partners: list[Partner]
    """The first of them in the order of the text."""
    more_partners: int
    """How many others are not listed."""


class GroupOfAnswer(TypedDict):
    """How many of a group are in the answer, and how many there are. The counts rest on the interviews reviewed."""

    group: str | None
    """Null for all groups together, empty for those without a group."""
    interviews: int
    interviews_reviewed: int
    respondents: int
    respondents_reviewed: int
    """Respondents in the interviews reviewed."""
    organisations: int
    organisations_reviewed: int
    codings: int
    interviews_begun: int
    """With codings in the answer, but not reviewed; they are in no other count."""
    codings_begun: int


class LeftOut(TypedDict):
    """What a relation to the same respondent leaves out, because nobody is linked to who speaks."""

    codings: int
    interviews: int
    """In which these codings stand."""


class QueryAnswer(TypedDict):
    """What an expression picks in one layer."""

    expression: str
    read: str
    """The expression as it was understood, in the language of the interface."""
    basis: Basis
    total: int
    """How many codings it picks; without `--limit` all of them are in `hits`."""
    hits: list[QueryHit]
    groups: list[GroupOfAnswer]
    """All groups together come last."""
    left_out: LeftOut
    notes: list[str]
    """What a reader should know of the answer, in the language of the interface."""


class SavedQuery(TypedDict):
    """A query that was saved under a name."""

    id: str
    name: str
    expression: str
    """As it was written."""
    read: str
    """In the language of the interface, with the refs that its codes have now; as it was written where it cannot be
    asked any more."""
    notes: list[str]
    """What has changed in the codebook since it was saved, or why it cannot be asked any more."""


class SavedQueries(TypedDict):
    """Saved queries by name."""

    queries: list[SavedQuery]
