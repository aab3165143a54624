"""Disagreements: one row each, with a column for the decision that a team fills in and hsreview reads back."""

from __future__ import annotations

from dataclasses import replace

from hsreview.model.review import Standing
from hsreview.model.review_sheets import DisagreementRow
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.names import headers
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.sheets.agreement import review_of, top
from hsreview.workbook.styles import CENTRE, ID, NOTE, TEXT


def write(context: Context, book: Book, order: int) -> None:
    """One row per difference, by interview and place; the key at the end is what decisions are matched by."""
    words = context.words
    review, report = review_of(context)
    coders = report.basis.coders
    names = [review.names.get(coder, coder) for coder in coders]
    choices = (*names, words("decision_both"), words("decision_neither"))
    columns = [
        Column(words("interview"), 20, ID),
        Column(words("place"), 10, ID),
        Column(words("difference_kind"), 12),
        Column(words("quote"), 56, TEXT),
        *(Column(words("codes_of", name=name), 18, replace(TEXT, format="@")) for name in names),
        Column(words("same_theme"), 10, CENTRE),
        Column(words("standing"), 14, TEXT),
        Column(words("decision"), 20, replace(TEXT, format="@")),
        Column(words("because"), 34, replace(TEXT, format="@")),
        Column(words("decided_by"), 16),
        Column(words("decided_at"), 12),
        Column(words("difference_key"), 14, replace(ID, ink="9AA1AC", size=8)),
    ]
    fresh = headers(column.header for column in columns)
    made = tuple(replace(column, header=name) for name, column in zip(fresh, columns, strict=True))
    how = [Styled(words("how_to_decide", choices=", ".join(choices)), NOTE)]
    decision = 6 + len(names)
    choice: list[Value] = [*[None] * decision, *(Styled(each, NOTE) for each in choices)]
    above = (*top(context, "title_disagreements"), how, choice)
    plan = Plan(
        "disagreements",
        words.title("disagreements"),
        made,
        top=above,
        freeze=2,
        lists=((decision, len(above), decision, decision + len(choices) - 1),),
        printed=len(made) - 1,
    )
    sheet = book.sheet(plan, order)
    for row in review.disagreements:
        decided = row.standing == Standing.DECIDED
        cells: list[Value] = [_codes(context, row, coder) for coder in coders]
        sheet.row(
            [
                context.transcripts[row.transcript_id].name,
                row.place,
                words.known("kind", row.kind),
                row.quote,
                *cells,
                words("yes") if row.same_parent else None,
                _standing(context, row),
                *([_decision(context, row), row.because or None] if decided else [None, None]),
                row.by or None,
                row.at[:10] or None,
                row.key,
            ]
        )


def _codes(context: Context, row: DisagreementRow, coder: str) -> str:
    if coder not in row.codes:
        return context.words("did_not_read")
    return ", ".join(row.codes[coder]) or context.words("no_code")


def _standing(context: Context, row: DisagreementRow) -> str:
    """A difference that was reopened says what had been decided; its decision column waits for a new one."""
    text = context.words.known("standing", row.standing)
    former = _decision(context, row)
    return f"{text} ({former})" if row.standing == Standing.REOPENED and former else text


def _decision(context: Context, row: DisagreementRow) -> str | None:
    if not row.outcome:
        return None
    if row.outcome == "take":
        review, _report = review_of(context)
        return review.names.get(row.taken, row.taken)
    if row.outcome == "other" and len(row.result) == 1:
        return row.result[0]
    return context.words.known("decision", row.outcome)
