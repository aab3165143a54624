"""Which of French and English a text is in, by its commonest words."""

from __future__ import annotations

from hsreview.base.function_words import heard

_WORDS_READ = 3000
_TELLING = 3
"""So many telling words must be heard."""
_PREVAILS = 3
"""A language prevails when it has at least so many times the telling words of the other."""


def guess_language(text: str) -> str:
    """`fr`, `en`, `mixed` when both are heard and neither clearly prevails; empty when too little is said to tell."""
    found = heard(text, _WORDS_READ)
    most, least = max(found.french, found.english), min(found.french, found.english)
    if _PREVAILS * least > most:
        return "mixed" if least >= _TELLING else ""
    if most < _TELLING:
        return ""
    return "fr" if found.french > found.english else "en"
