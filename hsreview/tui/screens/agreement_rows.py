"""What the agreement screens say of a report: rows, numbers, reasons. No Textual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.model.agreement import UNIT_WORDS, AgreementBasis, AgreementReport, CodeAgreement, DriftPoint, Estimate
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.reasons import (
    criticism,
    explain,
    kinds_in_brief,
    kinds_in_words,
    measure_name,
    scales,
    scales_title,
)

PERCENT, ALPHA, AC1 = "percent_agreement", "krippendorff_alpha_nominal", "gwet_ac1"
BAR_CELLS = 8
EIGHTHS = " ▏▎▍▌▋▊▉█"
USUAL = (
    Column("", hued=True),
    Column(N_("Coded"), 8, right=True),
    Column(N_("% agree"), 7, right=True),
    Column("α", 5, right=True),
    Column(N_("95 %"), 13),
    Column("AC1", 5, right=True),
    Column(N_("m/b/d/s/e"), 13, right=True),
    Column(N_("Share"), 6, right=True, least=88),
    Column("", BAR_CELLS, least=98),
    Column(N_("Units"), 7, right=True, least=104),
)
EVERY = (
    Column("", hued=True),
    Column(N_("Value"), 8, right=True),
    Column(N_("95 %"), 13),
    Column(N_("Why there is none"), least=90),
)
POOLED = "whole:"
"""Begins the key of a row that is no code's."""
SCALE = f"{POOLED}scale/"
"""Begins the key of a scale of values."""


def number(value: float | None, digits: int = 2) -> str:
    """A number as the language writes it; a dash for none."""
    if value is None:
        return "–"
    written = f"{round(value, digits) + 0:.{digits}f}"  # Adding 0 turns -0.0 into 0.0.
    return written.replace(".", ",") if current_language() == "fr" else written


def interval(estimate: Estimate | None) -> str:
    """The 95 % interval in brackets; empty for none."""
    if estimate is None or estimate.interval is None:
        return ""
    return f"[{number(estimate.interval.low)}; {number(estimate.interval.high)}]"


def percent(estimate: Estimate | None) -> str:
    """The value of an estimate in per cent of units."""
    return "–" if estimate is None or estimate.value is None else f"{estimate.value * 100:.0f}"


def value(estimate: Estimate | None) -> str:
    """The value of an estimate."""
    return number(estimate.value if estimate else None)


def bar(share: float | None) -> str:
    """A bar as long as the share."""
    eighths = round((share or 0) * BAR_CELLS * 8)
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def usual_rows(report: AgreementReport, hues: Mapping[str, str]) -> Iterator[Row]:
    """All codes together, then each code by its share of disagreement; those too rare to trust stand apart."""
    overall = report.overall
    yield Row(
        POOLED,
        (
            _("All codes together"), "", percent(overall.get(PERCENT)), value(overall.get(ALPHA)),
            interval(overall.get(ALPHA)), value(overall.get(AC1)), kinds_in_brief(report.differences), "", "",
            str(report.basis.units),
        ),
        look="branch",
    )  # fmt: skip
    yield from (_code_row(code, hues) for code in report.codes if not code.rare)
    rare = [code for code in report.codes if code.rare]
    if rare:
        yield Row("", (_("Rare codes"), *[""] * 9), look="heading")
        yield from (_code_row(code, hues) for code in rare)


def _code_row(code: CodeAgreement, hues: Mapping[str, str]) -> Row:
    alpha = code.values.get(ALPHA)
    share = "" if code.share is None else f"{code.share:.0%}".replace("%", "\u202f%")
    return Row(
        code.code_id,
        (
            f"{code.ref} {code.label}", "/".join(map(str, code.coded)), percent(code.values.get(PERCENT)), value(alpha),
            interval(alpha), value(code.values.get(AC1)), kinds_in_brief(code.differences), share, bar(code.share),
            str(code.units),
        ),
        hue=hues.get(code.code_id, ""),
    )  # fmt: skip


def every_row(report: AgreementReport, names: Mapping[str, str], transcripts: Mapping[str, str]) -> Iterator[Row]:
    """Every value of the report, under headings; then what others called good agreement."""
    refs = {code.code_id: code.ref for code in report.codes}
    parts: list[tuple[str, Mapping[str, Estimate]]] = [
        (_("All codes together"), _named(report.overall)),
        (_("Where: did they mark the same text?"), _named(report.where)),
        (_("What: the same code on text that both marked?"), _named(report.what)),
    ]
    for pair in report.pairs:
        title = " – ".join(names.get(coder, "?") for coder in pair.coders)
        parts.append((_("Pair {names}").format(names=title), _named(pair.values)))
        kappas = {refs.get(code, "?"): each for code, each in pair.kappas.items()}
        parts.append((_("Pair {names}: Cohen's kappa of each code").format(names=title), kappas))
    parts += [
        (_("α without one coder"), {names.get(coder, "?"): each for coder, each in report.without.items()}),
        (_("α of each transcript"), {transcripts.get(t, "?"): each for t, each in report.per_transcript.items()}),
        (_("With one's own second pass"), {names.get(coder, "?"): each for coder, each in report.intra.items()}),
        (_("With the consensus, after adjudication"), {names.get(c, "?"): each for c, each in report.after.items()}),
    ]
    parts += [(f"{code.ref} {code.label}", _named(code.values)) for code in report.codes]
    for title, values in parts:
        if values:
            yield Row("", (title, "", "", ""), look="heading")
            yield from (_value_row(title, name, estimate) for name, estimate in values.items())
    yield Row("", (_("Scales that others use"), "", "", ""), look="heading")
    yield from (Row(f"{SCALE}{source}", (f"  {source}", "", "", "")) for source, _text in scales())


