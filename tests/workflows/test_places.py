"""Places as people write them: every segment has a name, and the name leads back to it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.text import Span, Turn
from hsreview.workflows.places import find_place, place_name, sentences_of
from tests.builders import TEXT, staged


@dataclass(frozen=True)
class Units:
    text: str
    turns: tuple[Turn, ...]
    sentences: tuple[Span, ...]


ENTRY = staged()
UNITS = Units(ENTRY.text, ENTRY.turns, ENTRY.units.sentences)


def words(place: str) -> str:
    start, end = find_place(UNITS, place)
    return TEXT[start:end]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("2", "Qui a décidé ? Comment ?"),
        ("2.2", "Comment ?"),
        ("2.1-2", "Qui a décidé ? Comment ?"),
        ("2.2–3.1", "Comment ?\nR1 : Nous avons travaillé avec les chefs."),
        ("1-2.1", "Entretien fictif\nINT : Qui a décidé ?"),
        ("4-5.1", "Et la sécurité humaine ?\nR1 : La sécurité, c’est manger."),
        ("4-5", TEXT[TEXT.index("Et la sécurité") : -1]),
        (" 5.2 ", "Les femmes n’ont pas été consultées au début."),
    ],
)
def test_places_name_words(place: str, said: str) -> None:
    assert words(place) == said


@pytest.mark.parametrize("place", ["6", "0", "2.3", "2.0", "2.1-9", "2-9", "2-9.1", "999999999", "1.1-1.9"])
def test_what_the_text_does_not_have_is_refused(place: str) -> None:
    with pytest.raises(InputRefused):
        find_place(UNITS, place)


@pytest.mark.parametrize(
    "place", ["", "x", "2.", ".2", "2-", "-2", "2.1.1", "2.1-3.1-4", "3.1-2.1", "3-2", "2.2-1", "²"]
)
def test_what_is_no_place_is_a_usage_error(place: str) -> None:
    with pytest.raises(UsageProblem):
        find_place(UNITS, place)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 120))
def test_every_segment_has_a_name_and_its_sentences_hold_it(start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    name = place_name(UNITS, start, end)
    first, last = _ends(name)
    turn = UNITS.turns[first[0] - 1]
    assert turn.start <= start < turn.end
    turn = UNITS.turns[last[0] - 1]
    assert turn.start < end <= turn.end
    if first[1] and last[1]:
        found = find_place(UNITS, name)
        assert found[0] <= start and not TEXT[found[1] : end].strip(" \nINTR1:\u00a0")


def _ends(name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _dash, last = name.partition("-")
    turn, sentence = (int(part) for part in first.split("."))
    if not last:
        return (turn, sentence), (turn, sentence)
    to, _dot, end = last.rpartition(".")
    return (turn, sentence), (int(to) if to else turn, int(end))


@given(st.integers(1, 5), st.integers(1, 2), st.integers(1, 5), st.integers(1, 2))
def test_a_place_is_called_what_it_was_found_by(turn: int, sentence: int, to: int, last: int) -> None:
    counts = [len(sentences_of(UNITS, each)) for each in UNITS.turns]
    sentence, last = min(sentence, counts[turn - 1]), min(last, counts[to - 1])
    if (turn, sentence) > (to, last):
        (turn, sentence), (to, last) = (to, last), (turn, sentence)
    start, end = find_place(UNITS, f"{turn}.{sentence}-{to}.{last}")
    shortest = {(turn, sentence): f"{turn}.{sentence}"}.get((to, last)) or (
        f"{turn}.{sentence}-{last}" if turn == to else f"{turn}.{sentence}-{to}.{last}"
    )
    assert place_name(UNITS, start, end) == shortest
