"""The sheets of the workbook, one module each, in the order of the file. A new sheet is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.sheets import (
    agreement,
    assignments,
    codebook,
    confusion,
    disagreements,
    drift,
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
    """A sheet: `write(context, book, order)` makes it, where it is `wanted`; the `last` one tells of the others."""

    key: str
    write: Callable[[Context, Book, int], None]
    last: bool = False
    wanted: Callable[[Context], bool] = lambda _context: True


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
    Registered("agreement", agreement.write_codes, wanted=agreement.has_report),
    Registered("agreement_values", agreement.write_values, wanted=agreement.has_report),
    Registered("disagreements", disagreements.write, wanted=agreement.has_report),
    Registered("confusion", confusion.write, wanted=confusion.wanted),
    Registered("drift", drift.write, wanted=drift.wanted),
    Registered("assignments", assignments.write, wanted=assignments.wanted),
)
