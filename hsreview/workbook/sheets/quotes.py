"""Quotes: a few passages for each theme in each group, each leading to its row in the segments sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hsreview.model.dataset import CodedSegment
from hsreview.model.matrices import GroupBase, QuoteCell, QuotePick
from hsreview.workbook.book import Book
from hsreview.workbook.context import QUOTE, Context
from hsreview.workbook.layout import location
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, ID, LINK, NOTE, SHORT, TEXT, TITLE, Look, themed

_SAYS = Look(italic=True, ink=NOTE.ink)


def write(context: Context, book: Book, order: int) -> None:
    """Rows by theme, then group, then quote; a cell without quotes says why."""
    words = context.words
    translated = bool(context.dataset.languages_translated)
    columns = (
        Column(words("theme"), 24, TEXT, repeat=True),
        Column(words("group"), 18, TEXT, repeat=True),
        Column(words("rank"), 5, CENTRE),
        Column(words("quote"), 90, TEXT),
        *((Column(words("quote_translated"), 60, TEXT),) if translated else ()),
        Column(words("quote_id"), 22, LINK, repeat=True),
        Column(words("place"), 11, ID),
        Column(words("reading_state"), 11),
        Column(words("codes"), 28, TEXT),
        Column(words("respondent"), 18, TEXT),
        Column(words("star"), 9, CENTRE),
        Column(words("quotes_consent"), 14, TEXT),
        Column(words("shown"), 14, TEXT),
        Column(words("part"), 8, CENTRE),
    )
    plan = Plan(
        "quotes",
        words.title("quotes"),
        columns,
        top=(
            [Styled(words("title_quotes"), TITLE)],
            [Styled(context.basis, NOTE)],
            [Styled(words("about_quote_ids"), NOTE)],
        ),
        freeze=2,
        part=len(columns) - 1,
        printed=len(columns) - 1,
        outline=True,
    )
    sheet = book.sheet(plan, order)
    bases = {base.group: base for base in context.matrices.groups.groups}
    for theme, cells in groupby(context.matrices.quotes, key=lambda cell: cell.theme_id):
        per_group = list(cells)
        label = context.theme_labels[theme]
        used = any(cell.available for cell in per_group)
        says = None if used else words("never_used")
        rest = [None] * (len(columns) - 4)
        sheet.row([Styled(label, themed(SHORT)), None, None, says, *rest], theme=True)
        for cell in per_group if used else ():
            for values in _rows(context, label, cell, bases[cell.group]):
                sheet.row(values, outline=1)


def _rows(context: Context, theme: str, cell: QuoteCell, base: GroupBase) -> Iterator[list[Value]]:
    """The rows of one theme in one group."""
    words = context.words
    group = context.group_title(cell.group)
    shown = words("shown_of", shown=len(cell.picks), n=cell.available) if cell.available else None
    if shown and cell.held_back:
        shown += f" ({words('held_back', n=cell.held_back)})"
    if not cell.picks:
        says = words("none_shown") if cell.available else _none_said(context, base)
        rest = [None] * (len(_translations(context, None)) + 7)
        yield [theme, group, None, Styled(says, _SAYS), *rest, shown, None]
    for number, pick in enumerate(cell.picks, 1):
        yield [theme, group, number, *_quote(context, pick), shown if number == 1 else None, None]


def _none_said(context: Context, base: GroupBase) -> str:
    if not base.reviewed + base.begun:
        return context.words("nobody")
    return context.words("none_said_begun" if base.begun else "none_said", n=base.reviewed, begun=base.begun)


def _quote(context: Context, pick: QuotePick) -> list[Value]:
    segment = context.dataset.segments[pick.index]
    target, quote_id = context.targets.get(pick.index), context.quote_id(segment)
    person = context.respondent(segment)
    return [
        segment.text,
        *_translations(context, segment),
        Styled(quote_id, LINK, location(target[0], f"A{target[1]}")) if target else Styled(quote_id, ID),
        segment.place,
        context.reading(segment.transcript_id),
        "\n".join(context.code_name(code) for code in pick.code_ids),
        person.name if person else segment.speaker,
        "★" if QUOTE in segment.coding.flags else None,
        context.yes_no(context.matrices.quotable[person.id] if person else None),
    ]


def _translations(context: Context, segment: CodedSegment | None) -> list[Value]:
    """The cells of the column of translations, which is there where anything is translated."""
    if not context.dataset.languages_translated:
        return []
    return [context.translations(segment) if segment is not None else None]
