"""French and English told apart by their commonest words."""

from __future__ import annotations

import pytest

from hsreview.language.detecting import language_of, languages_of

FR = "Les femmes de la commune ne sont pas dans le comité, et elles le disent."
EN = "The women of the commune are not in the committee, and they say so."
BOTH = "C’est vrai, but we have to go on with the project, parce que le comité ne vient pas et nous attendons."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FR, "fr"), (EN, "en"), (BOTH, "mixed"), ("Oui.", ""), ("OK, yes", ""), ("Awa Bamako 12 Gao", ""), ("", ""),
        ("I don't think that it's what we said.", "en"), ("LES FEMMES NE SONT PAS LA", "fr"),
        ("On a dit à l’e\u0301quipe qu’elle n’avait rien", "fr"),
    ],
)  # fmt: skip
def test_the_language_of_a_turn(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_transcript_is_mixed_from_a_tenth_of_its_words_on() -> None:
    assert languages_of([FR] * 19 + [EN]).whole == "fr"
    found = languages_of([FR, "Oui.", EN])
    assert (found.whole, found.turns, found.words) == ("mixed", ("fr", "", "en"), (15, 14, 1))
    assert languages_of([EN, "Yes."]).whole == "en"
    assert languages_of(["Oui."]).whole == "" and languages_of([BOTH]).whole == "mixed"
