"""Stretches of a text in a corrected text: on the same words, or said to be changed or lost."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.model.carrying import Carried, carry

OLD = (
    "INT : Qui a décidé ?\nR1 : Nous avons travaillé avec les chefs. Mais sans budget.\n"
    "R1 : Oui.\nINT : Et vous ?\nR1 : Oui.\n"
)
CHEFS = (OLD.index("les chefs"), OLD.index("les chefs") + len("les chefs"))
SAID = (OLD.index("Nous"), OLD.index(" Mais"))


@pytest.mark.parametrize(
    ("new", "span", "expected", "text"),
    [
        (OLD, CHEFS, Carried.UNCHANGED, "les chefs"),
        ("Entretien\n" + OLD, CHEFS, Carried.MOVED, "les chefs"),
        (OLD.replace("budget", "argent"), CHEFS, Carried.UNCHANGED, "les chefs"),
        (OLD.replace("les chefs", "[lieu]"), CHEFS, Carried.LOST, None),
        (
            OLD.replace("avec les chefs", "avec tous les chefs"),
            SAID,
            Carried.CHANGED,
            "Nous avons travaillé avec tous les chefs.",
        ),
        (OLD.replace("les chefs.", "les anciens."), SAID, Carried.CHANGED, "Nous avons travaillé avec les anciens."),
        (OLD.replace("Nous avons", "On a"), SAID, Carried.CHANGED, "travaillé avec les chefs."),
        (OLD.replace("chefs. Mais", "chefs, mais"), CHEFS, Carried.UNCHANGED, "les chefs"),
        ("", SAID, Carried.LOST, None),
        ("R1 : Oui.\n", SAID, Carried.LOST, None),
    ],
)
def test_known_corrections(new: str, span: tuple[int, int], expected: Carried, text: str | None) -> None:
    [(start, end, state)] = carry(OLD, new, [span])
    assert state is expected
    assert (start, end) == span if text is None else new[start:end] == text


def test_the_second_yes_stays_the_second_one() -> None:
    second = OLD.rindex("Oui.")
    new = OLD.replace("INT : Qui a décidé ?\n", "").replace("R1 : Oui.\nINT", "INT", 1)
    [(start, end, state)] = carry(OLD, new, [(second, second + 4)])
    assert (start, new[start:end], state) == (new.rindex("Oui."), "Oui.", Carried.MOVED)


WORDS = st.lists(
    st.sampled_from(["oui", "non", "les", "chefs", "é", ".", ",", "\n", " ", "\u00a0", "\u0301", "𝒳"]), max_size=60
)


@given(WORDS, st.data())
def test_a_coding_never_stands_silently_on_other_words(words: list[str], data: st.DataObject) -> None:
    words.append("fin")
    old = " ".join(words)
    edited = list(words)
    for _edit in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(edited)))
        cut = data.draw(st.integers(0, 5))
        edited[at : at + cut] = data.draw(st.lists(st.sampled_from(["oui", "autre", "\n", "les"]), max_size=4))
    new = " ".join(edited)
    starts = data.draw(st.lists(st.integers(0, len(old) - 1), min_size=1, max_size=8))
    spans = [(start, data.draw(st.integers(start + 1, len(old)))) for start in starts]
    for (start, end), (at, until, state) in zip(spans, carry(old, new, spans), strict=True):
        if state is Carried.LOST:
            assert (at, until) == (start, end)
            continue
        assert 0 <= at < until <= len(new)
        same = new[at:until] == old[start:end]
        if state is Carried.UNCHANGED:
            assert same and at == start
        elif state is Carried.MOVED:
            assert same and at != start
        else:
            assert any(word in old[start:end] for word in new[at:until].split())
    if old == new:
        assert all(state is Carried.UNCHANGED for _at, _until, state in carry(old, new, spans))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("Il a dit non.", "Il a\u0300 dit non.", "a"),
        ("قالوا كتب لنا.", "قالوا كتب\u064e لنا.", "كتب"),
        ("Un \u07de\u07cf ici.", "Un \u07de\u07cf\u07eb ici.", "\u07de\u07cf"),
    ],
)
def test_a_letter_with_another_accent_is_another_word(old: str, new: str, word: str) -> None:
    start = old.index(word)
    assert carry(old, new, [(start, start + len(word))])[0][2] is Carried.LOST


def test_words_in_other_code_points_keep_their_place_and_wait() -> None:
    old = "R1 : Les élèves ont été à Ségou, près du forage.\n"
    new = "Note.\n" + normalize("NFD", old).replace("forage", "puits")
    for words in ("élèves ont", "à Ségou", "été"):
        start = old.index(words)
        [(at, end, state)] = carry(old, new, [(start, start + len(words))])
        assert (new[at:end], state) == (normalize("NFD", words), Carried.CHANGED)
        assert carry(new, old, [(at, end)]) == [(start, start + len(words), Carried.CHANGED)]
    part, before = old.index("lèves"), old.index("Les él")
    assert carry(old, new, [(part, part + 5)])[0][2] is Carried.LOST
    [(at, end, state)] = carry(old, new, [(before, before + 6)])
    assert (new[at:end], state) == ("Les", Carried.CHANGED)


def test_what_was_repeated_at_the_beginning_or_the_end_keeps_its_first_place() -> None:
    first = "INT : Un.\nR1 : Le chef décide.\n"
    start = first.index("Le chef")
    span = (start, start + len("Le chef décide"))
    assert carry(first + "INT : Bien.\n", first * 2 + "INT : Bien.\n", [span]) == [(*span, Carried.CHANGED)]
