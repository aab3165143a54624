"""Names that words beside them tell, and names that come back shorter. All people, places and numbers are invented."""

from __future__ import annotations

import pytest

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates import candidates


def _found(text: str, language: str) -> list[tuple[str, NameClass]]:
    return [(text[each.start : each.end], each.name_class) for each in candidates(text, language)]


def _forms(text: str, language: str) -> list[str]:
    return [form for form, _class in _found(text, language)]


@pytest.mark.parametrize(
    ("language", "said", "number", "name_class"),
    [
        ("fr", "tu appelles au {}.", "(+223) 60-00-92-07", NameClass.PHONE),
        ("fr", "il a le {} depuis.", "(00226) 70.00.12.15", NameClass.PHONE),
        ("fr", "c’est le {}, je crois.", "661 000 56", NameClass.PHONE),
        ("fr", "c’est le {}, je crois.", "76/00/34/56", NameClass.PHONE),
        ("en", "we gave {} to him", "0200000-947", NameClass.PHONE),
        ("en", "we gave {} to him", "(020) 0046 0958", NameClass.PHONE),
        ("en", "call me on {} tonight", "00 461 07", NameClass.PHONE),
        ("en", "what is written there is {}.", "8800 0042 31", NameClass.ID),
        ("fr", "ma pension, c’est {}.", "0-93.112-B", NameClass.ID),
        ("fr", "on lit {}, dessus.", "NINA 2 85 03 1 04 001 222 K", NameClass.ID),
        ("en", "go to {} there.", "3rd gate", NameClass.EXACT_PLACE),
        ("en", "she rents {} there.", "container 14", NameClass.EXACT_PLACE),
        ("fr", "montez au {}.", "2e étage", NameClass.EXACT_PLACE),
        ("fr", "c’est sur la {}.", "RN6", NameClass.EXACT_PLACE),
    ],
)
@pytest.mark.parametrize("small", [False, True])
def test_numbers_in_other_groups_and_doors_are_proposed(
    language: str, said: str, number: str, name_class: NameClass, small: bool
) -> None:
    number = number.lower() if small else number
    assert (number, name_class) in _found(said.format(number), language)


@pytest.mark.parametrize(
    "said",
    [
        "75 000 000 en 2012 2013 2014.",
        "de 20 30 40 personnes et 12 500 000 francs.",
        "il y a 250 cas, 1 200 sacs et 33 400 000 tonnes.",
    ],
)
def test_sums_years_and_counts_are_no_numbers_of_anybody(said: str) -> None:
    assert _forms(said, "fr") == []


def test_a_date_stays_a_date() -> None:
    assert _found("le 2012-12-15 et le 01-02-2013", "fr") == [
        ("2012-12-15", NameClass.DATE),
        ("01-02-2013", NameClass.DATE),
    ]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "On air he is DJ Monday.", ["DJ Monday"]),
        ("en", "Everyone calls him Minister. Later Minister came. The minister did not.", ["Minister", "Minister"]),
        ("en", "They all know him as Pastor.", ["Pastor"]),
        ("fr", "On la connaît sous le nom de Présidente.", ["Présidente"]),
        ("en", "Go to the gate and ask for April.", ["April"]),
        ("en", "If nobody picks, it's June, my daughter.", ["June"]),
        ("fr", "On l’appelait Caporal. Eh bien Caporal est parti. Le caporal est resté.", ["Caporal", "Caporal"]),
        ("fr", "C'est un qu'on appelle Malien. Eh bien Malien est là, un Malien.", ["Malien", "Malien"]),
        ("fr", "Le matin c’était moi, le soir Grâce. Grâce à Dieu.", ["Grâce"]),
        ("en", "With Pieter van den Bosch, and J. v.d. K. too.", ["Pieter van den Bosch", "J. v.d. K"]),
        ("fr", "On a vu Maria de la Vega et A. ag H. hier.", ["Maria de la Vega", "A. ag H"]),
        ("fr", "La CMA et la Plateforme ont signé, sur une plateforme.", ["CMA", "Plateforme"]),
    ],
)
def test_what_somebody_is_called_is_proposed_though_it_is_a_word(language: str, text: str, found: list[str]) -> None:
    assert _forms(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "C’est l’ONG Jigiya ni Danbe qui vient.", ["ONG Jigiya ni Danbe"]),
        ("fr", "Avec l’Association Benso ka Baara, oui.", ["Association Benso ka Baara"]),
        (
            "fr",
            "Je préside la Fédération des mères pour la dignité et le bon voisinage de Zorgala. La Fédération est née"
            " tard ; on dit que la Fédération aide.",
            ["Fédération des mères pour la dignité et le bon voisinage de Zorgala", "Fédération"],
        ),
        (
            "en",
            "We founded the Kwande Women Peace Network. Since then the Network meets; any network would.",
            ["Kwande Women Peace Network", "Network"],
        ),
        (
            "fr",
            "Voilà le Mouvement des jeunes pour l’éveil citoyen et la transparence de Zorgala.",
            ["Mouvement des jeunes pour l’éveil citoyen et la transparence de Zorgala"],
        ),
        ("en", "Ask the Association of Widows for Peace in Zuarba.", ["Association of Widows for Peace in Zuarba"]),
        ("fr", "Ceux de l’État islamique au Sahel sont venus.", ["État islamique au Sahel"]),
    ],
)
def test_organisations_are_proposed_to_their_end_and_where_they_come_back_shorter(
    language: str, text: str, found: list[str]
) -> None:
    forms = _forms(text, language)
    assert [form for form in dict.fromkeys(forms)] == found


