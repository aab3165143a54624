"""`agreement table` on files as people have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done, call, ok


@pytest.fixture
def calculate(tmp_path: Path) -> Any:
    def run(content: str | bytes, *options: str) -> Done:
        path = tmp_path / "values.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return call("agreement", "table", str(path), *options)

    return run


def answer(done: Done) -> dict[str, Any]:
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    nulls = {name for name, value in found["statistics"].items() if value is None}
    assert found["undefined"].keys() == nulls and all(found["undefined"].values())
    return found


SMALL = "unit,Awa,Daan\n1,yes,yes\n2,no,yes\n3,no,no\n4,yes,yes\n"


def test_a_table_needs_no_project(calculate: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = answer(calculate(SMALL, "--json"))
    assert found["coders"] == ["Awa", "Daan"] and (found["units"], found["shared"], found["missing"]) == (4, 4, 0)
    assert found["statistics"]["percent_agreement"] == 0.75 and found["statistics"]["cohen_kappa"] == 0.5
    assert found["positive"] == "yes" and found["statistics"]["positive_agreement"] == pytest.approx(0.8)
    assert found["statistics"]["jaccard"] == pytest.approx(2 / 3)


def test_the_readable_table_names_its_basis_and_its_reasons(calculate: Any) -> None:
    done = calculate("unit,a,b,c\n1,x,x,\n2,y,x,y\n")
    assert done.code == 0 and "units: 2" in done.out and "empty cells: 1" in done.out
    assert "–" in next(line for line in done.lines if line.startswith("cohen_kappa "))
    assert "exactly two coders: cohen_kappa, scott_pi" in done.out
    assert all(len(line) < 80 for line in done.lines)


def test_labels_stay_text_and_an_empty_cell_is_missing(calculate: Any) -> None:
    found = answer(calculate("unit,a,b\nu1,1,1.0\nu2,1,1\nu3,,1\nu4,01,01\n", "--json"))
    assert found["categories"] == ["01", "1", "1.0"] and found["missing"] == 1
    assert found["statistics"]["percent_agreement_gwet"] == pytest.approx(2 / 3)
    assert found["statistics"]["percent_agreement"] is None


def test_with_three_coders_alpha_without_each_is_told(calculate: Any) -> None:
    found = answer(calculate("unit,a,b,odd\n1,x,x,y\n2,y,y,x\n3,x,x,x\n", "--json"))["statistics"]
    assert found["krippendorff_alpha_without[odd]"] == 1 > found["krippendorff_alpha_nominal"]
    assert found["krippendorff_alpha_without[a]"] == found["krippendorff_alpha_without[b]"] < 0


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        done = call("agreement", "table", str(path))
        assert done.code == 3 and done.out == "" and path.name in done.err and "Traceback" not in done.err


def test_sets_have_an_empty_one(calculate: Any) -> None:
    found = answer(calculate("unit,a,b\n1,;,;\n2,x;y,y;x\n3,x,x;y\n4,,x\n", "--sets", ";", "--json"))
    assert found["categories"] == ["x", "y"] and found["shared"] == 3
    values = (0, 0.5, 1 - 0.5 * 2 / 3)
    assert values[1] < values[2] and found["statistics"]["alpha_set_masi"] < found["statistics"]["alpha_set_jaccard"]
    assert found["statistics"]["percent_agreement_gwet"] == pytest.approx(2 / 3)


def test_fixed_categories_count_those_that_nobody_used(calculate: Any) -> None:
    two = answer(calculate(SMALL, "--json"))["statistics"]["brennan_prediger"]
    done = calculate(SMALL, "--categories", "yes,no,perhaps", "--json")
    three = answer(done)["statistics"]
    assert two == pytest.approx(0.5) and three["brennan_prediger"] == pytest.approx((0.75 - 1 / 3) / (2 / 3))
    assert three["krippendorff_alpha_category[perhaps]"] is None
    assert "used" in answer(done)["undefined"]["krippendorff_alpha_category[perhaps]"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_files_of_a_spreadsheet_are_read(calculate: Any, encoding: str) -> None:
    done = calculate("unité;Aïcha;Daan\r\n1;été;été\r\n2;hiver;été\r\n".encode(encoding), "--delimiter", ";", "--json")
    found = answer(done)
    assert found["coders"] == ["Aïcha", "Daan"] and found["categories"] == ["hiver", "été"]
    assert ("Windows-1252" in done.err) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("", (), ("is empty",)),
        ("unit,a,b\n", (), ("no units",)),
        ("unit;a;b\n1;x;y\n", (), ("one column", "--delimiter")),
        ("1,a,a\n2,b,b\n", (), ("several columns", "header")),
        ("unit,a,,b\n1,x,x,x\n", (), ("without a heading",)),
        ("unit,a,b\n1,x,x\n2,x\n", (), ("line 3", "2 cells")),
        ("unit,a,b\n1,x,x\n2,x,y,z\n", (), ("line 3", "4 cells")),
        ("unit,a,b\n1,x,x\n2,y,y\n1,x,x\n", (), ("line 4", "line 2")),
        ("unit,a,b\n,x,x\n", (), ("line 2", "no unit")),
        ("unit,a,b\n1,x,NaN\n", (), ("line 2", "NaN", "empty")),
        ("unit,a,b\n1,x,#N/A\n", (), ("line 2", "#N/A")),
        ('unit,a,b\n1,x,"y\n', (), ("line 2", "quotation")),
        ("unit,a,b\n1,x,y\n", ("--categories", "x,z"), ("line 2", "y")),
        (b"unit,a,b\n1,\x81,\xe9\n", (), ("line 2", "UTF-8")),
        ("unit,a,b\n1,x,y\n".encode("utf-16"), (), ("UTF-8",)),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_the_place(calculate: Any, content: str, options: Any, words: Any) -> None:
    done = calculate(content, *options, "--json")
    assert done.code == 3 and done.out == ""
    assert all(word in done.err for word in words), done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "options",
    [
        ("--delimiter", ";;"),
        ("--sets", ","),
        ("--sets", ";", "--delimiter", ";"),
        ("--categories", "a,a"),
        ("--categories", ""),
        ("--positive", "absent"),
        ("--categories", "yes,no", "--positive", "absent"),
    ],
)
def test_options_that_cannot_be_are_usage_errors(calculate: Any, options: tuple[str, ...]) -> None:
    done = calculate(SMALL, *options)
    assert done.code == 2 and done.out == "" and "Traceback" not in done.err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("unit,a\n1,x\n2,y\n", "no unit was seen by two coders"),
        ("unit,a,b\n1,,\n2,,\n", "no unit was seen by two coders"),
        ("unit,a,b\n1,x,x\n2,x,x\n", "only one value"),
        ("unit,a,b\n1,x,x\n", "only one value"),
    ],
)
def test_tables_without_a_coefficient_say_why(calculate: Any, content: str, reason: str) -> None:
    found = answer(calculate(content, "--json"))
    assert found["statistics"]["krippendorff_alpha_nominal"] is None
    assert reason in found["undefined"]["krippendorff_alpha_nominal"]
    assert answer(calculate(content, "--sets", ";", "--json"))["statistics"]["alpha_set_masi"] is None


def test_one_unit_has_a_value_but_no_standard_error(calculate: Any) -> None:
    found = answer(calculate("unit,a,b\n1,x,y\n", "--json"))
    assert found["statistics"]["krippendorff_alpha_nominal"] == pytest.approx(0)
    assert found["statistics"]["gwet_ac1_se"] is None


def test_a_label_that_looks_missing_is_pointed_out(calculate: Any) -> None:
    done = calculate("unit,a,b\n1,x,x\n2,NA,x\n", "--json")
    assert answer(done)["categories"] == ["NA", "x"] and "NA" in done.err and "line 3" in done.err


def test_a_missing_header_is_suspected(calculate: Any) -> None:
    assert "header" in calculate("1,x,y\n2,y,y\n3,x,x\n").err


def test_long_lists_of_bad_rows_are_cut(calculate: Any) -> None:
    rows = "".join(f"{n},x\n" for n in range(500))
    done = calculate(f"unit,a,b\n{rows}")
    assert done.code == 3 and "480 more rows" in done.err and len(done.err.splitlines()) < 30


def test_many_categories_are_no_categories(calculate: Any) -> None:
    rows = "".join(f"{n},text {n},text {n}\n" for n in range(1001))
    done = calculate(f"unit,a,b\n{rows}")
    assert done.code == 3 and "1001 different values" in done.err


def test_a_label_as_long_as_a_book_does_not_tear_the_table(calculate: Any) -> None:
    done = calculate(f"unit,a,b\n1,{'x' * 50_000},y\n2,y,y\n")
    assert done.code == 0 and max(len(line) for line in done.lines) < 120


def test_french_speaks_french(calculate: Any, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(SMALL, "utf-8")
    assert "0,5000" in ok("--lang", "fr", "agreement", "table", str(tmp_path / "t.csv")).out
