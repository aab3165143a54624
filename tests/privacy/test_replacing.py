"""Names are replaced in every spelling, sentences still read well, and offsets follow."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.model.text import CueTime, Turn, check_turns
from hsreview.privacy.register import Name, Register
from hsreview.privacy.replacing import Replacer, Rule
from hsreview.privacy.telephones import national

RULES = (
    Rule(("Aminata",), "person", "Fatou"),
    Rule(("Moussa", "Mousa"), "person", "Issa"),
    Rule(("Awa Diarra",), "person", "Sali Sow"),
    Rule(("Diarra Kéïta", "N’Diaye"), "person", "Koné"),
    Rule(("Jean-Marie",), "person", "Paul"),
    Rule(("Dembélé",), "person", "Sidibé"),
    Rule(("ORTM",), "organisation", "[radio nationale]"),
    Rule(("Paix",), "person", "Rose", cased=True),
    Rule(("+223 76 12 34 56",), "phone", "[téléphone]"),
    Rule(("عائشة",), "person", "فاطمة"),
)
REPLACER = Replacer(RULES)


def written(text: str, language: str = "fr") -> str:
    return REPLACER.replace(text, (), (), language).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("AMINATA, aminatà et Aminata.", "Fatou, Fatou et Fatou."),
        ("Je parle d’Aminata.", "Je parle de Fatou."),
        ("D'Aminata, qu'Aminata, jusqu’Aminata", "De Fatou, que Fatou, jusque Fatou"),
        ("Je parle de Moussa, que Moussa voit.", "Je parle d’Issa, qu’Issa voit."),
        ("Ce Moussa, le Moussa, LA Moussa", "Ce Issa, l’Issa, L’Issa"),
        ("Le Moussa est là. Là Moussa, celui-la Moussa", "L’Issa est là. Là Issa, celui-la Issa"),
        ("De Moussa. Comme le Moussa", "D’Issa. Comme l’Issa"),
        ("Je parle d’ORTM et de l’ORTM.", "Je parle d’[radio nationale] et de l’[radio nationale]."),
        ("Awa \n diarra est là", "Sali Sow est là"),
        ("awa-diarra", "Sali Sow"),
        ("Dem-\nbélé Jean\u2011Marie", "Sidibé Paul"),
        ("NDiaye, n'diaye", "Koné, Koné"),
        ("Les Dembélés", "Les Sidibés"),
        ("La paix. Paix est venue.", "La paix. Rose est venue."),
        ("au +223 76.12.34.56.", "au [téléphone]."),
        ("76123456 ou 76 12 34 56", "[téléphone] ou [téléphone]"),
        ("+223 76-12-34-56, (+223) 76123456, 00223 7612-3456", "[téléphone], [téléphone], [téléphone]"),
        ("(76 12 34 56), 223 76/12/34/56 et 076 123\u202f456", "([téléphone]), [téléphone] et [téléphone]"),
        ("76 12\n34 56 \u200f+223\u200e 76123456 ٧٦١٢٣٤٥٦", "[téléphone] \u200f[téléphone] [téléphone]"),
        ("176123456, 76123457, 7612\n\n3456, 76123456x", "176123456, 76123457, 7612\n\n3456, 76123456x"),
        ("Moussaka, Awa, Diarra et awa_diarra2", "Moussaka, Awa, Diarra et Sali Sow2"),
        ("Awa Diarra Kéïta", "Koné"),
        ("Ami\u200bnata, Amin\u0061ta\u0301", "Fatou, Fatou"),
        ("مع عائشة.", "مع فاطمة."),
        ("Awa\n\nDiarra", "Awa\n\nDiarra"),
    ],
)
def test_a_name_is_replaced_as_one_would_write_it(before: str, after: str) -> None:
    assert written(before) == after


def test_a_code_before_a_date_is_no_part_of_it_and_an_article_of_another_turn_stays() -> None:
    replacer = Replacer([Rule(("12 mars",), "date", "[date]"), Rule(("Moussa",), "person", "Issa")])
    assert replacer.label("P12 mars, 12 mars", "fr") == "P12 mars, [date]"
    turns = (Turn(1, None, 0, 0, 3), Turn(2, None, 3, 3, 9))
    assert replacer.replace("de Moussa", turns, (), "fr").text == "de Issa"


def test_an_elided_word_is_no_part_of_another_name() -> None:
    replacer = Replacer([Rule(("Issa",), "person", "Ali"), Rule(("Dissa",), "person", "Paul")])
    made = replacer.replace("La sœur d’Issa, d'issa et Dissa", (), (), "fr")
    assert made.text == "La sœur d’Ali, d'Ali et Paul"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Dembélé", "chez Dem-\nbélé"),
        ("N’Diaye", "chez N'Diaye"),
        ("Ndiaye", "chez n’diaye"),
        ("O’Brien-Sall", "the O ' Brien Sall"),
        ("P12", "de p12"),
        ("Dembélé", "les Dem\u200bbélés"),
        ("عائشة", "مع عا\u200fئشة."),
    ],
)
def test_a_name_is_found_where_no_other_one_stands(form: str, text: str) -> None:
    replacer = Replacer([Rule((form,), "person", "Issa")])
    assert len(replacer.hits(text)) == len(replacer.hits(text, [text.index(" ")])) == 1


def test_english_keeps_its_own_small_words() -> None:
    assert written("Moussa's house, de Moussa, the Dembélés", "en") == "Issa's house, de Issa, the Sidibés"


def test_turns_labels_cues_and_places_follow() -> None:
    text = "AWA DIARRA : Je suis la sœur\nde Moussa.\nINT : Aminata\nAwa Diarra : Oui.\n"
    second, third = text.index("INT"), text.index("Awa Diarra :")
    turns = (
        Turn(1, "AWA DIARRA", 0, 13, second),
        Turn(2, "INT", second, second + 6, third),
        Turn(3, "Awa Diarra", third, third + 13, len(text)),
    )
    cues = (CueTime(0, 0), CueTime(text.index("de Moussa"), 10), CueTime(text.index("ussa"), 15), CueTime(second, 20))
    made = REPLACER.replace(text, turns, cues, "fr")
    check_turns(len(made.text), made.turns)
    assert [turn.speaker for turn in made.turns] == ["Sali Sow", "INT", "Sali Sow"]
    assert [turn.said(made.text) for turn in made.turns] == ["Je suis la sœur\nd’Issa.", "Fatou", "Oui."]
    assert [made.text[cue.offset :][:3] for cue in made.cues] == ["Sal", "d’I", "d’I", "INT"]
    assert [made.text[int(start) : int(end)] for start, end, _kind, _new in made.items] == [
        "Sali Sow", "Issa", "Fatou", "Sali Sow",
    ]  # fmt: skip
    assert all(text[at : at + n] == made.text[there : there + n] for at, there, n in made.blocks)


def test_a_name_does_not_go_over_the_border_of_turns() -> None:
    text = "INT : Et Awa\nDiarra : Oui"
    turns = (Turn(1, "INT", 0, 6, 13), Turn(2, "Diarra", 13, 22, len(text)))
    assert REPLACER.replace(text, turns, (), "fr").text == text


WORDS = ["Aminata", "moussa", "AWA", "Diarra", "Kéïta", "de", "d’", "paix", "Paix", "l'", "ORTM", "qu’", "x", "1", "s"]
WORDS += [
    "N",
    "Diaye",
    "’",
    "-",
    "\n",
    " ",
    ", ",
    "Dem",
    "bélé",
    "+223 76 12 34 56",
    "Jean",
    "Marie",
    "\u200f",
    "عائشة",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_no_original_form_stays_and_the_rest_is_untouched(text: str, form: str, french: bool) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    made = REPLACER.replace(text, (), (), "fr" if french else "en")
    assert REPLACER.hits(made.text) == []
    kept = [(text[at : at + n], made.text[there : there + n]) for at, there, n in made.blocks]
    assert all(old == new for old, new in kept)
    assert sum(n for _at, _there, n in made.blocks) + sum(e - s for s, e, _t, _u in made.replaced) == len(text)
    assert all(made.text[c.item : c.there_end] == c.replacement for c in made.changes)


@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS[:5]), st.lists(st.sampled_from(WORDS), max_size=6)), min_size=1, max_size=5
    )
)
def test_turns_stay_turns_wherever_names_stand(lines: list[tuple[str, list[str]]]) -> None:
    text = ""
    turns: list[Turn] = []
    for label, words in lines:
        start = len(text)
        text += f"{label} : {''.join(words)}\n"
        turns.append(Turn(len(turns) + 1, label, start, start + len(label) + 3, len(text)))
    cues = [CueTime(offset, offset) for offset in range(0, len(text), 3)]
    made = REPLACER.replace(text, turns, cues, "fr")
    check_turns(len(made.text), made.turns)
    assert all(made.text[t.start :].startswith(str(t.speaker)) for t in made.turns)
    assert [cue.offset for cue in made.cues] == sorted(cue.offset for cue in made.cues)
    pieces = [piece for t in made.turns for piece in (made.text[t.start : t.label_end], made.text[t.label_end : t.end])]
    assert not any(REPLACER.hits(piece) for piece in pieces)


def test_a_number_is_one_however_it_is_written() -> None:
    written = ("76123456", "76 12 34 56", "+223 76-12-34-56", "0022376123456", "(+223) 76.12.34.56", "22376123456")
    assert {national(form) for form in written} == {"76123456"}
    assert national("+233 (0)24 123 4567") == national("024 123 4567") == national("+33 24 123 45 67") == "241234567"
    assert [national(form) for form in ("1 234", "12 rue 34567", "Awa", "76123456, 76123457", "")] == [""] * 5
    register = Register("p", (Name(1, "+223 76 12 34 56", "phone", "[téléphone]"), Name(2, "Awa", "person", "Sali")))
    found = register.find("76123456")
    assert found is not None and found.number == 1 and register.find("76123457") is None
    assert register.joined.file_name("appel_76123456_awa", "fr") == "appel_téléphone_Sali"
