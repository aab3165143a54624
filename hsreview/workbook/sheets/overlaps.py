"""Overlaps: every pair of codings of two codes on the same words, with those words."""

from __future__ import annotations

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.layout import location
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.sheets.tables import row_name
from hsreview.workbook.styles import CENTRE, COUNT, ID, LINK, NOTE, TEXT, TITLE


def wanted(context: Context) -> bool:
    """Whether any two codes share words."""
    return bool(context.material.overlaps)


def write(context: Context, book: Book, order: int) -> None:
    """One row per pair, by the codes in the order of the codebook, then in the order of the text."""
    words, dataset = context.words, context.dataset
    columns = (
        Column(words("first_code"), 28, TEXT, repeat=True),
        Column(words("second_code"), 28, TEXT, repeat=True),
        Column(words("interview"), 20, ID),
        Column(words("first_quote"), 22, LINK, repeat=True),
        Column(words("second_quote"), 22, LINK, repeat=True),
        Column(words("place"), 11, ID),
        Column(words("start"), 9, COUNT),
        Column(words("end"), 9, COUNT),
        Column(words("shared_words"), 80, TEXT),
        Column(words("part"), 8, CENTRE),
    )
    top = ([Styled(words("title_overlaps"), TITLE)], [Styled(context.basis, NOTE)])
    plan = Plan(
        "overlaps", words.title("overlaps"), columns, top=top, freeze=2, part=9, on_screen=words("note_on_screen")
    )
    sheet = book.sheet(plan, order)
    heads = context.material.tables["co_occurrence:overlap"].rows
    for row, column, meeting in context.material.overlaps:
        first = dataset.segments[meeting.first]
        begin = first.coding.start
        sheet.row(
            [
                row_name(context, heads[row]),
                row_name(context, heads[column]),
                context.transcripts[first.transcript_id].name,
                _quote(context, meeting.first),
                _quote(context, meeting.second),
                first.place,
                meeting.start,
                meeting.end,
                first.text[meeting.start - begin : meeting.end - begin] or None,
                None,
            ]
        )


def _quote(context: Context, position: int) -> Value:
    target = context.targets.get(position)
    quote = context.quote_id(context.dataset.segments[position])
    return Styled(quote, LINK, location(target[0], f"A{target[1]}")) if target else Styled(quote, ID)
