"""Texts that exist in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in both languages; an empty string means that it was not written in that language."""

    fr: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The text in `language` (`fr` or `en`), else in the other one."""
        return (self.fr or self.en) if language == "fr" else (self.en or self.fr)

    def own(self, language: str) -> str:
        """The text in exactly `language`, or an empty string."""
        return self.fr if language == "fr" else self.en

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def to_json(self) -> dict[str, str]:
        """The languages that are filled in."""
        return {k: v for k, v in (("en", self.en), ("fr", self.fr)) if v}

    @classmethod
    def from_json(cls, value: object) -> Localized:
        """From `{"fr": …, "en": …}`; a plain string counts for both languages."""
        if isinstance(value, Mapping):
            return cls(fr=str(value.get("fr") or ""), en=str(value.get("en") or ""))
        text = str(value or "")
        return cls(fr=text, en=text)
