"""The index of codings: the same after any history, lanes that never collide, no coding skipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hsreview.tui.text.document import ViewCoding
from hsreview.tui.text.index import CodingIndex, order_of
from hsreview.tui.text.units import Spans
from tests.tui.texts import coding

LENGTH = 6000
"""Longer than two buckets."""


@st.composite
def codings(draw: st.DrawFn) -> ViewCoding:
    start = draw(st.integers(0, 40) | st.integers(0, LENGTH - 1))
    end = draw(st.integers(start + 1, min(start + 60, LENGTH)) | st.integers(start + 1, LENGTH))
    number, code = draw(st.integers(0, 30)), draw(st.sampled_from("ABC"))
    return coding(f"{number:02}", start, end, code, mine=draw(st.booleans()))


histories = st.lists(codings() | st.integers(0, 30), max_size=60)


def play(history: list[ViewCoding | int]) -> CodingIndex:
    index = CodingIndex()
    for act in history:
        if isinstance(act, ViewCoding):
            index.add(act)
        elif index.get(f"{act:02}") is not None:
            index.remove(f"{act:02}")
    return index


@given(histories)
def test_a_history_leaves_what_a_rebuild_makes(history: list[ViewCoding | int]) -> None:
    index = play(history)
    rebuilt = CodingIndex(list(index))
    assert list(index) == list(rebuilt)
    for one in index:
        assert index.lane(one.id) == rebuilt.lane(one.id)
        assert index.number(one.id) == rebuilt.number(one.id)
        for step in (1, -1):
            assert index.step(order_of(one), step, one.code_id) == rebuilt.step(order_of(one), step, one.code_id)
    for start in range(0, LENGTH, 500):
        assert index.touching(start, start + 700) == rebuilt.touching(start, start + 700)


@given(histories, codings())
def test_a_change_names_all_that_looks_different(history: list[ViewCoding | int], change: ViewCoding) -> None:
    index = play(history)
    before = {one.id: (one, index.lane(one.id)) for one in index}
    first, last = index.add(change)
    after = {one.id: (one, index.lane(one.id)) for one in index}
    for coding_id in before.keys() | after.keys():
        if before.get(coding_id) != after.get(coding_id):
            for state in (before.get(coding_id), after.get(coding_id)):
                assert state is None or (state[0].start < last and state[0].end > first)
                assert state is None or coding_id != change.id or first <= state[0].start < state[0].end <= last


@given(st.lists(codings(), max_size=40))
def test_codings_of_one_lane_do_not_overlap_and_no_lane_is_wasted(some: list[ViewCoding]) -> None:
    index = CodingIndex(some)
    for one in index:
        beside = [other for other in index.touching(one.start, one.end) if other.id != one.id]
        assert all(index.lane(other.id) != index.lane(one.id) for other in beside)
        open_before = {index.lane(other.id) for other in beside if other.start <= one.start}
        assert set(range(index.lane(one.id))) <= open_before


@given(st.lists(codings(), max_size=40), st.integers(0, LENGTH), st.integers(1, LENGTH))
def test_what_touches_a_stretch(some: list[ViewCoding], start: int, length: int) -> None:
    index = CodingIndex(some)
    end = start + length
    assert index.touching(start, end) == [one for one in index if one.start < end and one.end > start]
    lengths = [one.end - one.start for one in index.here(start, end)]
    assert lengths == sorted(lengths) and len(lengths) == len(index.touching(start, end))


@given(st.lists(codings(), min_size=1, max_size=40))
def test_stepping_visits_every_coding(some: list[ViewCoding]) -> None:
    index = CodingIndex(some)
    for code in (None, *sorted({one.code_id for one in index})):
        expected = [one for one in index if code in (None, one.code_id)]
        place, seen = (0, -LENGTH - 1, ""), []
        while (following := index.step(place, 1, code)) is not None:
            seen.append(following)
            place = order_of(following)
        assert seen == expected
        back = [seen[-1]]
        while (previous := index.step(order_of(back[-1]), -1, code)) is not None:
            back.append(previous)
        assert back == expected[::-1]


@given(st.lists(codings(), max_size=30), st.integers(1, 400))
def test_uncoded_units_are_those_that_nothing_of_mine_touches(some: list[ViewCoding], size: int) -> None:
    index = CodingIndex(some)
    units = Spans((start, start + size) for start in range(0, LENGTH, size + 1))
    free = [span for span in units if not any(one.mine for one in index.touching(*span))]
    seen, place = [], (-1, 0)
    while (following := index.uncoded(units, *place, 1)) is not None:
        seen.append(following)
        place = following
    assert seen == free
    back, place = [], (2 * LENGTH, 2 * LENGTH + 1)
    while (previous := index.uncoded(units, *place, -1)) is not None:
        back.append(previous)
        place = previous
    assert back == free[::-1]


def test_the_longest_of_those_that_share_a_start_comes_first_and_stands_leftmost() -> None:
    index = CodingIndex([coding("1", 10, 12), coding("2", 10, 30), coding("3", 12, 20)])
    assert [one.id for one in index] == ["2", "1", "3"]
    assert [index.lane(one.id) for one in index] == [0, 1, 1]


def test_taking_a_coding_away_lets_the_others_move_left() -> None:
    index = CodingIndex([coding("1", 0, 50), coding("2", 10, 60), coding("3", 55, 70)])
    assert [index.lane(i) for i in "123"] == [0, 1, 0]
    assert index.remove("1") == (0, 70)
    assert [index.lane(i) for i in "23"] == [0, 1]
