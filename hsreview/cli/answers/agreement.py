"""Answers of `agreement`."""

from __future__ import annotations

from typing import TypedDict


class CalculatedTable(TypedDict):
    """The coefficients of a table of anybody's data."""

    coders: list[str]
    units: int
    shared: int
    """Units with a value of two coders or more."""
    missing: int
    """Empty cells."""
    categories: list[str]
    """The values, or the labels of sets; coefficients with `[x]` in their name are about one of them."""
    positive: str
    """The value that means “coded”, empty when it is not known."""
    statistics: dict[str, float | None]
    """Coefficient → its value, null where it is undefined."""
    undefined: dict[str, str]
    """Coefficient without a value → the reason, as a clause in the language of the messages."""
    notes: list[str]
    """Sentences about how the file was understood."""


class CalculatedSpans(TypedDict):
    """The coefficients of segments of anybody's data."""

    coders: list[str]
    documents: int
    shared: int
    """Documents that two coders or more have read; only these count."""
    characters: int
    """Length of the shared documents."""
    spans: int
    """Segments, as the file has them."""
    codes: list[str]
    """Coefficients with `[x]` in their name are about one of them."""
    statistics: dict[str, float | None]
    """Coefficient → its value, null where it is undefined."""
    undefined: dict[str, str]
    """Coefficient without a value → the reason, as a clause in the language of the messages."""
    notes: list[str]
    """Sentences about how the files were understood."""


class Value(TypedDict):
    """A value with its 95 % interval over transcripts, or the reasons why there is none."""

    value: float | None
    undefined: str
    """Why there is no value, as a clause in the language of the messages; else empty."""
    low: float | None
    high: float | None
    no_interval: str
    """Why there is no interval; empty where there is one, and for measures that never have one."""


Values = dict[str, Value]
"""Measure, by the names of the field → its value."""


class BasisAnswer(TypedDict):
    """What every number rests on."""

    unit: str
    units: int
    """Units that count; one counts as coded when a segment touches it."""
    coders: list[str]
    coder_ids: list[str]
    """In the order of all lists of counts."""
    transcripts: list[str]
    """Names of those that at least two of the coders marked as reviewed; no others count."""
    codes: list[str]
    """The codes that were asked for; empty for all that somebody used."""
    codebook_version: str
    interviewer: bool
    parents: bool
    suggested: bool
    overlap: float
    primary: str
    """The measure that the project fixed, or empty."""
    primary_unit: str
    primary_history: list[str]


class CodeAnswer(TypedDict):
    """One code."""

    code_id: str
    code: str
    label: str
    theme: str
    units: int
    coded: list[int]
    both: int | None
    """Units that both coded, for two coders."""
    only: list[int]
    """Units that this coder alone coded."""
    neither: int
    segments: list[int]
    share: float | None
    """Part of all disagreement, 0 to 1."""
    rare: bool
    differences: dict[str, int]
    """Kind → in how many differences the code takes part; one between two codes counts for both."""
    values: Values


class PairAnswer(TypedDict):
    """Two coders."""

    coders: list[str]
    units: int
    values: Values
    """Over all codes."""
    kappas: Values
    """Code → Cohen's kappa; empty when there are no other coders, because it is the code's own then."""


class DriftAnswer(TypedDict):
    """One batch, of the day on which its transcripts were finished."""

    label: str
    transcripts: int
    units: int
    alpha: Value
    cumulative: Value
    codebook_changed: bool


class AgreementAnswer(TypedDict):
    """The comparison of coders; codes by their share of all disagreement, most first."""

    basis: BasisAnswer
    codes: list[CodeAnswer]
    where: Values
    """Whether they marked the same text."""
    what: Values
    """Whether they called the text that both marked the same."""
    overall: Values
    pairs: list[PairAnswer]
    without: Values
    """Name of a coder → pooled alpha of the others."""
    drift: list[DriftAnswer]
    transcripts: Values
    """Name → pooled alpha."""
    intra: Values
    """Name of a coder → alpha with their own repeated reading."""
    after: Values
    """Name of a coder → alpha of their layer with the consensus of adjudicated transcripts."""
    differences: dict[str, int]
    """Kind → how many differences there are, in every turn."""


class PrimaryAnswer(TypedDict):
    """The measure that the project fixed beforehand."""

    measure: str
    unit: str
    history: list[str]
