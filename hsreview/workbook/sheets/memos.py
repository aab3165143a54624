"""The memos, with what each of them is about."""

from __future__ import annotations

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, ID, TEXT


def write(context: Context, book: Book, order: int) -> None:
    """One row per memo, in the order in which the dataset has them."""
    words = context.words
    columns = (
        Column(words("interview"), 18, ID),
        Column(words("place"), 11, ID),
        Column(words("about"), 13),
        Column(words("code"), 9, ID),
        Column(words("memo"), 60, TEXT),
        Column(words("quote"), 50, TEXT),
        Column(words("coder"), 14),
        Column(words("created"), 24, ID),
        Column(words("part"), 8, CENTRE),
        Column(words("memo_id"), 38, ID, repeat=True),
    )
    plan = Plan("memos", words.title("memos"), table_columns(columns), table="memos", part=8, printed=8)
    sheet = book.sheet(plan, order)
    for memo in context.dataset.memos:
        transcript = context.transcripts.get(memo.transcript_id or "")
        sheet.row(
            [
                transcript.name if transcript else None,
                memo.place or None,
                words.known("about", memo.about),
                memo.code_ref or None,
                memo.text,
                memo.quote or None,
                memo.coder,
                memo.created or None,
                None,
                memo.memo_id,
            ]
        )
