"""The sheets of the workbook, one module each, in the order of the file. A new sheet is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.sheets import (
    codebook,
    memos,
    progress,
    provenance,
    quotes,
    segments,
    segments_wide,
    theme_group,
    theme_interview,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A sheet: `write(context, book, order)` makes it; the one that is `last` tells of the others."""

    key: str
    write: Callable[[Context, Book, int], None]
    last: bool = False


SHEETS = (
    Registered("provenance", provenance.write, last=True),
    Registered("codebook", codebook.write),
    Registered("segments", segments.write),
    Registered("segments_wide", segments_wide.write),
    Registered("theme_interview", theme_interview.write),
    Registered("theme_group", theme_group.write),
    Registered("quotes", quotes.write),
    Registered("memos", memos.write),
    Registered("progress", progress.write),
)
