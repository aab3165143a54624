"""All measures of one comparison, from tables of units: per code, per pair, pooled, per transcript, over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from hsreview.agreement import sums
from hsreview.agreement.nominal import estimate, nominal_statistics
from hsreview.agreement.pairs import joint_tables, kappa_parts
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
from hsreview.review.units import ComparedText, UnitTable, character_table, unit_table

LABELS = ("0", "1")
CODED = 1


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


def table_of(unit: Unit, texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]) -> UnitTable:
    """The table of a unit; spans have no table of their own and are counted in characters."""
    make = character_table if unit in (Unit.CHARACTER, Unit.SPAN) else unit_table
    return make(texts, coders, codes)


def code_sums(table: UnitTable) -> Floats:
    """Codes × documents × sums, as `hsreview.agreement.sums` has them."""
    many = len(table.transcripts)
    found = np.zeros((len(table.codes), many, 12))
    for at, values in enumerate(table.values):
        rows = sums.document_sums(values, 2, table.documents, table.weights)
        found[at, : len(rows)] = rows
    return found


def pooled_alpha(found: Floats) -> Floats:
    """α over all codes: 1 − ΣD_o / ΣD_e, from codes × … × sums."""
    observed, expected = sums.alpha_parts(found)
    total = expected.sum(0)
    with np.errstate(all="ignore"):
        alpha: Floats = np.where(total > 0, 1 - observed.sum(0) / total, np.nan)
    return alpha


def pooled(found: Floats, measure: Callable[[Floats], Floats]) -> Floats:
    """A measure over all codes as if each unit stood there once for each code."""
    return measure(found.sum(0))


def shares_of_disagreement(found: Floats) -> list[float | None]:
    """The part of all observed disagreement that is each code's; null where nobody disagrees on anything."""
    observed = sums.alpha_parts(found.sum(1))[0]
    whole = float(observed.sum())
    return [float(each) / whole if whole > 0 else None for each in observed]


def code_agreement(
    table: UnitTable, at: int, names: Mapping[str, CodeName], segments: tuple[int, ...], share: float | None
) -> CodeAgreement:
    """Counts and values of one code."""
    values = table.values[at]
    read = values >= 0
    seen = read.sum(0) >= 2
    coded = values == CODED
    often = coded.sum(0)
    used = bool((often[seen] > 0).any())
    found = nominal_statistics(values[:, seen], LABELS, _weights(table, seen), CODED)
    if not used:
        found = dict.fromkeys(found, Estimate(None, Undefined.NEVER_USED if seen.any() else Undefined.NOTHING_SHARED))
    name = names[table.codes[at]]
    return CodeAgreement(
        code_id=table.codes[at],
        ref=name.ref,
        label=name.label,
        units=table.size(seen),
        coded=tuple(table.size(row & seen) for row in coded),
        both=table.size(coded.all(0) & seen) if len(table.coders) == 2 else None,
        only=tuple(table.size(row & seen & (often == 1)) for row in coded),
        neither=table.size(seen & (often == 0)),
        segments=segments,
        values=found,
        share=share,
        rare=False,
        parent=name.parent,
    )


