"""The methods paragraphs of a report: sample, draw, coders, agreement, versions, from the project's own records."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.agreement import AgreementReport, Estimate
from hsreview.model.dataset import Dataset
from hsreview.model.matrices import Matrices
from hsreview.model.review_sheets import Review
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.assigning import draws
from hsreview.workflows.report_words import word

_ELSE = "krippendorff_alpha_nominal"
"""The measure that is told when the project fixed none."""


def methods(
    project: Project, dataset: Dataset, matrices: Matrices, review: Review | None, lang: str
) -> list[str]:  # fmt: skip
    """Paragraphs in `fr` or `en`."""
    names = {coder.id: coder.name for coder in queries.coders(project.connection)}
    drawn = " ".join(_draws(project, names, lang))
    coders = ", ".join(sorted(names.get(each, each) for each in _coders(dataset))) or "–"
    made = [word(lang, "coders", names=coders), *_agreement(review, lang, "double")]
    return [_sample(dataset, matrices, lang), drawn, " ".join(made), _versions(dataset, lang)]


def public_methods(dataset: Dataset, review: Review | None, lang: str) -> list[str]:
    """As `methods`, without the sample and the draws, whose numbers tell how few people are in a group, and without
    the names of coders."""
    made = [word(lang, "public_coders", n=len(_coders(dataset))), *_agreement(review, lang, "public_double")]
    return [" ".join(made), _versions(dataset, lang)]


def _coders(dataset: Dataset) -> dict[str, None]:
    return dict.fromkeys(s.coding.coder_id for s in dataset.segments if s.coding.coder_id)


def _versions(dataset: Dataset, lang: str) -> str:
    basis = dataset.basis
    return word(
        lang, "versions", book=basis.codebook, version=basis.codebook_version, hash=basis.codebook_hash[:12] or "–",
        tool=basis.tool, made=basis.made[:16].replace("T", " "),
    )  # fmt: skip


def _sample(dataset: Dataset, matrices: Matrices, lang: str) -> str:
    *groups, whole = matrices.groups.groups
    labels = {group.ref: group.label.get(lang) for group in dataset.codebook.groups}
    named = [
        f"{labels.get(base.group or '') or base.group or word(lang, 'no_group')} {base.reviewed}"
        for base in groups
        if base.reviewed
    ]
    layer = word(lang, "consensus") if dataset.basis.layer_coder is None else dataset.basis.layer
    return word(
        lang, "sample", all=whole.interviews, reviewed=whole.reviewed, layer=layer, groups=", ".join(named) or "–",
        respondents=whole.respondents, organisations=whole.organisations,
    )  # fmt: skip


def _draws(project: Project, names: Mapping[str, str], lang: str) -> list[str]:
    said = []
    for draw in draws(project):
        coders = ", ".join(names.get(each, each) for each in draw.coders)
        values = {"date": draw.at[:10], "n": draw.size, "all": draw.population, "seed": draw.seed, "coders": coders}
        said.append(word(lang, "draw", **values))
        if draw.stratified_by:
            strata = "; ".join(f"{s.name or '–'} {word(lang, 'of', n=len(s.drawn), all=s.size)}" for s in draw.strata)
            said.append(word(lang, "stratified", field=draw.stratified_by, strata=strata))
    return said or [word(lang, "no_draw")]


def _agreement(review: Review | None, lang: str, double: str) -> list[str]:
    from hsreview.workbook.words import Words

    report = review.report if review is not None else None
    if report is None:
        return [word(lang, "single")]
    words, basis = Words(lang), report.basis
    said = [word(lang, double, n=len(basis.transcripts), names=", ".join(basis.names))]
    if basis.primary:
        measure, unit = words.known("measure", basis.primary), words.known("unit", basis.primary_unit)
        said.append(word(lang, "primary", measure=measure, unit=unit))
    else:
        said.append(word(lang, "no_primary"))
    # A primary measure of another unit has no value in this comparison: then the usual one is told, by its own name.
    fixed = basis.primary if basis.primary_unit == basis.unit and _value(report, basis.primary) else ""
    key = fixed or _ELSE
    found = _value(report, key)
    if found is not None:
        said.append(
            word(
                lang, "value", measure=words.known("measure", key), unit=words.known("unit", basis.unit),
                n=len(basis.transcripts), value=_number(found.value, lang), interval=_interval(found, lang),
            )
        )  # fmt: skip
    return said


def _value(report: AgreementReport, measure: str) -> Estimate | None:
    return {**report.what, **report.where, **report.overall}.get(measure)


def _number(value: float | None, lang: str) -> str:
    if value is None:
        return word(lang, "undefined")
    return f"{value:.2f}".replace(".", "," if lang == "fr" else ".")


def _interval(found: Estimate, lang: str) -> str:
    interval = found.interval
    if interval is None:
        return ""
    return word(lang, "interval", low=_number(interval.low, lang), high=_number(interval.high, lang))
