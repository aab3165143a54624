"""Answers about suggested codes: `suggest`, `suggest evaluate`."""

from __future__ import annotations

from typing import Literal, TypedDict


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


class WaitingPassage(TypedDict):
    """A turn in which cues of a code stand that are not coded with it."""

    transcript_id: str
    transcript: str
    version_id: str
    turn: int
    speaker: str | None
    start: int
    """Where what was said begins."""
    end: int
    text: str
    reasons: list[SuggestionReason]


class WaitingPassages(TypedDict):
    """Passages that wait for a code (`--uncoded`)."""

    code_id: str
    code: str
    layer: str | None
    total: int
    passages: list[WaitingPassage]
