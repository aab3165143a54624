"""What records say, with names replaced: in the language of the words, and under headings that stay apart."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

from hsreview.base.messages import LANGUAGES
from hsreview.project.headings import headings_of, kept_apart
from hsreview.project.pieces import ATTRIBUTE, ID

_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[\d:.+Z-]*)?")
_LANGUAGE = ("translation.language", "language")
"""Fields that tell the language of the words beside them."""


class Words:
    """Replaces names in JSON values; `short` does it in a text in a language, which may not be known (empty).

    What `is_shipped` says of a part of the codebook (its id) and a text of it are words of nobody in the project.
    """

    def __init__(
        self, connection: sqlite3.Connection, short: Callable[[str, str], str], is_shipped: Callable[[str, str], bool]
    ) -> None:  # fmt: skip
        self._short = short
        self._is_shipped = is_shipped
        self._headings = kept_apart(headings_of(connection), lambda heading: short(heading, ""))

    def replaced(self, value: Any, language: str = "", part: str | None = None) -> Any:
        """A value with names replaced; null where it holds none. Ids and days stay what they are.

        `language` is that of the words, where it is known: an object may tell it, of itself or of each of its texts.
        `part` is the id of the part of the codebook that it is of.
        """
        if isinstance(value, str):
            if ID.fullmatch(value) or _DAY.fullmatch(value):
                return None
            new = self._short(value, language)
            return None if new == value or (part is not None and self._is_shipped(part, value)) else new
        if isinstance(value, dict):
            own = next((value[key] for key in _LANGUAGE if value.get(key)), language)
            told = {
                self._heading(key): (each, self.replaced(each, key if key in LANGUAGES else own, part))
                for key, each in value.items()
            }
            made = {key: old if new is None else new for key, (old, new) in told.items()}
            return None if made == value else made
        if isinstance(value, list):
            pairs = [(each, self.replaced(each, language, part)) for each in value]
            changes = any(new is not None for _old, new in pairs)
            return [old if new is None else new for old, new in pairs] if changes else None
        return None

    def _heading(self, key: str) -> str:
        """A key of an object; that of an attribute is what somebody wrote."""
        written = key.removeprefix(ATTRIBUTE)
        return ATTRIBUTE + (self._headings.get(written) or self._short(written, "")) if key != written else key
