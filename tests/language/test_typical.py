"""Phrases that are typical of a code in a team's codings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.language.typical import TextCounts, Typical, count, log_odds

WATER = "Le puits est à sec. "
OTHER = "Nous avons parlé de la réunion du comité et des invités. "


def a_text(wells: int, others: int) -> TextCounts:
    """So many sentences about the well, each coded W, among others, which are coded O."""
    text = WATER * wells + OTHER * others
    w, o = len(WATER), len(OTHER)
    codings = [("W", i * w, i * w + w - 1) for i in range(wells)]
    codings += [("O", wells * w + i * o, wells * w + i * o + o - 1) for i in range(others)]
    return count(text, [(0, len(text))], codings)


@pytest.fixture
def typical() -> Typical:
    made = Typical()
    for name in ("one", "two", "three"):
        made.put(name, a_text(4, 20))
    return made


def test_what_stands_mostly_under_a_code_is_typical_of_it_and_says_in_how_many_segments(typical: Typical) -> None:
    text = "Chez nous aussi, le PUITS est a sec."
    [(code, hits)] = typical.find(text).items()
    assert code == "W"
    first = hits[0].phrase
    assert (first.words, text[first.start : first.end]) in [("puits", "PUITS"), ("sec", "sec")]
    assert {hit.segments for hit in hits} == {12}


def test_function_words_and_words_of_every_segment_are_typical_of_nothing(typical: Typical) -> None:
    assert typical.find("est à, est à la, de la") == {}
    both = Typical()
    text = "budget. " * 40
    both.put("one", count(text, [(0, len(text))], [("A", i * 8, i * 8 + 7) for i in range(40) if i % 2]))
    assert both.find("le budget") == {}


def test_what_is_left_out_or_taken_away_teaches_nothing(typical: Typical) -> None:
    typical.put("other", a_text(0, 30))
    assert "W" in typical.find("le puits", but="one")
    for name in ("one", "two"):
        typical.put(name, None)
    assert typical.find("le puits", but="three") == {}
    assert "W" in typical.find("le puits")


def test_a_phrase_of_a_single_segment_is_chance() -> None:
    typical = Typical()
    typical.put("one", a_text(1, 40))
    assert "W" not in typical.find("le puits")
    text = "puits " * 30 + OTHER * 40
    typical.put("one", count(text, [(0, len(text))], [("W", 0, 179)]))
    assert "W" not in typical.find("le puits"), "however often it stands there"


def test_segments_that_touch_count_once_and_labels_not_at_all() -> None:
    text = "R1 : puits puits puits"
    counts = count(text, [(5, len(text))], [("W", 5, 16), ("W", 10, 22)])
    assert (counts.words, counts.sizes["W"]) == (3, 3)
    assert (counts.inside["puits"]["W"], counts.segments["puits"]["W"]) == (3, 1)
    assert "r1" not in counts.phrases
    side_by_side = count(text, [(5, len(text))], [("W", 5, 11), ("W", 11, 22)])
    assert side_by_side.segments["puits"]["W"] == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6))
def test_texts_can_be_taken_away_again_in_any_order(sizes: list[tuple[int, int]]) -> None:
    """With some taken away, it is as if they had never been there."""
    there, never, all_but_one = Typical(), Typical(), Typical()
    for number, (wells, others) in enumerate(sizes):
        there.put(str(number), a_text(wells, others))
        if number:
            all_but_one.put(str(number), a_text(wells, others))
        if number % 2:
            never.put(str(number), a_text(wells, others))
    assert there.find(WATER + OTHER, but="0") == all_but_one.find(WATER + OTHER)
    for number in range(0, len(sizes), 2):
        there.put(str(number), None)
    assert there.find(WATER + OTHER) == never.find(WATER + OTHER)


def test_log_odds_grow_with_the_rate_and_are_symmetric() -> None:
    """By hand: log(9 / 191) - log(3 / 997) for 8 of 10 in 100 of 1,000 words, whose prior is 1 of 100 words."""
    weight, deviation = log_odds(8, 100, 10, 1000)
    assert weight == pytest.approx(2.751, abs=0.001) and deviation == pytest.approx(0.667, abs=0.001)
    assert log_odds(5, 500, 10, 1000)[0] == pytest.approx(0)
    assert log_odds(2, 900, 10, 1000)[0] == pytest.approx(-weight)
