"""What the shapes of several commands have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, cast

if TYPE_CHECKING:
    from hsreview.model.localized import Localized

AttributeValue = str | int | float | bool | None
Role = Literal["interviewer", "respondent", "other"]


class TextIn(TypedDict, total=False):
    """A text in both languages; a language that was not written is absent."""

    en: str
    fr: str


def text_in(text: Localized) -> TextIn:
    """A text as it is answered."""
    return cast("TextIn", text.to_json())


# `pass` cannot be a field of a class, so the shapes that have it are completed by the other way of writing a TypedDict.
PassKey = TypedDict("PassKey", {"pass": str})
