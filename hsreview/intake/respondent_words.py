"""The words that a table of respondents may hold, in English and French: what is accepted, and what is told."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.messages import current_language
from hsreview.intake.sheets import plain
from hsreview.model.people import ConsentStatus
from hsreview.model.transcript import Kind

Words = Mapping[str, tuple[str, ...]]
"""A stored value → its English word, its French word, and other words that mean the same."""

CONSENT: Words = {
    ConsentStatus.WRITTEN: ("written", "écrit", "signed", "signé"),
    ConsentStatus.ORAL: ("oral", "oral", "verbal"),
    ConsentStatus.LIMITED: ("limited", "limité", "partial", "partiel"),
    ConsentStatus.NONE: ("none", "aucun", "no", "non", "refused", "refusé"),
    ConsentStatus.WITHDRAWN: ("withdrawn", "retiré"),
    ConsentStatus.NOT_RECORDED: (
        "not recorded",
        "non consigné",
        "non renseigné",
        "non enregistré",
        "unknown",
        "inconnu",
    ),
}
SCOPE: Words = {
    "analysis": ("analysis", "analyse"),
    "quotes": ("quotes", "citations", "quote", "citation"),
    "archive": ("archive", "archivage"),
    "transfer": ("transfer", "transfert", "partage"),
}
ATTRIBUTION: Words = {
    "none": ("none", "aucune", "aucun"),
    "group": ("group", "groupe"),
    "organisation": ("organisation", "organisation", "organization"),
    "role": ("role", "fonction", "rôle"),
    "name": ("name", "nom"),
}
KIND: Words = {
    Kind.INTERVIEW: ("interview", "entretien"),
    Kind.FOCUS_GROUP: ("focus group", "groupe de discussion", "discussion de groupe"),
    Kind.DOCUMENT: ("document", "document"),
}
LANGUAGE: Words = {
    "fr": ("fr", "fr", "french", "français"), "en": ("en", "en", "english", "anglais"), "mixed": ("mixed", "mixte"),
}  # fmt: skip


def meaning(word: str, words: Words) -> str | None:
    """The stored value that `word` means in either language, without regard to case and accents; null if none."""
    return next((str(value) for value, names in words.items() if plain(word) in map(plain, names)), None)


def word_for(value: str, words: Words) -> str:
    """The word of the interface language for a stored value."""
    return words[value][1 if current_language() == "fr" else 0]


def words_told(words: Words) -> str:
    """The words to write, in the interface language."""
    return ", ".join(word_for(value, words) for value in words)
