"""What `agreement` in a project prints for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from hsreview.base.messages import _, labelled, ngettext
from hsreview.cli.comparison import how_to_begin, number, unit_word
from hsreview.cli.output import emit, emit_lines, emit_table, say
from hsreview.model.agreement import AgreementBasis, AgreementReport, CodeAgreement, Estimate, Interval, Unit
from hsreview.workflows.reasons import (
    KINDS,
    criticism,
    explain,
    kinds_head,
    kinds_in_brief,
    kinds_in_words,
    measure_name,
    scales,
    scales_title,
)

ALPHA = "krippendorff_alpha_nominal"
_SHOWN = ("percent_agreement", ALPHA, "gwet_ac1")


def emit_report(
    report: AgreementReport, people: Mapping[str, str], titles: Mapping[str, str], everything: bool
) -> None:  # fmt: skip
    """Codes first, then all of them; with `everything` also pairs, transcripts, drift and every value."""
    emit_lines(basis_lines(report.basis))
    if not report.codes:
        emit(nothing_to_compare(report.basis))
        if not report.basis.transcripts:
            say(how_to_begin())
        return
    emit()
    _emit_tables(report)
    emit()
    _emit_values(_("Over all codes"), {name: report.overall[name] for name in _SHOWN if name in report.overall})
    _emit_values(_("After adjudication: alpha with the consensus"), report.after, people)
    emit(_("Differences: {kinds}").format(kinds=kinds_in_words(report.differences)))
    if everything:
        _emit_rest(report, people, titles)
    for reason in _reasons(report, everything):
        say(_("– means: {reason}.").format(reason=reason))


def nothing_to_compare(basis: AgreementBasis) -> str:
    """Why there is no table."""
    if basis.transcripts:
        return _("There is nothing to compare: nobody used a code there.")
    return _("There is nothing to compare: no transcript was marked as reviewed by two of the coders.")


def basis_lines(basis: AgreementBasis) -> list[str]:
    """What the numbers rest on, a sentence a line."""
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
    if basis.unit is Unit.TURN and 0 < basis.units <= n:
        lines.append(_("Each text is one turn here: --unit sentence or --unit character says more."))
    if basis.codes:
        lines.append(_("Only these codes: {codes}").format(codes=", ".join(basis.codes)))
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


def scale_lines() -> Iterator[str]:
    """Lines with what others called good agreement, and what speaks against reading it as a verdict."""
    yield ""
    yield scales_title()
    for source, text in scales():
        yield from textwrap.wrap(labelled(source, text), 79, initial_indent="  ", subsequent_indent="    ")
    yield from textwrap.wrap(criticism(), 79)


def _emit_tables(report: AgreementReport) -> None:
    """The codes, those too rare for their intervals to be trusted apart."""
    common = [row for row in report.codes if not row.rare]
    rare = [row for row in report.codes if row.rare]
    if common:
        _emit_codes(common, report)
    if common and rare:
        emit()
    if rare:
        emit(_heading(bool(common), any(row.values[ALPHA].interval for row in rare)))
        _emit_codes(rare, report)
    emit(f"{kinds_head()}: {', '.join(_(word) for word in KINDS.values())}")


def _heading(common: bool, interval: bool) -> str:
    """What stands above rare codes, which may have intervals."""
    if common:
        return (
            _("Rare codes, whose intervals are too narrow or too wide to be relied on:")
            if interval
            else _("Rare codes:")
        )
    if interval:
        return _("Every code is rare here: the intervals are too narrow or too wide to be relied on.")
    return _("Every code is rare here.")


def _emit_codes(rows: Sequence[CodeAgreement], report: AgreementReport) -> None:
    names = report.basis.names
    if len(names) == 2:
        heads = [_("both"), *(_("only {name}").format(name=name) for name in names), _("neither")]
    else:
        heads = [*names, _("nobody")]
    emit_table(
        [_("code"), *heads, "%", _("alpha"), "95 %", "AC1", _("share"), kinds_head()],
        [
            (
                row.ref, *((row.both, *row.only) if len(names) == 2 else row.coded), row.neither,
                _percent(row.values["percent_agreement"]), value_of(row.values[ALPHA]),
                interval_of(row.values[ALPHA].interval), value_of(row.values["gwet_ac1"]),
                "" if row.share is None else f"{row.share * 100:.0f} %", kinds_in_brief(row.differences),
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


def _said(estimate: Estimate) -> str:
    interval = f" ({interval_of(estimate.interval)})" if estimate.interval else ""
    return f"{value_of(estimate)}{interval}"


def _emit_values(title: str, values: Mapping[str, Estimate], names: Mapping[str, str] | None = None) -> None:
    """Values under a heading, by measure or (with `names`) by coder, transcript or code."""
    if not values:
        return
    emit(title)
    for name, estimate in values.items():
        label = measure_name(name) if names is None else names.get(name, name)
        emit(f"  {label}  {_said(estimate)}")


def _emit_rest(report: AgreementReport, people: Mapping[str, str], titles: Mapping[str, str]) -> None:
    refs = {row.code_id: row.ref for row in report.codes}
    emit()
    _emit_values(_("Where: did they mark the same text?"), report.where)
    _emit_values(_("What: on text that both marked, the same code?"), report.what)
    _emit_values(_("Over all codes"), report.overall)
    for pair in report.pairs:
        names = " – ".join(people.get(each, each) for each in pair.coders)
        _emit_values(names, pair.values)
        _emit_values(_("{names}: Cohen's kappa of each code").format(names=names), pair.kappas, refs)
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
    for name in report.codes[0].values:
        emit(f"  {measure_name(name)}")
        for row in report.codes:
            emit(f"    {row.ref}  {_said(row.values[name])}")


def _reasons(report: AgreementReport, everything: bool) -> list[str]:
    found = [row.values[name] for row in report.codes for name in (row.values if everything else _SHOWN)]
    found += [report.overall[name] for name in _SHOWN if name in report.overall]
    if everything:
        parts = (report.overall, report.where, report.what, report.per_transcript, report.without, report.intra)
        found += [each for part in (*parts, report.after) for each in part.values()]
        found += [each for pair in report.pairs for part in (pair.values, pair.kappas) for each in part.values()]
        found += [each for point in report.drift for each in (point.alpha, point.cumulative)]
    reasons = [each.undefined for each in found if each.undefined]
    missing = [each.no_interval for each in found if each.value is not None and each.no_interval]
    return [explain(reason) for reason in dict.fromkeys([*reasons, *missing])]
