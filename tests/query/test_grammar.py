"""Expressions are read and written out in both languages; what cannot be read is refused at its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.query.evaluate import Picked
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.grammar import parse
from hsreview.analysis.query.layer import Layer
from hsreview.analysis.query.printing import written
from hsreview.analysis.query.tree import Any, CodeName, Condition, HasMemo, Node, Or, Says, Value
from hsreview.analysis.query.words import FIELD_OF, FIELDS
from tests.query.layers import dataset, expressions

UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"
AWKWARD = ["and", "OU", "à", "A", "de", "tour", "l’entretien", "1.10", "2", "D*", "x!", "a,b", '"', "«", "(", "speaker"]
AWKWARD += ["group", "rôle", "by", "\u202f", "é\u0301", "漢字", "M&E", "a b", "--", "in", "même", "<=", "date", "\x07x"]
TEXTS = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(exclude_characters=UNSEEN, exclude_categories=["Cs"]), min_size=1)
).filter(lambda text: bool(text.strip()))
VALUES = st.lists(st.builds(Value, TEXTS, st.booleans()), min_size=1, max_size=3).map(tuple)
BUILT_IN = st.builds(Condition, st.sampled_from(sorted(FIELDS)), st.sampled_from(["=", "!="]), VALUES)
OWN = st.builds(Condition, TEXTS, st.sampled_from(["=", "!="]), VALUES, st.just(True))
COMPARED = st.builds(
    Condition,
    TEXTS,
    st.sampled_from(["<", "<=", ">", ">="]),
    st.builds(Value, TEXTS).map(lambda v: (v,)),
    st.just(True),
)
CODE = st.builds(CodeName, TEXTS) | st.builds(CodeName, TEXTS, prefix=st.just(True))
CODE |= st.builds(CodeName, TEXTS, only=st.just(True))
ATOMS: st.SearchStrategy[Node] = st.one_of(
    CODE, st.just(Any()), st.just(HasMemo()), st.builds(Says, TEXTS), BUILT_IN, OWN, COMPARED
)


@given(expressions(ATOMS, 10), st.sampled_from(["en", "fr"]))
def test_what_is_written_out_reads_as_the_same(node: Node, language: str) -> None:
    assert parse(written(node, language)) == node


PIECES = [
    "D1",
    "and",
    "ou",
    "not",
    "(",
    ")",
    "overlaps",
    "dans",
    "le",
    "tour",
    "within",
    "2",
    "turns",
    "followed",
    "by",
]
PIECES += [
    "=",
    "!=",
    "in",
    "group",
    "cso",
    ",",
    "*",
    "!",
    '"',
    "«",
    "»",
    "memo",
    "says",
    "à",
    "chez",
    "K9",
    "\x00",
    "e\u0301",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=40))
def test_every_fault_names_a_column_of_the_expression(expression: str) -> None:
    try:
        Picked(Layer(dataset([])), parse(expression))
    except QueryFault as fault:
        assert 1 <= fault.column <= len(expression) + 1
        assert f"{fault.column}" in fault.message


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("D1 and K4 or not memo", "D1 et K4 ou non mémo"),
        ("D1 and not K4", "D1 sauf K4"),
        ("D1 overlaps K4", "D1 chevauche K4"),
        ("D1 not inside K4", "D1 non dans K4"),
        ("D1 contains K4", "D1 contient K4"),
        ("(P* or O*) within turn M1", "(P* ou O*) dans le même tour que M1"),
        ("P8 within the same turn as M1", "P8 dans le tour de parole de M1"),
        ("P8 within 2 turns of M1", "P8 à 2 tours de M1"),
        ("P8 within 2 turns M1", "P8 à moins de 2 tours de M1"),
        ("P8 followed by M1", "P8 suivi de M1"),
        ("P8 followed by M1 within 2 turns", "P8 suivi de M1 à moins de 2 tours"),
        ("P8 followed by M1 within turn", "P8 suivi de M1 dans le même tour"),
        ("P8 within interview K4", "P8 dans l’entretien K4"),
        ("P8 within interview K4", "P8 dans l'entretien de K4"),
        ("P8 not within respondent K4", "P8 pas chez le répondant K4"),
        ("any and by Awa", "tout et par Awa"),
        ('any and says "x"', "TOUT ET DIT « x »"),
        ("speaker role = respondent", "rôle = respondent"),
        ("region in (Gao, Mopti)", "region parmi (Gao ; Mopti)"),
        ("region not in (Gao, Mopti)", "region non parmi (Gao, Mopti)"),
        ("group != cso and date >= 2014-05", "groupe ≠ cso et date ≥ 2014-05"),
        ("flag = quote and origin = typed", "drapeau = quote et origine = typed"),
    ],
)
def test_both_languages_say_the_same_in_any_mixture(english: str, french: str) -> None:
    node = parse(english)
    assert parse(french) == node
    assert parse(f"({english}) ou ({french})") == Or((node, node))
    assert parse(written(node, "fr")) == node


def test_what_binds_more() -> None:
    assert parse("A or B and not C overlaps D") == parse("A or (B and ((not C) overlaps D))")
    assert written(parse("not C overlaps D"), "en") == "(not C) overlaps D"
    assert parse("A overlaps B not inside C") == parse("A overlaps B not inside C")
    assert parse("A sauf B chevauche C") == parse("A and not (B overlaps C)")


def test_a_relation_after_and_is_asked_of_all_that_was_picked_before_it() -> None:
    asked = parse("A and group = cso and not within respondent B and C")
    assert asked == parse("((A and group = cso) not within respondent B) and C")
    assert parse(written(asked, "fr")) == asked
    assert parse("A or B et chevauche C") == parse("A or (B overlaps C)")
    assert parse("A and not B") != parse("A and overlaps B")
    chain = "A" + " and group = x and within turn B" * 50
    assert parse(written(parse(chain), "en")) == parse(chain)
    with pytest.raises(QueryFault, match="more than 50"):
        parse(chain + " and group = x and within turn B")


def test_names_that_are_words_of_the_language_stand_in_quotes_only_where_they_must() -> None:
    assert parse("A à 2 tours de A") == parse("A within 2 turns A")
    assert parse('"and" and "group" = "in"') != parse('"and" and group = "in"')
    for word in FIELD_OF:
        assert isinstance(parse(f"{word} = x"), Condition) and parse(word) == CodeName(word)


@pytest.mark.parametrize(
    ("expression", "column", "word"),
    [
        ("", 1, "empty"),
        (" \u202f\u200b", 1, "empty"),
        ("(D1", 1, "not closed"),
        ("D1 and (K4 or (D2)", 8, "not closed"),
        ("D1)", 3, "closes nothing"),
        ("()", 2, "missing before this bracket"),
        ("D1 and", 7, "ends too early"),
        ("D1 and or K4", 8, "or"),
        ("D1 K4", 4, "missing before"),
        ("D1 without K4", 4, "write “and not”"),
        ("D1 sans K4", 4, "write “and not”"),
        ("D1 near K4", 4, "write “within 2 turns”"),
        ("D1 sauf dans le répondant K4", 4, "write and not dans le répondant …"),
        ("D1 except inside K4", 4, "write and not inside …"),
        ("Need for safety", 6, "quotation marks"),
        ("group = civil society", 15, "quotation marks"),
        ("group =", 8, "value is missing"),
        ("region in Gao", 11, "list in brackets"),
        ("region in (Gao, )", 17, "value is missing"),
        ("region in (Gao Mopti)", 16, "comma"),
        ("region dans (Gao, Mopti)", 17, "parmi"),
        ("D1 within K4", 11, "turn"),
        ("D1 within 9999999 turns K4", 11, "more than any"),
        ("D1 followed K4", 13, "by"),
        ('says "x', 6, "not closed"),
        ('D1 and ""', 8, "nothing between"),
        ("D1 »", 4, "closes nothing"),
        ("D1 and \x1b[31mK4", 8, "U+001B"),
        ("D1 *", 4, "directly behind"),
        ("age > (3, 4)", 7, "only one value"),
        ("= 3", 1, "="),
    ],
)
def test_what_is_wrong_is_said_with_its_column(expression: str, column: int, word: str) -> None:
    with pytest.raises(QueryFault) as refused:
        parse(expression)
    assert refused.value.column == column and word in refused.value.message
    assert refused.value.expression == expression


@pytest.mark.parametrize(
    ("expression", "column", "word"),
    [
        ("D1 and D3", 8, "Did you mean"),
        ("any and K", 0, ""),
        ('any or "Label D9"', 8, "Label D"),
        ("D!", 1, "theme"),
        ("X*", 1, "begins with X"),
        ("region", 1, "region = …"),
        ("regoin = Gao", 1, "region"),
        ("group = csoo", 9, "cso"),
        ("transcript = cso-gao-2", 14, "cso-gao-1"),
        ("by Awo", 4, "Awa"),
        ("flag = quot", 8, "quote"),
        ("origin = type", 10, "typed"),
        ("role = boss", 8, "respondent"),
        ("stance = maybe", 10, "yes"),
        ("region > Gao", 10, "numbers and dates"),
        ("date > 2016-13", 8, "2016-13 is no date"),
        ("date in (2016, 2015-02-29)", 16, "2015-02-29 is no date"),
        ("date = soon", 8, "soon is no date"),
        ("date >= 20160305", 9, "2016-03-25"),
        ("date = ٢٠١٦", 8, "is no date"),
        ("age > 2016-00", 7, "2016-00 is no date"),
        ("date = 2016-0* and date >= 2016-02-29 and age = 2016-13", 0, ""),
        ("flag < quote", 1, "="),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(expression: str, column: int, word: str) -> None:
    layer = Layer(dataset([]))
    if not column:
        assert Picked(layer, parse(expression)).places() == []
        return
    with pytest.raises(QueryFault) as refused:
        Picked(layer, parse(expression))
    assert refused.value.column == column and word in refused.value.message


def test_very_deep_and_very_long_expressions_are_read_or_refused_in_words() -> None:
    layer = Layer(dataset([]))
    deep = "D1 inside (" * 50 + "D1" + ")" * 50
    assert Picked(layer, parse(deep)).places() == [] and parse(written(parse(deep), "fr")) == parse(deep)
    for opening, column in (("(", 51), ("not ", 201), ("D1 and not (", 25 * 12 + 8)):
        with pytest.raises(QueryFault, match="more than 50") as refused:
            parse(opening * 10_000 + "D1")
        assert refused.value.column == column
    for joint in (" or ", " and ", " overlaps ", " sauf "):
        long = parse(joint.join(["D1"] * 2_000))
        assert parse(written(long, "en")) == long


def test_a_long_expression_is_shown_around_its_fault() -> None:
    expression = " or ".join(["D1"] * 200) + " or ) or " + " or ".join(["D1"] * 200)
    with pytest.raises(QueryFault) as refused:
        parse(expression)
    shown, before = refused.value.pointed(74)
    assert len(shown) <= 74 and shown[len(before)] == ")" and shown.startswith("…")


def test_accents_case_and_spaces_of_print_do_not_matter() -> None:
    layer = Layer(dataset([]))
    for expression in (
        "«\u202fcoûts\u202f»",
        "“COUTS”",
        "K\u00a0or\u202fK",
        "\ufeffK",
        "groupe = « Société civile »",
        "groupe = « societes civiles »",
        "rôle du locuteur = répondantes",
        "speaker role in (interviewers, Enquêtrice)",
        "langue = Français",
        "position = contre",
        "stance = Pour",
        "drapeau = « a citer »",
        "origine parmi (importées, saisie)",
        "K\tet\nK1",
    ):
        Picked(layer, parse(expression))


def test_in_french_the_known_values_are_told_by_their_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.analysis.query.named.current_language", lambda: "fr")
    layer = Layer(dataset([]))
    for expression, told in (
        ("groupe = xyz", "Société civile (cso)"), ("drapeau = xyz", "À citer (quote)"), ("stance = xyz", "Contre (no)"),
        ("rôle = xyz", "répondant (respondent)"), ("origine = xyz", "saisi (typed)"), ("langue = xyz", "français (fr)"),
    ):  # fmt: skip
        with pytest.raises(QueryFault) as refused:
            Picked(layer, parse(expression))
        assert told in refused.value.reason


def test_a_very_long_name_is_not_repeated_whole() -> None:
    for expression in ("x" * 10_000, f'"{"x" * 10_000}"', f"group = {'x' * 10_000}", "D1 " + "x" * 10_000):
        with pytest.raises(QueryFault) as refused:
            Picked(Layer(dataset([])), parse(expression))
        assert len(refused.value.message) < 500
