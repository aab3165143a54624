"""Answers of `export report`, `export csv` and `export json`."""

from __future__ import annotations

from typing import TypedDict


class TidyTable(TypedDict):
    """A table that was written."""

    table: str
    rows: int


class TablesExported(TypedDict):
    """Tidy tables that were written."""

    path: str
    layer: str
    tables: list[TidyTable]


class ReportExported(TypedDict):
    """A report that was written."""

    path: str
    layer: str
    themes: int
    quotes: int
    """How many quotes it shows."""
