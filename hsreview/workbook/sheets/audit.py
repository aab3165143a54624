"""Audit: every act in the change log, oldest first. It tells kinds and numbers, never words of respondents."""

from __future__ import annotations

from hsreview.model.material import AuditRow
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import COUNT, ID


def wanted(context: Context) -> bool:
    """Whether the log was asked for."""
    return context.material.audit is not None


def write(context: Context, book: Book, order: int) -> None:
    """One row per act; an act that was taken back says so, and so does the act that took it back."""
    words, audit = context.words, context.material.audit
    assert audit is not None
    columns = (
        Column(words("at"), 24, ID),
        Column(words("who"), 18),
        Column(words("verb"), 18),
        Column(words("entity"), 24),
        Column(words("records"), 16, COUNT),
        Column(words("standing"), 12),
        Column(words("replica"), 14, ID),
        Column(words("takes_back"), 38, ID),
        Column(words("act_id"), 38, ID),
    )
    screen = words("note_on_screen")
    plan = Plan("audit", words.title("audit"), table_columns(columns), table="audit", on_screen=screen)
    sheet = book.sheet(plan, order)
    coders = context.dataset.coders
    if audit.own_only:
        sheet.row([None, None, None, words("audit_own_only"), *[None] * 5])
    for row in audit.rows:
        who = coders[row.coder_id].name if row.coder_id in coders else row.coder_id
        sheet.row(
            [
                row.at,
                who,
                words.known("verb", row.verb),
                words.known("entity", row.entity),
                row.records,
                words(_state(row)),
                row.replica[:8],
                row.of or None,
                row.act,
            ]
        )


def _state(row: AuditRow) -> str:
    return "stands" if row.stands else "taken_back"
