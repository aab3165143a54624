"""Sets of words written as plain text."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, cut at blanks."""
    return frozenset(text.split())
