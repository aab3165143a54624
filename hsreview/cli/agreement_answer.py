"""The JSON answer of `agreement` in a project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hsreview.model.agreement import AgreementBasis, AgreementReport, CodeAgreement, Estimate, PairAgreement
from hsreview.model.review import DifferenceKind
from hsreview.workflows.reasons import explain

if TYPE_CHECKING:
    from hsreview.cli.answers.agreement import AgreementAnswer, BasisAnswer, CodeAnswer, PairAnswer, Value


def agreement_answer(
    report: AgreementReport, people: Mapping[str, str], titles: Mapping[str, str]
) -> AgreementAnswer:  # fmt: skip
    """`people` are the names of coders, `titles` those of transcripts, by id."""
    refs = {row.code_id: row.ref for row in report.codes}
    return {
        "basis": basis_answer(report.basis, titles),
        "codes": [_code(row) for row in report.codes],
        "where": _values(report.where),
        "what": _values(report.what),
        "overall": _values(report.overall),
        "pairs": [_pair(pair, people, refs) for pair in report.pairs],
        "without": _values(report.without, people),
        "drift": [
            {
                "label": point.label,
                "transcripts": point.documents,
                "units": point.units,
                "alpha": _value(point.alpha),
                "cumulative": _value(point.cumulative),
                "codebook_changed": point.codebook_changed,
            }
            for point in report.drift
        ],
        "transcripts": _values(report.per_transcript, titles),
        "intra": _values(report.intra, people),
        "after": _values(report.after, people),
        "differences": _kinds(report.differences),
    }


def basis_answer(basis: AgreementBasis, titles: Mapping[str, str]) -> BasisAnswer:
    """What every number rests on."""
    return {
        "unit": basis.unit.value,
        "units": basis.units,
        "coders": list(basis.names),
        "coder_ids": list(basis.coders),
        "transcripts": [titles[each] for each in basis.transcripts],
        "codes": list(basis.codes),
        "codebook_version": basis.codebook_version,
        "interviewer": basis.interviewer,
        "parents": basis.parents,
        "suggested": basis.suggested,
        "overlap": basis.overlap,
        "primary": basis.primary,
        "primary_unit": basis.primary_unit,
        "primary_history": list(basis.primary_history),
    }


def _code(row: CodeAgreement) -> CodeAnswer:
    return {
        "code_id": row.code_id,
        "code": row.ref,
        "label": row.label,
        "theme": row.parent,
        "units": row.units,
        "coded": list(row.coded),
        "both": row.both,
        "only": list(row.only),
        "neither": row.neither,
        "segments": list(row.segments),
        "share": row.share,
        "rare": row.rare,
        "differences": _kinds(row.differences),
        "values": _values(row.values),
    }


def _pair(pair: PairAgreement, people: Mapping[str, str], refs: Mapping[str, str]) -> PairAnswer:
    return {
        "coders": [people.get(each, each) for each in pair.coders],
        "units": pair.units,
        "values": _values(pair.values),
        "kappas": _values(pair.kappas, refs),
    }


def _kinds(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind.value: counts.get(kind, 0) for kind in DifferenceKind}


def _values(values: Mapping[str, Estimate], names: Mapping[str, str] | None = None) -> dict[str, Value]:
    return {(names or {}).get(name, name): _value(each) for name, each in values.items()}


def _value(estimate: Estimate) -> Value:
    interval = estimate.interval
    return {
        "value": estimate.value,
        "undefined": explain(estimate.undefined) if estimate.undefined else "",
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "no_interval": explain(estimate.no_interval) if estimate.no_interval else "",
    }
