"""Which tables are transcripts of turns, and which only look like it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hsreview.intake.office.compose import Row
from hsreview.intake.office.tables import marks_of
from hsreview.intake.source import LabelMark


def laid_out(*blocks: str | Sequence[Sequence[str]]) -> tuple[str, list[list[Row]]]:
    """A text of paragraphs and tables, as readers compose it, with the places of its cells."""
    text = ""
    tables: list[list[Row]] = []
    for block in blocks:
        if isinstance(block, str):
            text += ("\n" if text else "") + block
            continue
        tables.append([])
        for row in block:
            text += "\n" if text else ""
            cells = []
            for column, cell in enumerate(row):
                text += "\t" if column else ""
                cells.append((len(text), len(text) + len(cell)))
                text += cell
            tables[-1].append(tuple(cells))
    return text, tables


def marks(*blocks: str | Sequence[Sequence[str]]) -> list[tuple[str | None, str, int | None]] | None:
    """Speaker, first words and time of each turn that the tables state."""
    text, tables = laid_out(*blocks)
    found: Sequence[LabelMark] | None = marks_of(text, tables)
    if found is None:
        return None
    ends = [*(mark.start for mark in found[1:]), len(text)]
    assert all(mark.start <= mark.label_end <= end and mark.start < end for mark, end in zip(found, ends, strict=True))
    return [(m.speaker, text[m.label_end : end].rstrip("\n"), m.time) for m, end in zip(found, ends, strict=True)]


TURNS = [["INT", "Why did you leave?"], ["R1:", "Because of the road."], ["INT", "And then?"], ["", "(silence)"]]


def test_speaker_and_text() -> None:
    assert marks(TURNS) == [
        ("INT", "Why did you leave?", None),
        ("R1", "Because of the road.", None),
        ("INT", "And then?\n\t(silence)", None),
    ]


def test_what_stands_around_the_table_belongs_to_nobody() -> None:
    assert marks("Interview 3", TURNS, "End of the recording") == [
        (None, "Interview 3", None),
        ("INT", "Why did you leave?", None),
        ("R1", "Because of the road.", None),
        ("INT", "And then?\n\t(silence)", None),
        (None, "End of the recording", None),
    ]


def test_times_and_numbers_beside_the_speaker() -> None:
    rows = [
        ["N°", "Time", "Speaker", "Text"],
        ["1", "00:05", "INT", "Why?"],
        ["2", "[1:02:03.5]", "R1", "So."],
        ["3", "", "INT", "Ah."],
    ]
    assert marks(rows) == [
        (None, "N°\tTime\tSpeaker\tText", None),
        ("INT", "Why?", 5_000),
        ("R1", "So.", 3_723_500),
        ("INT", "Ah.", None),
    ]


def test_a_line_across_the_table_belongs_to_nobody() -> None:
    found = marks([*TURNS[:3], ["Second part"], ["R1", "Yes."]])
    assert found is not None
    assert found[3:] == [(None, "Second part", None), ("R1", "Yes.", None)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Date", "12 May"], ["Place", "a village"], ["Language", "French"]],
        [["Why did you leave?", "Because of the road."], ["And then?", "Nothing."], ["Why?", "No."]],
        [["INT", "Why?"], ["R1", "So."]],
        [["1", "one"], ["2", "two"], ["3", "three"], ["4", "four"]],
        [["INT", "a", "b", "c", "d"]] * 4,
        [["a long first cell " * 5, "x"], ["INT", "y"], ["INT", "z"]],
        [["INT"], ["R1"], ["INT"]],
    ],
)
def test_other_tables_state_no_speakers(rows: list[list[str]]) -> None:
    assert marks(rows) is None


def test_a_small_table_in_a_long_text_states_no_speakers() -> None:
    assert marks(TURNS, "INT: " + "word " * 100) is None


def test_no_tables_at_all() -> None:
    assert marks("INT: Why?") is None


def test_blank_cells_of_any_length_are_quick() -> None:
    assert marks([[" " * 500_000, "x"], ["INT" + " " * 500_000, "y"], ["INT", " "], ["R1", "z"]]) is not None
