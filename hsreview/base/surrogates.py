"""Broken characters (lone surrogates): what Python makes of bytes on the command line that are not UTF-8."""

from __future__ import annotations

import re

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _

_SURROGATE = re.compile("[\ud800-\udfff]")


def check_text(value: str) -> None:
    """Refuse a text that holds a lone surrogate, because no file could hold it. Raises InputRefused."""
    if not value.isascii() and _SURROGATE.search(value):
        raise InputRefused(
            _(
                "A text that was given is not valid UTF-8; nothing was stored. "
                "Check the encoding of the terminal or of the file that it comes from."
            )
        )


def readable(value: str) -> str:
    """`value` with each broken character replaced by `�`, for names that come from the file system."""
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
