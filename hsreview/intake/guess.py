"""Which of French and English a text is in, by its commonest words."""

from __future__ import annotations

from hsreview.base.function_words import heard

_WORDS_READ = 3000


def guess_language(text: str) -> str:
    """`fr`, `en`, or an empty string when neither clearly prevails."""
    found = heard(text, _WORDS_READ)
    french, english = found.french, found.english
    if max(french, english) < 3 or 2 * min(french, english) > max(french, english):
        return ""
    return "fr" if french > english else "en"
