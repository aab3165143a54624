"""What measures of agreement are given and give back: values with intervals, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hsreview.base.messages import N_


class Unit(StrEnum):
    """What is counted."""

    TURN = "turn"
    SENTENCE = "sentence"
    WORD = "word"
    CHARACTER = "character"
    SPAN = "span"
    DOCUMENT = "document"


UNIT_WORDS = {
    Unit.TURN: N_("turns"),
    Unit.SENTENCE: N_("sentences"),
    Unit.WORD: N_("words"),
    Unit.CHARACTER: N_("characters"),
    Unit.SPAN: N_("spans"),
    Unit.DOCUMENT: N_("documents"),
}
"""What each unit is called in the plural, as `--unit` names it."""


class Undefined(StrEnum):
    """Why a value is not there; `hsreview.agreement.reasons.explain` gives the sentence."""

    NEVER_USED = "never_used"
    """No coder used the code."""
    ONE_VALUE = "one_value"
    """All values that can be paired are equal: nothing to agree or disagree about beyond chance."""
    NOTHING_SHARED = "nothing_shared"
    """No unit was seen by two coders."""
    NO_PAIR_DEFINED = "no_pair_defined"
    """No pair of coders has a value."""
    MISSING_VALUES = "missing_values"
    """The coefficient is defined for complete data only."""
    TWO_CODERS_ONLY = "two_coders_only"
    """The coefficient is defined for exactly two coders."""
    NO_COVERAGE = "no_coverage"
    """The code never meets another valued unit."""
    FEW_DOCUMENTS = "few_documents"
    """Fewer than five documents: an interval would promise more than it keeps."""
    UNSTABLE = "unstable"
    """The value is not defined without one of the documents."""
    NOT_FOR_UNIT = "not_for_unit"
    """The measure does not exist for this unit."""
    OVERLAPPING = "overlapping"
    """A coder put different codes on the same text, and the measure needs codes that exclude each other."""
    NO_MATCH = "no_match"
    """No segment of one coder matches one of another."""
    TOO_LITTLE = "too_little"
    """Several coders have so little coded text in common that nothing is left to compare with chance."""
    PAIR_UNDEFINED = "pair_undefined"
    """A mean over pairs of coders, one of which has no value."""
    ONE_UNIT = "one_unit"
    """Fewer than two units: nothing can be said about spread."""
    NO_POSITIVE = "no_positive"
    """The measure needs to know which value means "coded"."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval over documents."""

    low: float
    high: float
    documents: int
    method: str
    """Name of the method, as the docs call it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; a null value has its reason, and so has a missing interval."""

    value: float | None
    undefined: Undefined | None = None
    interval: Interval | None = None
    no_interval: Undefined | None = None


@dataclass(frozen=True, slots=True)
class AgreementBasis:
    """What every number of a report rests on (design promise 6)."""

    unit: Unit
    coders: tuple[str, ...]
    """Ids, in the order of every tuple of counts."""
    names: tuple[str, ...]
    transcripts: tuple[str, ...]
    """Ids of the transcripts that at least two of the coders marked reviewed."""
    units: int
    """Units seen by at least two coders."""
    codebook_version: str
    interviewer: bool
    """Whether interviewers' turns count."""
    parents: bool
    """Whether codes were rolled up to their parents."""
    suggested: bool
    """Whether codings that began as suggestions or were autocoded count."""
    overlap: float
    """Smallest overlap (intersection over union) at which two segments match."""
    primary: str = ""
    """The measure that the project fixed beforehand, empty when none."""
    primary_unit: str = ""
    primary_history: Sequence[str] = ()
    """One line for each time the primary measure was set: when, by whom, to what."""
    codes: tuple[str, ...] = ()
    """Refs of the codes that were asked for; empty for all that somebody used."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code: counts, then values by the names of the field (`krippendorff_alpha_nominal`, `gwet_ac1` …)."""

    code_id: str
    ref: str
    label: str
    units: int
    """Units seen by at least two coders."""
    coded: tuple[int, ...]
    """Units coded by each coder."""
    both: int | None
    """Units coded by both, for two coders; else null."""
    only: tuple[int, ...]
    """Units coded by this coder alone, for each coder."""
    neither: int
    """Units coded by nobody."""
    segments: tuple[int, ...]
    """Segments of each coder."""
    values: Mapping[str, Estimate]
    share: float | None
    """Part of all observed disagreement that is this code's (0–1); null when nobody disagrees on anything."""
    rare: bool
    """Too rare for its interval to be trusted; reported apart."""
    parent: str = ""
    """Ref of its theme."""
    differences: Mapping[str, int] = field(default_factory=dict)
    """Kind of difference → how many the code takes part in; one between two codes counts for both."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders."""

    coders: tuple[str, str]
    """Ids."""
    units: int
    values: Mapping[str, Estimate]
    """Over all codes."""
    kappas: Mapping[str, Estimate] = field(default_factory=dict)
    """Code id → Cohen's κ; empty where there are no other coders, because it is the code's own then."""


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """Agreement in one batch."""

    label: str
    """Date or name of the batch."""
    documents: int
    units: int
    alpha: Estimate
    cumulative: Estimate
    codebook_changed: bool = False
    """Whether the codebook changed since the batch before."""


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """All measures of one comparison."""

    basis: AgreementBasis
    codes: Sequence[CodeAgreement]
    """By share of disagreement, most first."""
    where: Mapping[str, Estimate]
    """Did they mark the same text: `u_alpha_binary`, `f1_any`, `f1_0.5`, …"""
    what: Mapping[str, Estimate]
    """On text that both marked, the same code: `cu_alpha_nominal`, …"""
    overall: Mapping[str, Estimate]
    """Pooled over codes: percent, alpha, kappa, set-valued alphas."""
    pairs: Sequence[PairAgreement]
    without: Mapping[str, Estimate]
    """Coder id → pooled alpha without that coder."""
    drift: Sequence[DriftPoint]
    per_transcript: Mapping[str, Estimate]
    """Transcript id → pooled alpha."""
    intra: Mapping[str, Estimate] = field(default_factory=dict)
    """Coder id → agreement with their own second pass."""
    after: Mapping[str, Estimate] = field(default_factory=dict)
    """Coder id → agreement of the coder's layer with the consensus, after adjudication."""
    differences: Mapping[str, int] = field(default_factory=dict)
    """Kind of difference → how many there are."""
