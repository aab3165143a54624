"""`agreement spans`: published values through its JSON, and what it says about files that cannot be right."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from hsreview.agreement.characters import coded_lengths
from hsreview.agreement.unitizing import merged
from tests.agreement.continua import Row, spans_of
from tests.cli.conftest import call, ok
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data" / "agreement"
NAMES = (
    "u_alpha_nominal",
    "u_alpha_binary",
    "u_alpha_binary_code",
    "cu_alpha_nominal",
    "cu_coverage",
    "k_u_alpha",
    "k_u_coverage",
)
needs_shared = pytest.mark.skipif(not DATA.is_dir(), reason="the reference data are not here")

Lines = Sequence[Sequence[object]]
SPAN_HEADER = ("document", "coder", "start", "end", "code")


def written(path: Path, lines: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return str(path)


def calculated(folder: Path, spans: Lines, lengths: Lines, *header: str) -> Any:
    first = written(folder / "spans.csv", [SPAN_HEADER, *spans])
    second = written(folder / "lengths.csv", [("document", "coder", "length", *header), *lengths])
    return ok("agreement", "spans", first, "--lengths", second, "--json").json("agreement spans")


def cases() -> Iterator[dict[str, Any]]:
    for path in sorted((DATA / "cases").glob("[!_]*.json")):
        case = json.loads(path.read_text("utf-8"))
        if case["type"] == "unitizing":
            yield case


def answer_of(folder: Path, case: dict[str, Any]) -> Any:
    begin, end = case["data"]["continuum"]
    segments = case["data"]["segments"]
    coders = sorted({each["coder"] for each in segments})
    return calculated(
        folder,
        [("text", each["coder"], each["start"], each["end"], each["code"]) for each in segments],
        [("text", coder, end - begin, begin) for coder in coders],
        "start",
    )


@needs_shared
@pytest.mark.parametrize("case", list(cases()), ids=lambda case: str(case["id"]))
def test_published_and_confirmed_values_are_reproduced(tmp_path: Path, case: dict[str, Any]) -> None:
    answer = answer_of(tmp_path, case)
    expected = [(name, each["value"], each["tol"]) for name, each in case["consensus"].items()]
    expected += [(each["statistic"], each["value"], each["tol"]) for each in case["published"]]
    wanted = [each for each in expected if each[0].partition("[")[0] in NAMES]
    assert wanted
    for name, value, tolerance in wanted:
        assert answer["statistics"][name] == pytest.approx(value, abs=tolerance, rel=0), name
    for name in case.get("undefined") or {}:
        assert answer["statistics"][name] is None
        assert answer["undefined"][name]


@needs_shared
def test_values_known_to_be_wrong_are_not_reproduced(tmp_path: Path) -> None:
    wrong = 0
    for case in cases():
        statistics = answer_of(tmp_path, case)["statistics"]
        for each in case["verified_by"]:
            name = each["statistic"]
            if each["implementation"].startswith(("KNOWN WRONG", "DIFFERENT")) and name.partition("[")[0] in NAMES:
                wrong += 1
                assert statistics[name] is None or abs(statistics[name] - each["value"]) > 1e-5
    assert wrong


def real_spans() -> tuple[Lines, Lines]:
    with (DATA / "spans" / "annotations.csv").open(encoding="utf-8", newline="") as file:
        spans = [(row["doc_id"], row["coder"], row["start"], row["end"], row["code"]) for row in csv.DictReader(file)]
    with (DATA / "spans" / "assignments.csv").open(encoding="utf-8", newline="") as file:
        lengths = [(row["doc_id"], row["coder"], row["length"]) for row in csv.DictReader(file)]
    return spans, lengths


@needs_shared
def test_real_segments_of_several_coders_give_the_expected_values(tmp_path: Path) -> None:
    spans, lengths = real_spans()
    values = json.loads((DATA / "spans" / "expected.json").read_text("utf-8"))["values"]
    whole = calculated(tmp_path, spans, lengths)
    documents: dict[str, Any] = {}
    compared = 0
    for each in values:
        code = each.get("code", "")
        anything = code == "(any code)"
        suffix = "" if anything else f"[{code}]"
        if each["statistic"] == "krippendorff_alpha_nominal_characters":
            got = whole["statistics"]["krippendorff_alpha_nominal_characters" + suffix]
        elif each["statistic"] == "u_alpha_binary":
            document = each["doc"]
            if document not in documents:
                documents[document] = calculated(
                    tmp_path,
                    [row for row in spans if row[0] == document],
                    [row for row in lengths if row[0] == document],
                )
            got = documents[document]["statistics"]["u_alpha_binary" + ("" if anything else "_code") + suffix]
        else:
            continue
        compared += 1
        assert got == pytest.approx(each["value"], abs=each["tol"], rel=0), each
    assert compared > 20
    assert whole["statistics"]["u_alpha_nominal"] is None
    assert "same text" in whole["undefined"]["u_alpha_nominal"]


@needs_shared
def test_real_segments_of_two_coders_give_the_expected_kappa(tmp_path: Path) -> None:
    spans, lengths = real_spans()
    values = json.loads((DATA / "spans" / "expected.json").read_text("utf-8"))["values"]
    answers: dict[tuple[str, ...], Any] = {}
    for each in values:
        if each["statistic"] != "cohen_kappa_characters":
            continue
        pair = tuple(each["coders"])
        if pair not in answers:
            answers[pair] = calculated(
                tmp_path, [row for row in spans if row[1] in pair], [row for row in lengths if row[1] in pair]
            )
        suffix = "" if each["code"] == "(any code)" else f"[{each['code']}]"
        got = answers[pair]["statistics"]
        assert got["cohen_kappa_characters" + suffix] == pytest.approx(each["value"], abs=each["tol"], rel=0), each
        assert got["percent_agreement_characters" + suffix] == pytest.approx(each["percent_agreement"], abs=each["tol"])
        assert answers[pair]["characters"] == each["characters"]
    assert len(answers) > 10


@needs_shared
def test_real_segments_cover_the_expected_text() -> None:
    spans, _lengths = real_spans()
    rows = [[str(cell) for cell in row] for row in spans]
    documents, coders = (sorted({row[column] for row in rows}) for column in (0, 1))
    for each in json.loads((DATA / "spans" / "expected.json").read_text("utf-8"))["values"]:
        if each["statistic"] == "characters_coded_by_coder":
            chosen: list[Row] = [
                (documents.index(row[0]), coders.index(row[1]), 0, int(row[2]), int(row[3]))
                for row in rows
                if each["code"] in ("(any code)", row[4])
            ]
            found = coded_lengths(merged(spans_of(chosen)), len(coders), 1)[:, 0]
            assert dict(zip(coders, found.tolist(), strict=True)) == each["counts"]


def table_of(folder: Path, cells: Mapping[tuple[str, str], str], *options: str) -> Any:
    units, coders = sorted({unit for unit, _coder in cells}), sorted({coder for _unit, coder in cells})
    lines = [[unit, *(cells.get((unit, coder), "") for coder in coders)] for unit in units]
    path = written(folder / "table.csv", [["unit", *coders], *lines])
    return ok("agreement", "table", path, *options, "--json").json("agreement table")["statistics"]


@needs_shared
def test_codes_of_real_lines_give_the_expected_values(tmp_path: Path) -> None:
    lines = json.loads((DATA / "spans" / "sets_per_line.json").read_text("utf-8"))
    sets = {(each["unit"], each["coder"]): ";".join(each["codes"]) or ";" for each in lines}
    of_sets = table_of(tmp_path, sets, "--sets", ";")
    names = {"jaccard": "alpha_set_jaccard", "masi_nltk": "alpha_set_masi"}
    for each in json.loads((DATA / "spans" / "expected.json").read_text("utf-8"))["values"]:
        kind = each["statistic"].removeprefix("alpha_sets_per_line_")
        if kind in names:
            got = of_sets[names[kind]]
        elif each["statistic"] == "alpha_presence_per_line":
            there = {at: str(int(each["code"] in cell.split(";"))) for at, cell in sets.items()}
            got = table_of(tmp_path, there)["krippendorff_alpha_nominal"]
        elif kind == "nominal":
            got = table_of(tmp_path, sets)["krippendorff_alpha_nominal"]
        else:
            continue
        assert got == pytest.approx(each["value"], abs=each["tol"], rel=0), each


LENGTHS: Lines = [("d", "a", 40), ("d", "b", 40)]


@pytest.mark.parametrize(
    ("spans", "lengths", "line", "sentence"),
    [
        ([("d", "a", 0, 41, "x")], LENGTHS, 2, "is not inside d"),
        ([("d", "a", 0, 4, "x"), ("d", "c", 0, 4, "x")], LENGTHS, 3, "does not say that c read d"),
        ([("e", "a", 0, 4, "x")], LENGTHS, 2, "The document e is not in lengths.csv"),
        ([("d", "a", 4, 4, "x")], LENGTHS, 2, "is not after its start"),
        ([("d", "a", "two", 4, "x")], LENGTHS, 2, "“two” in the column start"),
        ([("d", "a", 2, "NaN", "x")], LENGTHS, 2, "“NaN” in the column end"),
        ([("d", "a", -2, 4, "x")], LENGTHS, 2, "“-2” in the column start"),
        ([("d", "a", 2, 10**15, "x")], LENGTHS, 2, "in the column end is too large"),
        ([], [("d", "a", "9" * 5000)], 2, "in the column length is too large; at most 1000000000000"),
        ([("d", "a", 2, 4, "")], LENGTHS, 2, "The column code is empty"),
        ([("d", "a", 2)], LENGTHS, 2, "The column end is empty"),
        ([("d", "a", 2, 4, "x", "y")], LENGTHS, 2, "more cells"),
        ([], [("d", "a", 40), ("d", "b", 41)], 3, "another length or start on line 2"),
        ([], [("d", "a", 40), ("d", "a", 40)], 3, "on line 2 already"),
        ([], [("d", "a", "long")], 2, "“long” in the column length"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(
    tmp_path: Path, spans: Lines, lengths: Lines, line: int, sentence: str
) -> None:
    first = written(tmp_path / "spans.csv", [SPAN_HEADER, *spans])
    second = written(tmp_path / "lengths.csv", [("document", "coder", "length"), *lengths])
    done = call("agreement", "spans", first, "--lengths", second, "--json")
    assert done.code == 3
    assert not done.out
    assert f"line {line}" in done.err
    assert sentence in done.err


def test_columns_are_found_by_name_and_what_is_missing_is_named(tmp_path: Path) -> None:
    spans = written(tmp_path / "s.csv", [("Code", "Coder", "Document", "End", "Start"), ("x", "a", "d", "9", "3")], ";")
    lengths = written(tmp_path / "l.csv", [("document", "coder", "length"), *LENGTHS], ";")
    done = ok("agreement", "spans", spans, "--lengths", lengths, "--delimiter", ";", "--json")
    assert done.json("agreement spans")["spans"] == 1
    done = call("agreement", "spans", spans, "--lengths", lengths)
    assert done.code == 3
    assert '--delimiter ";"' in done.err
    done = call("agreement", "spans", lengths, "--lengths", lengths, "--delimiter", ";")
    assert "start, end, code is not there" in done.err


def test_codes_that_look_like_numbers_are_names(tmp_path: Path) -> None:
    answer = calculated(tmp_path, [("d", "a", 0, 9, "1"), ("d", "b", 0, 9, "01")], LENGTHS)
    assert answer["codes"] == ["01", "1"]
    assert answer["statistics"]["u_alpha_binary"] == pytest.approx(1)
    assert answer["statistics"]["u_alpha_nominal"] < 1


def test_no_segments_and_one_coder_are_undefined_and_say_why(tmp_path: Path) -> None:
    answer = calculated(tmp_path, [], LENGTHS)
    assert answer["statistics"]["u_alpha_binary"] is None
    assert "only one value" in answer["undefined"]["u_alpha_binary"]
    answer = calculated(tmp_path, [("d", "a", 0, 9, "x")], LENGTHS[:1])
    assert set(answer["statistics"].values()) == {None}
    assert set(answer["undefined"]) == set(answer["statistics"])


def test_the_table_for_readers_has_values_and_reasons(tmp_path: Path) -> None:
    first = written(tmp_path / "spans.csv", [SPAN_HEADER, ("d", "a", 0, 9, "x"), ("d", "b", 0, 9, "x")])
    second = written(tmp_path / "lengths.csv", [("document", "coder", "length"), *LENGTHS])
    lines = ok("agreement", "spans", first, "--lengths", second).lines
    assert any(line.startswith("u_alpha_nominal") and "1.0000" in line for line in lines)
    assert any(line.startswith("cu_alpha_nominal") and line.endswith("–") for line in lines)
    reasons = "\n".join(lines).partition("Undefined")[2]
    assert "only one value" in reasons and "cu_alpha_nominal" in reasons
