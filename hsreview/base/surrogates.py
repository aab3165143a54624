"""Texts that no file may hold: lone surrogates (Python makes them of bytes that are not UTF-8) and NUL."""

from __future__ import annotations

import re

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def check_text(value: str) -> None:
    """Refuse a text that holds a lone surrogate or NUL. Raises InputRefused."""
    if not value.isascii() and _SURROGATE.search(value):
        raise InputRefused(not_utf8())
    if "\0" in value:
        raise InputRefused(_nul())


def check_json(document: str) -> None:
    """As `check_text`, for the texts in a JSON document that leaves letters as they are and escapes controls."""
    check_text(document)
    if "\\u0000" in document and _NUL_IN_JSON.search(document):
        raise InputRefused(_nul())


def not_utf8() -> str:
    """The sentence for a text that holds a lone surrogate."""
    return _(
        "A text that was given is not valid UTF-8; nothing was stored. "
        "Check the encoding of the terminal or of the file that it comes from."
    )


def _nul() -> str:
    return _("A text that was given contains a NUL character, which no text should have; nothing was stored.")


def readable(value: str) -> str:
    """`value` with each broken character replaced by `�`, for names that come from the file system."""
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
