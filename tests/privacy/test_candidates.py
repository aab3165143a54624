"""What the lists and rules propose as names. All people, villages and associations are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.model.naming import ModelSpan, NameClass
from hsreview.model.text import Turn
from hsreview.privacy.candidates import Candidate, Lists, Source, candidates, candidates_of, form_key, grouped
from hsreview.privacy.candidates.proposals import LONGEST


def forms(text: str, language: str = "fr", lists: Lists | None = None) -> list[str]:
    return [text[each.start : each.end] for each in candidates(text, language, lists=lists)]


def one(text: str, form: str, language: str = "fr") -> Candidate:
    return next(each for each in candidates(text, language) if text[each.start : each.end] == form)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On a parlé d'Aminata et qu’Oumar vient avec l'ORTM.", ["Aminata", "Oumar", "ORTM"]),
        ("Il connaît N'Golo et M’Bamakan, pas D'Almeida.", ["N'Golo", "M’Bamakan", "Almeida"]),
        ("Moussa Ag Attaher est parti.", ["Moussa Ag Attaher"]),
        ("Il y a Fadimata walet Oumar et A. K. Diarra.", ["Fadimata walet Oumar", "A. K. Diarra"]),
        ("Madame Zerwala a vu M. Tomkale hier.", ["Zerwala", "Tomkale"]),
        ("Le commandant zerwala est venu.", ["zerwala"]),
        ("On est à Kossou-béri, pas à Tin-Zerwal.", ["Kossou-béri", "Tin-Zerwal"]),
        ("Je crois que c’est Awa\nZerwala qui l’a dit.", ["Awa\nZerwala"]),
        ("Le juge connaît Mme K., pas J.-M. Zerwala ni Naa Tamkour II.", ["K", "J.-M. Zerwala", "Naa Tamkour II"]),
        ("Nous, on était tous là. Franchement. Demain aussi.", []),
        ("JAMAIS on n’a vu ça, a dit le Maire.", []),
        ("En mars, le Nord. Dieu merci, les Dogons et l’État.", []),
    ],
)
def test_capitals_that_ordinary_spelling_does_not_ask_for_are_proposed(text: str, found: list[str]) -> None:
    assert forms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "il habite à tombouctou avec dembele",
        "il habite à T0mbouct0u avec DEMBELE",
        "il habite à tombouc-\ntou avec demb\u200bélé",
        "il habite  à  tombouctou  avec  dembe\u0301le\u0301",
    ],
    ids=["small", "misread", "broken", "marks"],
)
def test_listed_names_are_found_in_small_letters_and_after_a_poor_scan(text: str) -> None:
    assert [form_key(form) for form in forms(text)] == ["tombouctou", "dembele"]


@pytest.mark.parametrize(
    ("text", "name_class", "form"),
    [
        ("Appelez le 76 12 34 56 le soir.", NameClass.PHONE, "76 12 34 56"),
        ("Appelez le +223 66712233.", NameClass.PHONE, "+223 66712233"),
        ("Appelez le +223 66 7l 22 O3.", NameClass.PHONE, "+223 66 7l 22 O3"),
        ("Écrivez à awa.d@exemple.ml, merci.", NameClass.EMAIL, "awa.d@exemple.ml"),
        ("Née le 12 mars 1980 ici.", NameClass.DATE, "12 mars 1980"),
        ("C’était le 1er août.", NameClass.DATE, "1er août"),
        ("Fait le 02/06/2014.", NameClass.DATE, "02/06/2014"),
        ("Il a le passeport n° B0612345 sur lui.", NameClass.ID, "passeport n° B0612345"),
        ("Elle vit rue 123 porte 45, au fond.", NameClass.EXACT_PLACE, "rue 123 porte 45"),
        ("On s’est arrêté au PK 12, sans eau.", NameClass.EXACT_PLACE, "PK 12"),
        ("Le puits est à 16.2717, -0.0447, notez.", NameClass.EXACT_PLACE, "16.2717, -0.0447"),
        ("Elle vit au quartier Zerwal depuis.", NameClass.EXACT_PLACE, "quartier Zerwal"),
        ("C’est avenue du Fleuve, en face.", NameClass.EXACT_PLACE, "avenue du Fleuve"),
        ("On l’a vue au secteur 3, porte 12.", NameClass.EXACT_PLACE, "secteur 3, porte 12"),
        ("Le papier dit NR/ST/0217/2018 en haut.", NameClass.ID, "NR/ST/0217/2018"),
        ("Ma carte, GHA-003344556-7, est perdue.", NameClass.ID, "GHA-003344556-7"),
        ("C’était vendredi 9 novembre 2018, le soir.", NameClass.DATE, "vendredi 9 novembre 2018"),
    ],
)
def test_numbers_and_addresses_are_known_by_their_form(text: str, name_class: NameClass, form: str) -> None:
    assert one(text, form).name_class is name_class


@pytest.mark.parametrize("text", ["On a reçu 12 500 000 francs.", "En 2012 et 2013.", "À 10 h 30, 45 %, 3,5 km."])
def test_sums_years_and_hours_are_no_telephone_numbers(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("Elle préside l’association des femmes de Zerwal.", "fr", "association des femmes de Zerwal"),
        ("On a écrit au ministère de la sécurité et de la protection civile hier.", "fr",
         "ministère de la sécurité et de la protection civile"),
        ("On cotise à l’Union Yiriba des maraîchères du plateau de Zerwal.", "fr",
         "Union Yiriba des maraîchères du plateau de Zerwal"),
        ("Nous sommes les Femmes pour la paix de Zerwal.", "fr", "Femmes pour la paix de Zerwal"),
        ("She runs the Zerwal chamber of commerce now.", "en", "Zerwal chamber of commerce"),
        ("They wrote to the regional directorate of health.", "en", "regional directorate of health"),
    ],
)  # fmt: skip
def test_an_organisation_is_proposed_with_all_the_words_of_its_name(text: str, language: str, form: str) -> None:
    assert one(text, form, language).name_class is NameClass.ORGANISATION


def test_in_a_text_without_capitals_unusual_words_are_proposed() -> None:
    text = (
        "on a vu zerwala tamkour au marché, franchement, avec les enfants de la voisine" + ", et on a parlé du prix" * 5
    )
    [found] = candidates(text, "fr")
    assert candidates("zerwala-tamkour", "fr") == []
    assert text[found.start : found.end] == "zerwala tamkour"
    assert [each.engine for each in found.found] == ["unusual"]
    assert forms("Les enfants du marché zerwalent. Moussa, Awa, Oumar et Fatoumata aussi.") == [
        "Moussa", "Awa", "Oumar", "Fatoumata"
    ]  # fmt: skip


def test_the_group_of_somebody_does_not_hide_the_name() -> None:
    assert forms("Il est du groupe de Moussa.") == ["Moussa"]


def test_a_name_that_is_a_common_word_is_proposed_and_says_so() -> None:
    text = "C’est Paix qui parle de la paix avec Paix Zerwala."
    assert forms(text) == ["Paix", "Paix Zerwala"]
    assert one(text, "Paix").also_word
    assert not one(text, "Paix Zerwala").also_word


def test_engines_are_joined_and_never_cut_each_other() -> None:
    text = "Je vois Zerwala de Tamkoura chaque jour."
    span = ModelSpan(text.index("Zerwala"), text.index(" chaque"), NameClass.PERSON, "invented 1.0")
    [found] = candidates(text, "fr", model_spans=[span])
    assert text[found.start : found.end] == "Zerwala de Tamkoura"
    assert [each.engine for each in found.found] == ["invented 1.0", "capitals"]


def test_a_label_and_what_is_said_are_two_names_also_where_a_model_takes_both() -> None:
    text = "Paix Zerwala : Je suis Paix Zerwala."
    span = ModelSpan(0, len(text) - 1, NameClass.PERSON, "invented 1.0")
    found = candidates(text, "fr", model_spans=[span])
    assert [text[each.start : each.end] for each in found] == ["Paix Zerwala", "Paix Zerwala"]


def test_ordinary_words_that_a_model_takes_along_are_left_out() -> None:
    text = "avec la colline et zerwala encore"
    spans = [
        ModelSpan(0, 15, NameClass.PLACE, "invented 1.0"),
        ModelSpan(8, len(text), NameClass.PERSON, "invented 1.0"),
    ]
    assert [text[each.start : each.end] for each in candidates(text, "fr", model_spans=spans)] == ["zerwala"]


def test_own_lists_are_found_in_every_spelling_and_refused_forms_are_not_proposed() -> None:
    lists = Lists(names={"la colline bleue": NameClass.PLACE}, refused=["Zerwala"])
    assert forms("vers LA COLLINE-BLEUE, avec Zerwala et Tamkour", lists=lists) == ["LA COLLINE-BLEUE", "Tamkour"]


def test_no_name_goes_over_the_label_of_a_turn() -> None:
    text = "ENQ : Avec Zerwala\nTamkour : Oui."
    turns = [Turn(1, "ENQ", 0, 6, 19), Turn(2, "Tamkour", 19, 29, len(text))]
    found = [text[each.start : each.end] for each in candidates(text, "fr", turns=turns)]
    assert found == ["Zerwala", "Tamkour"]


def test_a_form_found_in_one_text_is_found_in_all() -> None:
    texts = ["Hier, j’ai vu Issa Tamkour au marché.", "Et puis tamkour est parti avec sa mère."]
    first, second = candidates_of([Source(str(n), text, "fr") for n, text in enumerate(texts)])
    assert texts[1][second[0].start : second[0].end] == "tamkour"
    assert [each.engine for each in second[0].found] == ["elsewhere"]
    assert len(first) == len(second) == 1


def test_a_word_written_small_elsewhere_is_no_name_where_a_sentence_begins_with_it() -> None:
    texts = ["Bredouiller ne sert à rien.", "Je ne veux pas bredouiller. Mais Zerwala, Tamkour et Sénou, si."]
    assert candidates_of([Source(str(n), text, "fr") for n, text in enumerate(texts)])[0] == []


def test_forms_are_grouped_without_regard_to_spelling() -> None:
    texts = {"a": "Je vois Dembélé, puis DEMBELE. L’eau d’Awa Dembélé.", "b": "avec dembele, avec O. Dembélé"}
    groups = {group.key: group for group in grouped((key, text, candidates(text, "fr")) for key, text in texts.items())}
    group = groups["dembele"]
    assert (group.form, dict(group.texts), group.count) == ("Dembélé", {"a": 2, "b": 1}, 3)
    assert set(group.variants) == {"awa dembele", "o dembele"}
    assert {context.text for context in group.contexts} == {"a", "b"}
    context = group.contexts[0]
    assert texts["a"][context.start : context.end] == context.form
    assert texts["a"].startswith(context.before)


def test_nothing_that_is_printed_by_accident_shows_a_name() -> None:
    text = "Je vois Zerwala."
    found = candidates(text, "fr")
    groups = grouped([("a", text, found)])
    shown = repr((found, groups, groups[0].contexts, Source("a", text, "fr"), Lists({"Zerwala": NameClass.PERSON})))
    assert "zerwala" not in shown.lower()


_PIECES = st.sampled_from(
    ["Awa", "Diarra", " ", "  ", "\n", "-\n", "d’", "-", "\u202b", "\u200f", "\u0301", "\x00", "\x0c", ".",
     "76 12 34 56", "@", "أحمد", "𝒜wa", "é", "İ", "ﬁ", "M0pti", "association des ", "le 3 mai"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join), st.sampled_from(["fr", "en", ""]))
def test_candidates_are_stretches_of_the_text_in_its_order(text: str, language: str) -> None:
    before = 0
    for each in candidates(text, language):
        assert before <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip() == text[each.start : each.end]
        assert each.found
        before = each.end


def test_a_name_that_is_a_common_word_too_stays_one_when_a_model_marks_it() -> None:
    text = "J’ai vu Paix hier, et la paix aussi."
    span = ModelSpan(text.index("Paix"), text.index(" hier"), NameClass.PERSON, "model 1")
    [group] = grouped([("one", text, candidates(text, "fr", model_spans=[span]))])
    assert group.also_word and "model 1" in group.engines


def test_a_name_inside_a_very_long_one_of_an_own_list_is_not_cut_out_of_it() -> None:
    name = "Union des femmes " + "de la rive " * 12 + "et de Moussa Koné au bord"
    text = f"À {name} hier."
    at = text.index("Moussa")
    span = ModelSpan(at, at + 11, NameClass.PERSON, "model 1")
    found = candidates(text, "fr", lists=Lists({name: NameClass.ORGANISATION}), model_spans=[span])
    assert [text[each.start : each.end] for each in found] == [name]


@pytest.mark.parametrize("text", ["Liste : " + "Awa Moussa Fatou Koné " * 40, "GAO TESSALIT " * 30])
def test_a_list_of_names_without_commas_falls_into_names(text: str) -> None:
    found = candidates(text, "fr")
    assert all(each.end - each.start <= LONGEST for each in found)
    assert {text[each.start : each.end] for each in found} & {"Koné", "TESSALIT"}


def test_what_an_association_is_called_is_no_person_elsewhere() -> None:
    texts = ("On a fondé la plateforme Zoubé Taari.", "Depuis, Zoubé Taari n’a rien reçu.")
    one, other = candidates_of([Source(str(n), text, "fr") for n, text in enumerate(texts)])
    assert [each.name_class for each in (*one, *other)] == [NameClass.ORGANISATION] * 2


def test_days_towns_and_ordinary_words_are_no_people() -> None:
    assert forms("Young people came on Sunday and on Friday.", "en") == []
    assert one("Il est né à Koro.", "Koro").name_class is NameClass.PLACE
    assert forms("Je le désire, avec un boubou.") == [] and forms("C’est mon ami Oumar.") == ["Oumar"]


def test_an_office_somewhere_is_no_organisation() -> None:
    assert forms("We have an office in Gao and a project in Kosovo.", "en") == ["Gao", "Kosovo"]
    assert forms("On l’a forcé pour Gao. Il dit « la paix est là ». C’est ce qu’on appelle « crise ».") == ["Gao"]


@pytest.mark.parametrize("run", ["0f" * 15_000, "A. " * 12_000], ids=["picture", "initials"])
def test_a_text_with_a_picture_or_endless_initials_in_it_is_looked_through_at_once(run: str) -> None:
    """It took most of a minute for 30 kB, and a hundred times as long for ten times as much."""
    begun = time.process_time()
    assert "Awa Zerwala" in forms(f"{run}\nHier, Awa Zerwala est venue.")
    assert time.process_time() - begun < 6, "far more than the half second that it takes"


def test_names_are_found_within_a_very_long_run_of_signs() -> None:
    text = ";".join(["oui"] * 200 + ["Awa Zerwala"] + ["non"] * 200)
    assert "Awa Zerwala" in forms(text)
