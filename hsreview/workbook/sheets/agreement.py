"""Agreement: one row per code, and one row per value of everything else. Numbers are numbers; what is undefined is an
empty cell with its reason at the end of the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from hsreview.model.agreement import AgreementReport, CodeAgreement, Estimate
from hsreview.model.review_sheets import Review
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.names import headers
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, TopRow
from hsreview.workbook.styles import CENTRE, COUNT, ID, NOTE, SHARE, TEXT, TITLE, Look
from hsreview.workbook.words import Words

VALUE = Look(format="0.000", align="center")
_MEASURES = (
    ("percent", "percent_agreement", SHARE),
    ("alpha", "krippendorff_alpha_nominal", VALUE),
    ("ac1", "gwet_ac1", VALUE),
    ("kappa", "cohen_kappa", VALUE),
    ("pabak", "brennan_prediger", VALUE),
    ("prevalence", "prevalence_index", VALUE),
)
_INTERVAL = "krippendorff_alpha_nominal"
_KAPPAS = ("cohen_kappa", "cohen_kappa_mean_pairwise", "cohen_kappa_pooled")
"""Of two coders, of more of them, over all codes."""
_KINDS = ("missed", "boundary", "different", "split", "extra")


def has_report(context: Context) -> bool:
    """Whether two coders reviewed something."""
    review = context.dataset.review
    return review is not None and review.report is not None


def write_codes(context: Context, book: Book, order: int) -> None:
    """One row per code, after a row for all of them; first the codes with most of the disagreement."""
    words = context.words
    _review, report = review_of(context)
    names = report.basis.names
    columns = [
        Column(words("code"), 9, ID),
        Column(words("label"), 34, TEXT),
        Column(words("theme"), 9, ID),
        Column(words("disagreement_share"), 11, SHARE),
        Column(words("n_units"), 8, COUNT),
        *(Column(words("units_of", name=name), 9, COUNT) for name in names),
        *(Column(words("only_of", name=name), 11, COUNT) for name in names),
        *((Column(words("coded_by_both"), 8, COUNT),) if len(names) == 2 else ()),
        Column(words("coded_by_none"), 8, COUNT),
        *(Column(words("segments_of", name=name), 10, COUNT) for name in names),
    ]
    for key, _name, look in _measures(report):
        several = key == "kappa" and len(names) > 2
        columns.append(Column(words("kappa_mean" if several else key), 14 if key in ("kappa", "alpha") else 11, look))
        if key == "alpha":
            columns += [Column(words("alpha_low"), 9, VALUE), Column(words("alpha_high"), 9, VALUE)]
    columns += [Column(words(f"kind_{kind}"), 9, COUNT) for kind in _KINDS]
    columns += [Column(words("rare"), 7, CENTRE), Column(words("why_empty"), 46, TEXT)]
    fresh = headers(column.header for column in columns)
    made = tuple(Column(name, c.width, c.look) for name, c in zip(fresh, columns, strict=True))
    plan = Plan("agreement", words.title("agreement"), made, top=top(context, "title_agreement"), freeze=2)
    sheet = book.sheet(plan, order)
    sheet.row(_all_codes(context, report), theme=True)
    for code in report.codes:
        sheet.row(_code(context, code))


def _measures(report: AgreementReport) -> list[tuple[str, str, Look]]:
    """The measures of the sheet; the prevalence index exists for two coders only."""
    return [each for each in _MEASURES if each[0] != "prevalence" or len(report.basis.coders) == 2]


def _all_codes(context: Context, report: AgreementReport) -> list[Value]:
    """Units that were coded are counted by code only; segments and shares add up."""
    words, names = context.words, report.basis.names
    shares = [code.share for code in report.codes if code.share is not None]
    counts: list[Value] = [report.basis.units, *[None] * (2 * len(names) + 1 + (len(names) == 2))]
    segments = [sum(code.segments[at] for code in report.codes) for at in range(len(names))]
    why = "; ".join(filter(None, [words("why_by_code"), _why(context, report.overall, shares)]))
    return [
        None, words("all_codes"), None, sum(shares) if shares else None, *counts, *segments,
        *_values(context, report.overall), *_kinds(report.differences), None, why,
    ]  # fmt: skip


def _kinds(counts: Mapping[str, int]) -> list[Value]:
    return [counts.get(kind, 0) for kind in _KINDS]


def _code(context: Context, code: CodeAgreement) -> list[Value]:
    report = review_of(context)[1]
    place = context.places.get(code.code_id)
    label = context.words.join(place.code.label) if place else code.label
    both = [code.both] if len(report.basis.coders) == 2 else []
    return [
        code.ref, label, code.parent or None, code.share, code.units, *code.coded, *code.only, *both,
        code.neither, *code.segments, *_values(context, code.values), *_kinds(code.differences),
        context.words("yes") if code.rare else None, _why(context, code.values, code.share),
    ]  # fmt: skip


def _estimate(values: Mapping[str, Estimate], name: str) -> Estimate | None:
    names = _KAPPAS if name == "cohen_kappa" else (name,)
    return next((values[each] for each in names if each in values), None)


def _values(context: Context, values: Mapping[str, Estimate]) -> Iterator[Value]:
    for key, name, _look in _measures(review_of(context)[1]):
        found = _estimate(values, name)
        yield found.value if found else None
        if key == "alpha":
            interval = found.interval if found else None
            yield from (interval.low, interval.high) if interval else (None, None)


def _why(context: Context, values: Mapping[str, Estimate], share: object) -> str | None:
    """The reasons of the row's empty cells, each with what it is about; `share` is empty where nobody disagrees."""
    words = context.words
    reasons: dict[str, list[str]] = {}
    if share is None or share == []:
        reasons[words("why_nobody_disagrees")] = [words("disagreement_share")]
    for key, name, _look in _measures(review_of(context)[1]):
        found = _estimate(values, name)
        if found is not None and found.undefined is not None:
            reasons.setdefault(words.known("undefined", str(found.undefined)), []).append(_short(words, key))
        elif found is not None and name == _INTERVAL and found.interval is None and found.no_interval is not None:
            about = f"{_short(words, key)}, {words('why_no_interval')}"
            reasons.setdefault(words.known("undefined", str(found.no_interval)), []).append(about)
    return "; ".join(f"{reason} ({', '.join(about)})" for reason, about in reasons.items()) or None


