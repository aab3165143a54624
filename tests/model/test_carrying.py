"""Stretches of a text in a corrected text: on the same words, or said to be changed or lost."""

from __future__ import annotations

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
