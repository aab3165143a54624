"""Who has read and reviewed which interview. Each row is one coder's; nothing is summed over coders."""

from __future__ import annotations

from dataclasses import replace

from hsreview.model.dataset import ProgressRow, Reading
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, COUNT, ID, TEXT


def write(context: Context, book: Book, order: int) -> None:
    """One row per interview, coder and pass; an interview that nobody was given, coded or marked has one too."""
    words = context.words
    columns: tuple[Column, ...] = (
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
    if context.dataset.review is not None:
        beside_numbers = replace(TEXT, indent=1)
        columns += (Column(words("second_reader"), 22, beside_numbers), Column(words("consensus_status"), 22, TEXT))
    plan = Plan("progress", words.title("progress"), table_columns(columns), table="progress")
    sheet = book.sheet(plan, order)
    untouched = dict.fromkeys(context.transcripts)
    for row in context.dataset.progress:
        untouched.pop(row.transcript_id, None)
        sheet.row(
            [
                *_interview(context, row.transcript_id),
                row.coder,
                row.pass_ or None,
                words(_status(row)),
                words("yes" if row.assigned else "no"),
                words("yes" if row.started else "no"),
                words("yes" if row.reviewed else "no"),
                row.codings,
                row.coded_turns,
                row.turns,
                *_review(context, row.transcript_id),
            ]
        )

    for transcript_id in untouched:
        sheet.row(
            [
                *_interview(context, transcript_id),
                None,
                None,
                words("is_not_read"),
                *[None] * 6,
                *_review(context, transcript_id),
            ]
        )


def _interview(context: Context, transcript_id: str) -> list[Value]:
    transcript = context.transcripts[transcript_id]
    return [transcript.name, context.groups_of(transcript), transcript.language or None]


def _review(context: Context, transcript_id: str) -> list[Value]:
    """Who reviewed the interview and how it stands to the consensus, where there is a review."""
    if context.dataset.review is None:
        return []
    return [context.readers(transcript_id), context.consensus_status(transcript_id)]


def _status(row: ProgressRow) -> str:
    if row.corrected_since:
        return "is_corrected_since"
    if row.reviewed:
        return f"is_{Reading.REVIEWED}"
    return f"is_{Reading.BEGUN if row.started else Reading.NOT_READ}"
