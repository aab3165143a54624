"""The selection: always there, always codable, and it moves as a coder expects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.tui.text.document import ViewDocument
from hsreview.tui.text.selection import Selection, Selector
from hsreview.tui.text.units import Spans, Unit, Units
from tests.tui.texts import documents, make_document

INTERVIEW = make_document(
    [
        ("INT", "Qui décidait?"),
        ("CSO", "Les chefs. Puis les femmes. Et nous"),
        ("INT", ""),
        ("CSO", "Oui."),
    ]
)
SELECTOR = Selector(Units(INTERVIEW))
ACTS: dict[str, Callable[[Selector, Selection, int], Selection]] = {
    "next": lambda selector, selection, at: selector.move(selection, 1),
    "previous": lambda selector, selection, at: selector.move(selection, -1),
    "extend": lambda selector, selection, at: selector.extend(selection, 1),
    "give back": lambda selector, selection, at: selector.extend(selection, -1),
    "nudge on": lambda selector, selection, at: selector.nudge(selection, 1),
    "nudge back": lambda selector, selection, at: selector.nudge(selection, -1),
    "swap": lambda selector, selection, at: selector.swap(selection),
    "sticky": lambda selector, selection, at: selector.toggle_sticky(selection),
    "collapse": lambda selector, selection, at: selector.collapse(selection),
    "word": lambda selector, selection, at: selector.with_unit(selection, Unit.WORD),
    "sentence": lambda selector, selection, at: selector.with_unit(selection, Unit.SENTENCE),
    "turn": lambda selector, selection, at: selector.with_unit(selection, Unit.TURN),
    "go": lambda selector, selection, at: selector.at(at, selection.unit),
    "range": lambda selector, selection, at: selector.range(at, at + 7, selection.unit),
    "drag": lambda selector, selection, at: selector.drag(selection.start, at, selection.unit),
}


def text_of(selection: Selection | None, document: ViewDocument = INTERVIEW) -> str:
    assert selection is not None
    return document.text[selection.start : selection.end]


def at(words: str, unit: Unit = Unit.SENTENCE) -> Selection:
    return SELECTOR.at(INTERVIEW.text.index(words), unit)


def codable(document: ViewDocument, selection: Selection) -> bool:
    """Whether both ends stand on something said, not on a label or the line ends after a turn."""
    said = [(t.label_end, t.label_end + len(t.said(document.text))) for t in document.turns]
    return (
        0 <= selection.start < selection.end <= len(document.text)
        and any(start <= selection.start < end for start, end in said)
        and any(start < selection.end <= end for start, end in said)
    )


@given(documents, st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 200)), max_size=25))
def test_whatever_is_done_something_codable_is_selected(document: ViewDocument, acts: list[tuple[str, int]]) -> None:
    selector = Selector(Units(document))
    selection = selector.first()
    if selection is None:
        assert not any(turn.said(document.text) for turn in document.turns)
        return
    assert codable(document, selection)
    for name, offset in acts:
        before = selection
        selection = ACTS[name](selector, selection, offset % (len(document.text) + 1))
        assert codable(document, selection), name
        if name == "extend":
            assert selection.start <= before.start and selection.end >= before.end
        if name == "give back":
            assert selection.start >= before.start and selection.end <= before.end
        if name == "next" and not before.sticky:
            assert selection == before or (selection.start > before.start and selection.end > before.end)


@given(documents, st.sampled_from(list(Unit)))
def test_stepping_visits_every_unit_once_and_back(document: ViewDocument, unit: Unit) -> None:
    units = Units(document)
    selector = Selector(units)
    selection = selector.first(unit)
    if selection is None:
        return
    seen = [selection.span]
    while (following := selector.move(selection, 1)) != selection:
        selection = following
        seen.append(selection.span)
    assert seen == list(units.of(unit))
    back = [selection.span]
    while (previous := selector.move(selection, -1)) != selection:
        selection = previous
        back.append(selection.span)
    assert back == seen[::-1]


@given(documents)
def test_extending_and_giving_back_is_no_change(document: ViewDocument) -> None:
    selector = Selector(Units(document))
    selection = selector.first()
    if selection is not None:
        for start in (selection, selector.swap(selector.last(Unit.SENTENCE))):
            grown = selector.extend(start, 1)
            assert selector.extend(grown, -1).span == start.span


def test_the_first_sentence_is_selected_without_its_label() -> None:
    assert text_of(SELECTOR.first()) == "Qui décidait?"


def test_units_reselect_here() -> None:
    sentence = at("femmes")
    assert text_of(sentence) == " Puis les femmes"
    assert text_of(SELECTOR.with_unit(sentence, Unit.TURN)) == "Les chefs. Puis les femmes. Et nous"
    assert text_of(SELECTOR.with_unit(sentence, Unit.WORD)) == "Puis"
    assert text_of(SELECTOR.with_unit(at("femmes", Unit.WORD), Unit.SENTENCE)) == " Puis les femmes"


def test_next_after_a_longer_selection_goes_past_its_end() -> None:
    grown = SELECTOR.extend(at("Les chefs"), 1)
    assert text_of(grown) == "Les chefs. Puis les femmes"
    assert text_of(SELECTOR.move(grown, 1)) == " Et nous"
    assert text_of(SELECTOR.move(grown, -1)) == "Qui décidait?"


def test_after_a_nudge_next_does_not_stay_in_the_same_sentence() -> None:
    nudged = SELECTOR.nudge(at("femmes"), -1)
    assert text_of(nudged) == " Puis les"
    assert text_of(SELECTOR.move(nudged, 1)) == " Et nous"
    assert text_of(SELECTOR.move(nudged, -1)) == "Les chefs"


def test_a_selection_across_turns_ends_where_something_was_said() -> None:
    grown = SELECTOR.extend(at("Et nous"), 1)
    assert text_of(grown) == " Et nous\nINT: \nCSO: Oui"


def test_swapping_lets_the_start_grow_and_be_nudged() -> None:
    swapped = SELECTOR.swap(at("femmes"))
    assert text_of(SELECTOR.extend(swapped, 1)) == "Les chefs. Puis les femmes"
    assert text_of(SELECTOR.nudge(swapped, 1)) == "Puis les femmes"
    assert text_of(SELECTOR.nudge(swapped, -1)) == "chefs. Puis les femmes"


def test_the_last_unit_is_not_given_back() -> None:
    sentence = at("femmes")
    assert SELECTOR.extend(sentence, -1) == sentence
    word = at("Oui", Unit.WORD)
    assert SELECTOR.nudge(word, -1) == word


def test_sticky_moving_extends_and_turns_round_at_its_home() -> None:
    sticky = SELECTOR.toggle_sticky(at("femmes"))
    down = SELECTOR.move(sticky, 1)
    assert text_of(down) == " Puis les femmes. Et nous"
    home = SELECTOR.move(down, -1)
    assert text_of(home) == " Puis les femmes"
    up = SELECTOR.move(home, -1)
    assert text_of(up) == "Les chefs. Puis les femmes"
    assert text_of(SELECTOR.move(up, 1)) == " Puis les femmes"
    assert text_of(SELECTOR.collapse(up)) == "Les chefs"
    assert not SELECTOR.collapse(up).sticky


def test_dragging_takes_whole_units_either_way() -> None:
    first, last = INTERVIEW.text.index("chefs"), INTERVIEW.text.index("nous")
    down = SELECTOR.drag(first, last, Unit.SENTENCE)
    up = SELECTOR.drag(last, first, Unit.SENTENCE)
    assert text_of(down) == text_of(up) == "Les chefs. Puis les femmes. Et nous"
    assert (down.forward, up.forward) == (True, False)


def test_a_range_of_nothing_but_a_label_becomes_the_unit_beside_it() -> None:
    assert text_of(SELECTOR.range(0, 4, Unit.SENTENCE)) == "Qui décidait?"
    assert text_of(SELECTOR.range(2, 9, Unit.SENTENCE)) == "Qui "


def test_a_text_in_which_nothing_is_said_has_no_selection() -> None:
    assert Selector(Units(make_document([("INT", "")]))).first() is None


def test_words_are_loaded_when_they_are_needed() -> None:
    loaded: list[bool] = []

    def words() -> list[tuple[int, int]]:
        loaded.append(True)
        return [(5, 8)]

    units = Units(replace(INTERVIEW, words=words))
    selector = Selector(units)
    first = selector.first()
    assert first is not None
    selector.move(selector.extend(first, 1), 1)
    assert not loaded
    selector.nudge(first, -1)
    selector.nudge(first, -1)
    assert loaded == [True]


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (4, 0), (5, 1), (8, 1), (9, 2), (12, 2), (99, 2)])
def test_the_span_at_an_offset_or_after_it(offset: int, index: int) -> None:
    assert Spans([(2, 5), (6, 9), (9, 12)]).at(offset) == index
