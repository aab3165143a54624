"""Answers of `export report`, `export csv` and `export json`."""

from __future__ import annotations

from typing import TypedDict


class ReportExported(TypedDict):
    """A report that was written."""

    path: str
    layer: str
    themes: int
    quotes: int
    """How many quotes it shows."""
