"""Names in names of files, where words are joined."""

from __future__ import annotations

import pytest

from hsreview.privacy.joined import JoinedNames
from hsreview.privacy.replacing import Replacer, Rule

RULES = (
    Rule(("Awa Diarra",), "person", "Oumou Sow"),
    Rule(("Gao",), "place", "[une ville du nord]"),
    Rule(("Espoir",), "organisation", "Z9", cased=True),
    Rule(("2024-05-03",), "date", "[date]"),
)


@pytest.fixture(scope="module")
def joined() -> JoinedNames:
    return JoinedNames(RULES, Replacer(RULES))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("entretien_awadiarra", "entretien_Oumou_Sow"),
        ("EntretienAwaDiarra-2.docx", "Entretien_Oumou_Sow-2.docx"),
        ("awadiarra", "Oumou_Sow"),
        ("awa.diarra.txt", "Oumou_Sow.txt"),
        ("Codage de entretien_awadiarra.xlsx", "Codage de entretien_Oumou_Sow.xlsx"),
        ("entretien_gao_2", "entretien_une_ville_du_nord_2"),
        ("Awa Diarra", "Oumou Sow"),
        ("Gao", "[une ville du nord]"),
        ("Vu le 2024-05-03.", "Vu le [date]."),
        ("entretien_2024-05-03", "entretien_date"),
        ("Awa Diarra, de Gao (entretien_AwaDiarra)", "Oumou Sow, de [une ville du nord] (entretien_Oumou_Sow)"),
    ],
)
def test_a_name_is_replaced_where_words_are_joined(joined: JoinedNames, before: str, after: str) -> None:
    assert joined.replace(before, "fr") == after
    assert list(joined.rules_in(before))


@pytest.mark.parametrize("before", ["entretien_awadiarra", "awadiarra", "EntretienAwaDiarra", "xawadiarra"])
def test_words_in_brackets_are_in_the_language_of_the_text_there_too(before: str) -> None:
    rules = (Rule(("Awa Diarra",), "person", "[nom]"),)
    both = [JoinedNames(rules, Replacer(rules)).replace(before, language) for language in ("fr", "en")]
    assert [each.endswith(word) for each, word in zip(both, ("nom", "name"), strict=True)] == [True, True]


@pytest.mark.parametrize("text", ["desespoir_2", "gaoleve_3", "diarra_awa.txt", "un mot, et_un autre", "P12"])
def test_what_is_another_word_stays(joined: JoinedNames, text: str) -> None:
    assert joined.replace(text, "fr") == text
    assert not list(joined.rules_in(text))
