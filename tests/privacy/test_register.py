"""The register of names: who owns a form, what may stand in its place, and proposals for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import use_language
from hsreview.privacy.alike import gives_away
from hsreview.privacy.candidates.origins import origin
from hsreview.privacy.pseudonyms import Style, generalisations, proposals, suggested
from hsreview.privacy.register import (
    Given,
    Name,
    NameRefused,
    Register,
    Seen,
    State,
    checked_replacement,
)
from hsreview.privacy.register_json import as_json, from_json


def named(*pairs: tuple[str, str], kind: str = "person") -> Register:
    """A register with these forms and replacements."""
    register = Register("p")
    for form, replacement in pairs:
        register = register.changed("me", [Name(register.next_number, form, kind, replacement)])
    return register


def proposal(
    register: Register, form: str, style: Style = Style.NAMES, *, texts: str = "", kind: str = "person"
) -> str:
    return suggested(register, Name(register.next_number, form, kind), style, lambda word: word in texts.split())


def test_a_form_is_found_in_every_spelling_and_by_its_number() -> None:
    register = named(("Jean-Marie Kéïta", "Paul Sow"), ("Awa", "Oumou"))
    for form in ("JEAN MARIE KEITA", "jean\nmarie  kéita"):
        found = register.find(form)
        assert found is not None and found.number == 1
    assert register.known("2").replacement == "Oumou"
    with pytest.raises(UsageProblem):
        register.known("3")


def test_what_is_forgotten_stands_beside_no_other_name() -> None:
    register = named(("Awa Diarra", "Oumou Sow"), ("Moussa", "Issa"))
    beside = Seen(3, ("deux.txt", "entretien_awadiarra.txt"), (), (("iarra dit à ", "Moussa", " "),))
    register = register.changed("me", [replace(register.names[1], seen=beside)])
    register = register.changed("me", [replace(register.names[1], kept=True)]).without({1})
    assert "iarra" not in str(as_json(register)).lower()
    assert register.names[0].seen == Seen(3, ("deux.txt",))


def test_a_form_has_one_owner_in_every_spelling() -> None:
    with pytest.raises(InputRefused, match="merge"):
        named(("Jean-Marie", "Paul"), ("JEAN MARIE", "Luc"))


def test_no_representation_shows_a_name() -> None:
    register = named(("Aminata Diarra", "Oumou Sow"))
    name = replace(register.names[0], contact="76 12 34 56", variants=("Mimi",))
    for shown in (repr(register), repr(name), repr(register.replacer), repr(register.rules()), repr(register.steps)):
        assert not any(word in shown for word in ("Aminata", "Diarra", "Mimi", "76 12"))


@pytest.mark.parametrize("replacement", ["Keïta", "Oumou Keïta", "keita Sow", "[un cousin de Keïta]"])
def test_a_replacement_holds_no_original_name(replacement: str) -> None:
    with pytest.raises(InputRefused) as refused:
        named(("Keïta", "Sow"), ("Awa Touré", replacement))
    assert "original" in refused.value.message


def test_a_form_that_is_a_given_pseudonym_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputRefused, match="names accept 1"):
        named(("Awa", "Oumou"), ("Oumou", "Hawa"))


def test_two_people_do_not_share_a_pseudonym_but_may_share_a_generalisation() -> None:
    with pytest.raises(InputRefused, match="merge"):
        named(("Awa", "Oumou"), ("Sali", "oumou"))
    assert named(("Gao", "[une ville]"), ("Mopti", "[une ville]"), kind="place").counts()[State.GENERALISED] == 2


@pytest.mark.parametrize("text", ["", "  ", "[ville", "ville]", "[a] et [b]", "A\nB", "…"])
def test_a_replacement_is_words_or_one_bracket(text: str) -> None:
    with pytest.raises(UsageProblem):
        checked_replacement(text)


def test_a_proposal_keeps_families_together_and_is_never_given_twice() -> None:
    register = named(("Awa Diarra", "Oumou Sow"))
    assert proposal(register, "Diarra") == "Sow"
    assert proposal(register, "Awa") == "Oumou"
    assert proposal(register, "Moussa Diarra").endswith(" Sow")
    assert proposal(register, "Fatoumata").istitle()
    taken = proposal(register, "Moussa Traoré")
    again = register.changed("me", [Name(2, "Moussa Traoré", "person", taken)]).undone()
    assert again.find("Moussa Traoré") is None and proposal(again, "Oumar Cissé") != taken
    first = proposal(register, "Mariama")
    assert proposal(register, "Mariama", texts=first) != first


def test_open_names_are_proposed_different_pseudonyms_that_stay_when_others_are_decided() -> None:
    names = [Name(n, form, "person") for n, form in enumerate(("Awa", "Oumar Cissé", "Awa Cissé", "Sira", "Ina"), 1)]
    register = Register("p").changed("", names, step=False)

    def proposed(register: Register) -> dict[int, str]:
        return proposals(register, Style.NAMES, lambda _word: False)

    first = proposed(register)
    assert len(set(first.values())) == 5
    assert first[3] == f"{first[1]} {first[2].split()[1]}"
    accepted = register.changed("me", [replace(names[3], replacement=first[4])])
    assert proposed(accepted) == {number: text for number, text in first.items() if number != 4}


def test_a_form_of_address_says_whose_first_name_is_proposed() -> None:
    def after(before: str) -> str:
        seen = Seen(1, contexts=((before, "Nènèba", ""),))
        return suggested(Register("p"), Name(1, "Nènèba", "person", seen=seen), Style.NAMES, lambda _word: False)

    assert after("avec tante ") == after("avec ma sœur ") == after("TATA ")
    assert after("avec tonton ") == after("see Uncle ") != after("avec tante ")


def test_a_guess_gets_no_pseudonym_and_a_name_stays_in_its_country() -> None:
    def proposed(form: str, *engines: str) -> str:
        name = Name(1, form, "person", seen=Seen(1, engines=engines, language="en"))
        return suggested(Register("p"), name, Style.NAMES, lambda _word: False)

    model = "en_core_web_sm 3.8.0"
    for form, engines in (("Nottinghamshire", (model, "capitals")), ("Age UK", (model,)), ("boubou", ("unusual",))):
        assert proposed(form, *engines) == "[proper name]"
    first, last = proposed("Fatoumata Keïta", "gazetteer").split()
    assert (first, last) == ("Mariam", "Sow"), "not Fatou, which is short for it"
    assert proposed("Lena Haverholt", model) == "Claire Lambert"
    assert proposed("Abena Haverholt", model).split()[1] == "Mensah" and proposed("Owusu", "gazetteer") == "Osei"


def test_a_family_name_is_proposed_a_family_name_and_a_first_name_a_first_name() -> None:
    seen = Seen(1, engines=("gazetteer",), language="en")
    forms = (
        "Djénéba Koumaré", "Koumaré", "Djénéba", "Awa Zoubéré", "Zoubéré", "Dubois", "Gakou", "Tiémoko", "Tetteh",
        "Kojo Tetteh-Osei",
    )  # fmt: skip
    register = Register("p").changed("", [Name(n, form, "person", seen=seen) for n, form in enumerate(forms, 1)])
    found = proposals(register, Style.NAMES, lambda _word: False)
    given = dict(zip(forms, found.values(), strict=True))
    first, last = given["Djénéba Koumaré"].split()
    assert (given["Djénéba"], given["Koumaré"]) == (first, last)
    assert given["Zoubéré"] == given["Awa Zoubéré"].split()[1]
    assert given["Dubois"] == "Lambert" and origin(given["Gakou"]).family_home == origin("Gakou").family_home == "fr"
    assert (origin(given["Tiémoko"]).first_home, origin(given["Tiémoko"]).woman) == ("fr", False)
    assert given["Kojo Tetteh-Osei"].split()[1] == given["Tetteh"] and origin(given["Tetteh"]).family_home == "en"
    lone = Name(1, "Zoubéré", "person", seen=replace(seen, language="fr", contexts=(("avec Mme ", "Zoubéré", ""),)))
    assert suggested(Register("p"), lone, Style.NAMES, lambda _word: False) == "Sow"


def test_codes_and_generalisations_follow_the_class() -> None:
    register = named(("Awa", "P1"), ("12 mars", "[date]"))
    assert proposal(register, "Sali", Style.CODES) == "P2"
    assert proposal(register, "Gao", Style.CODES, kind="place") == "L1"
    assert proposal(register, "Gao", kind="place") in generalisations("place", "fr")
    assert "[chef-lieu d’un cercle du nord]" in generalisations("place", "fr")


FORMS = st.lists(st.sampled_from(["Awa", "Awa Ba", "Oumar", "Sali Ly", "Gao", "Issa Ag Ali"]), unique=True, max_size=6)


@given(FORMS, st.lists(st.sampled_from(["accept", "keep", "undo"]), max_size=8))
def test_undo_takes_back_step_by_step_and_the_file_keeps_all(forms: list[str], acts: list[str]) -> None:
    use_language("en")
    register = Register("p")
    history = [register]
    for number, act in enumerate(acts):
        if act == "undo":
            if not register.steps:
                with pytest.raises(InputRefused):
                    register.undone()
                continue
            register = register.undone()
            history.pop()
            assert register.names == history[-1].names
            continue
        form = forms[number % len(forms)] if forms else "Kita"
        name = register.find(form) or Name(register.next_number, form, "person")
        new = replace(name, kept=act == "keep", replacement="" if act == "keep" else proposal(register, form))
        try:
            register = register.changed("me", [new])
        except NameRefused as refused:  # Somebody is called by a word of this name already: they need another one.
            assert refused.number in {new.number, *(each.number for each in register.names)}
            continue
        history.append(register)
    assert from_json(as_json(register)) == register


def test_a_forgotten_name_is_not_kept_in_what_people_of_tables_are_called() -> None:
    given = (Given("CSO-Gao-1", "CSO-L1-1", "respondent"), Given("CSO-Awa-1", "CSO-P1-1", "respondent"))
    register = replace(named(("Awa", "P1"), ("Gao", "L1")), given=given)
    assert register.without({1}).given == given[:1] and from_json(as_json(register)).given == given


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fatoumata", "Fatou"), ("Mamadou", "Madou"), ("Aminata", "Mina"), ("Mohamed", "Mahamadou"),
        ("Abdoulaye", "Ablo"), ("Aïssata", "Aïcha"), ("Koumaré", "Kouyaté"), ("Ba", "Bah"), ("Steven", "Étienne"),
    ],
)  # fmt: skip
def test_short_forms_and_names_that_sound_alike_give_a_name_away(one: str, other: str) -> None:
    assert gives_away(other, [one]) and gives_away(one, [f"Zoé {other}"])
    assert not gives_away("Sali", [one]) and not gives_away(f"[{other}]", [one])


def test_no_proposal_begins_like_the_name_or_like_another_one_of_the_interview() -> None:
    forms = ["Fatoumata Traoré", "Mamadou Sow", "Kadidia Konaté", "Julie Somé", "Mohamed Ag Ali", "Mariam", "Coulibaly"]
    seen = Seen(2, ("one.txt",), ("gazetteer",), language="fr")
    names = [Name(n, form, "person", seen=seen) for n, form in enumerate(forms, 1)]
    elsewhere = Name(len(names) + 1, "Oumou Bagayoko", "person", seen=replace(seen, files=("two.txt",)))
    found = proposals(Register("p", (*names, elsewhere)), Style.NAMES, lambda _word: False)
    begun = {fold(word)[:3] for form in forms for word in form.split()}
    for number in range(1, len(names) + 1):
        assert not any(fold(word)[:3] in begun for word in found[number].split()), found[number]


def test_what_was_proposed_stays_until_something_forbids_it() -> None:
    seen = Seen(1, ("one.txt",), ("gazetteer",), language="fr")
    forms = ["Awa Diarra", "Moussa Diarra", "Oumar Touré"]
    register = Register("p", tuple(Name(n, form, "person", seen=seen) for n, form in enumerate(forms, 1)))
    first = proposals(register, Style.NAMES, lambda _word: False)
    kept = register.proposing(first)
    more = replace(kept, names=(Name(9, "Zana Bamba", "person", seen=seen), *kept.names))
    again = proposals(more, Style.NAMES, lambda _word: False)
    assert {number: again[number] for number in first} == first
    spoken = first[3].split()[0]
    other = proposals(more, Style.NAMES, lambda word: word == spoken)
    assert other[3] != first[3] and other[1] == first[1]
    family = kept.changed("me", [replace(kept.names[0], replacement="Sali Ouane")])
    assert proposals(family, Style.NAMES, lambda _word: False)[2].endswith(" Ouane"), (
        "people of one family keep one name"
    )
