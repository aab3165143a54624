"""All measures of one comparison, from units: per code, per pair, pooled, per transcript, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from hsreview.agreement import codes as units_of_codes
from hsreview.agreement import sums
from hsreview.agreement.code_values import AC1, code_values, specific_values, two_coder_values, values_given
from hsreview.agreement.codes import Cells
from hsreview.agreement.intervals import estimates, is_rare, worse_units
from hsreview.agreement.nominal import estimate, pooled_alpha
from hsreview.agreement.pairs import cohen_kappa, pooled_kappa
from hsreview.agreement.patterns import Floats
from hsreview.agreement.sets import alpha_sets
from hsreview.model.agreement import (
    AgreementBasis,
    AgreementReport,
    CodeAgreement,
    DriftPoint,
    Estimate,
    PairAgreement,
    Undefined,
    Unit,
)
from hsreview.model.review import Difference
from hsreview.review.spans import segment_codes, segment_overall
from hsreview.review.units import ComparedText, character_cells, unit_cells

POOLED = (
    "percent_agreement", "krippendorff_alpha_nominal", "gwet_ac1", "positive_agreement", "negative_agreement",
    "jaccard", "holsti", "brennan_prediger", "cohen_kappa_pooled", "alpha_set_jaccard", "alpha_set_masi",
)  # fmt: skip
"""What there is over all codes."""


@dataclass(frozen=True, slots=True)
class CodeName:
    """What people call a code."""

    ref: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Transcripts that were finished together."""

    label: str
    transcripts: tuple[str, ...]
    codebook_changed: bool = False


