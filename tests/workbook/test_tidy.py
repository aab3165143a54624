"""Tidy tables: the same numbers as everywhere, names that R, Stata and SPSS accept, nothing that calculates."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.model.dataset import Dataset
from hsreview.workbook.tidy import tables
from hsreview.workbook.tidy_files import write_csv, write_json
from hsreview.workbook.tidy_variables import LONGEST_NAME, names
from tests.analysis.builders import Layer, half_read, sample, with_texts


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(dataset: Dataset, folder: Path) -> dict[str, int]:
    return write_csv(tables(dataset, matrices(LayerFrame(dataset))), folder)


@given(st.lists(st.text(max_size=50), max_size=30))
def test_every_name_is_one_that_all_programs_accept_and_none_is_there_twice(wanted: list[str]) -> None:
    found = names("c", wanted)
    assert len({each.casefold() for each in found}) == len(wanted)
    assert all(re.fullmatch(r"[A-Za-z]\w*", each, re.ASCII) and len(each) <= LONGEST_NAME for each in found)


@pytest.mark.parametrize("dataset", [sample(), half_read(), Layer().dataset()])
def test_the_tables_count_as_the_matrices_do(tmp_path: Path, dataset: Dataset) -> None:
    rows = written(dataset, tmp_path)
    assert rows["segments"] == len(dataset.segments)
    counts, groups = read(tmp_path, "counts"), matrices(LayerFrame(dataset)).groups
    assert len(counts) == len(groups.rows) * len(groups.groups)
    for row in counts:
        if row["group_ref"] == "all" and row["interviews"]:
            mention = {
                each["interview"]
                for each in read(tmp_path, "segments")
                if each["theme"] == row["theme"] and each["reading"] == "reviewed"
            }
            if not row["code"]:
                assert int(row["interviews"]) == len(mention)


def test_a_segment_with_two_codes_is_one_row_with_two_ones(tmp_path: Path) -> None:
    written(sample(), tmp_path)
    wide = read(tmp_path, "segments_wide")
    both = [row for row in wide if row["c_1_1"] == row["c_1_10"] == "1"]
    assert len(both) == 1 and len(wide) == len(sample().segments) - 1
    assert sum(int(value) for row in wide for name, value in row.items() if name.startswith("c_")) == 6


def test_ids_that_look_like_numbers_keep_their_zeros(tmp_path: Path) -> None:
    written(sample(), tmp_path)
    assert {"1.10", "01", "1.1"} <= {row["code"] for row in read(tmp_path, "segments")}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_nothing_in_a_csv_calculates(tmp_path: Path, text: str) -> None:
    written(with_texts(sample(), text), tmp_path)
    assert read(tmp_path, "segments")[0]["words_said"] == f"'{text}"
    assert read(tmp_path, "segments")[0]["memo"] == "'=SUM(A1)"


def test_line_ends_quotes_and_odd_characters_come_back(tmp_path: Path) -> None:
    written(with_texts(sample(), 'a "b"; c,\r\nd\x00\ud800é'), tmp_path)
    assert read(tmp_path, "segments")[0]["words_said"] == 'a "b"; c,\r\nd␀\ufffdé'


def test_excel_is_told_that_it_is_utf8(tmp_path: Path) -> None:
    written(sample(), tmp_path)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in tmp_path.iterdir())


def test_the_dictionary_explains_every_column_of_every_table_in_both_languages(tmp_path: Path) -> None:
    rows = written(sample(), tmp_path)
    said = {(row["table_name"], row["variable"]) for row in read(tmp_path, "dictionary")}
    for table in rows.keys() - {"dictionary"}:
        header = (tmp_path / f"{table}.csv").read_text(encoding="utf-8-sig").partition("\n")[0].strip().split(",")
        assert len(set(header)) == len(header)
        assert {(table, name) for name in header} <= said
    assert all(row["about_fr"] and row["about_en"] and row["kind"] for row in read(tmp_path, "dictionary"))


def test_attributes_of_people_and_interviews_with_one_name_stay_apart(tmp_path: Path) -> None:
    first, *others = sample().transcripts
    odd = replace(sample(), transcripts=[replace(first, attributes={"gender": "x", "région (2)": "Gao"}), *others])
    written(odd, tmp_path)
    row = read(tmp_path, "segments")[0]
    assert (row["p_gender"], row["i_gender"], row["i_region_2"]) == ("f", "x", "Gao")


def test_json_holds_the_same_tables_and_what_they_rest_on(tmp_path: Path) -> None:
    rows = write_json(tables(sample(), matrices(LayerFrame(sample()))), {"layer": "Anna"}, tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert found["about"] == {"layer": "Anna"}
    assert {name: len(found[name]) for name in rows} == rows
    assert found["segments"][0]["memo"] == "=SUM(A1)" and found["segments"][0]["starred"] == 1
