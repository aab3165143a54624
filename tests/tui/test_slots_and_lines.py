"""Slots that never move under the fingers, and the line in which one types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.tui.line_editor import LineEditor
from hsreview.tui.slots import SLOTS, Slots

CODES = st.lists(st.sampled_from([f"code{n}" for n in range(15)]), max_size=60)


def test_slots_fill_by_first_use_and_the_least_recent_gives_way() -> None:
    slots = Slots()
    for number in range(SLOTS):
        assert slots.use(f"code{number}")
    assert slots.codes == [f"code{number}" for number in range(SLOTS)]
    assert not slots.use("code0")
    assert slots.use("new")
    assert slots.codes[1] == "new"
    assert slots.digit_of("code9") == "0"


def test_pinned_slots_stay() -> None:
    slots = Slots()
    for number in range(SLOTS):
        slots.use(f"code{number}")
    for index in range(SLOTS):
        slots.toggle_pin(index)
    assert not slots.use("new")
    slots.toggle_pin(4)
    assert slots.use("new")
    assert slots.codes[4] == "new"
    slots.pin(0, "new")
    assert slots.codes[0] == "new" and slots.codes[4] is None


@given(CODES)
def test_using_a_code_changes_at_most_its_own_slot(codes: list[str]) -> None:
    slots = Slots()
    slots.pin(3, "pinned")
    for code in codes:
        before = list(slots.codes)
        slots.use(code)
        changed = [index for index in range(SLOTS) if slots.codes[index] != before[index]]
        assert len(changed) <= 1
        assert code in slots.codes
        assert slots.codes[3] == "pinned"
        if code in before:
            assert changed == []


@given(CODES)
def test_slots_come_back_as_they_were(codes: list[str]) -> None:
    slots = Slots()
    slots.pin(2, "pinned")
    for code in codes:
        slots.use(code)
    assert Slots.from_json(slots.to_json()) == slots


def test_odd_memories_do_no_harm() -> None:
    assert Slots.from_json({"codes": "x", "pinned": [99, "a"], "used": None}) == Slots()
    assert Slots.from_json({"codes": [1, "a"], "pinned": [0, 1]}).pinned == {1}


def test_a_code_that_goes_leaves_its_slot_empty_until_it_comes_back() -> None:
    slots = Slots.from_json({"codes": ["a", "b"], "pinned": [0]})
    slots.offer_only(["b"])
    assert slots.codes[:2] == [None, "b"] and slots.pinned == set() and slots.digit_of("a") == ""
    slots = Slots.from_json(slots.to_json())
    slots.offer_only(["a", "b"])
    assert slots.codes[:2] == ["a", "b"] and slots.pinned == {0}


def test_a_code_that_went_keeps_its_slot_while_another_is_free() -> None:
    slots = Slots.from_json({"codes": ["a", "b", "d"], "pinned": [0]})
    slots.offer_only(["b", "c"])
    assert slots.use("c") and slots.digit_of("c") == "4"
    slots.offer_only(["a", "b", "c", "d"])
    assert slots.codes[:4] == ["a", "b", "d", "c"] and slots.pinned == {0}


def test_the_slots_of_codes_that_went_are_taken_when_no_other_is_free_pinned_ones_last() -> None:
    names = [f"code{number}" for number in range(SLOTS)]
    slots = Slots.from_json({"codes": names, "pinned": [0]})
    slots.offer_only([*names[1:4], *names[5:], "new", "other"])
    assert slots.use("new") and slots.digit_of("new") == "5"
    assert slots.use("other") and slots.digit_of("other") == "1" and slots.pinned == set()
    slots.offer_only([*names, "new", "other"])
    assert slots.codes == ["other", *names[1:4], "new", *names[5:]]


def type_into(line: LineEditor, *keys: str) -> LineEditor:
    for key in keys:
        line.take(key, key if len(key) == 1 else None)
    return line


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_the_blanks_of_french_typography_can_be_typed(blank: str) -> None:
    line = type_into(LineEditor(), *"mot")
    assert line.take("no-break_space", blank) and line.text == f"mot{blank}", "a passphrase may hold one"
    assert not line.take("ctrl+at", "\0") and line.text == f"mot{blank}"


def test_typing_moving_and_deleting() -> None:
    line = type_into(LineEditor(), *"séc", "left", "left", "x", "end", "y", "home", "delete", "ctrl+e", "backspace")
    assert line.text == "xéc"
    assert not line.take("f5", None)
    assert not line.take("ctrl+x", "x")
    type_into(line, " ", *"deux", "ctrl+w")
    assert line.text == "xéc "
    type_into(line, "left", "ctrl+k", "ctrl+a", "ctrl+k")
    assert line.text == ""


def test_what_is_pasted_stays_on_one_line_and_what_is_shown_is_safe() -> None:
    line = LineEditor()
    line.insert("a\nb\x1b[31m")
    assert line.text == "a b\x1b[31m"
    assert "\x1b" not in "".join(line.shown())


@given(
    st.text(max_size=20), st.lists(st.sampled_from(["left", "right", "home", "end", "backspace", "delete", "ctrl+w"]))
)
def test_the_cursor_stays_inside_the_text(text: str, keys: list[str]) -> None:
    line = LineEditor()
    line.insert(text)
    type_into(line, *keys)
    assert 0 <= line.cursor <= len(line.text)
