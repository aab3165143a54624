"""Answers of `agreement`."""

from __future__ import annotations

from typing import TypedDict


class CalculatedTable(TypedDict):
    """The coefficients of a table of anybody's data."""

    coders: list[str]
    units: int
    shared: int
    """Units with a value of two coders or more."""
    missing: int
    """Empty cells."""
    categories: list[str]
    """The values, or the labels of sets; coefficients with `[x]` in their name are about one of them."""
    positive: str
    """The value that means “coded”, empty when it is not known."""
    statistics: dict[str, float | None]
    """Coefficient → its value, null where it is undefined."""
    undefined: dict[str, str]
    """Coefficient without a value → the reason, as a clause in the language of the messages."""
    notes: list[str]
    """Sentences about how the file was understood."""


class CalculatedSpans(TypedDict):
    """The coefficients of segments of anybody's data."""

    coders: list[str]
    documents: int
    shared: int
    """Documents that two coders or more have read; only these count."""
    characters: int
    """Length of the shared documents."""
    spans: int
    """Segments, as the file has them."""
    codes: list[str]
    """Coefficients with `[x]` in their name are about one of them."""
    statistics: dict[str, float | None]
    """Coefficient → its value, null where it is undefined."""
    undefined: dict[str, str]
    """Coefficient without a value → the reason, as a clause in the language of the messages."""
    notes: list[str]
    """Sentences about how the files were understood."""
