"""Confusion: which code of one coder meets which code of another, pooled and for each pair."""

from __future__ import annotations

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.names import headers
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan, Scale
from hsreview.workbook.sheets.agreement import review_of, top
from hsreview.workbook.styles import ID, Look

_CELL = Look(format="0.0;-0.0;;@", align="center")
"""A zero is left blank, so that the rest is seen."""


def wanted(context: Context) -> bool:
    """Whether there are matrices to show."""
    review = context.dataset.review
    return review is not None and review.report is not None and bool(review.confusions)


def write(context: Context, book: Book, order: int) -> None:
    """One block of rows per matrix, all on the same columns; totals add up to the text compared."""
    words = context.words
    review, _report = review_of(context)
    refs = list(dict.fromkeys(ref for each in review.confusions for ref in each.refs))
    names = headers([*refs, words("uncoded"), words("total")])
    columns = (
        Column(words("row_coder"), 13, ID),
        Column(words("column_coder"), 13, ID),
        Column(words("code"), 9, ID),
        *(Column(name, 5.5, _CELL, upright=True) for name in names[:-2]),
        *(Column(name, 8, _CELL, upright=True) for name in names[-2:]),
    )
    plan = Plan(
        "confusion", words.title("confusion"), columns, top=top(context, "title_confusion"), freeze=3,
        scales=(Scale(3, 2 + len(refs)),) if refs else (), header_height=60,
    )  # fmt: skip
    sheet = book.sheet(plan, order)
    for each in review.confusions:
        who = [name or words("pooled") for name in each.coders]
        at = {ref: number for number, ref in enumerate(each.refs)}
        last = len(each.refs)
        for label, row in zip((*each.refs, words("uncoded")), each.counts, strict=True):
            cells: list[Value] = [row[at[ref]] if ref in at else None for ref in refs]
            sheet.row([*who, label, *cells, row[last], sum(row)])
        sums = [sum(column) for column in zip(*each.counts, strict=True)]
        cells = [sums[at[ref]] if ref in at else None for ref in refs]
        sheet.row([*who, words("total"), *cells, sums[last], sum(sums)], theme=True)
