"""Who has read and reviewed which interview. Each row is one coder's; nothing is summed over coders."""

from __future__ import annotations

from hsreview.model.dataset import ProgressRow
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, COUNT, ID, TEXT


def write(context: Context, book: Book, order: int) -> None:
    """One row per interview, coder and pass."""
    words = context.words
    columns = (
        Column(words("interview"), 24, ID),
        Column(words("group"), 18, TEXT),
        Column(words("language"), 9),
        Column(words("coder"), 18),
        Column(words("pass"), 9, ID),
        Column(words("status"), 16),
        Column(words("assigned"), 11, CENTRE),
        Column(words("started"), 11, CENTRE),
        Column(words("reviewed"), 11, CENTRE),
        Column(words("codings"), 11, COUNT),
        Column(words("coded_turns"), 13, COUNT),
        Column(words("respondent_turns"), 13, COUNT),
    )
    plan = Plan("progress", words.title("progress"), table_columns(columns), table="progress")
    sheet = book.sheet(plan, order)
    for row in context.dataset.progress:
        transcript = context.transcripts[row.transcript_id]
        sheet.row(
            [
                transcript.name,
                context.group(transcript.group),
                transcript.language or None,
                row.coder,
                row.pass_ or None,
                words(_status(row)),
                words("yes" if row.assigned else "no"),
                words("yes" if row.started else "no"),
                words("yes" if row.reviewed else "no"),
                row.codings,
                row.coded_turns,
                row.turns,
            ]
        )


def _status(row: ProgressRow) -> str:
    if row.reviewed:
        return "progress_reviewed"
    if row.started:
        return "progress_started"
    return "progress_assigned" if row.assigned else "progress_none"