def cells_of(unit: Unit, texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> Cells:
    """What was coded, by unit; for segments, by character."""
    make = character_cells if unit in (Unit.CHARACTER, Unit.SPAN) else unit_cells
    return make(texts, coders, codes)


def alpha_of(found: Floats) -> Estimate:
    """Pooled α with its interval, from documents × codes × sums."""
    return estimates(found, pooled_alpha, worse_units, [_reason(found)])[0]


def _reason(found: Floats) -> Undefined | None:
    total = found.sum(0)
    if not total.size:
        return Undefined.NEVER_USED
    if not total[..., 0].any():
        return Undefined.NOTHING_SHARED
    return None if total[..., 5].any() else Undefined.NEVER_USED


def _code_rows(
    of: Cells, found: Floats, basis: AgreementBasis, texts: Sequence[ComparedText], codes: Sequence[str],
    names: Mapping[str, CodeName], kinds: Mapping[str, Mapping[str, int]],
) -> list[CodeAgreement]:  # fmt: skip
    counted = units_of_codes.counts(of)
    shares = units_of_codes.disagreement_shares(found.sum(0))
    values = code_values(of, found)
    segments = segment_codes(texts, basis.coders, codes, basis.overlap)
    segment_counts = _segments(texts, basis.coders, codes)
    shared = max(1.0, counted.units)
    rows = []
    for at, code in enumerate(codes):
        name = names[code]
        own = values[at] | segments[at]
        if basis.unit is Unit.SPAN:
            own = {each: Estimate(None, Undefined.NOT_FOR_UNIT) for each in values[at]} | segments[at]
        rows.append(
            CodeAgreement(
                code_id=code, ref=name.ref, label=name.label, units=int(counted.units),
                coded=tuple(int(each) for each in counted.coded[at]),
                both=int(counted.every[at]) if len(basis.coders) == 2 else None,
                only=tuple(int(each) for each in counted.only[at]), neither=int(counted.neither[at]),
                segments=tuple(segment_counts.get((coder, code), 0) for coder in basis.coders), values=own,
                share=None if shares is None else float(shares[at]),
                rare=is_rare(float(counted.coded[at].mean() / shared), len(texts)), parent=name.parent,
                differences=kinds.get(code, {}),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-(row.share or 0), row.ref))


def _segments(texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> dict[tuple[str, str], int]:
    """`(coder, code)` → segments; two on the same place are one."""
    wanted = set(codes)
    places = {
        (coder, mark.code_id, text.transcript_id, mark.start, mark.end)
        for text in texts
        for coder in coders
        for mark in text.marks.get(coder, ())
        if mark.code_id in wanted
    }
    found: dict[tuple[str, str], int] = {}
    for coder, code, *_place in places:
        found[coder, code] = found.get((coder, code), 0) + 1
    return found


def kinds_of(differences: Sequence[Difference]) -> dict[str, dict[str, int]]:
    """Code id → kind → how many differences; one between several codes counts for each of them."""
    found: dict[str, dict[str, int]] = {}
    for each in differences:
        for code in {mark.code_id for mark in each.marks}:
            kinds = found.setdefault(code, {})
            kinds[each.kind.value] = kinds.get(each.kind.value, 0) + 1
    return found


def overall(of: Cells, found: Floats) -> dict[str, Estimate]:
    """Values over all codes: α and κ pooled, the others over every code of every unit; and over sets of codes.

    See docs/agreement.md, “Pooled values”.
    """
    reason = _reason(found)
    if reason is not None:
        return dict.fromkeys(POOLED, Estimate(None, reason, no_interval=reason))
    every = found.sum(1)
    tables = units_of_codes.pair_tables(of)
    jaccard, masi = set_alphas(of)
    return {
        "percent_agreement": estimates(every, sums.percent_agreement, worse_units, [None], 0.0)[0],
        "krippendorff_alpha_nominal": alpha_of(found),
        "gwet_ac1": estimates(every, AC1, worse_units, [None])[0],
        **specific_values(every.sum(0), values_given(of) * of.codes),
        **two_coder_values(tables.sum(0)),
        "cohen_kappa_pooled": estimate(pooled_kappa(tables)),
        "alpha_set_jaccard": estimate(jaccard),
        "alpha_set_masi": estimate(masi),
    }


def set_alphas(of: Cells) -> tuple[float, float]:
    """α with Jaccard and with MASI distance between the sets of codes that coders put on a unit."""
    units = of.units
    coders = units.readers.shape[1]
    # A random number for each code; sets with the same sum are the same set (two others would meet once in 2**64).
    marks = np.random.default_rng(1).integers(1, 2**63, of.codes, dtype=np.uint64)
    keys = np.zeros((coders, len(units.document)), np.uint64)
    for coder in range(coders):
        own = of.coded[:, coder]
        np.add.at(keys[coder], of.unit[own], marks[of.code[own]])
    present, at = np.unique(keys, return_inverse=True)
    at = at.reshape(keys.shape)
    members: list[set[int]] = [set() for _ in present]
    where, who = np.nonzero(of.coded)
    for which, code in {*zip(at[who, of.unit[where]].tolist(), of.code[where].tolist(), strict=True)}:
        members[which].add(code)
    read = units.readers[units.document].T
    return alpha_sets(np.where(read, at, -1), [frozenset(each) for each in members], units.weights)


def pair_agreement(of: Cells, coders: Sequence[str], codes: Sequence[str]) -> list[PairAgreement]:
    """Every pair of coders, pooled over codes; with more than two coders also each code's κ."""
    found = []
    for one, other in combinations(range(len(coders)), 2):
        both = of.of([one, other])
        here = units_of_codes.code_sums(both)
        units = int(here[:, 0, 0].sum()) if of.codes else 0
        kappas = _kappas(both, here, codes) if len(coders) > 2 else {}
        found.append(PairAgreement((coders[one], coders[other]), units, overall(both, here), kappas))
    return found


def _kappas(both: Cells, found: Floats, codes: Sequence[str]) -> dict[str, Estimate]:
    """Code id → Cohen's κ of two coders."""
    kappas = cohen_kappa(units_of_codes.pair_tables(both)[:, 0])
    reasons = units_of_codes.reasons(found.sum(0))
    return {
        code: estimate(float(kappa), reason or Undefined.ONE_VALUE)
        for code, kappa, reason in zip(codes, kappas, reasons, strict=True)
    }


def without_each(of: Cells, coders: Sequence[str]) -> dict[str, Estimate]:
    """Coder id → pooled α of the others; nothing for two coders, who leave nobody to compare."""
    if len(coders) < 3:
        return {}
    return {coder: alpha_of(units_of_codes.code_sums(of.without(at))) for at, coder in enumerate(coders)}


def drift(found: Floats, transcripts: Sequence[str], batches: Sequence[Batch]) -> list[DriftPoint]:
    """Pooled α of each batch of transcripts, and of all up to it."""
    row_of = {transcript: row for row, transcript in enumerate(transcripts)}
    points = []
    before: list[int] = []
    for batch in batches:
        rows = [row_of[each] for each in batch.transcripts if each in row_of]
        before += rows
        here = found[rows]
        units = int(here[:, 0, 0].sum()) if here.size else 0
        points.append(
            DriftPoint(batch.label, len(rows), units, alpha_of(here), alpha_of(found[before]), batch.codebook_changed)
        )
    return points


def report(
    basis: AgreementBasis, texts: Sequence[ComparedText], names: Mapping[str, CodeName], codes: Sequence[str],
    batches: Sequence[Batch] = (), intra: Mapping[str, Estimate] | None = None,
    after: Mapping[str, Estimate] | None = None, differences: Sequence[Difference] = (),
) -> AgreementReport:  # fmt: skip
    """The whole comparison; `codes` are the ids of the codes that are compared."""
    kinds = dict(Counter(each.kind.value for each in differences))
    if len(basis.coders) < 2:
        nothing = dict.fromkeys(POOLED, Estimate(None, Undefined.NOTHING_SHARED))
        return AgreementReport(basis, [], {}, {}, nothing, [], {}, [], {}, intra or {}, after or {}, kinds)
    of = cells_of(basis.unit, texts, basis.coders, codes)
    found = units_of_codes.code_sums(of)
    where, what = segment_overall(texts, basis.coders, codes, basis.overlap)
    return AgreementReport(
        basis=basis,
        codes=_code_rows(of, found, basis, texts, codes, names, kinds_of(differences)),
        where=where,
        what=what,
        overall=overall(of, found),
        pairs=pair_agreement(of, basis.coders, codes),
        without=without_each(of, basis.coders),
        drift=drift(found, basis.transcripts, batches),
        per_transcript={each: alpha_of(found[[row]]) for row, each in enumerate(basis.transcripts)},
        intra=intra or {},
        after=after or {},
        differences=kinds,
    )


def agreement_of(unit: Unit, texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> Estimate:
    """Pooled α of some texts, coders (or passes, or layers) and codes."""
    return alpha_of(units_of_codes.code_sums(cells_of(unit, texts, coders, codes)))