_TALK = (
    "hope: we spoke about the harvest with the people of the village and with their chief last year.\n"
    "mma zarila: they came with the boys and they took what was there.\n"
    "note: silence.\nhope: nobody asked me anything about it then.\nnote: he laughs.\n"
    "mma zarila: because hope was not there, and i was at the market with the children."
)


def test_who_speaks_under_a_label_in_small_letters_has_its_name_everywhere() -> None:
    forms = _forms(_TALK, "en")
    assert forms.count("hope") == 3 and forms.count("mma zarila") == 2
    assert "note" not in forms


@pytest.mark.parametrize(
    ("language", "said", "name"),
    [
        ("en", "her name is hard, but she goes by blessing now since then", "blessing"),
        ("en", "on air i am dj monday, because", "dj monday"),
        ("fr", "on l’appelle petit à cause de sa taille, eh bien", "petit"),
        ("fr", "et puis un qu’on appelait libanais parce qu’il vendait des tissus", "libanais"),
        ("fr", "demandez au chef, ou bien à son neveu, paix. c’est son prénom", "paix"),
        ("fr", "p3 vieux (étudiant) et p4 zarata (couturière)", "vieux"),
        ("en", "the shop is on zarigu road, 2nd gate, after the mechanic", "zarigu road"),
        (
            "en",
            "we wrote to the international federation for human rights twice",
            "international federation for human rights",
        ),
        ("fr", "à l’agence de développement du nord et du centre, oui", "agence de développement du nord et du centre"),
        ("fr", "enquêteur : awa zerbila (az) du projet", "az"),
    ],
)
def test_in_small_letters_too(language: str, said: str, name: str) -> None:
    more = {
        "fr": " et puis on est partis le matin avec les autres pour voir ce qui se passait au marché, parce que"
        " personne ne nous avait rien dit et que les enfants avaient peur de rentrer.",
        "en": " and then we left in the morning with the others to see what was going on at the market, because nobody"
        " had told us anything and the children were afraid.",
    }[language]
    assert name in _forms(said + more, language)


@pytest.mark.parametrize("said", ["he goes by car to work", "they ask for peace", "they ask for help, and it's me"])
def test_ordinary_words_after_such_cues_are_no_names(said: str) -> None:
    assert _forms(said + " and we left in the morning with the others to see" * 3, "en") == []


def test_a_name_may_be_the_last_word_of_a_text() -> None:
    said = "on est partis le matin avec les autres voir ce qui se passait au marché" * 3 + " chez son neveu, paix"
    assert _forms(said, "fr")[-1] == "paix"
