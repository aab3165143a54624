"""Text stays text in a cell, nothing is cut, nothing illegal is written."""

from __future__ import annotations

import math
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hsreview.workbook.cells import (
    MAX_UNITS,
    Report,
    clean,
    escaped,
    pieces,
    plain,
    put_text,
    read_text,
    text_cell,
    units,
)

HOSTILE = [
    "=1+1",
    "=é",
    "==",
    "=",
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "\tx",
    "\rx",
    " x ",
    "1.10",
    "01",
    "TRUE",
    "é\nè",
]


@pytest.mark.parametrize("write_only", [False, True])
def test_text_comes_back_as_the_same_text(tmp_path: Path, write_only: bool) -> None:
    workbook = Workbook(write_only=write_only)
    sheet = workbook.create_sheet("texts")
    report = Report()
    for text in HOSTILE:
        sheet.append([text_cell(sheet, text, report)])
    workbook.save(tmp_path / "a.xlsx")
    cells = [row[0] for row in load_workbook(tmp_path / "a.xlsx")["texts"].iter_rows()]
    assert [(c.value, c.data_type) for c in cells] == [(text, "s") for text in HOSTILE]
    assert cells[0].quotePrefix
    assert report == Report()


def test_a_text_that_does_not_fit_is_refused_not_cut() -> None:
    cell = Workbook().worksheets[0]["A1"]
    put_text(cell, "é" * MAX_UNITS, Report())
    with pytest.raises(ValueError, match="do not fit"):
        put_text(cell, "😀" * 20_000, Report())


def test_illegal_characters_are_replaced_one_for_one_and_counted() -> None:
    report = Report()
    assert clean("a\x0bb\ufffec\ud800d\x00\uffff\té\n", report) == "a␋b\ufffdc\ufffdd␀\ufffd\té\n"
    assert report.replaced == 5


def test_an_escape_that_somebody_typed_is_not_read_as_a_character() -> None:
    assert escaped("a_x000D_b") == "a_x005F_x000D_b"
    assert read_text("a_x005F_x000D_b") == "a_x000D_b"
    assert escaped("snake_x_case_x00_") == "snake_x_case_x00_"
    assert read_text(None) == "" and read_text(1.5) == "1.5"


@given(st.text(st.sampled_from("ab_x0DF5")))
def test_escapes_come_back(text: str) -> None:
    assert read_text(escaped(text)) == text


def test_numbers_that_are_none_become_words_and_dates_iso_text() -> None:
    assert plain(math.nan, "n/a") == plain(-math.inf, "n/a") == "n/a"
    assert plain(date(2016, 3, 1), "") == "2016-03-01"
    assert plain(datetime(2016, 3, 1, 8, 5), "") == "2016-03-01T08:05:00"
    assert (plain(0, "n/a"), plain(0.5, "n/a"), plain(True, "n/a"), plain(None, "n/a")) == (0, 0.5, True, None)


@pytest.mark.parametrize("text", ["a" * 40_000, "😀" * 20_000, "mot " * 20_000, "\n" * 70_000, "x" * MAX_UNITS])
def test_long_texts_are_split_without_loss(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(0 < units(part) <= MAX_UNITS for part in parts)
    assert len(parts) == max(1, math.ceil(units(text) / MAX_UNITS))


def test_a_split_falls_between_words() -> None:
    assert pieces("un deux trois quatre", 10) == ["un deux ", "trois ", "quatre"]


@given(st.text(st.sampled_from("ab 😀é\n"), max_size=60), st.integers(2, 12))
def test_pieces_fit_and_join_to_the_text(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)
    assert len(parts) == 1 or all(parts)
