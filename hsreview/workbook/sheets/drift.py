"""Drift: agreement by batch, and so far."""

from __future__ import annotations

from hsreview.model.agreement import Estimate
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.sheets.agreement import VALUE, review_of, top, why_empty
from hsreview.workbook.styles import CENTRE, COUNT, ID, TEXT


def wanted(context: Context) -> bool:
    """Whether there is more than nothing to show."""
    review = context.dataset.review
    return review is not None and review.report is not None and bool(review.report.drift)


def write(context: Context, book: Book, order: int) -> None:
    """One row per batch, in the order of time."""
    words = context.words
    _review, report = review_of(context)
    columns = (
        Column(words("batch"), 18, ID),
        Column(words("documents"), 12, COUNT),
        Column(words("n_units"), 10, COUNT),
        Column(words("batch_alpha"), 11, VALUE),
        Column(words("alpha_low"), 10, VALUE),
        Column(words("alpha_high"), 10, VALUE),
        Column(words("cumulative"), 11, VALUE),
        Column(words("cumulative_low"), 12, VALUE),
        Column(words("cumulative_high"), 12, VALUE),
        Column(words("codebook_changed"), 14, CENTRE),
        Column(words("why_empty"), 46, TEXT),
    )
    sheet = book.sheet(Plan("drift", words.title("drift"), columns, top=top(context, "title_drift")), order)
    for point in report.drift:
        sheet.row(
            [
                point.label,
                point.documents,
                point.units,
                *_three(point.alpha),
                *_three(point.cumulative),
                words("yes") if point.codebook_changed else None,
                _why(context, point.alpha, point.cumulative),
            ]
        )


def _three(found: Estimate) -> list[Value]:
    return [found.value, *((found.interval.low, found.interval.high) if found.interval else (None, None))]


def _why(context: Context, alpha: Estimate, cumulative: Estimate) -> str | None:
    words = context.words
    said = []
    for key, found in (("batch_alpha", alpha), ("cumulative", cumulative)):
        reason = why_empty(words, found)
        if reason is not None:
            said.append(f"{words(key)}, {reason}")
    return "; ".join(said) or None
