"""Answers about suggested codes: `suggest`, `suggest evaluate`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.texts import FoundTurn


class SuggestionReason(TypedDict):
    """Why a code is suggested."""

    source: Literal["cue", "typical"]
    """A cue of the codebook, or a phrase that is typical of the code in the layer that is learned from."""
    phrase: str
    """The cue as the codebook has it; a typical phrase in small letters without accents."""
    language: str
    """Of the cue; empty for a typical phrase."""
    other_form: bool
    """Whether the text has the cue in other forms of its words only."""
    segments: int
    """In how many segments with the code the typical phrase stands; 0 for a cue."""
    places: list[list[int]]
    """`[start, end]` of each, in code points of the stored text."""


class SuggestedCode(TypedDict):
    """A code that is suggested for a unit."""

    code_id: str
    code: str
    """Ref."""
    label: str
    """In the interface language."""
    weight: float
    """Log-odds of the typical phrases, added up."""
    reasons: list[SuggestionReason]


class UnitSuggestions(TypedDict):
    """A unit and the codes that are suggested for it, at most five, the likeliest first."""

    turn: int
    sentence: int | None
    """1 for the first sentence of the turn; null when the unit is the whole turn."""
    start: int
    end: int
    language: Literal["fr", "en", "mixed", ""]
    """As its words tell; empty when they are too few."""
    text: str
    coded: list[str]
    """Refs of the codes that the reader put there; they are not suggested."""
    suggestions: list[SuggestedCode]


class Suggestions(TypedDict):
    """Suggestions for the units of a transcript, in the order of the text."""

    transcript_id: str
    transcript: str
    version_id: str
    unit: Literal["turn", "sentence"]
    layer: str | None
    """The layer that typical phrases are learned from; null: none, and only cues suggest."""
    texts: int
    """Transcripts that were learned from."""
    models: dict[str, str]
    """Language → the spaCy model that knows the forms of its words."""
    units: list[UnitSuggestions]


class SuggestionAccepted(TypedDict):
    """A suggestion that was taken over (`--accept`), in one act."""

    code_id: str
    code: str
    made: int
    """Codings that were made; their origin is `suggested`."""
    present: int
    """Codings that stood there already."""


class WaitingPassage(FoundTurn):
    """A turn in which cues of a code stand that are not coded with it."""

    reasons: list[SuggestionReason]


class WaitingPassages(TypedDict):
    """Passages that wait for a code (`--uncoded`)."""

    code_id: str
    code: str
    layer: str | None
    total: int
    passages: list[WaitingPassage]


class SuggestionScore(TypedDict):
    """How often a code, or all codes, were proposed, and how often rightly."""

    proposed: int
    right: int
    """Where the unit has the code."""
    precision: float | None
    """`right` of `proposed`; null when fewer than 20 were proposed."""
    recall: float | None
    """`right` of the units with the code; null when fewer than 20 have it."""


class SuggestionMean(TypedDict):
    """The mean of a share over the codes that have one."""

    value: float | None
    """Null when none has."""
    codes: int
    """How many have."""


class SuggestionScoreTogether(SuggestionScore):
    """All codes together; `precision` and `recall` weigh every proposal and every coded unit the same (micro)."""

    coded: int
    """Pairs of a unit and a code that it has."""
    macro_precision: SuggestionMean
    """Every code weighs the same."""
    macro_recall: SuggestionMean


class CodeSuggestionScores(TypedDict):
    """One code."""

    code_id: str
    code: str
    """Ref."""
    label: str
    coded: int
    """Units with the code."""
    base: float | None
    """Their share of all units: the precision of a blind guess; null for fewer than 20 units."""
    cues: SuggestionScore
    """Proposed by cues alone."""
    typical: SuggestionScore
    """Proposed by typical phrases alone."""
    both: SuggestionScore
    """Proposed as they are shown."""


class SuggestionsScored(TypedDict):
    """How often suggestions would have been right, each transcript suggested for from the others of a layer."""

    layer: str
    coder_id: str | None
    """Null: the consensus."""
    unit: Literal["turn", "sentence"]
    """What respondents said."""
    transcripts: int
    units: int
    codings: int
    began_suggested: int
    """Codings that began as suggestions or were made by machine."""
    outside: int
    """Codings that touch no unit; they are not counted."""
    codebook_version: str
    models: dict[str, str]
    """Language → the spaCy model that knows the forms of its words."""
    base: float | None
    """Share of all pairs of unit and code that are coded."""
    codes: list[CodeSuggestionScores]
    """Codes that were used or proposed, in the order of the codebook."""
    cues: SuggestionScoreTogether
    typical: SuggestionScoreTogether
    both: SuggestionScoreTogether
