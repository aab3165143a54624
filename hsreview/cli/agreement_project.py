"""`agreement` in a project: how far the coders of the project agree, and the measure that it fixed beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.comparison import comparison_options, number, selection_of, unit_word
from hsreview.cli.disagreements import KIND_WORDS
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.world import World, pass_world
from hsreview.model.agreement import AgreementReport, CodeAgreement, Estimate, Interval, Unit
from hsreview.model.review import DifferenceKind

if TYPE_CHECKING:
    from hsreview.cli.answers.agreement import AgreementAnswer, Value

ALPHA = "krippendorff_alpha_nominal"
MEASURE_WORDS = {
    "percent_agreement": N_("percent agreement"),
    ALPHA: N_("Krippendorff's alpha"),
    "gwet_ac1": N_("Gwet's AC1"),
    "cohen_kappa": N_("Cohen's kappa"),
    "cohen_kappa_mean_pairwise": N_("mean of Cohen's kappas"),
    "cohen_kappa_pooled": N_("pooled kappa"),
    "alpha_set_jaccard": N_("alpha of sets (Jaccard)"),
    "alpha_set_masi": N_("alpha of sets (MASI)"),
    "u_alpha_binary": N_("alpha of segments against gaps"),
    "u_alpha_binary_pooled": N_("alpha of segments, pooled over codes"),
    "cu_alpha_nominal": N_("alpha of codes on text that both marked"),
    "cu_coverage": N_("text that both marked"),
    "f1_any": N_("segments that match, any overlap (F1)"),
    "f1_0.5": N_("segments that match, half overlap (F1)"),
    "f1_0.8": N_("segments that match, overlap of 0.8 (F1)"),
    "f1_exact": N_("segments that match exactly (F1)"),
    "boundary_offset_start": N_("mean distance of starts, in characters"),
    "boundary_offset_end": N_("mean distance of ends, in characters"),
    "splits": N_("segments that meet several of the other coder's"),
    "positive_agreement": N_("agreement on “coded”"),
    "negative_agreement": N_("agreement on “not coded”"),
    "jaccard": N_("both of either (Jaccard)"),
    "brennan_prediger": N_("Brennan–Prediger (PABAK)"),
    "fleiss_kappa_gwet": N_("Fleiss' kappa"),
    "prevalence_index": N_("prevalence index"),
    "bias_index": N_("bias index"),
}


@command(
    "project",
    N_(
        "Compare the coders of the project.\n\n"
        "Only transcripts that two coders or more marked as reviewed. A turn, sentence, word or document counts as "
        "coded when a segment touches it; interviewers' turns do not count unless they are asked for. Codes come by "
        "their share of all disagreement. --all prints pairs, transcripts, drift and more."
    ),
)
@comparison_options
@option("--all", "everything", is_flag=True, text=N_("Print everything that is calculated."))
@option("--scales", is_flag=True, text=N_("Print what others called good agreement, and what is wrong with it."))
@as_json
@pass_world
def project_agreement(world: World, /, everything: bool, scales: bool, as_json: bool, **options: Any) -> None:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.comparing import compare, differences
    from hsreview.workflows.reading import transcripts

    with world.reading() as project:
        selection = selection_of(project, options)
        viewer = world.reader(project)
        report = compare(project, selection, viewer=viewer)
        kinds = Counter(each.difference.kind for each in differences(project, selection, viewer=viewer))
        people = {each.id: each.name for each in coders(project)}
        titles = {each.id: each.name for each in transcripts(project)}
    if as_json:
        emit_json({**_answer(report, kinds, people, titles)})
    else:
        _emit(report, kinds, people, titles, everything)
    if scales:
        for line in scale_lines():
            (say if as_json else emit)(line)


def _emit(
    report: AgreementReport, kinds: Mapping[DifferenceKind, int], people: Mapping[str, str],
    titles: Mapping[str, str], everything: bool,
) -> None:  # fmt: skip
    for line in basis_lines(report):
        emit(line)
    if not report.codes:
        emit(_("There is nothing to compare: no transcript was marked as reviewed by two of the coders."))
        return
    emit()
    common = [row for row in report.codes if not row.rare]
    rare = [row for row in report.codes if row.rare]
    if common:
        _emit_codes(common, report)
    if rare:
        emit()
        emit(_("Rare codes, whose intervals are too narrow or too wide to be relied on:"))
        _emit_codes(rare, report)
    emit()
    shown = ("percent_agreement", ALPHA, "gwet_ac1")
    _emit_values(_("Over all codes"), {name: report.overall[name] for name in shown if name in report.overall})
    _emit_values(_("After adjudication: alpha with the consensus"), report.after, people)
    emit(_kinds_line(kinds))
    if everything:
        _emit_rest(report, people, titles)
    for reason in _reasons(report, everything):
        say(_("– means: {reason}.").format(reason=reason))


def basis_lines(report: AgreementReport) -> list[str]:
    """What the numbers rest on, a sentence a line."""
    basis = report.basis
    n = len(basis.transcripts)
    lines = [
        _("Units: {unit} ({n}); coders: {coders}; codebook {version}").format(
            unit=unit_word(basis.unit), n=basis.units, coders=", ".join(basis.names) or "–",
            version=basis.codebook_version,
        ),
        ngettext(
            "{n} transcript that two of them or more reviewed", "{n} transcripts that two of them or more reviewed", n
        ).format(n=n),
    ]  # fmt: skip
    if basis.interviewer:
        lines.append(_("Interviewers' turns count too."))
    if basis.parents:
        lines.append(_("Each code counts as the code or the theme above it."))
    if not basis.suggested:
        lines.append(_("Without codings that began as suggestions or by machine."))
    if basis.primary:
        lines.append(_("Primary measure: {measure}, {unit}").format(measure=basis.primary, unit=basis.primary_unit))
        lines.extend(f"  {each}" for each in basis.primary_history)
    else:
        lines.append(_("No primary measure was fixed (hsreview agreement primary MEASURE)."))
    return lines


def _emit_codes(rows: Sequence[CodeAgreement], report: AgreementReport) -> None:
    names = report.basis.names
    if len(names) == 2:
        heads = [_("both"), *(_("only {name}").format(name=name) for name in names), _("neither")]
    else:
        heads = [*names, _("nobody")]
    emit_table(
        [_("code"), *heads, "%", _("alpha"), "95 %", "AC1", _("share")],
        [
            (
                row.ref, *((row.both, *row.only) if len(names) == 2 else row.coded), row.neither,
                _percent(row.values["percent_agreement"]), value_of(row.values[ALPHA]),
                interval_of(row.values[ALPHA].interval), value_of(row.values["gwet_ac1"]),
                "" if row.share is None else f"{row.share * 100:.0f} %",
            )
            for row in rows
        ],
    )  # fmt: skip


def value_of(estimate: Estimate) -> str:
    """The value, or a dash."""
    return "–" if estimate.value is None else number(estimate.value)


def interval_of(interval: Interval | None) -> str:
    """`0.31 to 0.88`, or nothing."""
    if interval is None:
        return ""
    return _("{low} to {high}").format(low=number(interval.low), high=number(interval.high))


def _percent(estimate: Estimate) -> str:
    return "–" if estimate.value is None else f"{estimate.value * 100:.0f}"


def _emit_values(title: str, values: Mapping[str, Estimate], names: Mapping[str, str] | None = None) -> None:
    if not values:
        return
    emit(title)
    for name, estimate in values.items():
        label = names.get(name, name) if names is not None else _(MEASURE_WORDS.get(name, name))
        interval = f" ({interval_of(estimate.interval)})" if estimate.interval else ""
        emit(f"  {label}  {value_of(estimate)}{interval}")


def _kinds_line(kinds: Mapping[DifferenceKind, int]) -> str:
    told = " · ".join(f"{_(KIND_WORDS[kind])} {kinds[kind]}" for kind in DifferenceKind if kinds.get(kind))
    return _("Differences: {kinds}").format(kinds=told or _("none"))


def _emit_rest(report: AgreementReport, people: Mapping[str, str], titles: Mapping[str, str]) -> None:
    emit()
    _emit_values(_("Where: did they mark the same text?"), report.where)
    _emit_values(_("What: on text that both marked, the same code?"), report.what)
    _emit_values(_("Over all codes"), report.overall)
    for pair in report.pairs:
        _emit_values(" – ".join(people.get(each, each) for each in pair.coders), pair.values)
    _emit_values(_("Alpha without one coder"), report.without, people)
    _emit_values(_("Alpha of each transcript"), report.per_transcript, titles)
    _emit_values(_("Alpha of a coder with their own repeated reading"), report.intra, people)
    if report.drift:
        emit(_("Alpha by the day on which a transcript was finished"))
        emit_table(
            [_("day"), _("transcripts"), _("units"), _("alpha"), _("so far"), _("codebook")],
            [
                (
                    point.label, point.documents, point.units, value_of(point.alpha), value_of(point.cumulative),
                    _("changed") if point.codebook_changed else "",
                )
                for point in report.drift
            ],
        )  # fmt: skip
    emit(_("All values of each code"))
    names = list(report.codes[0].values)
    for name in names:
        emit(f"  {_(MEASURE_WORDS.get(name, name))}")
        for row in report.codes:
            interval = f" ({interval_of(row.values[name].interval)})" if row.values[name].interval else ""
            emit(f"    {row.ref}  {value_of(row.values[name])}{interval}")


def _reasons(report: AgreementReport, everything: bool) -> list[str]:
    from hsreview.workflows.reasons import explain

    shown = (ALPHA, "gwet_ac1", "percent_agreement")
    found = [row.values[name] for row in report.codes for name in (row.values if everything else shown)]
    found += [report.overall[name] for name in shown if name in report.overall]
    if everything:
        found += [*report.where.values(), *report.what.values(), *report.per_transcript.values()]
    reasons = [each.undefined for each in found if each.undefined]
    missing = [each.no_interval for each in found if each.value is not None and each.no_interval]
    return [explain(reason) for reason in dict.fromkeys([*reasons, *missing])]


def _answer(
    report: AgreementReport, kinds: Mapping[DifferenceKind, int], people: Mapping[str, str], titles: Mapping[str, str]
) -> AgreementAnswer:
    basis = report.basis
    return {
        "basis": {
            "unit": basis.unit.value,
            "units": basis.units,
            "coders": list(basis.names),
            "coder_ids": list(basis.coders),
            "transcripts": [titles[each] for each in basis.transcripts],
            "codebook_version": basis.codebook_version,
            "interviewer": basis.interviewer,
            "parents": basis.parents,
            "suggested": basis.suggested,
            "overlap": basis.overlap,
            "primary": basis.primary,
            "primary_unit": basis.primary_unit,
            "primary_history": list(basis.primary_history),
        },
        "codes": [
            {
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
                "values": _values(row.values),
            }
            for row in report.codes
        ],
        "where": _values(report.where),
        "what": _values(report.what),
        "overall": _values(report.overall),
        "pairs": [
            {
                "coders": [people.get(each, each) for each in pair.coders],
                "units": pair.units,
                "values": _values(pair.values),
            }
            for pair in report.pairs
        ],
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
        "differences": {kind.value: kinds.get(kind, 0) for kind in DifferenceKind},
    }


def _values(values: Mapping[str, Estimate], names: Mapping[str, str] | None = None) -> dict[str, Value]:
    return {(names or {}).get(name, name): _value(each) for name, each in values.items()}


def _value(estimate: Estimate) -> Value:
    from hsreview.workflows.reasons import explain

    interval = estimate.interval
    return {
        "value": estimate.value,
        "undefined": explain(estimate.undefined) if estimate.undefined else "",
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "no_interval": explain(estimate.no_interval) if estimate.no_interval else "",
    }


@command(
    "primary",
    N_(
        "Show or fix the project's primary measure, beforehand.\n\n"
        "Every change is recorded and printed with each comparison. Measures: percent_agreement, "
        "krippendorff_alpha_nominal, gwet_ac1, cohen_kappa_mean_pairwise, brennan_prediger, fleiss_kappa_gwet, "
        "alpha_set_jaccard, alpha_set_masi, u_alpha_binary, f1_0.5."
    ),
)
@argument("measure", N_("[MEASURE]"), required=False)
@option(
    "--unit", type=click.Choice([each.value for each in Unit]), default=Unit.TURN.value, show_default=True,
    text=N_("What is counted."),
)  # fmt: skip
@as_json
@pass_world
def primary(world: World, measure: str | None, unit: str, as_json: bool) -> None:
    from hsreview.workflows.primary_measure import primary as read
    from hsreview.workflows.primary_measure import set_primary

    if measure is None:
        with world.reading() as project:
            found = read(project)
    else:
        with world.writing() as (project, coder):
            found = set_primary(project, coder, measure, Unit(unit))
    if as_json:
        emit_json({"measure": found.measure, "unit": found.unit, "history": list(found.history)})
        return
    if not found.measure:
        emit(_("No primary measure was fixed (hsreview agreement primary MEASURE)."))
    for line in found.history:
        emit(line)


def scale_lines() -> list[str]:
    """What others called good agreement, with the source, and what speaks against reading it as a verdict."""
    return [
        "",
        _("Scales that are often cited; none of them is a verdict on this work:"),
        _("  Krippendorff (2019): rely on alpha from .800, tentative conclusions from .667 – “tentative” himself."),
        _("  Landis & Koch (1977): .21 fair, .41 moderate, .61 substantial, .81 almost perfect – for kappa."),
        _("  Fleiss (1981): below .40 poor, .40 to .75 fair to good, above .75 excellent – for kappa."),
        _("  Altman (1991): .41 moderate, .61 good, .81 very good – for kappa."),
        _("What speaks against them: the limits are arbitrary, and the same coders fall on either side of them by"),
        _("  how common a code is (96 % agreement can have an alpha below 0 when it is rare), by how many codes"),
        _("  there are, and by the unit that is counted (text that nobody codes raises the percentage)."),
    ]
