"""What is found in texts without capitals, and in names that their last word or a hyphen holds together."""

from __future__ import annotations

import pytest

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates import candidates

_FILLING = {
    "fr": " et puis on est partis le matin avec les autres pour voir ce qui se passait au marché, parce que personne ne"
    " nous avait rien dit et que les enfants avaient peur de rentrer à la maison.",
    "en": " and then we left in the morning with the others to see what was going on at the market, because nobody had"
    " told us anything and the children were afraid of going home again.",
}
_MORE = 16
"""Code points that a candidate may take along."""


def _found(text: str, language: str) -> list[str]:
    return [text[each.start : each.end] for each in candidates(text, language)]


def _covers(text: str, language: str, name: str) -> bool:
    """Whether one candidate covers the name without much else."""
    at = text.index(name)
    return any(
        each.start <= at and each.end >= at + len(name) and each.end - each.start <= len(name) + _MORE
        for each in candidates(text, language)
    )


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("fr", "on m’appelle tonton bienvenu,", "tonton bienvenu"),
        ("fr", "elle s’appelle grâce zoubéré.", "grâce zoubéré"),
        ("fr", "voici mme g. au bureau.", "g"),
        ("fr", "demandez à t. l. z. demain.", "t. l. z"),
        ("fr", "il y avait hawoye z. aussi.", "hawoye z"),
        ("fr", "c’est zoubéré-le-grand qui parle.", "zoubéré-le-grand"),
        (
            "fr",
            "il parle de l’association malienne pour la défense des forêts.",
            "association malienne pour la défense",
        ),
        ("fr", "la moto, 412 kd 998, est restée.", "412 kd 998"),
        ("fr", "les femmes pour la paix de zoubérédji sont là.", "femmes pour la paix de zoubérédji"),
        ("en", "they call me auntie blue.", "auntie blue"),
        ("en", "our secretary is patience.", "patience"),
        ("en", "he sat on the zubere inter-village water committee.", "zubere inter-village water committee"),
        ("en", "i worked for zubere & sons.", "zubere & sons"),
        ("en", "it was on lower coast fm.", "lower coast fm"),
        ("en", "we went to naa zuberi iv yesterday.", "naa zuberi iv"),
    ],
)
def test_what_may_be_a_name_is_covered_in_small_letters(language: str, said: str, name: str) -> None:
    text = said + _FILLING[language]
    assert _covers(text, language, name), _found(text, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "ça s’appelle la paix. il dit bonjour. parfait, on continue. la patience, c’est tout. e.g. cela."),
        ("en", "it is called development. the committee met. patience is needed. i.e. nothing, from 10 to 1000 of it."),
    ],
)
def test_ordinary_words_in_small_letters_are_no_names(language: str, said: str) -> None:
    assert _found(said + _FILLING[language], language) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "They sold it to Red Hill Stone Limited. Then it rained.", "Red Hill Stone Limited"),
        ("fr", "C’est la société Sel du Zoubéré SA qui paie.", "Sel du Zoubéré SA"),
        ("fr", "On a lu dans Le Veilleur du Nord qu’il pleut.", "Le Veilleur du Nord"),
        ("fr", "Le préfet, T. H. M., est là.", "T. H. M"),
        ("fr", "Elle habite rue du Puits-aux-Ânes, porte 4.", "rue du Puits-aux-Ânes"),
        ("en", "Yesterday Togbe Zuberi-Nyo spoke.", "Zuberi-Nyo"),
        ("en", "He left. Little Kojo stayed.", "Little Kojo"),
        ("fr", "Le Haut-Commissariat aux réfugiés est là.", "Haut-Commissariat aux réfugiés"),
        ("fr", "Baïssa : Oui. Et vous, Baïssa ?", "Baïssa"),
    ],
)
def test_names_are_covered_from_their_first_word_to_their_last(language: str, text: str, name: str) -> None:
    assert _covers(text, language, name), _found(text, language)


def test_a_lettered_company_is_an_organisation() -> None:
    text = "They sold it to Red Hill Stone Limited. Then it rained."
    assert [each.name_class for each in candidates(text, "en")] == [NameClass.ORGANISATION]
