"""Writes the framework as an Excel file: a sheet per kind of row, with lists to choose from and room for new rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hsreview.workbook.book import Book
from hsreview.workbook.framework_book import (
    FIXED,
    ID_HEADING,
    LISTS,
    ROW,
    Field,
    FrameworkBook,
    Held,
    Holds,
    Line,
    Table,
    shown,
)
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Choices, Column, Plan, letter
from hsreview.workbook.styles import ALERT, COUNT, ID, SHORT, TEXT, THEME_FILL, TITLE, Look
from hsreview.workbook.words import Words

_PIECE = 30_000
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count earlier days wrongly, or not at all."""
_DAY_ZERO = date(1899, 12, 30)
_FILL_IN = replace(TEXT, format="@")
_LOOKS = {
    Holds.TEXT: _FILL_IN, Holds.WORD: _FILL_IN, Holds.WORDS: _FILL_IN, Holds.DATE: replace(_FILL_IN, indent=1),
    Holds.NUMBER: Look(align="right"), Holds.FIXED: replace(TEXT, fill=THEME_FILL, format="@"),
    Holds.COUNT: replace(COUNT, fill=THEME_FILL), Holds.FIGURE: Look(align="right", fill=THEME_FILL),
}  # fmt: skip
_DATE = Look(format="yyyy-mm-dd", align="left", indent=1)


def write_framework_book(book: FrameworkBook, path: Path) -> tuple[str, ...]:
    """Write `book` to `path`; the titles of the sheets that are seen. Raises OSError. No cell is a formula."""
    words = Words(book.facts.language)
    short = words("public_short" if book.facts.public else "fw_internal_short")
    with Book(
        title=f"{book.facts.project} · {words(book.title)}", header=f"{short} · {book.facts.project}",
        footer=f"hsreview · {book.facts.made[:10]}", undefined="", paper=book.paper,
        notice=words("fw_public" if book.facts.public else book.internal),
    ) as made:  # fmt: skip
        writer = _Writer(book, words, made)
        writer.read_me()
        for order, table in enumerate(book.tables, 1):
            writer.table(table, order)
        writer.lists()
        writer.meta()
        made.save(path)
        return tuple(part.title for sheet, part in made.parts() if not sheet.plan.hidden)


class _Writer:
    def __init__(self, book: FrameworkBook, words: Words, made: Book) -> None:
        self.book, self.words, self.made = book, words, made
        self.chosen: list[tuple[str, ...]] = []
        """The lists to choose from, each once."""

    def read_me(self) -> None:
        columns = (Column("", 26, replace(TEXT, bold=True)), Column("", 110, TEXT))
        sheet = self.made.sheet(
            Plan("fw_read_me", self.words.title("fw_read_me"), columns, header=False, alert=True), 0
        )
        mark = self.words("fw_public" if self.book.facts.public else self.book.internal)
        sheet.row([Styled(mark, ALERT), Styled(None, ALERT)])
        sheet.row([Styled(self.words(self.book.title), TITLE), None])
        for label, text in self.book.read_me:
            sheet.row([label, text])

    def table(self, table: Table, order: int) -> None:
        fields = table.fields
        columns = [Column(each.header, each.width, _LOOKS[each.holds]) for each in fields]
        keys: tuple[str, ...] = ()
        choices: tuple[Choices, ...] = ()
        if table.read:
            columns.insert(0, Column(ID_HEADING, 18, ID, hidden=True))
            keys = (ID_HEADING, *(f"{table.key}.{each.key}{'' if each.read else FIXED}" for each in fields))
            choices = tuple(self._choices(at, each) for at, each in enumerate(fields, 1) if each.choices)
        title = self.words.title(f"fw_{table.key}")
        plan = Plan(
            f"fw_{table.key}", title, tuple(columns), choices=choices, keys=keys, freeze=3 if table.read else 1
        )  # fmt: skip
        sheet = self.made.sheet(plan, order)
        for line in table.lines:
            sheet.row([*([line.id] if table.read else []), *self._cells(fields, line.cells)])
        for _number in range(self.book.spare if table.read else 0):
            sheet.row([None] * len(columns))

    def _cells(self, fields: Sequence[Field], cells: Sequence[Held]) -> Iterator[Value]:
        for each, value in zip(fields, cells, strict=True):
            if isinstance(value, str):
                yield shown(value, self.book.facts.language) or None
            elif isinstance(value, date):
                yield Styled((value - _DAY_ZERO).days, _DATE) if value >= _FIRST_DAY else value.isoformat()
            elif isinstance(value, int) and each.holds is Holds.NUMBER:
                yield value if abs(value) < 2**53 else float(value)
            else:
                yield value

    def _choices(self, at: int, of: Field) -> Choices:
        values = tuple(of.choices)
        if values not in self.chosen:
            self.chosen.append(values)
        column = letter(self.chosen.index(values))
        return Choices(at, LISTS, f"${column}$1:${column}${len(values)}", of.hint)

    def lists(self) -> None:
        """What may be chosen, a list in every column."""
        lists = self.chosen or [("",)]
        plan = Plan("fw_lists", LISTS, tuple(Column("", 20) for _ in lists), header=False, hidden=True)
        sheet = self.made.sheet(plan, len(self.book.tables) + 1)
        for number in range(max(map(len, lists))):
            sheet.row([each[number] if number < len(each) else None for each in lists])

    def meta(self) -> None:
        """What the file belongs to, and what the cells of every row held."""
        lines = [(table.key, line, _pieces(line)) for table in self.book.tables if table.read for line in table.lines]
        width = 4 + max((len(parts) for _key, _line, parts in lines), default=1)
        plan = Plan(
            "fw_meta", self.book.meta, tuple(Column("", 20, SHORT) for _ in range(width)), header=False, hidden=True
        )
        sheet = self.made.sheet(plan, len(self.book.tables) + 2)

        def put(cells: Iterable[str]) -> None:
            given = list(cells)
            sheet.row([*given, *[None] * (width - len(given))])

        for pair in self.book.facts.pairs():
            put(pair)
        for key, line, parts in lines:
            put((ROW, line.id, key, line.ref, *parts))


def _pieces(line: Line) -> list[str]:
    """What the cells held, as JSON in pieces that fit into cells."""
    text = json.dumps(line.base, ensure_ascii=True, separators=(",", ":"))
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
