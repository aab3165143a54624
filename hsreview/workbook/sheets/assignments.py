"""Assignments: who should read which interview in which pass, and how far they are."""

from __future__ import annotations

from hsreview.model.dataset import Reading
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, ID, TEXT


def wanted(context: Context) -> bool:
    """Whether anything was assigned."""
    review = context.dataset.review
    return review is not None and bool(review.assignments)


def write(context: Context, book: Book, order: int) -> None:
    """One row per interview, coder and pass."""
    words = context.words
    review = context.dataset.review
    assert review is not None
    columns = (
        Column(words("interview"), 24, ID),
        Column(words("group"), 18, TEXT),
        Column(words("coder"), 18),
        Column(words("pass"), 12, ID),
        Column(words("status"), 16),
        Column(words("assignment_blind"), 12, CENTRE),
        Column(words("because"), 44, TEXT),
    )
    plan = Plan("assignments", words.title("assignments"), table_columns(columns), table="assignments")
    sheet = book.sheet(plan, order)
    for row in review.assignments:
        transcript = context.transcripts.get(row.transcript_id)
        if transcript is None:
            continue
        state = Reading.REVIEWED if row.reviewed else Reading.BEGUN if row.started else Reading.NOT_READ
        sheet.row(
            [
                transcript.name,
                context.groups_of(transcript),
                row.coder,
                row.pass_ or None,
                words(f"is_{state}"),
                words("yes" if row.blind else "no"),
                row.reason or None,
            ]
        )
