"""The line layout: every character on exactly one line, nothing wider than the view, no sequence cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from hsreview.base.terminal import visible
from hsreview.tui.text.cells import SAFE_RANGES, cell_widths, shown
from hsreview.tui.text.document import ViewDocument
from hsreview.tui.text.wrap import Layout, TextShape, lines_of, wrap
from tests.tui.texts import documents, hard_texts, make_document

widths = st.integers(1, 30)
leads = st.integers(0, 12)


def lay_out(document: ViewDocument, width: int, lead: int = 0) -> Layout:
    leads = [min(lead, width - 1)] * len(document.turns) if lead else []
    return wrap(TextShape(document.text, document.turns), width, leads)


def lines(document: ViewDocument, width: int, lead: int = 0) -> list[str]:
    layout = lay_out(document, width, lead)
    return [document.text[start:end] for start, end in zip(layout.starts, layout.ends, strict=True)]


def said(text: str, width: int) -> list[str]:
    return lines(make_document([(None, text)]), width)


@given(documents, widths, leads)
def test_every_character_belongs_to_one_line(document: ViewDocument, width: int, lead: int) -> None:
    layout = lay_out(document, width, lead)
    reaches = [layout.reach(line) for line in range(len(layout))]
    assert [start for start, _ in reaches] == [0, *(end for _, end in reaches[:-1])]
    assert reaches[-1][1] == len(document.text)
    for line, (start, end) in enumerate(reaches):
        assert start <= layout.starts[line] <= layout.ends[line] <= end
        assert {layout.line_at(offset) for offset in range(start, end)} == {line}


@given(documents, widths, leads)
def test_only_blanks_line_ends_and_labels_are_left_out(document: ViewDocument, width: int, lead: int) -> None:
    layout = lay_out(document, width, lead)
    for line in range(len(layout)):
        start, end = layout.reach(line)
        turn = document.turns[layout.turn_of(line)]
        before = document.text[start : layout.starts[line]]
        assert before in ("", document.text[turn.start : turn.label_end])
        assert document.text[layout.ends[line] : end].strip("\n") in ("", " ")


@given(documents, widths, leads)
def test_no_line_is_wider_than_the_view_unless_one_sequence_is(document: ViewDocument, width: int, lead: int) -> None:
    layout = lay_out(document, width, lead)
    for line, text in enumerate(lines(document, width, lead)):
        if cell_len(shown(text)) > width - layout.lead(line):
            assert sum(cells >= 0 for cells in cell_widths(text)) == 1 or all(
                cells == 0 for cells in cell_widths(text)[1:] if cells >= 0
            )


@given(documents, widths)
def test_no_line_starts_within_a_sequence(document: ViewDocument, width: int) -> None:
    layout = lay_out(document, width)
    for line, start in enumerate(layout.starts):
        turn = document.turns[layout.turn_of(line)]
        paragraph = document.text.rfind("\n", turn.label_end, start) + 1 or turn.label_end
        paragraph = max(paragraph, turn.label_end)
        joined = cell_widths(document.text[paragraph : start + 1])
        assert start == paragraph or document.text[start : start + 1] in ("", "\n") or joined[-1] >= 0


@given(documents, widths, leads, st.data())
def test_an_offset_and_its_cell_name_the_same_sequence(
    document: ViewDocument, width: int, lead: int, data: st.DataObject
) -> None:
    layout = lay_out(document, width, lead)
    line = data.draw(st.integers(0, len(layout) - 1))
    start, end = layout.starts[line], layout.ends[line]
    for offset in range(start, end):
        column = layout.column(line, offset)
        found = layout.offset_at(line, column)
        if cell_widths(document.text[start:end])[offset - start] > 0:
            assert found == offset
        assert layout.column(line, found) == column or found == end - 1


@given(hard_texts)
def test_widths_add_up_to_what_the_terminal_library_draws(text: str) -> None:
    widths_of_text = cell_widths(text)
    assert len(widths_of_text) == len(text)
    assert sum(cells for cells in widths_of_text if cells > 0) == cell_len(shown(text))


@pytest.mark.parametrize("odd", ["", "漢"])
def test_odd_and_plain_text_break_alike(odd: str) -> None:
    text = "Elles n’ont pas été consultées\u202f! «\u00a0Jamais\u00a0», dit-elle ; anticonstitutionnellement  oui"
    plain = said(text, 14)
    assert said(text + ("\n" + odd if odd else ""), 14)[: len(plain)] == plain
    assert plain == [
        "Elles n’ont",
        "pas été",
        "consultées\u202f!",
        "«\u00a0Jamais\u00a0»,",
        "dit-elle ;",
        "anticonstituti",
        "onnellement ",
        "oui",
    ]


@pytest.mark.parametrize("odd", ["e", "👍"])
def test_no_break_spaces_hold_words_together(odd: str) -> None:
    assert said(f"aa bb\u00a0cc\u202fdd {odd}", 9) == ["aa", "bb\u00a0cc\u202fdd", odd]


def test_a_long_word_is_cut_only_between_sequences() -> None:
    family = "👩\u200d👩\u200d👧"
    assert said(family * 3, 4) == [family * 2, family]
    assert said("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]
    assert said("🇲🇱🇳🇪", 3) == ["🇲🇱", "🇳🇪"]


def test_a_paragraph_that_ends_in_a_blank_has_no_empty_line_after_it() -> None:
    assert said("abcd ", 4) == ["abcd"]
    assert said("漢字 ", 4) == ["漢字"]


def test_blank_lines_within_a_turn_stay_and_those_after_it_do_not() -> None:
    assert lines(make_document([("A", "x\n\ny\n\n"), ("B", "z")]), 20) == ["x", "", "y", "z"]


@pytest.mark.parametrize("odd", ["", "漢"])
def test_only_the_first_line_of_a_turn_leaves_room_for_the_name(odd: str) -> None:
    document = make_document([("CSO-04", f"Non, jamais de la vie{odd}.\nOui."), (None, "[pause]")])
    layout = wrap(TextShape(document.text, document.turns), 12, [8, 0])
    shown_lines = [document.text[start:end] for start, end in zip(layout.starts, layout.ends, strict=True)]
    assert shown_lines == ["Non,", "jamais de la", f"vie{odd}.", "Oui.", "[pause]"]
    assert [layout.lead(line) for line in range(5)] == [8, 0, 0, 0, 0]
    assert layout.column(0, layout.starts[0] + 1) == 9 and layout.offset_at(0, 3) == layout.starts[0]


def test_a_turn_that_says_nothing_has_a_line() -> None:
    document = make_document([("A", ""), ("B", "oui")])
    assert lines(document, 20) == ["", "oui"]
    assert lay_out(document, 20).line_at(0) == 0


def test_an_empty_text_has_no_lines() -> None:
    assert len(lay_out(ViewDocument("", (), ()), 20)) == 0


def test_the_lines_of_a_stretch() -> None:
    layout = lay_out(make_document([(None, "aaa bbb ccc")]), 3)
    assert lines_of(layout, 0, 3) == range(0, 1)
    assert lines_of(layout, 2, 5) == range(0, 2)
    assert lines_of(layout, 8, 11) == range(2, 3)


def test_characters_taken_for_plain_take_one_cell_and_stand_alone() -> None:
    for first, last in SAFE_RANGES:
        for code in range(first, last + 1):
            char = visible(chr(code))
            if unicodedata.category(char) != "Cn" and char != "\u00ad":
                assert get_character_cell_size(char) == 1, hex(code)
                assert unicodedata.category(char) not in ("Mn", "Me", "Mc", "Cf", "Cc"), hex(code)


@pytest.mark.parametrize("text", ["\u202f\u00a0", "ɛɔɲŋ", "œ’«»…ẹ", "ߒߞߏ", "ⵣⵉ", "\x1b\x9b\t\x07", "\u202e"])
def test_these_need_no_measuring(text: str) -> None:
    document = make_document([(None, text)])
    assert not any(TextShape(document.text, document.turns).odd)


@pytest.mark.parametrize("text", ["e\u0301", "漢", "👍", "\u200d", "مَ", "ߒ߫", "\u200b"])
def test_these_are_measured(text: str) -> None:
    document = make_document([(None, "plain"), (None, f"a{text}"), (None, "plain")])
    assert list(TextShape(document.text, document.turns).odd) == [0, 1, 0]


def test_control_characters_and_emoji_signs_are_shown_harmlessly() -> None:
    assert shown("a\x1b[31m\x9b\ttab❤\ufe0f") == "a␛[31m\ufffd tab❤"
