"""What the shapes of several commands have in common."""

from __future__ import annotations

from typing import Literal, TypedDict

AttributeValue = str | int | float | bool | None
Role = Literal["interviewer", "respondent", "other"]


class TextIn(TypedDict, total=False):
    """A text in both languages; a language that was not written is absent."""

    en: str
    fr: str


# `pass` cannot be a field of a class, so the shapes that have it are completed by the other way of writing a TypedDict.
PassKey = TypedDict("PassKey", {"pass": str})
