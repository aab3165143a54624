"""Behind the cells: the codings of every cell of every matrix, each leading to its row in the segments sheet."""

from __future__ import annotations

from hsreview.model.tables import Table
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.layout import location
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.sheets.tables import column_name, row_name
from hsreview.workbook.styles import COUNT, ID, LINK, NOTE, TEXT, TITLE

MOST = 20
"""Codings of one cell that are listed; how many more there are is said."""
_LONGEST = 160
_MOST_LINKS = 30_000
"""Further codings are named without a link: a spreadsheet is slow to open with more, and takes much memory to make."""
_LAST = 1_000
"""The sheet is written before those that lead to it, and stands behind them."""


def wanted(context: Context) -> bool:
    """Whether any matrix leads here."""
    return bool(context.material.tables)


def write(context: Context, book: Book, order: int) -> None:
    """One row per coding of a cell; notes where each cell begins."""
    words = context.words
    columns = (
        Column(words("matrix"), 26, TEXT),
        Column(words("row_label"), 34, TEXT),
        Column(words("column_label"), 26, TEXT),
        Column(words("codings_behind"), 10, COUNT),
        Column(words("quote_id"), 22, LINK),
        Column(words("place"), 11, ID),
        Column(words("code"), 9, ID),
        Column(words("text"), 80, TEXT),
    )
    top = (
        [Styled(words("title_cells"), TITLE)],
        [Styled(context.basis, NOTE)],
        [Styled(words("note_on_screen"), NOTE)],
    )
    plan = Plan("cells", words.title("cells"), columns, top=top, freeze=3, on_screen=words("note_on_screen"))
    sheet = book.sheet(plan, order + _LAST)
    linked = 0
    for name, table in context.material.tables.items():
        title = words.title(name.partition(":")[0])
        if table.detail:
            title = f"{title} · {words.known('detail', table.detail)}"
        rows = [row_name(context, header) for header in table.rows]
        heads = [column_name(context, header) for header in table.columns]
        for row, column in _cells(table):
            behind = table.behind(row, column)
            about = [title, rows[row], heads[column]]
            for number, position in enumerate(behind[:MOST]):
                linked += 1
                coding = _coding(context, position, link=linked <= _MOST_LINKS)
                here = sheet.row([*about, None if number else len(behind), *coding])
                if number == 0:
                    key = (name, table.rows[row].key, table.columns[column].key)
                    context.cell_links[key] = location(here[0], f"A{here[1]}")
            if len(behind) > MOST:
                sheet.row([*about, *[None] * 4, words("more_behind", n=len(behind) - MOST)])


def _coding(context: Context, position: int, *, link: bool) -> list[Value]:
    """Quote id, place, code and the beginning of the words of a coding."""
    segment, target = context.dataset.segments[position], context.targets.get(position)
    place = location(target[0], f"A{target[1]}") if target and link else ""
    words = " ".join(segment.text[: _LONGEST + 1].split())
    return [
        Styled(context.quote_id(segment), LINK if place else ID, place),
        segment.place,
        context.places[segment.coding.code_id].code.ref,
        f"{words}…" if len(segment.text) > _LONGEST else words,
    ]


def _cells(table: Table) -> list[tuple[int, int]]:
    """The cells whose codings are listed: what stands on both sides of a diagonal only once."""
    square = table.kind == "co-occurrence"
    return [
        (row, column)
        for row in range(len(table.rows))
        for column in range(row + 1 if square else 0, len(table.columns))
    ]
