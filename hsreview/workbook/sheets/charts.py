"""Charts: themes by group, as bars that the spreadsheet draws from the table beside them."""

from __future__ import annotations

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.names import headers
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Bars, Column, Plan
from hsreview.workbook.styles import MEASURE, NOTE, TEXT, TITLE

_MOST_GROUPS = 8
"""More bars beside each other are not read."""


def wanted(context: Context) -> bool:
    """Whether any theme was mentioned in an interview that was reviewed."""
    return any(row.counts[-1].interviews for row in context.matrices.groups.rows)


def write(context: Context, book: Book, order: int) -> None:
    """One row per theme, one column per group that has interviews reviewed; the n stands in the header."""
    words, matrix = context.words, context.matrices.groups
    shown = [n for n, base in enumerate(matrix.groups) if base.group is not None and base.reviewed][:_MOST_GROUPS]
    shown = shown or [len(matrix.groups) - 1]
    names = [
        words("group_n", group=_group(context, matrix.groups[n].group), n=matrix.groups[n].reviewed) for n in shown
    ]
    themes, *groups = headers([words("theme"), *names])
    plan = Plan(
        "charts",
        words.title("charts"),
        (Column(themes, 44, TEXT), *(Column(name, 16, MEASURE) for name in groups)),
        top=([Styled(words("title_charts"), TITLE)], [Styled(context.basis, NOTE)]),
        bars=Bars(words("title_charts"), words("axis_interviews")),
    )
    sheet = book.sheet(plan, order)
    for row in matrix.rows:
        if row.code_id is None:
            numbers: list[Value] = [row.counts[n].interviews for n in shown]
            sheet.row([context.theme_labels[row.theme_id], *numbers])


def _group(context: Context, group: str | None) -> str:
    return context.words("all_groups") if group is None else context.group_title(group)