def scale_detail(key: str) -> str:
    """What a scale says, what speaks against it."""
    said = next((labelled(source, text) for source, text in scales() if f"{SCALE}{source}" == key), "")
    return "\n".join([scales_title(), said, criticism()])


def _named(values: Mapping[str, Estimate]) -> dict[str, Estimate]:
    return {measure_name(name): each for name, each in values.items()}


def _value_row(title: str, name: str, estimate: Estimate) -> Row:
    return Row(f"{POOLED}{title}/{name}", (f"  {name}", value(estimate), interval(estimate), reason(estimate)))


def reason(estimate: Estimate | None) -> str:
    """Why a value or its interval is not there."""
    if estimate is None:
        return ""
    if estimate.undefined is not None:
        return explain(estimate.undefined)
    if estimate.interval is None and estimate.no_interval is not None:
        return explain(estimate.no_interval)
    return ""


def code_detail(code: CodeAgreement, names: Sequence[str], unit: str) -> str:
    """What stands below the list for a code: counts in words, and what is undefined."""
    only = ", ".join(f"{name} {count}" for name, count in zip(names, code.only, strict=True))
    segments = ", ".join(f"{name} {count}" for name, count in zip(names, code.segments, strict=True))
    alpha = code.values.get(ALPHA)
    both = "" if code.both is None else labelled(_("both"), str(code.both)) + " · "
    lines = [
        f"{unit}{code.units} · {both}{labelled(_('alone'), only)} · {labelled(_('nobody'), str(code.neither))}",
        labelled(_("segments"), segments),
        labelled(_("differences"), kinds_in_words(code.differences)),
        _("rare: its interval is not to be relied on") if code.rare and alpha and alpha.interval else "",
    ]
    why = dict.fromkeys(reason(code.values.get(name)) for name in (PERCENT, ALPHA, AC1))
    return "\n".join(each for each in (*lines, *why) if each)


def basis_words(basis: AgreementBasis) -> str:
    """What every number rests on."""
    count = len(basis.transcripts)
    parts = [
        ngettext("{count} transcript", "{count} transcripts", count).format(count=count),
        labelled(_(UNIT_WORDS[basis.unit]), str(basis.units)),
        _("interviewers counted") if basis.interviewer else _("respondents only"),
        _("overlap ≥ {percent} %").format(percent=round(basis.overlap * 100)),
        labelled(_("codebook"), basis.codebook_version),
    ]
    if basis.codes:
        parts.append(labelled(_("codes"), ", ".join(basis.codes)))
    if basis.parents:
        parts.append(_("rolled up"))
    if basis.primary:
        parts.append(_("primary measure: {measure} ({unit})").format(measure=basis.primary, unit=basis.primary_unit))
    return " · ".join(parts)


def plot(points: Sequence[DriftPoint], width: int, height: int) -> list[str]:
    """Agreement over batches as lines of text: ● a batch, │ its interval, · all batches so far, ▲ a codebook change."""
    height = max(height, 5)
    known = [p.value for d in points for p in (d.alpha, d.cumulative) if p.value is not None]
    lows = [d.alpha.interval.low for d in points if d.alpha.interval is not None]
    bottom = min([0.0, *known, *lows])
    step = max(min((width - 7) // max(len(points), 1), 12), 1)
    canvas = [[" "] * (step * len(points)) for _row in range(height)]

    def row_of(measured: float) -> int:
        return round((1 - min(max(measured, bottom), 1)) / (1 - bottom) * (height - 1))

    for index, point in enumerate(points):
        column = index * step + step // 2
        span = point.alpha.interval
        if span is not None:
            for row in range(row_of(span.high), row_of(span.low) + 1):
                canvas[row][column] = "│"
        if point.cumulative.value is not None:
            canvas[row_of(point.cumulative.value)][column] = "·"
        if point.alpha.value is not None:
            canvas[row_of(point.alpha.value)][column] = "●"
    lines = []
    for index, cells in enumerate(canvas):
        at = 1 - index * (1 - bottom) / (height - 1)
        lines.append(f"{number(at):>5} ┤{''.join(cells)}".rstrip())
    lines.append("      └" + "─" * (step * len(points)))
    changes = "".join((" " * (step // 2) + "▲").ljust(step) if p.codebook_changed else " " * step for p in points)
    if changes.strip():
        lines.append(f"       {changes}".rstrip())
    return lines


def drift_rows(points: Sequence[DriftPoint]) -> list[Row]:
    """The numbers of the plot."""
    return [
        Row(
            str(index),
            (
                point.label + (" ▲" if point.codebook_changed else ""), str(point.documents), str(point.units),
                value(point.alpha), interval(point.alpha), value(point.cumulative), reason(point.alpha),
            ),
        )
        for index, point in enumerate(points)
    ]  # fmt: skip
