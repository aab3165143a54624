"""An Excel file that is only read: a first sheet of facts, and a table on every other sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.workbook.book import Book
from hsreview.workbook.rowxml import Styled
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import ALERT, MEASURE, TEXT, TITLE

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it, its width in characters, and whether it holds counts."""

    text: str
    width: float
    counts: bool = False
    aside: bool = False
    """Whether a document, whose pages are narrow, leaves it out."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table; a sheet of the file."""

    key: str
    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class ChapterBook:
    """Everything that is written into the file."""

    title: str
    mark: str
    """For whom it is; it stands on every sheet."""
    made: str
    read_me: str
    """Title of the first sheet."""
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]


def write_chapters(book: ChapterBook, path: Path) -> tuple[str, ...]:
    """Write `book` to `path`; the titles of the sheets. Raises OSError. Texts never become formulas."""
    with Book(
        title=book.title, header=book.title, footer=f"hsreview · {book.made[:10]}", undefined="", notice=book.mark
    ) as made:
        columns = (Column("", 26, replace(TEXT, bold=True)), Column("", 110, TEXT))
        first = made.sheet(Plan("read_me", book.read_me, columns, header=False), 0)
        first.row([Styled(book.mark, ALERT), Styled(None, ALERT)])
        first.row([Styled(book.title, TITLE), None])
        for label, text in book.facts:
            first.row([label, text])
        for order, chapter in enumerate(book.chapters, 1):
            looks = [Column(each.text, each.width, MEASURE if each.counts else TEXT) for each in chapter.headings]
            sheet = made.sheet(Plan(chapter.key, chapter.title, tuple(looks)), order)
            for row in chapter.rows:
                sheet.row(row)
        made.save(path)
        return tuple(part.title for _sheet, part in made.parts())