def _weights(table: UnitTable, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats | None:
    return None if table.weights is None else table.weights[chosen]


def overall(table: UnitTable, found: Floats) -> dict[str, Estimate]:
    """Values pooled over codes, and over sets of codes on a unit."""
    if not table.total or not len(table.codes):
        reason = Undefined.NOTHING_SHARED if len(table.codes) else Undefined.NEVER_USED
        names = ("percent_agreement", "krippendorff_alpha_nominal", "cohen_kappa_pooled", "alpha_set_jaccard")
        return dict.fromkeys((*names, "alpha_set_masi"), Estimate(None, reason))
    total = found.sum(1)
    values: dict[str, Estimate] = {
        "percent_agreement": estimate(float(pooled(total, sums.percent_agreement))),
        "krippendorff_alpha_nominal": estimate(float(pooled_alpha(total))),
        "cohen_kappa_pooled": estimate(pooled_kappa(table)),
    }
    jaccard, masi = set_alphas(table)
    return values | {"alpha_set_jaccard": estimate(jaccard), "alpha_set_masi": estimate(masi)}


def pooled_kappa(table: UnitTable) -> float:
    """Observed and expected agreement averaged over codes, then over pairs of coders (De Vries et al. 2008)."""
    parts = []
    for values in table.values:
        tables = joint_tables(values, 2, table.weights)
        parts.append(kappa_parts(tables))
    observed = np.array([each[0] for each in parts])
    expected = np.array([each[1] for each in parts])
    met = ~np.isnan(observed).any(0)
    if not met.any():
        return float("nan")
    chance = expected[:, met].mean()
    return float((observed[:, met].mean() - chance) / (1 - chance)) if chance < 1 else float("nan")


def set_alphas(table: UnitTable) -> tuple[float, float]:
    """α with Jaccard and with MASI distance between the sets of codes that coders put on a unit."""
    read = table.values[0] >= 0
    coders, units = read.shape
    packed = np.packbits(table.values == CODED, axis=0).reshape(-1, coders * units).T
    distinct, at = np.unique(packed, axis=0, return_inverse=True)
    bits = np.unpackbits(distinct, axis=1)
    sets = [frozenset(int(each) for each in np.flatnonzero(row)) for row in bits]
    codes = np.where(read, at.reshape(coders, units), -1)
    return alpha_sets(codes, sets, table.weights)


def pair_agreement(table: UnitTable) -> list[PairAgreement]:
    """Every pair of coders, pooled over codes."""
    found = []
    for pair in combinations(table.coders, 2):
        small = table.only(pair)
        found.append(PairAgreement(pair, small.total, overall(small, code_sums(small))))
    return found


def without_each(table: UnitTable) -> dict[str, Estimate]:
    """Coder id → pooled α of the others; nothing for two coders, who leave nobody to compare."""
    if len(table.coders) < 3:
        return {}
    found = {}
    for coder in table.coders:
        rest = table.only([each for each in table.coders if each != coder])
        found[coder] = alpha_of(code_sums(rest).sum(1)) if rest.total else Estimate(None, Undefined.NOTHING_SHARED)
    return found


def alpha_of(found: Floats) -> Estimate:
    """Pooled α of codes × sums."""
    if not len(found) or not found[:, 0].any():
        return Estimate(None, Undefined.NOTHING_SHARED)
    return estimate(float(pooled_alpha(found)))


def drift(table: UnitTable, found: Floats, batches: Sequence[Batch]) -> list[DriftPoint]:
    """Pooled α of each batch of transcripts, and of all up to it."""
    row_of = {transcript: row for row, transcript in enumerate(table.transcripts)}
    points = []
    before: list[int] = []
    for batch in batches:
        rows = [row_of[each] for each in batch.transcripts if each in row_of]
        before += rows
        here = found[:, rows].sum(1)
        points.append(
            DriftPoint(
                batch.label, len(rows), int(here[0, 0]) if len(here) else 0, alpha_of(here),
                alpha_of(found[:, before].sum(1)), batch.codebook_changed,
            )
        )  # fmt: skip
    return points


def report(
    basis: AgreementBasis, texts: Sequence[ComparedText], names: Mapping[str, CodeName], codes: Sequence[str],
    batches: Sequence[Batch] = (), intra: Mapping[str, Estimate] | None = None,
    after: Mapping[str, Estimate] | None = None,
) -> AgreementReport:  # fmt: skip
    """The whole comparison; `codes` are the ids of the codes that are compared."""
    table = table_of(basis.unit, texts, basis.coders, codes)
    found = code_sums(table)
    shares = shares_of_disagreement(found)
    rows = [
        code_agreement(table, at, names, _segments(texts, basis.coders, code), shares[at])
        for at, code in enumerate(codes)
    ]
    per_transcript = {each: alpha_of(found[:, row]) for row, each in enumerate(table.transcripts)}
    return AgreementReport(
        basis=basis,
        codes=sorted(rows, key=lambda row: (-(row.share or 0), row.ref)),
        where={},
        what={},
        overall=overall(table, found),
        pairs=pair_agreement(table),
        without=without_each(table),
        drift=drift(table, found, batches),
        per_transcript=per_transcript,
        intra=intra or {},
        after=after or {},
    )


def _segments(texts: Sequence[ComparedText], coders: Sequence[str], code: str) -> tuple[int, ...]:
    return tuple(
        len(
            {(text.transcript_id, m.start, m.end) for text in texts for m in text.marks.get(c, ()) if m.code_id == code}
        )
        for c in coders
    )
