"""Hands typed by digits: when a count is whole, what is refused, and that no sum passes the people at the table."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.model.validation import Tally
from hsreview.tui.counting import COUNTS, Count


def typed(size: int, keys: str) -> Count:
    """Digits, `>` for the next count, `<` back, `.` for “nobody else”, `r` for “the rest agrees”."""
    count = Count("A", size)
    acts = {">": count.next, "<": count.back, ".": count.finish, "r": count.rest_agree}
    for key in keys:
        acts[key]() if key in acts else count.digit(int(key))
    return count


@pytest.mark.parametrize(
    ("size", "keys", "tally"),
    [
        (8, "61100", Tally(6, 1, 1)),
        (8, "611.", Tally(6, 1, 1)),
        (8, "00000", Tally()),
        (8, "0.", Tally()),
        (8, "8.", Tally(8)),
        (8, "r", Tally(8)),
        (8, ">21r", Tally(5, 2, 1)),
        (8, "511<<21r", Tally(5, 2, 1)),
        # Of twelve people, 1 may go on to 10, 11 or 12; 2 may not.
        (12, "12.", Tally(12)),
        (12, "1>2>.", Tally(1, 2)),
        (12, "93.", Tally(9, 3)),
        (12, "11.", Tally(11)),
        # Where 3 are left, one digit is enough again.
        (25, "222100", Tally(22, 2, 1)),
        (120, "100155.", Tally(100, 15, 5)),
    ],
)
def test_counts_follow_each_other(size: int, keys: str, tally: Tally) -> None:
    found = typed(size, keys)
    assert (found.done, found.tally) == (True, tally)


@pytest.mark.parametrize(
    ("size", "keys", "total"), [(8, "9", 9), (8, "63", 9), (8, "8001", 9), (12, "13", 13), (25, "226", 28)]
)
def test_more_votes_than_people_are_refused_with_both_numbers(size: int, keys: str, total: int) -> None:
    before = typed(size, keys[:-1])
    kept = [each for n, each in enumerate(before.counts) if n != before.at]
    with pytest.raises(InputRefused, match=f"{total} votes, but {size} people"):
        before.digit(int(keys[-1]))
    assert [each for n, each in enumerate(before.counts) if n != before.at] == kept
    assert not before.done and before.counts[before.at] is None


def test_what_is_kept_is_gone_on_with() -> None:
    count = Count("A", 8)
    count.go_on(typed(8, "61").kept())
    assert (count.at, count.total) == (2, 7)
    count.digit(1)
    count.finish()
    assert count.tally == Tally(6, 1, 1)
    odd_ones: list[list[Any]] = [[9, 9], ["x"], [], [-1, 2.5, None, 1, 1, 1]]
    for odd in odd_ones:
        other = Count("A", 8)
        other.go_on(odd)
        assert other.total <= 8


@given(st.integers(1, 130), st.text(alphabet="0123456789><.r", max_size=14))
def test_the_sum_never_passes_the_people_at_the_table(size: int, keys: str) -> None:
    count = Count("A", size)
    for key in keys:
        acts = {">": count.next, "<": count.back, ".": count.finish, "r": count.rest_agree}
        with suppress(InputRefused):
            acts[key]() if key in acts else count.digit(int(key))
        assert 0 <= count.total <= size and min(each or 0 for each in count.counts) >= 0


@given(st.integers(1, 99), st.data())
def test_every_tally_can_be_typed_in_few_keys(size: int, data: st.DataObject) -> None:
    counts, left = [], size
    for _name in COUNTS:
        counts.append(data.draw(st.integers(0, left)))
        left -= counts[-1]
    count, keys = Count("A", size), 0
    for n, wanted in enumerate(counts):
        for digit in str(wanted):
            if count.at == n:
                count.digit(int(digit))
                keys += 1
        if count.at == n:
            count.next()
            keys += 1
    assert (count.done, count.tally) == (True, Tally(*counts))
    assert keys <= (5 if size < 10 else 10)