def _short(words: Words, key: str) -> str:
    """What a measure is called where its heading is too long."""
    return words("measure_cohen_kappa") if key == "kappa" else words(key)


def write_values(context: Context, book: Book, order: int) -> None:
    """One row per value: overall, where, what, by pair, without each coder, by interview."""
    words = context.words
    review, report = review_of(context)
    columns = (
        Column(words("level_of"), 24, TEXT),
        Column(words("who_or_what"), 30, TEXT),
        Column(words("measure"), 40, TEXT),
        Column(words("value"), 10, VALUE),
        Column(words("low"), 10, VALUE),
        Column(words("high"), 10, VALUE),
        Column(words("documents"), 12, CENTRE),
        Column(words("method"), 28, TEXT),
        Column(words("why_empty"), 46, TEXT),
    )
    plan = Plan(
        "agreement_values", words.title("agreement_values"), columns, top=top(context, "title_values"), freeze=3,
        on_screen=words("note_on_screen"),
    )  # fmt: skip
    sheet = book.sheet(plan, order)
    for level, who, name, found in _all(context, review, report):
        interval = found.interval
        sheet.row(
            [
                words(f"level_{level}"), who, words.known("measure", name), found.value,
                interval.low if interval else None, interval.high if interval else None,
                interval.documents if interval else None,
                words.known("method", interval.method) if interval else None, why_empty(words, found),
            ]
        )  # fmt: skip


def why_empty(words: Words, found: Estimate) -> str | None:
    """Why a value or its interval is not there."""
    if found.undefined is not None:
        return labelled(words, "why_no_value", words.known("undefined", str(found.undefined)))
    if found.interval is not None:
        return None
    reason = words("why_never") if found.no_interval is None else words.known("undefined", str(found.no_interval))
    return labelled(words, "why_no_interval", reason)


def labelled(words: Words, key: str, reason: str) -> str:
    """`value: reason`, with the space that French puts before a colon."""
    return words("why_because", about=words(key), reason=reason)


def _all(context: Context, review: Review, report: AgreementReport) -> Iterator[tuple[str, str | None, str, Estimate]]:
    names = review.names
    for level, values in (("overall", report.overall), ("where", report.where), ("what", report.what)):
        yield from ((level, None, name, found) for name, found in values.items())
    for pair in report.pairs:
        who = " – ".join(names.get(coder, coder) for coder in pair.coders)
        yield from (("pair", who, name, found) for name, found in pair.values.items())
        of_codes = (
            (context.code_name(code) if code in context.places else code, found) for code, found in pair.kappas.items()
        )
        yield from (("pair", f"{who} · {code}", "cohen_kappa", found) for code, found in of_codes)
    of_coders = (("without", report.without), ("intra", report.intra), ("after", report.after))
    for level, values in of_coders:
        yield from ((level, names.get(coder, coder), "alpha", found) for coder, found in values.items())
    titles = context.transcripts
    for transcript, found in report.per_transcript.items():
        yield "transcript", titles[transcript].name if transcript in titles else transcript, "alpha", found
    for row in report.codes:
        who = context.code_name(row.code_id) if row.code_id in context.places else row.ref
        yield from (("code", who, name, found) for name, found in row.values.items())


def review_of(context: Context) -> tuple[Review, AgreementReport]:
    """The review and its report, on a sheet that is only made when they are there."""
    review = context.dataset.review
    assert review is not None
    assert review.report is not None
    return review, review.report


def top(context: Context, title: str) -> tuple[TopRow, ...]:
    """Title and basis above a sheet of agreement."""
    words = context.words
    basis = review_of(context)[1].basis
    line = words(
        "agreement_basis",
        unit=words(f"unit_{basis.unit}"),
        units=basis.units,
        coders=", ".join(basis.names),
        transcripts=len(basis.transcripts),
        version=basis.codebook_version,
        interviewer=words("with_interviewer" if basis.interviewer else "without_interviewer"),
        suggested=words("with_suggested" if basis.suggested else "without_suggested"),
        overlap=round(basis.overlap * 100),
    )
    if basis.codes:
        line += f" · {', '.join(basis.codes)}"
    if basis.parents:
        line += f" · {words('parents_only')}"
    primary = words("agreement_no_primary")
    if basis.primary:
        unit = words.known("unit", basis.primary_unit)
        primary = words("agreement_primary", measure=words.known("measure", basis.primary), unit=unit)
    notes = chain([line, primary], basis.primary_history, [words("agreement_touch")])
    return ([Styled(words(title), TITLE)], *([Styled(note, NOTE)] for note in notes))
